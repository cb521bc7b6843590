import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { platform, tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { exportMail } from '../../src/export/export-mail.ts'
import { mailCases } from '../../src/practice/google/gmail/odd-mail.ts'
import { gmail } from '../../src/providers/google/gmail/source.ts'
import { type Bench, createBench } from '../backup/bench-archive.ts'
import { createWorld } from '../backup/fake-source.ts'
import { type ConnectedMail, connectMail } from '../providers/google/gmail/mail-harness.ts'
import { swift } from '../providers/google/swift-pages.ts'
import { type Dovecot, startDovecot } from './dovecot.ts'
import { fetchAll } from './imap.ts'
import { sha256 } from './mail-archive.ts'
import { without } from './programs.ts'

let at: ConnectedMail
let bench: Bench
let to: string
let dovecot: Dovecot | undefined
beforeEach(async () => {
  at = await connectMail({ budgets: swift })
  bench = await createBench()
  to = await mkdtemp(path.join(tmpdir(), 'holdall-export-'))
})
afterEach(async () => {
  await dovecot?.close()
  await at.close()
  bench.dispose()
  await rm(to, { recursive: true, force: true })
})

const name = 'someone/gmail'
const lf = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1').replaceAll('\r\n', '\n')
/** Dovecot shows every line end as CRLF, and a NUL, which IMAP cannot carry, as 0x80. */
const overImap = (bytes: Uint8Array) => lf(bytes).replaceAll('\n', '\r\n').replaceAll('\0', '\x80')

const exported = (format: 'mbox' | 'maildir') =>
  exportMail({
    journal: bench.journal,
    root: bench.root,
    source: { n: bench.journal.findSource(name)!, name },
    format,
    to: path.join(to, format),
    labels: 'all',
    platform: platform(),
    now: () => Date.now(),
    emit: () => undefined,
    signal: new AbortController().signal,
  })

test.skipIf(without.dovecot || without.git)(
  'a mailbox of odd mail, from the backup to the mail program: nothing is lost or changed',
  { timeout: 120_000 },
  async () => {
    for (const one of mailCases) if (!/404|base64url/i.test(one.name)) one.add(at.mailbox)
    await bench.run({ [name]: { ...createWorld(), source: at.open(), features: gmail.features } })
    const rows = [...bench.journal.itemRows(bench.journal.source(name))]
    const messages = rows
      .filter(({ state, name: file }) => state === 'saved' && file?.endsWith('.eml'))
      .map(({ id }) => at.mailbox.bytes(id))
    expect(messages.length).toBeGreaterThan(20)

    expect(await exported('maildir')).toMatchObject({ messages: messages.length, damaged: 0, undescribed: 0 })
    dovecot = await startDovecot(`maildir:${path.join(to, 'maildir')}`, to, '.')
    const served = new Set([...(await fetchAll(dovecot.port)).values()].flat().map(({ source }) => source.toString('latin1')))
    expect(messages.filter((bytes) => !served.has(overImap(bytes))).map((bytes) => lf(bytes).slice(0, 300))).toEqual([])

    expect(await exported('mbox')).toMatchObject({ messages: messages.length, damaged: 0 })
    const into = path.join(to, 'split')
    mkdirSync(into)
    execFileSync('git', ['mailsplit', '--mboxrd', '--keep-cr', '-d6', `-o${into}`, path.join(to, 'mbox', 'All mail.mbox')])
    const headers = /^From [^\n]*\n(?:X-GM-THRID: [^\n]*\n)?X-Gmail-Labels: [^\n]*\n(?: =\?[^\n]*\n)*/
    const found = readdirSync(into).map((file) =>
      readFileSync(path.join(into, file), 'latin1').replace(headers, '').replace(/\n$/, ''),
    )
    const expected = messages.map((bytes) => lf(bytes).replace(/\n?$/, '\n'))
    expect(found).toHaveLength(messages.length)
    expect(
      found
        .map((text) => text.replace(/\n?$/, '\n'))
        .toSorted()
        .map(start),
    ).toEqual(expected.toSorted().map(start))
  },
)

/** Short enough for a message of the test, with the checksum of all of it. */
const start = (text: string) => `${sha256(Buffer.from(text, 'latin1'))} ${text.slice(0, 200)}`

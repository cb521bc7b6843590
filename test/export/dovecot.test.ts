import { mkdirSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { awkwardMail } from './awkward-mail.ts'
import { type Dovecot, startDovecot } from './dovecot.ts'
import { fetchAll } from './imap.ts'
import { createMailArchive } from './mail-archive.ts'
import { without } from './programs.ts'

let archive: Awaited<ReturnType<typeof createMailArchive>>
let dovecot: Dovecot | undefined
beforeEach(async () => {
  archive = await createMailArchive(awkwardMail)
})
afterEach(async () => {
  await dovecot?.close()
  await archive.dispose()
})

/** As IMAP delivers it: every line end is CRLF. */
const overImap = (raw: string | Uint8Array) =>
  Buffer.from(raw).toString('latin1').replaceAll('\r\n', '\n').replaceAll('\n', '\r\n')
const withLabel = (label: string) => awkwardMail.filter(({ labels }) => labels?.includes(label))
const rawsOf = (mails: typeof awkwardMail) => mails.map(({ raw }) => overImap(raw)).toSorted()

describe.skipIf(without.dovecot)('Dovecot', () => {
  test('serves the Maildir: every message of every folder, byte for byte, with its flags', { timeout: 60_000 }, async () => {
    await archive.export('maildir')
    dovecot = await startDovecot(`maildir:${archive.to}`, archive.to, '.')
    const boxes = await fetchAll(dovecot.port)
    const served = new Map(
      [...boxes].map(([name, messages]) => [name, messages.map(({ source }) => source.toString('latin1')).toSorted()]),
    )
    expect(served.get('INBOX')).toEqual(rawsOf(withLabel('Inbox')))
    for (const name of ['Work', 'Sent', 'Drafts', 'Spam', 'Trash', 'Important', 'Category Updates', 'a & b'])
      expect(served.get(name), name).toEqual(rawsOf(withLabel(name)))
    for (const [name, label] of [
      ['Work.Projects', 'Work/Projects'],
      ['予定.会議', '予定/会議'],
      ['INBOX.Later', 'Inbox/Later'],
      ['～home', '~home'],
      ['v1．2', 'v1.2'],
      ['R&D.Q＂1', 'R&D/Q"1'],
    ] as const)
      expect(served.get(name), name).toEqual(rawsOf(withLabel(label)))
    expect(served.get('Archived')).toEqual(rawsOf(awkwardMail.filter(({ id }) => id === 'long-line' || id === 'large')))
    const labels = new Set(awkwardMail.flatMap(({ labels }) => labels ?? []))
    expect(boxes.size).toBe(labels.size + 1)
    expect([...served.values()].flat()).toHaveLength(awkwardMail.reduce((sum, { labels = [] }) => sum + labels.length, 0) + 2)
    const flagsOf = (name: string) => [...boxes.get(name)![0]!.flags].filter((flag) => flag !== '\\Recent').toSorted()
    expect(flagsOf('Culture, associations, été')).toEqual(['\\Answered', '\\Flagged', '\\Seen'])
    expect(flagsOf('Drafts')).toEqual(['\\Draft'])
    expect(flagsOf('Trash')).toEqual([])
    expect(boxes.get('Trash')![0]!.date.getTime()).toBe(withLabel('Trash')[0]!.received)
    expect(dovecot.log()).not.toMatch(/Error|Panic|corrupt/i)
  })

  test('serves the mbox: every message, its lines quoted as the file has them', { timeout: 60_000 }, async () => {
    await archive.export('mbox')
    mkdirSync(archive.in('inbox'))
    dovecot = await startDovecot(`mbox:${archive.to}:INBOX=${archive.in('inbox', 'none')}:INDEX=MEMORY`, archive.to)
    const boxes = await fetchAll(dovecot.port)
    const served = boxes.get('All mail.mbox')!.map(({ source }) => {
      const [, headers, message] = /^((?:X-GM-THRID: .*\r\n)?X-Gmail-Labels: .*\r\n(?: .*\r\n)*)([\s\S]*)$/.exec(
        source.toString('latin1'),
      )!
      return { headers: headers!, message: message!.replace(/^>(>*From )/gm, '$1') }
    })
    const expected = awkwardMail.map(({ raw }) => {
      const text = overImap(raw).replace('Content-Length: 3', 'X-Content-Length: 3')
      return text.endsWith('\r\n') ? text : `${text}\r\n`
    })
    expect(served.map(({ message }) => message).toSorted()).toEqual(expected.toSorted())
    expect(served.every(({ headers }) => headers.includes('X-Gmail-Labels: '))).toBe(true)
    expect(dovecot.log()).not.toMatch(/Error|Panic|corrupt/i)
  })
})

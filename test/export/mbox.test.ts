import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RunEvent } from '../../src/core/events.ts'
import { awkwardMail } from './awkward-mail.ts'
import { createMailArchive, sha256 } from './mail-archive.ts'
import { without } from './programs.ts'

let archive: Awaited<ReturnType<typeof createMailArchive>>
beforeEach(async () => {
  archive = await createMailArchive(awkwardMail)
})
afterEach(() => archive.dispose())

const lf = (raw: string | Uint8Array) => Buffer.from(raw).toString('latin1').replaceAll('\r\n', '\n')

/** The messages of an mbox of the kind mboxrd, taken apart by its rule alone. */
function split(file: string): { readonly line: string; readonly headers: string; readonly message: string }[] {
  const text = readFileSync(file, 'latin1')
  return text.split(/^(?=From )/m).map((piece) => {
    const [, line, headers, quoted] =
      /^(From [^\n]*)\n((?:X-GM-THRID: [^\n]*\n)?X-Gmail-Labels: [^\n]*\n(?: [^\n]*\n)*)([\s\S]*)\n$/.exec(piece)!
    return { line: line!, headers: headers!, message: quoted!.replace(/^>(>*From )/gm, '$1') }
  })
}

describe('mbox', () => {
  test('holds every message, which can be taken back exactly', async () => {
    const result = await archive.export('mbox')
    expect(result).toMatchObject({ messages: awkwardMail.length, damaged: 0, unsaved: 0, undescribed: 0, files: 1 })
    expect(readdirSync(archive.to)).toEqual(['All mail.mbox'])
    const found = split(archive.in('All mail.mbox')).map(({ message }) => message)
    const expected = awkwardMail.map(({ raw }) => {
      const text = lf(raw).replace('Content-Length: 3', 'X-Content-Length: 3')
      return text.endsWith('\n') ? text : `${text}\n`
    })
    expect(found.toSorted()).toEqual(expected.toSorted())
    const lines = readFileSync(archive.in('All mail.mbox'), 'latin1').split('\n')
    expect(lines.filter((line) => line.startsWith('From '))).toHaveLength(awkwardMail.length)
  })

  test('labels and conversation stand before each message as Takeout writes them', async () => {
    await archive.export('mbox')
    const headersOf = (id: string) =>
      split(archive.in('All mail.mbox')).find(({ message }) => message.includes(`<${id}@`))!.headers
    expect(headersOf('plain')).toBe(`X-GM-THRID: ${0x18c0ffee}\nX-Gmail-Labels: Inbox,Opened\n`)
    expect(headersOf('eight-bit')).toBe('X-Gmail-Labels: =?UTF-8?Q?=E4=BA=88=E5=AE=9A/=E4=BC=9A=E8=AD=B0,Starred,Unread?=\n')
    expect(headersOf('long-line')).toBe('X-Gmail-Labels: Archived,Unread\n')
    expect(headersOf('large')).toBe('X-Gmail-Labels: Important,Category Updates,Archived,Unread\n')
    expect(headersOf('answered')).toBe('X-Gmail-Labels: =?UTF-8?Q?"Culture,_associations,_=C3=A9t=C3=A9",Starred,Opened?=\n')
  })

  test('a file for one label, or for each', async () => {
    expect(await archive.export('mbox', { labels: ['Work/Projects'] })).toMatchObject({ messages: 1, files: 1 })
    expect(readdirSync(archive.to)).toEqual(['Work\uff0fProjects.mbox'])
    expect(split(archive.in('Work\uff0fProjects.mbox'))).toHaveLength(1)
    const { files, messages } = await archive.export('mbox', { labels: 'each' })
    const names = readdirSync(archive.to)
    expect(names).toHaveLength(files)
    expect(names).toEqual(expect.arrayContaining(['Archived.mbox', 'Inbox.mbox', 'Work.mbox', 'v1.2.mbox', 'v1\uff0e2.mbox']))
    // `Work` and `work` are one name on many disks.
    expect(names.filter((name) => /^work \(/.test(name))).toHaveLength(1)
    const counts = names.map((name) => (readFileSync(archive.in(name), 'latin1').match(/^From /gm) ?? []).length)
    expect(counts.reduce((sum, n) => sum + n)).toBe(messages)
    const all = awkwardMail.reduce((sum, { labels = [] }) => sum + labels.length, 0)
    // long-line has no label, large none that is a place.
    expect(messages).toBe(all + 2)
    await expect(archive.export('mbox', { labels: ['work/projects'] })).rejects.toMatchObject({
      kind: 'settings',
      hint: expect.stringContaining('Work/Projects'),
    })
  })

  test('run again it is the same file', async () => {
    await archive.export('mbox')
    const first = sha256(readFileSync(archive.in('All mail.mbox')))
    await archive.export('mbox')
    expect(sha256(readFileSync(archive.in('All mail.mbox')))).toBe(first)
  })

  test('interrupted it leaves the earlier file and nothing else', async () => {
    const stop = new AbortController()
    writeFileSync(archive.in('All mail.mbox'), 'earlier')
    rmSync(archive.archive.absolute('data/someone/mail/2025/04/large.eml'))
    const emit = (event: RunEvent) => {
      if (event.event === 'damaged') stop.abort(new Error('stop'))
    }
    await expect(archive.export('mbox', { signal: stop.signal, emit })).rejects.toThrow('stop')
    expect(readdirSync(archive.to)).toEqual(['All mail.mbox'])
    expect(readFileSync(archive.in('All mail.mbox'), 'utf8')).toBe('earlier')
    await expect(archive.export('maildir', { signal: stop.signal })).rejects.toThrow('stop')
  })

  test('missing and changed messages are named and left out, and the earlier file is kept', async () => {
    await archive.export('mbox')
    const missing = archive.archive.absolute('data/someone/mail/2025/04/plain.eml')
    const changed = archive.archive.absolute('data/someone/mail/2025/04/large.eml')
    rmSync(missing)
    const bytes = readFileSync(changed)
    bytes[bytes.length - 5] = 0x21
    writeFileSync(changed, bytes)
    const result = await archive.export('mbox')
    expect(result).toMatchObject({ messages: awkwardMail.length - 2, damaged: 2 })
    expect(archive.events.filter(({ event }) => event === 'damaged')).toEqual(
      expect.arrayContaining([
        { event: 'damaged', path: 'data/someone/mail/2025/04/plain.eml', message: 'is missing' },
        { event: 'damaged', path: 'data/someone/mail/2025/04/large.eml', message: 'its bytes differ from those that were saved' },
      ]),
    )
    const messages = split(archive.in('All mail.mbox'))
    expect(messages).toHaveLength(awkwardMail.length - 2)
    expect(messages.some(({ message }) => /<(plain|large)@/.test(message))).toBe(false)
    expect(split(archive.in('All mail (before 2025-04-07-12-00-00).mbox'))).toHaveLength(awkwardMail.length)
  })

  test('never into the archive', async () => {
    await expect(archive.export('mbox', { to: `${archive.root}/data/mail` })).rejects.toMatchObject({ kind: 'settings' })
    expect(readdirSync(`${archive.root}/data`)).toEqual(['someone'])
  })

  test.skipIf(without.git)('git takes it apart as mboxrd, with every line as it was', async () => {
    await archive.export('mbox')
    const into = archive.in('split')
    mkdirSync(into)
    execFileSync('git', ['mailsplit', '--mboxrd', '--keep-cr', '-d6', `-o${into}`, archive.in('All mail.mbox')])
    const found = readdirSync(into).map((name) => readFileSync(`${into}/${name}`, 'latin1').replace(/^From .*\n/, ''))
    const expected = split(archive.in('All mail.mbox')).map(({ headers, message }) => headers + message)
    // What stands between two messages is given to the earlier one.
    expect(found.map((text) => text.replace(/\n$/, '')).toSorted()).toEqual(expected.toSorted())
  })

  test.skipIf(without.python3)("Python's mailbox reads it", async () => {
    await archive.export('mbox')
    const script = `
import mailbox, hashlib, json, sys
print(json.dumps([[m['Message-ID'], hashlib.sha256(box.get_bytes(k)).hexdigest()] for box in [mailbox.mbox(sys.argv[1])] for k, m in box.items()]))`
    const found = JSON.parse(execFileSync('python3', ['-c', script, archive.in('All mail.mbox')], { encoding: 'utf8' })) as [
      string,
      string,
    ][]
    const expected = split(archive.in('All mail.mbox')).map(({ headers, message }) => {
      // Python reads mboxrd without taking the quotes away.
      const quoted = (headers + message).replace(/^(>*From )/gm, '>$1')
      return sha256(Buffer.from(quoted, 'latin1'))
    })
    expect(found.map(([, hash]) => hash)).toEqual(expected)
  })
})

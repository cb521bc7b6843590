import { execFileSync } from 'node:child_process'
import { lstatSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { awkwardMail } from './awkward-mail.ts'
import { createMailArchive, noon } from './mail-archive.ts'
import { without } from './programs.ts'

let archive: Awaited<ReturnType<typeof createMailArchive>>
beforeEach(async () => {
  archive = await createMailArchive(awkwardMail)
})
afterEach(() => archive.dispose())

const lf = (raw: string | Uint8Array) => Buffer.from(raw).toString('latin1').replaceAll('\r\n', '\n')
const raws = awkwardMail.map(({ raw }) => lf(raw)).toSorted()

/** Every file below, by path, with content and inode. */
function tree(folder: string): Map<string, { readonly text: string; readonly inode: number }> {
  const files = new Map<string, { readonly text: string; readonly inode: number }>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    files.set(path.relative(folder, file), { text: readFileSync(file, 'latin1'), inode: lstatSync(file).ino })
  }
  return files
}
const messages = () => [...tree(archive.to)].filter(([file]) => path.basename(file) !== 'maildirfolder')
const folderOf = (id: string) =>
  messages()
    .filter(([, { text }]) => text.includes(`<${id}@`))
    .map(([file]) => file.split('/').at(-3) ?? '')
    .toSorted()

describe('maildir', () => {
  test('holds every message in the folder of each of its labels, once on disk', async () => {
    const result = await archive.export('maildir')
    expect(result).toMatchObject({ messages: awkwardMail.length, damaged: 0, unsaved: 0, undescribed: 0 })
    const found = messages()
    expect(found.every(([file]) => /^([^/]+\/)?cur\/\d+\.[0-9a-f]{24}_[0-9a-f]{8}\.holdall:2,D?F?R?S?$/.test(file))).toBe(true)
    const once = new Map(found.map(([, { inode, text }]) => [inode, text]))
    expect([...once.values()].toSorted()).toEqual(raws)
    expect(folderOf('plain')).toEqual([''])
    expect(folderOf('from-lines')).toEqual(['', '.Work.Projects'])
    expect(folderOf('long-line')).toEqual(['.Archived'])
    expect(folderOf('large')).toEqual(['.Archived', '.Category Updates', '.Important'])
    expect(folderOf('eight-bit')).toEqual(['.&Tohbmg-.&TxqLcA-'])
    expect(folderOf('dots')).toHaveLength(7)
    const [file] = found.find(([, { text }]) => text.includes('<answered@'))!
    expect(file).toMatch(/:2,FRS$/)
    expect(lstatSync(archive.in(file)).mtimeMs).toBe(noon)
    expect(readdirSync(archive.in('tmp'))).toEqual([])
  })

  test('run again it changes nothing, and writes nothing anew', async () => {
    await archive.export('maildir')
    const first = tree(archive.to)
    await archive.export('maildir')
    expect(tree(archive.to)).toEqual(first)
  })

  test('after labels changed it is what a fresh export is; files of others stay', async () => {
    await archive.export('maildir')
    const [mine] = messages().find(([, { text }]) => text.includes('<plain@'))!
    writeFileSync(archive.in('cur', '1.other.host:2,S'), 'theirs')
    writeFileSync(archive.in('.Spam', 'dovecot-uidlist'), 'theirs')
    renameSync(archive.in(mine), archive.in(mine.replace(/:2,.*/, ':2,')))
    const details = (labels: string[]) => ({ labels, flags: { seen: true, flagged: false, draft: false }, received: noon })
    archive.world.change('eight-bit', { details: details(['Inbox']) })
    archive.world.file('no-body', 'no-body.eml', undefined, 'Subject: <changed@>\r\n\r\n', {
      path: ['2025', '04'],
      details: details(['Sent']),
    })
    archive.world.change('twin-1', { details: details(['Inbox']) })
    await archive.backup()
    await archive.export('maildir')
    const now = new Set(messages().map(([file]) => file))
    expect(now.has(mine)).toBe(true)
    expect(now.has(mine.replace(/:2,.*/, ':2,'))).toBe(false)
    expect(folderOf('eight-bit')).toEqual([''])
    expect([folderOf('changed'), folderOf('no-body')]).toEqual([['.Sent'], []])
    expect(readdirSync(archive.to).includes('.&Tohbmg-.&TxqLcA-')).toBe(false)
    expect(readdirSync(archive.in('.Spam', 'cur'))).toEqual([])
    expect(readFileSync(archive.in('.Spam', 'dovecot-uidlist'), 'utf8')).toBe('theirs')
    expect(readFileSync(archive.in('cur', '1.other.host:2,S'), 'utf8')).toBe('theirs')
  })

  test('one label alone, in its own folder', async () => {
    expect(await archive.export('maildir', { labels: ['Work'] })).toMatchObject({ messages: 3 })
    expect(readdirSync(archive.to).filter((name) => name.startsWith('.'))).toEqual(['.Work'])
    await archive.export('maildir')
    const all = tree(archive.to)
    await archive.export('maildir', { labels: ['Work'] })
    expect(tree(archive.to)).toEqual(all)
  })

  test('missing and changed messages are named and left out; what an earlier export has of them stays', async () => {
    await archive.export('maildir')
    rmSync(archive.archive.absolute('data/someone/mail/2025/04/plain.eml'))
    writeFileSync(archive.archive.absolute('data/someone/mail/2025/04/no-end.eml'), 'other')
    rmSync(archive.in('.Work'), { recursive: true })
    const result = await archive.export('maildir')
    expect(result).toMatchObject({ messages: awkwardMail.length - 1, damaged: 1 })
    expect(archive.events.filter(({ event }) => event === 'damaged')).toEqual([
      { event: 'damaged', path: 'data/someone/mail/2025/04/no-end.eml', message: 'its bytes differ from those that were saved' },
    ])
    expect(folderOf('plain')).toEqual([''])
    expect(folderOf('no-end')).toEqual([])
    expect(readdirSync(archive.in('.Work', 'tmp'))).toEqual([])
    rmSync(archive.to, { recursive: true })
    expect(await archive.export('maildir')).toMatchObject({ messages: awkwardMail.length - 2, damaged: 2 })
  })

  test('Windows has another separator', async () => {
    await archive.export('maildir', { platform: 'win32' })
    expect(messages().every(([file]) => /;2,[A-Z]*$/.test(file))).toBe(true)
  })

  test.skipIf(without.python3)("Python's mailbox reads it", async () => {
    await archive.export('maildir')
    const script = `
import mailbox, json, sys
out = {}
def walk(box, name):
    out[name] = [[box.get_bytes(k).decode('latin-1'), box.get_message(k).get_flags()] for k in box.keys()]
    for folder in box.list_folders(): walk(box.get_folder(folder), folder)
walk(mailbox.Maildir(sys.argv[1], create=False), '')
print(json.dumps(out))`
    const found = JSON.parse(
      execFileSync('python3', ['-c', script, archive.to], { encoding: 'utf8', maxBuffer: 2 ** 28 }),
    ) as Readonly<Record<string, [string, string][]>>
    const all = Object.values(found).flat()
    expect([...new Set(all.map(([text]) => text))].toSorted()).toEqual([...new Set(raws)])
    expect(all).toHaveLength(messages().length)
    expect(found['']!.map(([, flags]) => flags).toSorted()).toEqual(['', '', 'S'])
    expect(found.Drafts!.map(([, flags]) => flags)).toEqual(['D'])
  })
})

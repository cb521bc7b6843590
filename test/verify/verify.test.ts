import { createHash } from 'node:crypto'
import {
  appendFile,
  chmod,
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
  symlink,
  truncate,
  unlink,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sealBag } from '../../src/archive/bag.ts'
import type { RunEvent } from '../../src/core/events.ts'
import type { ExpectedFile } from '../../src/verify/expectation.ts'
import { type Verification, verifyArchive } from '../../src/verify/verify.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const modified = Date.parse('2020-02-02T02:02:02Z')
const saved: Readonly<Record<string, string>> = {
  'data/home/files/a.txt': 'hello',
  'data/home/files/レポート/が.txt': 'ja',
  'data/home/files/empty': '',
  'data/work/drive/big.bin': 'x'.repeat(700_000),
}
const expected: readonly ExpectedFile[] = Object.entries(saved).map(([path, text]) => ({
  path,
  sha256: sha256(text),
  bytes: Buffer.byteLength(text),
  modified,
}))

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'holdall-verify-'))
  for (const [path, text] of Object.entries(saved)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
    await utimes(join(root, path), modified / 1000, modified / 1000)
  }
  await seal()
})
afterEach(() => rm(root, { recursive: true }))

const seal = () =>
  sealBag({
    root,
    payload: expected,
    metadata: [
      { source: 'home/files', lines: [{ id: '1' }] },
      { source: 'work/drive', lines: [] },
    ],
    tagFiles: [],
    info: {},
    software: 'holdall',
    date: new Date('2026-03-31'),
  })

async function verify(changes: Partial<Verification> = {}) {
  const events: RunEvent[] = []
  const result = await verifyArchive({
    root,
    expected,
    read: 'every-byte',
    atOnce: 3,
    emit: (event) => events.push(event),
    signal: new AbortController().signal,
    ...changes,
  })
  const damaged = events.flatMap((event) => (event.event === 'damaged' ? [`${event.path}: ${event.message}`] : []))
  return { ...result, events: damaged.sort(), last: events.at(-1) }
}
const path = (relative: string) => join(root, relative)
const flip = async (relative: string, at: number) => {
  const bytes = await readFile(path(relative))
  bytes[at] = (bytes[at] ?? 0) ^ 1
  await writeFile(path(relative), bytes)
}

describe('verifyArchive', () => {
  test('finds nothing wrong with what a backup left', async () => {
    const bytes = 700_007
    expect(await verify()).toEqual({
      files: 4,
      bytes,
      before: 0,
      damaged: 0,
      counts: {},
      events: [],
      last: { event: 'verified', files: 4, bytes, damaged: 0, state: 'done' },
    })
    expect((await verify({ read: 'sizes' })).damaged).toBe(0)
    expect((await verify({ expected: [...expected].reverse(), atOnce: 1 })).damaged).toBe(0)
  })

  test('a file that is gone', async () => {
    await unlink(path('data/home/files/a.txt'))
    expect(await verify()).toMatchObject({ damaged: 1, counts: { missing: 1 }, events: ['data/home/files/a.txt: is missing'] })
  })

  test('a whole folder that is gone', async () => {
    await rm(path('data/home'), { recursive: true })
    expect(await verify()).toMatchObject({ damaged: 3, counts: { missing: 3 } })
  })

  test('a flipped bit, at any place of a large file', async () => {
    for (const at of [0, 262_143, 262_144, 699_999]) {
      await flip('data/work/drive/big.bin', at)
      expect(await verify()).toMatchObject({
        damaged: 1,
        counts: { changed: 1 },
        events: ['data/work/drive/big.bin: its bytes differ from those that were saved'],
      })
      await flip('data/work/drive/big.bin', at)
    }
  })

  test('a file that was cut off, or has grown', async () => {
    await truncate(path('data/work/drive/big.bin'), 10)
    await appendFile(path('data/home/files/empty'), 'x')
    for (const read of ['every-byte', 'sizes'] as const) {
      expect(await verify({ read })).toMatchObject({
        counts: { truncated: 1, changed: 1 },
        events: ['data/home/files/empty: has 1 bytes instead of 0', 'data/work/drive/big.bin: has 10 bytes instead of 700000'],
      })
    }
  })

  test('the quick look finds other bytes of the same size by the time of the file', async () => {
    await writeFile(path('data/home/files/a.txt'), 'HELLO')
    expect(await verify({ read: 'sizes' })).toMatchObject({ counts: { changed: 1 } })
    await utimes(path('data/home/files/a.txt'), modified / 1000 + 3601, modified / 1000 + 3601) // FAT, in summer
    expect((await verify({ read: 'sizes' })).damaged).toBe(0)
  })

  test('the quick look does not blame a file for its time alone', async () => {
    await utimes(path('data/home/files/a.txt'), 0, 0)
    expect((await verify({ read: 'sizes' })).damaged).toBe(0)
  })

  test('a file that nobody knows, a link, and what file managers leave', async () => {
    await writeFile(path('data/home/files/new.txt'), '')
    await writeFile(path('data/home/.DS_Store'), '')
    await unlink(path('data/home/files/a.txt'))
    await symlink('/etc/hostname', path('data/home/files/a.txt'))
    const result = await verify()
    expect(result.counts).toEqual({ extra: 2, changed: 1 })
    expect(result.events).toContain('data/home/files/a.txt: is not an ordinary file')
    expect(result.events.join()).toMatch(/\.DS_Store: was left here by a file manager/)
  })

  test('a folder in place of a file', async () => {
    await unlink(path('data/home/files/empty'))
    await mkdir(path('data/home/files/empty'))
    expect((await verify()).events).toEqual(['data/home/files/empty: is not an ordinary file'])
  })

  test('a file that was renamed', async () => {
    await rename(path('data/home/files/a.txt'), path('data/home/files/b.txt'))
    expect((await verify()).counts).toEqual({ missing: 1, extra: 1 })
  })

  test.skipIf(process.platform === 'win32')('a file that cannot be read', async () => {
    await chmod(root, 0o755)
    await chmod(path('data/home/files/a.txt'), 0)
    const { uid } = userInfo()
    if (uid === 0) process.seteuid?.(65534) // root reads everything
    try {
      expect(await verify()).toMatchObject({ counts: { unreadable: 1 } })
      expect((await verify()).events.join()).toMatch(/a\.txt: cannot be read: no permission/)
    } finally {
      if (uid === 0) process.seteuid?.(0)
    }
  })

  test('a lost manifest line', async () => {
    await editManifest((lines) => lines.filter((line) => !line.includes('a.txt')))
    const { events, counts } = await verify()
    expect(counts).toEqual({ unlisted: 1, changed: 1 })
    expect(events).toContain('data/home/files/a.txt: the manifest does not list it')
    expect(events.join()).toContain('manifest-sha256.txt: its bytes differ')
  })

  test('an edited, a doubled, an added and a hostile manifest line', async () => {
    await editManifest(([first = '', ...rest]) => [
      first.replace(/^./, first.startsWith('0') ? '1' : '0'),
      ...rest,
      rest[0] ?? '',
      `${sha256('')}  data/home/x`,
      `${sha256('')}  data/../../x`,
    ])
    const { events, counts } = await verify()
    expect(counts).toEqual({ unlisted: 1, manifest: 2, unknown: 1, missing: 1, changed: 1 })
    expect(events.join('\n')).toMatch(/the manifest has another checksum for it than the journal/)
    expect(events.join('\n')).toMatch(/data\/home\/x: the manifest lists it, but the journal does not know it/)
    expect(events.join('\n')).toMatch(/lists what is no file of the payload: data\/\.\.\/\.\.\/x/)
  })

  test('a torn manifest', async () => {
    const text = await readFile(path('manifest-sha256.txt'), 'utf8')
    await writeFile(path('manifest-sha256.txt'), text.slice(0, -5))
    expect((await verify()).counts).toEqual({ manifest: 1, unlisted: 1, changed: 1 })
  })

  test('no manifest at all is said once', async () => {
    await unlink(path('manifest-sha256.txt'))
    expect((await verify()).events).toEqual(['manifest-sha256.txt: is missing', 'manifest-sha256.txt: is missing'])
  })

  test.each(['bagit.txt', 'bag-info.txt', 'README.html', 'metadata/home/files.jsonl', 'manifest-sha256.txt'])(
    'a flipped bit in %s',
    async (file) => {
      await flip(file, 3)
      expect((await verify({ read: 'sizes' })).events.join('\n')).toContain(
        `${file}: its bytes differ from those that were saved`,
      )
    },
  )

  test('a flipped bit anywhere in the tag manifest', async () => {
    const { length } = await readFile(path('tagmanifest-sha256.txt'))
    for (let at = 0; at < length; at++) {
      await flip('tagmanifest-sha256.txt', at)
      const { damaged } = await verify({ read: 'sizes' })
      expect(damaged, `byte ${at}`).toBeGreaterThan(0)
      await flip('tagmanifest-sha256.txt', at)
    }
  })

  test('a byte of the tag manifest that means the same', async () => {
    const text = await readFile(path('tagmanifest-sha256.txt'), 'utf8')
    for (const same of [
      text.replace(/[a-f]/, (digit) => digit.toUpperCase()),
      text.replace('  ', '\t '),
      text.replace('\n', '\r\n'),
    ]) {
      await writeFile(path('tagmanifest-sha256.txt'), same)
      expect((await verify({ read: 'sizes' })).events).toEqual([
        'tagmanifest-sha256.txt: means what it did, but is not byte for byte as a backup writes it',
      ])
    }
  })

  test('a metadata file or a line of the tag manifest that is lost', async () => {
    await unlink(path('metadata/home/files.jsonl'))
    expect((await verify()).events).toEqual(['metadata/home/files.jsonl: is missing'])
    await seal()
    const text = await readFile(path('tagmanifest-sha256.txt'), 'utf8')
    await writeFile(path('tagmanifest-sha256.txt'), text.split('\n').slice(2).join('\n'))
    expect((await verify()).counts).toEqual({ unlisted: 2 })
    await unlink(path('tagmanifest-sha256.txt'))
    expect((await verify()).events).toEqual(['tagmanifest-sha256.txt: is missing'])
  })

  test('only the sources asked for', async () => {
    await unlink(path('data/home/files/a.txt'))
    const drive = expected.filter((file) => file.path.startsWith('data/work/drive/'))
    expect(await verify({ sources: ['work/drive'], expected: drive })).toMatchObject({ files: 1, damaged: 0 })
  })

  test('an interrupted look stops', async () => {
    const controller = new AbortController()
    controller.abort(new Error('stop'))
    await expect(verify({ signal: controller.signal })).rejects.toThrow('stop')
  })
})

async function editManifest(edit: (lines: string[]) => string[]): Promise<void> {
  const text = await readFile(path('manifest-sha256.txt'), 'utf8')
  await writeFile(
    path('manifest-sha256.txt'),
    edit(text.trimEnd().split('\n'))
      .map((line) => `${line}\n`)
      .join(''),
  )
}

import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { access, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type BagContent, isSealed, type PayloadFile, sealBag } from '../../src/archive/bag.ts'
import { createPathSet, type ManifestEntry, manifestLine, readManifest } from '../../src/archive/manifest.ts'
import { Failure } from '../../src/core/failure.ts'
import { checkWithSha256sum, withoutSha256sum } from './sha256sum.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const saved: Readonly<Record<string, string>> = {
  'data/home/files/a b.txt': 'hello',
  'data/home/files/レポート/第3章.txt': 'ja',
  'data/home/files/#1 (3e23e816).txt': '',
  'data/work/drive/naïve 👩‍👩‍👧‍👦.txt': 'x'.repeat(2000),
  'data/work/drive/\u202eexe.txt': 'bidi',
}

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'holdall-bag-'))
  for (const [path, text] of Object.entries(saved)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
})
afterEach(() => rm(root, { recursive: true }))

const payload = (): PayloadFile[] =>
  Object.entries(saved).map(([path, text]) => ({ path, sha256: sha256(text), bytes: Buffer.byteLength(text) }))
const content = (changes: Partial<BagContent> = {}): BagContent => ({
  root,
  payload: payload(),
  metadata: [
    {
      source: 'home/files',
      lines: [
        { id: '1', name: 'a b.txt' },
        { id: '2', name: 'line\nbreak' },
      ],
    },
    { source: 'work/drive', lines: [] },
  ],
  tagFiles: [],
  info: { 'External-Description': 'All of it\nand more' },
  software: 'holdall 0.1.0 <test>',
  date: new Date('2026-03-31T23:00:00Z'),
  ...changes,
})
const check = (manifest: string) => checkWithSha256sum(root, manifest)

describe.skipIf(withoutSha256sum)('sealBag', () => {
  test('makes a bag that sha256sum agrees with', async () => {
    await writeFile(join(root, 'report.html'), '<p>report')
    expect(await sealBag(content({ tagFiles: ['report.html'] }))).toEqual({ files: 5, bytes: 2011 })
    const files = await check('manifest-sha256.txt')
    expect(files).toHaveLength(5)
    const tags = await check('tagmanifest-sha256.txt')
    expect(tags.sort()).toEqual(
      [
        'README.html',
        'bag-info.txt',
        'bagit.txt',
        'manifest-sha256.txt',
        'metadata/home/files.jsonl',
        'metadata/work/drive.jsonl',
        'report.html',
      ].map((path) => `${path}: OK`),
    )
    expect(await readdir(join(root, '.holdall'))).toEqual([])
    expect(await isSealed(root)).toBe(true)
  })

  test('writes what the standard asks for', async () => {
    await sealBag(content())
    expect(await readFile(join(root, 'bagit.txt'), 'utf8')).toBe('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n')
    expect(await readFile(join(root, 'bag-info.txt'), 'utf8')).toBe(
      'External-Description: All of it and more\nBag-Software-Agent: holdall 0.1.0 <test>\nBagging-Date: 2026-03-31\nBag-Size: 2.0 KB\nPayload-Oxum: 2011.5\n',
    )
    expect(await readFile(join(root, 'metadata/home/files.jsonl'), 'utf8')).toBe(
      '{"id":"1","name":"a b.txt"}\n{"id":"2","name":"line\\nbreak"}\n',
    )
  })

  test('the page for strangers names the sources and refers to nothing outside', async () => {
    await sealBag(content())
    const page = await readFile(join(root, 'README.html'), 'utf8')
    expect(page).toContain('<code>data/home/files/</code>')
    expect(page).toContain('holdall 0.1.0 &#60;test&#62;')
    expect(page).toContain('sha256sum')
    expect(page).not.toMatch(/\bsrc=|https?:|url\(|<script|undefined|NaN/)
    const links = [...page.matchAll(/href="([^"]*)"/g)].map((match) => match[1]!)
    expect(links).toContain('data/home/files/')
    for (const link of links) expect(link).toMatch(/^(#(en|ja)|(data|metadata)\/[^:]*)$/)
    for (const place of links.filter((link) => link.startsWith('#'))) expect(page).toContain(` id="${place.slice(1)}"`)
  })

  test('the page says everything in English and in Japanese', async () => {
    await sealBag(content())
    const page = await readFile(join(root, 'README.html'), 'utf8')
    const [english = '', japanese = ''] = page.split('<article ').slice(1)
    expect(english).toMatch(/^lang="en" id="en">\n<h1>About this archive</)
    expect(japanese).toMatch(/^lang="ja" id="ja">\n<h1>このアーカイブについて</)
    const count = (text: string, what: RegExp) => [...text.matchAll(what)].length
    for (const what of [/<h2>/g, /<h3>/g, /<pre>/g, /<dt>/g, /href="/g])
      expect([what.source, count(japanese, what)]).toEqual([what.source, count(english, what)])
    // What is only in English says so.
    expect(japanese.replace(/<(code|pre|em)[^>]*>[\s\S]*?<\/\1>/g, '').replace(/<[^>]*>/g, '')).not.toMatch(
      /[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}/,
    )
  })

  test('the page says how many files of which kind each source has, and how to open these kinds alone', async () => {
    const files = {
      'data/home/files/a.eml': 'm',
      'data/home/files/b.EML': 'm',
      'data/work/drive/c.mp4': 'v',
      'data/work/drive/d': '?',
    }
    for (const [path, text] of Object.entries(files)) await writeFile(join(root, path), text)
    await sealBag(
      content({ payload: Object.entries(files).map(([path, text]) => ({ path, sha256: sha256(text), bytes: text.length })) }),
    )
    const page = await readFile(join(root, 'README.html'), 'utf8')
    expect(page).toContain('2 files, 2 bytes: 2 mail messages.')
    expect(page).toContain('2 files, 2 bytes: 1 video, 1 other file.')
    expect(page).toContain('Thunderbird')
    expect(page).toContain('VLC')
    expect(page).not.toContain('Writer')
  })

  test('the page prints commands that work here', async () => {
    await sealBag(content())
    const page = await readFile(join(root, 'README.html'), 'utf8')
    const command =
      /<pre>(sha256sum [^<]*)<\/pre>/
        .exec(page)?.[1]
        ?.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))) ?? ''
    const { stdout } = await promisify(execFile)('sh', ['-c', command], { cwd: root })
    expect(stdout).toBe('all is well\n')
  })

  test('replaces an earlier seal, and keeps the metadata of a source that is no longer asked for', async () => {
    await sealBag(content())
    await sealBag(content({ metadata: [{ source: 'home/files', lines: [] }], payload: payload().slice(0, 1) }))
    expect((await readFile(join(root, 'manifest-sha256.txt'), 'utf8')).split('\n')).toHaveLength(2)
    expect(await check('tagmanifest-sha256.txt')).toContain('metadata/work/drive.jsonl: OK')
  })

  test('an empty archive is a bag too', async () => {
    await rm(join(root, 'data'), { recursive: true })
    expect(await sealBag(content({ payload: [], metadata: [] }))).toEqual({ files: 0, bytes: 0 })
    await access(join(root, 'data'))
    await check('tagmanifest-sha256.txt')
  })

  test('goes on after a crash in the middle of a seal', async () => {
    await sealBag(content())
    await mkdir(join(root, '.holdall/sealing'), { recursive: true })
    await writeFile(join(root, '.holdall/sealing/manifest-sha256.txt'), 'half a li')
    expect(await isSealed(root)).toBe(false)
    await sealBag(content())
    expect(await isSealed(root)).toBe(true)
    await check('manifest-sha256.txt')
  })

  test('a rename that fails leaves the tag manifest, which vouches for the others, as it was', async () => {
    await sealBag(content())
    const before = await readFile(join(root, 'tagmanifest-sha256.txt'), 'utf8')
    await rm(join(root, 'README.html'))
    await mkdir(join(root, 'README.html'))
    await expect(sealBag(content({ payload: [] }))).rejects.toMatchObject({ code: expect.stringMatching(/EISDIR|EEXIST|EPERM/) })
    expect(await readFile(join(root, 'tagmanifest-sha256.txt'), 'utf8')).toBe(before)
    expect(await isSealed(root)).toBe(false)
  })

  test.each([
    ['twice', [...payload(), ...payload().slice(0, 1)]],
    ['outside the payload', [{ path: 'metadata/x', sha256: sha256(''), bytes: 0 }]],
    ['upwards', [{ path: 'data/a/b/../../../x', sha256: sha256(''), bytes: 0 }]],
    ['empty component', [{ path: 'data/a//x', sha256: sha256(''), bytes: 0 }]],
    ['line break', [{ path: 'data/a/b/x\ny', sha256: sha256(''), bytes: 0 }]],
    ['percent', [{ path: 'data/a/b/100%', sha256: sha256(''), bytes: 0 }]],
    ['backslash', [{ path: 'data/a/b/x\\y', sha256: sha256(''), bytes: 0 }]],
    ['blank at the end', [{ path: 'data/a/b/x ', sha256: sha256(''), bytes: 0 }]],
    ['no checksum', [{ path: 'data/a/b/x', sha256: 'abc', bytes: 0 }]],
    ['half a byte', [{ path: 'data/a/b/x', sha256: sha256(''), bytes: 0.5 }]],
  ])('refuses a path or value that no manifest may hold, and replaces nothing: %s', async (_, files) => {
    await sealBag(content())
    const before = await readFile(join(root, 'manifest-sha256.txt'), 'utf8')
    await expect(sealBag(content({ payload: files }))).rejects.toMatchObject({ name: 'Failure', kind: 'bug' })
    expect(await readFile(join(root, 'manifest-sha256.txt'), 'utf8')).toBe(before)
    await check('tagmanifest-sha256.txt')
  })

  test('refuses a source that is none', async () => {
    await expect(sealBag(content({ metadata: [{ source: '../x', lines: [] }] }))).rejects.toBeInstanceOf(Failure)
  })
})

describe.skipIf(withoutSha256sum)('a crash at any moment of a seal', () => {
  test('leaves files that the next seal replaces', async () => {
    const program = join(root, '..', `seal-${process.pid}-${Date.now()}.ts`)
    const bag = join(import.meta.dirname, '../../src/archive/bag.ts')
    await writeFile(
      program,
      `import { sealBag } from ${JSON.stringify(bag)}
      const content = JSON.parse(process.argv[2])
      process.stdout.write('go')
      for (;;) await sealBag({ ...content, date: new Date(content.date) })`,
    )
    try {
      for (const wait of [0, 1, 2, 3, 5, 8, 13, 21]) {
        const child = execFile(process.execPath, [program, JSON.stringify(content())])
        await new Promise((resolve) => child.stdout?.once('data', resolve))
        await new Promise((resolve) => setTimeout(resolve, wait))
        child.kill('SIGKILL')
        await new Promise((resolve) => child.once('exit', resolve))
        if (await isSealed(root)) await check('tagmanifest-sha256.txt')
        await sealBag(content())
        await check('manifest-sha256.txt')
        await check('tagmanifest-sha256.txt')
        expect(await isSealed(root)).toBe(true)
      }
    } finally {
      await rm(program)
    }
  })
})

describe('readManifest', () => {
  const read = async (text: string) => {
    await writeFile(join(root, 'manifest.txt'), text)
    const entries: ManifestEntry[] = []
    const broken: number[] = []
    for await (const entry of readManifest(join(root, 'manifest.txt'), (line) => broken.push(line))) entries.push(entry)
    return { entries, broken }
  }
  const line = (path: string) => `${sha256(path)}  ${path}`

  test('gives back what was written, across the borders of chunks', async () => {
    const paths = Array.from({ length: 20_000 }, (_, index) => `data/a/b/ファイル ${index}.txt`)
    const { entries, broken } = await read(paths.map((path) => manifestLine({ path, sha256: sha256(path) })).join(''))
    expect(entries.map(({ path }) => path)).toEqual(paths)
    expect(broken).toEqual([])
  })

  test('leaves a torn last line out and says so', async () => {
    expect(await read(`${line('data/a')}\n${line('data/b')}`)).toEqual({
      entries: [{ path: 'data/a', sha256: sha256('data/a') }],
      broken: [2],
    })
  })

  test('leaves what is no line out and says so', async () => {
    const { entries, broken } = await read(
      `${line('data/a')}\n\0\0\0\n${line('data/b').toUpperCase().slice(0, 66)}data/b\r\nx  data/c\n`,
    )
    expect(entries.map(({ path }) => path)).toEqual(['data/a', 'data/b'])
    expect(broken).toEqual([2, 4])
  })

  test('undoes the escapes of other programs', async () => {
    expect((await read(`${sha256('')} *data/100%25%0A\n`)).entries).toEqual([{ path: 'data/100%\n', sha256: sha256('') }])
  })

  test('survives megabytes without a line break', async () => {
    expect((await read('x'.repeat(3_000_000))).broken).toEqual([1])
  })
})

test('a set of paths knows each of many', () => {
  const set = createPathSet()
  for (let index = 0; index < 50_000; index++) expect(set.add(`data/${index}`)).toBe(true)
  for (let index = 0; index < 50_000; index += 100) expect(set.add(`data/${index}`)).toBe(false)
  expect(set.add('data/x')).toBe(true)
})

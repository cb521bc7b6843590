import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isSealed, sealBag } from '../../src/archive/bag.ts'
import { putTagPages } from '../../src/archive/tag-pages.ts'
import { checkWithSha256sum, withoutSha256sum } from './sha256sum.ts'

let root: string
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const read = (name: string) => readFile(join(root, name), 'utf8')
const seal = () =>
  sealBag({
    root,
    payload: [{ path: 'data/home/files/a.txt', sha256: sha256('one'), bytes: 3 }],
    metadata: [{ source: 'home/files', lines: [{ id: '1' }] }],
    tagFiles: ['report.html', 'report.json'],
    info: {},
    software: 'test',
    date: new Date(0),
  })

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'holdall-pages-'))
  await mkdir(join(root, 'data/home/files'), { recursive: true })
  await writeFile(join(root, 'data/home/files/a.txt'), 'one')
  await seal()
})
afterEach(() => rm(root, { recursive: true }))

describe.skipIf(withoutSha256sum)('pages of the bag', () => {
  test('are added and replaced, and everything else stays as it is', async () => {
    const before = await read('manifest-sha256.txt')
    await putTagPages(root, [{ path: 'report.html', text: ['<p>', 'one'] }])
    await putTagPages(root, [
      { path: 'report.html', text: ['<p>two'] },
      { path: 'report.json', text: ['{}'] },
    ])
    expect(await read('report.html')).toBe('<p>two')
    expect(await read('manifest-sha256.txt')).toBe(before)
    const checked = await checkWithSha256sum(root, 'tagmanifest-sha256.txt')
    expect(checked.filter((line) => line.startsWith('report'))).toEqual(['report.html: OK', 'report.json: OK'])
    expect(checked).toContain('README.html: OK')
    expect(await isSealed(root)).toBe(true)
    expect(await readdir(join(root, '.holdall'))).toEqual([])
  })

  test('what cannot be put in place leaves the tag manifest as it was, and the bag unsealed; the next sealing mends it', async () => {
    const before = await read('tagmanifest-sha256.txt')
    await mkdir(join(root, 'report.json/x'), { recursive: true })
    const pages = ['report.html', 'report.json'].map((path) => ({ path, text: ['x'] }))
    await expect(putTagPages(root, pages)).rejects.toMatchObject({ code: expect.stringMatching(/EISDIR|EEXIST|EPERM|ENOTEMPTY/) })
    expect(await read('tagmanifest-sha256.txt')).toBe(before)
    expect(await isSealed(root)).toBe(false)
    await expect(putTagPages(root, pages)).rejects.toMatchObject({ kind: 'corrupt' })
    expect(await isSealed(root)).toBe(false)
    await rm(join(root, 'report.json'), { recursive: true })
    await seal()
    expect(await checkWithSha256sum(root, 'tagmanifest-sha256.txt')).toContain('report.html: OK')
    await putTagPages(root, pages)
    await checkWithSha256sum(root, 'tagmanifest-sha256.txt')
  })

  test.each<[string, (file: string) => Promise<void>]>([
    ['is missing', (file) => rm(file)],
    ['was torn off', async (file) => writeFile(file, (await readFile(file, 'utf8')).slice(0, -10))],
    ['has a damaged line', async (file) => writeFile(file, (await readFile(file, 'utf8')).replace(/^../, 'zz'))],
  ])('nothing is vouched for where the tag manifest %s', async (_, damage) => {
    await damage(join(root, 'tagmanifest-sha256.txt'))
    await expect(putTagPages(root, [{ path: 'report.html', text: ['x'] }])).rejects.toMatchObject({ kind: 'corrupt' })
    await expect(read('report.html')).rejects.toMatchObject({ code: 'ENOENT' })
  })
})

import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { storedFiles } from '../journeys/archive-check.ts'
import { run } from '../journeys/program.ts'
import { backUp, copyOf, copyTo, expectSame, filledCloud } from './copies.ts'

vi.setConfig({ testTimeout: 60_000 })

test('a copy is the same bag with a journal of its own; a second one copies nothing; changes are followed, renames by renaming', async () => {
  const cloud = await filledCloud()
  const { place, home } = cloud
  await backUp(cloud)
  const to = copyOf(place)
  const first = await copyTo(place, to)
  const { size } = storedFiles(place.archive)
  expect(first).toMatchObject({ files: size, copied: size, there: 0, moved: 0, setAside: 0, damaged: 0 })
  await expectSame(place, to)
  expect((await run(place, ['status', '--archive', to])).stdout).toBe((await run(place, ['status'])).stdout)
  for (const file of ['manifest-sha256.txt', 'tagmanifest-sha256.txt', 'metadata/home/files.jsonl'])
    expect(readFileSync(path.join(to, file))).toEqual(readFileSync(path.join(place.archive, file)))

  const inodes = () => Object.fromEntries([...storedFiles(to).keys()].map((file) => [file, statSync(path.join(to, file)).ino]))
  const before = inodes()
  expect(await copyTo(place, to)).toMatchObject({ copied: 0, copiedBytes: 0, there: size, moved: 0, setAside: 0 })
  expect(inodes()).toEqual(before)

  home.move('/papers', '/thesis')
  home.put('/thesis/at home 3.txt', 'changed')
  home.put('/new.txt', 'new')
  home.remove('/large.bin')
  await backUp(cloud)
  const third = await copyTo(place, to)
  expect(third).toMatchObject({ copied: 2, moved: 9, damaged: 0 })
  expect(third.setAside).toBe(0)
  expect(inodes()['data/home/files/thesis/at home 1.txt']).toBe(before['data/home/files/papers/at home 1.txt'])
  await expectSame(place, to)
  // What vanished at the source stays in the archive, and so in the copy.
  expect(existsSync(path.join(to, 'data/home/files/large.bin'))).toBe(true)
})

test('nothing is deleted in the copy: what does not belong is set aside, out of the bag, and said', async () => {
  const cloud = await filledCloud()
  const { place } = cloud
  await backUp(cloud)
  const to = copyOf(place)
  await copyTo(place, to)
  writeFileSync(path.join(to, 'data/home/files/mine.txt'), 'put here by hand')
  rmSync(path.join(to, 'data/home/files/papers'), { recursive: true })
  writeFileSync(path.join(to, 'data/home/files/papers'), 'a file in the place of a folder')
  const ended = await run(place, ['copy', to])
  expect(ended.status, ended.stderr).toBe(0)
  expect(ended.stderr).toMatch(/set aside in the copy: data\/home\/files\/mine\.txt \(now \.holdall\/strays\//)
  expect(ended.stdout).toMatch(/2 files that the archive does not have \(any more\) were set aside/)
  const strays = readdirSync(path.join(to, '.holdall/strays'), { recursive: true, withFileTypes: true })
  const texts = strays.filter((one) => one.isFile()).map((one) => readFileSync(path.join(one.parentPath, one.name), 'utf8'))
  expect(texts.toSorted()).toEqual(['a file in the place of a folder', 'put here by hand'])
  await expectSame(place, to)
})

import { existsSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { run } from '../journeys/program.ts'
import { backUp, copiedOf, copyOf, copyTo, expectSame, filledCloud, rot } from './copies.ts'

vi.setConfig({ testTimeout: 60_000 })

test('without its notes a copy is proven by reading; --verify and a verify of the copy that found damage read everything', async () => {
  const cloud = await filledCloud()
  const { place } = cloud
  await backUp(cloud)
  const to = copyOf(place)
  const { files } = await copyTo(place, to)
  rmSync(path.join(to, '.holdall/copy.db'))
  rot(path.join(to, 'data/home/files/large.bin'))
  expect(await copyTo(place, to)).toMatchObject({ copied: 1, there: files - 1 })
  await expectSame(place, to)

  rot(path.join(to, 'data/home/files/large.bin'))
  expect(await copyTo(place, to)).toMatchObject({ copied: 0, there: files })
  expect(await copyTo(place, to, '--verify')).toMatchObject({ copied: 1, there: files - 1 })
  await expectSame(place, to)

  rot(path.join(to, 'data/home/files/papers/at home 1.txt'))
  const verified = await run(place, ['verify', '--archive', to])
  expect(verified.status).toBe(3)
  expect(verified.stderr).toContain('at home 1.txt')
  expect(await copyTo(place, to)).toMatchObject({ copied: 1, there: files - 1 })
  await expectSame(place, to)
})

test('what is damaged in the archive is named and not copied; after the next backup it is', async () => {
  const cloud = await filledCloud()
  const { place } = cloud
  await backUp(cloud)
  const file = (name: string) => path.join(place.archive, 'data/home/files', name)
  rot(file('papers/at home 2.txt'))
  rmSync(file('papers/at home 4.txt'))
  writeFileSync(file('large.bin'), 'short')
  rot(path.join(place.archive, 'README.html'))
  const to = copyOf(place)
  const ended = await run(place, ['copy', to, '--json'])
  expect(ended.status, ended.stderr).toBe(3)
  const copied = copiedOf(ended)
  expect(copied).toMatchObject({ damaged: 3, copied: copied.files - 3 })
  for (const name of ['at home 2.txt: its bytes differ', 'at home 4.txt: is missing', 'large.bin: has 5 bytes']) {
    const [path = '', message = ''] = name.split(': ')
    expect(ended.stdout).toMatch(new RegExp(`"event":"damaged".*${path}.*${message}`))
  }
  for (const name of ['papers/at home 2.txt', 'papers/at home 4.txt', 'large.bin'])
    expect(existsSync(path.join(to, 'data/home/files', name))).toBe(false)
  // It is a valid bag of what it has.
  const verified = await run(place, ['verify', '--archive', to])
  expect(verified.status, verified.stderr).toBe(0)
  await backUp(cloud)
  expect(await copyTo(place, to)).toMatchObject({ copied: 3, there: copied.files - 3 })
  await expectSame(place, to)
})

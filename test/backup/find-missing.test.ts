import { mkdirSync, readFileSync, renameSync, rmSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Bench, createBench } from './bench-archive.ts'
import { createWorld } from './fake-source.ts'

let bench: Bench
beforeEach(async () => {
  bench = await createBench()
})
afterEach(() => bench.dispose())

const at = (path: string) => join(bench.root, 'data/home/files', path)

async function savedWorld(files = 8) {
  const world = createWorld()
  world.folder('d', 'Papers')
  for (let n = 0; n < files; n++) world.file(`f${n}`, `f ${n}.txt`, n % 2 === 0 ? 'd' : undefined, `text ${n}`)
  expect((await bench.run(world)).status).toBe(0)
  world.fetches.length = 0
  return world
}

test('what somebody removed, cut off or replaced by a folder is named, and the same run takes it again, and nothing else', async () => {
  const world = await savedWorld()
  const before = bench.tree()
  unlinkSync(at('Papers/f 0.txt'))
  truncateSync(at('f 1.txt'), 2)
  unlinkSync(at('f 3.txt'))
  mkdirSync(at('f 3.txt'))
  writeFileSync(at('f 3.txt/mine.txt'), 'mine')
  const run = await bench.run(world)
  expect(run.status).toBe(0)
  expect(
    run
      .of('damaged')
      .map(({ path, message }) => `${path}: ${message}`)
      .toSorted(),
  ).toEqual([
    'data/home/files/Papers/f 0.txt: is missing; it is taken again',
    'data/home/files/f 1.txt: has 2 bytes instead of 6; it is taken again',
    'data/home/files/f 3.txt: is not an ordinary file; it is taken again',
  ])
  expect(world.fetches.map(({ id }) => id).toSorted()).toEqual(['f0', 'f1', 'f3'])
  expect(run.sources['home/files']).toMatchObject({ items: 9, saved: 3, unchanged: 6, pending: 0, failed: 0 })
  expect(bench.tree()).toEqual(before)
  // What a person may have made of it is not thrown away.
  expect(run.of('notice').filter(({ message }) => message.includes('it was kept as'))).toHaveLength(2)
  expect(Object.values(bench.tree('.holdall/strays')).toSorted()).toEqual(expect.arrayContaining(['mine', 'te']))
  await bench.checkSound()
  // And that was all.
  const again = await bench.run(world)
  expect(again.of('damaged')).toEqual([])
  expect(world.fetches).toHaveLength(3)
})

test('a folder that is gone with all that it held, more than one look takes in', async () => {
  const world = await savedWorld(900)
  const before = bench.tree()
  rmSync(at('Papers'), { recursive: true })
  expect((await bench.run(world)).status).toBe(0)
  expect(world.fetches.length).toBe(450)
  expect(bench.tree()).toEqual(before)
  await bench.checkSound()
})

test('what is gone at its source is named, and stays what it is', async () => {
  const world = await savedWorld()
  world.remove('f1')
  expect((await bench.run(world)).status).toBe(0)
  unlinkSync(at('f 1.txt'))
  const run = await bench.run(world)
  expect(run.of('damaged')).toMatchObject([
    { path: 'data/home/files/f 1.txt', message: 'is missing; it is gone at its source and cannot be taken again' },
  ])
  expect(run.status).toBe(0)
  expect(world.fetches).toEqual([])
})

test('a run that cannot take it does not end as if all were well', async () => {
  const world = await savedWorld()
  unlinkSync(at('f 1.txt'))
  world.answers.set('f1', () => {
    throw new Error('not now')
  })
  const run = await bench.run(world)
  expect(run.status).toBe(1)
  expect(run.sources['home/files']).toMatchObject({ failed: 1 })
})

test('a listing alone looks at no file, and one who moved a folder at the source meets no damage', async () => {
  const world = await savedWorld()
  unlinkSync(at('f 1.txt'))
  expect((await bench.run(world, { command: 'plan' })).of('damaged')).toEqual([])
  writeFileSync(at('f 1.txt'), 'text 1')
  world.change('d', { name: 'Letters' })
  world.move('f2', undefined, 'moved.txt')
  const run = await bench.run(world)
  expect(run.of('damaged')).toEqual([])
  expect(world.fetches).toEqual([])
  await bench.checkSound()
})

test('a derived file that somebody removed is made anew out of what is here', async () => {
  const world = createWorld()
  for (let n = 0; n < 3; n++) world.file(`f${n}`, `f ${n}.txt`, undefined, `text ${n}`)
  world.source = {
    ...world.source,
    async *compose() {
      yield {
        path: 'all.txt',
        bytes: (async function* () {
          yield Buffer.from('all of them')
        })(),
      }
    },
  }
  expect((await bench.run(world)).status).toBe(0)
  world.fetches.length = 0
  renameSync(at('all.txt'), join(bench.root, 'elsewhere.txt'))
  const run = await bench.run(world)
  expect(run.of('damaged')).toMatchObject([{ path: 'data/home/files/all.txt' }])
  expect(run.status).toBe(0)
  expect(world.fetches).toEqual([])
  expect(readFileSync(at('all.txt'), 'utf8')).toBe('all of them')
  await bench.checkSound()
})

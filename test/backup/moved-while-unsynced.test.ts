import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Bench, createBench } from './bench-archive.ts'
import { createWorld } from './fake-source.ts'

let bench: Bench
beforeEach(async () => {
  bench = await createBench()
})
afterEach(() => bench.dispose())

test('a folder that moves after a file left it is synced where it stands by then', async () => {
  const world = createWorld()
  // The file's number is smaller than the folder's, so that it moves first.
  world.file('1', 'one.txt', 'inner', 'one')
  world.folder('outer', 'Outer')
  world.folder('inner', 'Inner', 'outer')
  expect((await bench.run(world)).status).toBe(0)
  world.move('1', undefined)
  world.move('outer', undefined, 'Around')
  expect((await bench.run(world)).status).toBe(0)
  expect(bench.tree()).toEqual({ 'Around/': '', 'Around/Inner/': '', 'one.txt': 'one' })
  await bench.checkSound()
})

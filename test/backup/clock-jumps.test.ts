import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Bench, createBench } from './bench-archive.ts'
import { createWorld } from './fake-source.ts'

const day = 86_400_000
let bench: Bench
beforeEach(async () => {
  bench = await createBench()
})
afterEach(() => bench.dispose())

test.each([
  ['back by a day', -day],
  ['back by ten years', -3650 * day],
  ['forward by a year', 365 * day],
])('a clock that jumps %s between two runs: nothing is gone, nothing comes again, what is new is taken', async (_, jump) => {
  const world = createWorld()
  for (let n = 0; n < 5; n++) world.file(`f${n}`, `f ${n}.txt`, undefined, `text ${n}`)
  expect((await bench.run(world)).status).toBe(0)
  bench.clock.ahead += jump
  world.fetches.length = 0
  world.file('new', 'new.txt', undefined, 'new')
  const second = await bench.run(world)
  expect(second.status).toBe(0)
  expect(second.sources['home/files']).toMatchObject({ items: 6, saved: 1, unchanged: 5, gone: 0, pending: 0, failed: 0 })
  expect(world.fetches.map(({ id }) => id)).toEqual(['new'])
  // And back again.
  bench.clock.ahead -= jump
  world.remove('f0')
  const third = await bench.run(world)
  expect(third.status).toBe(0)
  expect(third.sources['home/files']).toMatchObject({ items: 6, saved: 0, unchanged: 6, gone: 0 })
  await bench.checkSound()
})

test.each([
  ['back by a day', -day],
  ['forward by a year', 365 * day],
])('a clock that jumps %s within a run: the run ends, and everything is there', async (_, jump) => {
  const world = createWorld()
  for (let n = 0; n < 8; n++) world.file(`f${n}`, `f ${n}.txt`, undefined, `text ${n}`)
  let jumped = false
  world.beforeChunk = (id) => {
    if (id !== 'f3' || jumped) return
    bench.clock.ahead += jump
    jumped = true
  }
  const run = await bench.run(world)
  expect(jumped).toBe(true)
  expect(run.status).toBe(0)
  expect(run.sources['home/files']).toMatchObject({ items: 8, saved: 8, gone: 0 })
})

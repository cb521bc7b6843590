import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Bench, createBench } from './bench-archive.ts'
import { createWorld } from './fake-source.ts'

let bench: Bench
beforeEach(async () => {
  bench = await createBench()
})
afterEach(() => bench.dispose())

const day = 86_400_000

test('what the provider will remove by itself is taken first, what goes soonest before the rest', async () => {
  const world = createWorld()
  const now = Date.now()
  for (let n = 0; n < 400; n++) world.file(`plain ${n}`, `plain ${n}.txt`, undefined, String(n))
  world.file('late', 'late.mp4', undefined, 'late', { expires: now + 20 * day })
  world.file('soon', 'soon.mp4', undefined, 'soon', { expires: now + 2 * day })
  world.file('soonest', 'soonest.mp4', undefined, 'soonest', { expires: now - day })
  await bench.run(world, { command: 'plan' })
  const source = bench.journal.findSource('home/files')!
  expect(bench.journal.lostBefore(source, now + 10 * day)).toEqual({ items: 2, first: now - day, last: now + 2 * day })
  const run = await bench.run(world, { transfers: 1 })
  expect(run.status).toBe(0)
  expect(world.fetches.slice(0, 3).map(({ id }) => id)).toEqual(['soonest', 'soon', 'late'])
  expect(world.fetches).toHaveLength(403)
  expect(bench.journal.lostBefore(source, now + 10 * day)).toBeUndefined()
})

test('a later listing that moves the day is news, and brings nothing again', async () => {
  const world = createWorld()
  const now = Date.now()
  world.file('film', 'film.mp4', undefined, 'film', { expires: now + 20 * day })
  await bench.run(world)
  world.change('film', { expires: now + 90 * day })
  await bench.run(world)
  const source = bench.journal.findSource('home/files')!
  expect(bench.journal.find(source, 'film')!.expires).toBe(now + 90 * day)
  expect(world.fetches).toHaveLength(1)
})

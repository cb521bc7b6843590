import { afterEach, beforeEach, expect, test } from 'vitest'
import { createPlaces } from '../../src/backup/places.ts'
import { type Bench, createBench } from './bench-archive.ts'
import { createWorld } from './fake-source.ts'

let bench: Bench
beforeEach(async () => {
  bench = await createBench()
})
afterEach(() => bench.dispose())

const day = 86_400_000

test('what expires goes first, then rank by rank, equals as they were listed', async () => {
  const world = createWorld()
  const now = Date.now()
  for (let n = 0; n < 300; n++) world.file(`shared ${n}`, `shared ${n}.txt`, undefined, String(n), { rank: 1 })
  for (let n = 0; n < 300; n++) world.file(`own ${n}`, `own ${n}.txt`, undefined, String(n))
  world.file('sent', 'sent.eml', undefined, 'sent', { rank: -1 })
  world.file('film', 'film.mp4', undefined, 'film', { expires: now + day, rank: 1 })
  await bench.run(world, { command: 'plan' })
  const run = await bench.run(world, { transfers: 1 })
  expect(run.status).toBe(0)
  const ids = world.fetches.map(({ id }) => id)
  expect(ids.slice(0, 3)).toEqual(['film', 'sent', 'own 0'])
  expect(ids.slice(2, 302)).toEqual(Array.from({ length: 300 }, (_, n) => `own ${n}`))
  expect(ids.slice(302)).toEqual(Array.from({ length: 300 }, (_, n) => `shared ${n}`))
})

test('what is listed later and ranks lower overtakes what waits', async () => {
  const world = createWorld({ pageSize: 1000 })
  for (let n = 0; n < 1000; n++) world.file(`shared ${n}`, `shared ${n}.txt`, undefined, String(n), { rank: 1 })
  for (let n = 0; n < 50; n++) world.file(`own ${n}`, `own ${n}.txt`, undefined, String(n))
  // The second page comes once the work on the first has begun.
  world.beforePage = async (_stream, index) => {
    while (index === 1 && world.fetches.length < 5) await new Promise((resolve) => setImmediate(resolve))
  }
  expect((await bench.run(world, { transfers: 1 })).status).toBe(0)
  const ids = world.fetches.map(({ id }) => id)
  expect(ids).toHaveLength(1050)
  const lastOwn = ids.findLastIndex((id) => id.startsWith('own'))
  // No more than two batches, which had been claimed before, go ahead of them.
  expect(lastOwn).toBeLessThan(600)
})

test('a listing that says no rank leaves the one that was said', async () => {
  const world = createWorld()
  world.file('sent', 'sent.eml', undefined, 'sent', { rank: -1 })
  await bench.run(world, { command: 'plan' })
  const source = bench.journal.findSource('home/files')!
  world.change('sent', { rank: undefined, version: 'other' } as never)
  await bench.run(world, { command: 'plan' })
  expect(bench.journal.find(source, 'sent')).toMatchObject({ rank: -1, version: 'other' })
  expect(bench.journal.nextRank(source, -2)).toBe(-1)
  expect(bench.journal.nextRank(source, -1)).toBeUndefined()
})

test('a source that waits for its quota does not hold the places of the others', async () => {
  const places = createPlaces(4)
  const slow = { left: () => 1000 }
  const quick = { left: () => 1000 }
  const release: (() => void)[] = []
  const held = Array.from({ length: 50 }, () => places.take(slow, () => new Promise<void>((resolve) => release.push(resolve))))
  expect(release).toHaveLength(0)
  await Promise.resolve()
  expect(release.length).toBe(4)
  let taken = 0
  const all = Array.from({ length: 200 }, () =>
    places.take(quick, async () => {
      taken += 1
    }),
  )
  // Two of the slow ones end: their places go to the other source, and stay with it until it has nothing left.
  release.shift()!()
  release.shift()!()
  await Promise.all(all)
  expect(taken).toBe(200)
  let ended = false
  void Promise.all(held).then(() => {
    ended = true
  })
  while (!ended) {
    release.shift()?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
})

test('of sources that hold as many places the smallest goes first', async () => {
  const places = createPlaces(1)
  const order: string[] = []
  const note = (name: string) => async () => {
    order.push(name)
    await new Promise((resolve) => setImmediate(resolve))
  }
  await Promise.all([
    places.take({ left: () => 1 }, note('begun')),
    places.take({ left: () => 900 }, note('large')),
    places.take({ left: () => 10 }, note('small')),
  ])
  expect(order).toEqual(['begun', 'small', 'large'])
})

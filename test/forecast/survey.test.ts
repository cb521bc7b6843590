import { afterEach, beforeEach, expect, test } from 'vitest'
import { Failure } from '../../src/core/failure.ts'
import { survey } from '../../src/forecast/survey.ts'
import { type Bench, createBench } from '../backup/bench-archive.ts'
import { createWorld } from '../backup/fake-source.ts'

let bench: Bench
beforeEach(async () => {
  bench = await createBench()
})
afterEach(() => bench.dispose())

const cost = { page: { budget: 'b', units: 1, items: 100 }, part: [{ budget: 'b', units: 2 }] }
const budgets = [{ id: 'b', unitsPerSecond: 1, burst: 1, concurrency: 1 }]
const options = () => ({
  journal: bench.journal,
  largest: 1000,
  ask: true,
  dice: Math.random,
  signal: new AbortController().signal,
})

test('what is left: parts, bytes, what has no size, what the file system cannot hold', async () => {
  const world = createWorld()
  world.file('small', 'small.txt', undefined, 'x'.repeat(100))
  world.file('large', 'large.txt', undefined, 'x'.repeat(1001))
  world.file('document', 'document.docx', undefined, 'x', { parts: [{ key: 'docx', name: 'document.docx' }] })
  world.file('link', 'link.url', undefined, 'x', { parts: [{ key: 'link', name: 'link.url', inline: 'x' }] })
  await bench.run(world, { command: 'plan' })
  const [found] = await survey([{ name: 'home/files', account: 'home', source: {}, work: { cost, budgets } }], options())
  expect(found!.load).toMatchObject({ items: 4, parts: 3, bytes: 1101, unsized: 1, tooLarge: { files: 1 } })
  const n = bench.journal.findSource('home/files')!
  expect(found!.load.tooLarge.examples).toEqual([bench.journal.find(n, 'large')!.n])
  expect(found!.sample).toBeUndefined()
  expect(found!.job).toMatchObject({ source: 'home/files', account: 'home', items: 4, parts: 3, bytes: 1101 })
})

test('sizes that nobody told: saved files where there are enough, else the service is asked for a few', async () => {
  const world = createWorld({ features: { sizes: false } })
  const unsized = (id: string) =>
    world.file(id, `${id}.eml`, undefined, 'x'.repeat(500), { parts: [{ key: 'file', name: `${id}.eml` }] })
  for (let n = 0; n < 150; n++) unsized(`old ${n}`)
  await bench.run(world, { command: 'plan' })
  const asked: string[] = []
  const source = {
    async *sample(ids: readonly string[]) {
      asked.push(...ids)
      for (const _ of ids) yield 700
    },
  }
  const [before] = await survey([{ name: 'home/files', account: 'home', source }], options())
  expect(before!.sample).toMatchObject({ from: 'asked', looked: asked.length, mean: 700 })
  expect(asked.length).toBeGreaterThan(20)
  expect(asked.length).toBeLessThanOrEqual(40)
  expect(new Set(asked).size).toBe(asked.length)

  await bench.run(world)
  for (let n = 0; n < 10; n++) unsized(`new ${n}`)
  await bench.run(world, { command: 'plan' })
  asked.length = 0
  const [after] = await survey([{ name: 'home/files', account: 'home', source }], options())
  expect(asked).toEqual([])
  expect(after!.load.unsized).toBe(10)
  expect(after!.sample).toMatchObject({ from: 'saved', mean: 500 })
})

test('a service that does not answer leaves the sizes unknown', async () => {
  const world = createWorld({ features: { sizes: false } })
  world.file('a', 'a.eml', undefined, 'x', { parts: [{ key: 'file', name: 'a.eml' }] })
  await bench.run(world, { command: 'plan' })
  const source = {
    async *sample() {
      yield await Promise.reject<number>(new Failure('throttled', 'slower'))
    },
  }
  const [found] = await survey([{ name: 'home/files', account: 'home', source }], options())
  expect(found!.sample).toBeUndefined()
  expect(found!.load.unsized).toBe(1)
})

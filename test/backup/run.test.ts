import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Failure } from '../../src/core/failure.ts'
import { type Bench, createBench } from './bench-archive.ts'
import { createWorld } from './fake-source.ts'

let bench: Bench
beforeEach(async () => {
  bench = await createBench()
})
afterEach(() => bench.dispose())

describe('a run', () => {
  test('saves everything under its names, once', async () => {
    const world = createWorld({ pageSize: 2 })
    world.folder('a', 'Papers')
    world.file('1', 'one.txt', 'a', 'one')
    world.file('2', 'two.txt', undefined, 'two')
    world.folder('b', 'Empty', 'a')
    const first = await bench.run(world)
    expect(first.status).toBe(0)
    expect(first.sources['home/files']).toMatchObject({ items: 4, saved: 4, bytes: 6 })
    expect(bench.tree()).toEqual({ 'Papers/': '', 'Papers/Empty/': '', 'Papers/one.txt': 'one', 'two.txt': 'two' })
    await bench.checkSound()
    const second = await bench.run(world)
    expect(second.status).toBe(0)
    expect(second.sources['home/files']).toMatchObject({ items: 4, saved: 0, unchanged: 4 })
    expect(world.fetches).toHaveLength(2)
    expect(world.listings.map((one) => one.kind)).toEqual(['full', 'changes'])
    expect(second.of('sealing')).toEqual([])
  })

  test.each([
    ['an error that nobody foresaw', () => new TypeError('undefined is not a function'), 1],
    ['a fault of ours', () => new Failure('bug', 'that cannot be'), 1],
    ['what the provider refuses', () => new Failure('forbidden', 'not for you'), 3],
  ])('in which %s befalls one item takes the others, and says so by its status', async (_, error, status) => {
    const world = createWorld()
    world.file('1', 'one.txt', undefined, 'one')
    world.file('2', 'two.txt', undefined, 'two')
    world.answers.set('1', () => {
      throw error()
    })
    const run = await bench.run(world)
    expect(run.status).toBe(status)
    expect(run.sources['home/files']).toMatchObject({ items: 2, saved: 1, failed: 1 })
    world.answers.clear()
    expect((await bench.run(world)).status).toBe(0)
  })
})

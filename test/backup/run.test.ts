import { afterEach, beforeEach, describe, expect, test } from 'vitest'
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
})

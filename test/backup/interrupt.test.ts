import { readFileSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Source } from '../../src/core/source.ts'
import { type Bench, createBench } from './bench-archive.ts'
import { bytesOf, createWorld } from './fake-source.ts'

const MB = 1024 * 1024
let bench: Bench
beforeEach(async () => {
  bench = await createBench()
})
afterEach(() => bench.dispose())

describe('a run that is interrupted', () => {
  test('ends at once with status 130, and the next one goes on where each file was', async () => {
    const world = createWorld()
    for (let n = 0; n < 4; n++) world.file(`big ${n}`, `big ${n}`, undefined, bytesOf(6 * MB, n))
    for (let n = 0; n < 40; n++) world.file(`small ${n}`, `small ${n}`, undefined, `small ${n}`)
    const far = new Set<string>()
    let stopped = 0
    world.beforeChunk = (id, offset, signal) => {
      if (offset < 3 * MB) return
      far.add(id)
      if (far.size === 4 && stopped === 0) {
        stopped = Date.now()
        bench.interrupt()
      }
      if (signal.aborted) return
      return new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
    }
    const first = await bench.run(world, { transfers: 8 })
    expect(Date.now() - stopped).toBeLessThan(5000)
    expect(first).toMatchObject({ status: 130, interrupted: true })
    const { items, pending, saved, failed } = first.sources['home/files']!
    expect({ items, sum: pending + saved, failed }).toEqual({ items: 44, sum: 44, failed: 0 })
    expect(pending).toBeGreaterThanOrEqual(4)
    await bench.checkSound()
    const parked = bench.left('drafts')
    expect(parked).toHaveLength(4)
    for (const name of parked) expect(statSync(join(bench.root, '.holdall/drafts', name)).size).toBe(3 * MB)
    expect(world.open.now).toBe(0)

    world.beforeChunk = undefined
    const before = world.fetches.length
    bench.reopen()
    expect((await bench.run(world)).status).toBe(0)
    const again = world.fetches.slice(before).filter(({ id }) => id.startsWith('big'))
    expect(again.map(({ from }) => from)).toEqual([3 * MB, 3 * MB, 3 * MB, 3 * MB])
    expect(bench.files()).toHaveLength(44)
    expect(bench.left('drafts')).toEqual([])
    await bench.checkSound()
  })

  test('a draft that is shorter than was noted starts again', async () => {
    const world = createWorld()
    world.file('big', 'big', undefined, bytesOf(4 * MB))
    world.beforeChunk = (_, offset) => {
      if (offset === 2 * MB) bench.interrupt()
    }
    await bench.run(world)
    const [name] = bench.left('drafts')
    truncateSync(join(bench.root, '.holdall/drafts', name!), MB)
    world.beforeChunk = undefined
    expect((await bench.run(world)).status).toBe(0)
    expect(world.fetches.at(-1)!.from).toBe(0)
    await bench.checkSound()
  })

  test.each(['nonsense', '7', '{"length":"many"}'])('a damaged note of a draft (%s) is none: it starts again', async (note) => {
    const world = createWorld()
    world.file('big', 'big', undefined, bytesOf(4 * MB))
    world.beforeChunk = (_, offset) => {
      if (offset === 2 * MB) bench.interrupt()
    }
    await bench.run(world)
    const database = new DatabaseSync(bench.archive.journalFile)
    expect(database.prepare('UPDATE entry SET draft = ? WHERE draft IS NOT NULL').run(note).changes).toBe(1)
    database.close()
    world.beforeChunk = undefined
    expect((await bench.run(world)).status).toBe(0)
    expect(world.fetches.at(-1)!.from).toBe(0)
    await bench.checkSound()
  })

  test('a draft of an older version is not gone on with, and its failure is not the new one’s', async () => {
    const world = createWorld()
    world.file('big', 'big', undefined, bytesOf(4 * MB, 1))
    world.beforeChunk = (_, offset) => {
      if (offset === 2 * MB) bench.interrupt()
    }
    await bench.run(world)
    world.file('big', 'big', undefined, bytesOf(4 * MB, 2))
    world.beforeChunk = undefined
    expect((await bench.run(world)).status).toBe(0)
    expect(world.fetches.at(-1)).toMatchObject({ from: 0, version: undefined })
    await bench.checkSound()
  })

  test('a draft of an older version is not even asked about, where the server’s own version says nothing of the change', async () => {
    const world = createWorld({ features: { checksums: [] } })
    const old = bytesOf(4 * MB, 1)
    const fresh = bytesOf(4 * MB, 2)
    world.file('big', 'big', undefined, old)
    // An ETag that a new content keeps: joined with the old half, the new one would have the right length.
    const asked: number[] = []
    const fetch: Source['fetch'] = async (item, part, { from, signal }) => {
      asked.push(from)
      const content = await world.source.fetch(item, part, { from: 0, signal })
      return { ...content, from, bytes: after(content.bytes, from), version: 'ever the same' }
    }
    const careless = { ...world, source: { ...world.source, fetch } }
    world.beforeChunk = (_, offset) => {
      if (offset === 2 * MB) bench.interrupt()
    }
    await bench.run(careless)
    expect(bench.left('drafts')).toHaveLength(1)
    world.file('big', 'big', undefined, fresh, { version: '2' })
    world.beforeChunk = undefined
    // Nothing is taken before the listing says what is new.
    await bench.run(careless, { command: 'plan' })
    expect((await bench.run(careless)).status).toBe(0)
    expect(asked).toEqual([0, 0])
    expect(readFileSync(join(bench.root, 'data/home/files/big')).equals(fresh)).toBe(true)
    await bench.checkSound()
  })

  test('while one source moves things loses nothing of what another has just downloaded', async () => {
    const worlds = { 'home/files': createWorld(), 'work/files': createWorld() }
    for (let n = 0; n < 5; n++) worlds['home/files'].file(`${n}`, `a${n}`, undefined, `${n}`)
    await bench.run({ 'home/files': worlds['home/files'] })
    for (let n = 0; n < 5; n++) worlds['home/files'].move(`${n}`, undefined, `b${n}`)
    for (let n = 0; n < 30; n++) worlds['work/files'].file(`${n}`, `${n}`, undefined, `${n}`)
    const moving = Promise.withResolvers<void>()
    for (let n = 0; n < 30; n++) {
      worlds['work/files'].answers.set(`${n}`, async (ordinary) => {
        await moving.promise
        return ordinary()
      })
    }
    const { rename } = bench.archive
    bench.archive.rename = async (from, to) => {
      if (to === 'data/home/files/b0') {
        // Everything of the other source arrives now, and waits for the group after these moves.
        moving.resolve()
        while (worlds['work/files'].fetches.length < 30 || worlds['work/files'].open.now > 0)
          await new Promise((resolve) => setTimeout(resolve, 5))
        await new Promise((resolve) => setTimeout(resolve, 50))
        bench.interrupt()
      }
      return rename(from, to)
    }
    expect((await bench.run(worlds)).status).toBe(130)
    bench.archive.rename = rename
    expect(bench.files('data/work/files')).toHaveLength(30)
    await bench.checkSound()
    expect((await bench.run(worlds)).status).toBe(0)
    expect(worlds['work/files'].fetches).toHaveLength(30)
    expect(bench.files('data/home/files')).toEqual(['b0', 'b1', 'b2', 'b3', 'b4'])
    await bench.checkSound()
  })

  test('before it began downloads nothing and lists on from there', async () => {
    const world = createWorld()
    world.file('1', 'one', undefined, 'one')
    world.beforePage = () => bench.interrupt()
    expect((await bench.run(world)).status).toBe(130)
    world.beforePage = undefined
    expect((await bench.run(world)).status).toBe(0)
    expect(bench.files()).toEqual(['home/files/one'])
  })
})

/** The bytes from an offset on. */
async function* after(bytes: AsyncIterable<Uint8Array>, offset: number): AsyncGenerator<Uint8Array> {
  let left = offset
  for await (const chunk of bytes) {
    if (left < chunk.length) yield chunk.subarray(left)
    left = Math.max(0, left - chunk.length)
  }
}

import { statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Failure } from '../../src/core/failure.ts'
import { type Bench, createBench } from './bench-archive.ts'
import { createWorld, type World } from './fake-source.ts'

let bench: Bench
beforeEach(async () => {
  bench = await createBench()
})
afterEach(() => bench.dispose())

/** A run that stops when the bytes of `id` begin to come, with everything listed. */
async function stopAt(world: World, id: string): Promise<void> {
  world.beforeChunk = async (at, _offset, signal) => {
    if (at !== id) return
    bench.interrupt()
    signal.throwIfAborted()
  }
  expect((await bench.run(world)).status).toBe(130)
  world.beforeChunk = undefined
}

test('a new time reaches a file although the run that heard of it was cut off', async () => {
  const world = createWorld()
  world.file('1', 'one.txt', undefined, 'one')
  expect((await bench.run(world)).status).toBe(0)
  world.change('1', { modified: 1_600_000_000_000 })
  world.file('2', 'two.txt', undefined, 'two')
  await stopAt(world, '2')
  expect((await bench.run(world)).status).toBe(0)
  expect(statSync(join(bench.root, 'data/home/files/one.txt')).mtimeMs).toBe(1_600_000_000_000)
})

test('a new time reaches a file although the closing count of the run that heard of it broke off', async () => {
  const world = createWorld()
  world.file('1', 'one.txt', undefined, 'one')
  expect((await bench.run(world)).status).toBe(0)
  world.change('1', { modified: 1_600_000_000_000 })
  const { source } = world
  world.source = {
    ...source,
    async *recount() {
      yield []
      throw new Failure('corrupt', 'the answer is not JSON')
    },
  }
  expect((await bench.run(world)).status).toBe(3)
  world.source = source
  expect((await bench.run(world)).status).toBe(0)
  expect(statSync(join(bench.root, 'data/home/files/one.txt')).mtimeMs).toBe(1_600_000_000_000)
})

describe('where folders vouch for what they hold', () => {
  test('what a listing missed is gone in the end, although the run ended before it was decided', async () => {
    const world = createWorld({ streams: ['main', 'other'], features: { changeFeed: false } })
    world.folder('a', 'Papers')
    world.file('1', 'one.txt', 'a', 'one')
    for (const id of ['2', '3', '4']) world.file(id, `${id}.txt`, 'a', id)
    expect((await bench.run(world)).status).toBe(0)
    world.remove('1')
    world.brokenStreams.set('other', new Failure('unlisted', 'not now'))
    expect((await bench.run(world)).status).toBe(3)
    expect(bench.item('1')?.vanished).toBeNull()
    world.brokenStreams.clear()
    // Nothing changed since, says the folder, and names nothing.
    world.unread.set('a', undefined)
    expect((await bench.run(world)).status).toBe(0)
    expect(bench.item('1')?.vanished).toBeGreaterThan(0)
    expect(bench.item('2')?.vanished).toBeNull()
  })

  test('an account that lacks most of what it had says so again and again', async () => {
    const world = createWorld({ features: { changeFeed: false } })
    world.folder('a', 'Papers')
    for (const id of ['1', '2', '3', '4']) world.file(id, `${id}.txt`, 'a', id)
    expect((await bench.run(world)).status).toBe(0)
    const source = bench.journal.findSource('home/files') ?? 0
    expect(bench.journal.folderVersion(source, 'a')).toBeDefined()
    world.remove('1', '2', '3')
    for (let time = 0; time < 2; time++) {
      expect((await bench.run(world)).status).toBe(3)
      // Were it known, the folder would vouch for those that are missing.
      expect(bench.journal.folderVersion(source, 'a')).toBeUndefined()
    }
    expect(bench.item('1')?.vanished).toBeNull()
  })
})

describe('where ids do not last', () => {
  test('a file that moved is there once although the run that took it was cut off', async () => {
    const world = createWorld({ features: { lastingIds: false, changeFeed: false } })
    world.file('old/one.txt', 'one.txt', undefined, 'one')
    world.file('rest', 'rest.txt', undefined, 'rest')
    expect((await bench.run(world)).status).toBe(0)
    world.remove('old/one.txt')
    world.file('new/uno.txt', 'uno.txt', undefined, 'one')
    world.file('slow', 'slow.txt', undefined, 'slow')
    await stopAt(world, 'slow')
    expect((await bench.run(world)).status).toBe(0)
    bench.expectContents({ 'uno.txt': 'one', 'rest.txt': 'rest', 'slow.txt': 'slow' })
    await bench.checkSound()
  })

  test('a file that moved is there once although one run learned of the new place, and a later one that the old one is gone', async () => {
    const world = createWorld({ streams: ['main', 'other'], features: { lastingIds: false, changeFeed: false } })
    world.file('old/one.txt', 'one.txt', undefined, 'one')
    for (const id of ['rest', 'more']) world.file(id, `${id}.txt`, undefined, id)
    world.file('there', 'there.txt', undefined, 'there', { stream: 'other' })
    expect((await bench.run(world)).status).toBe(0)
    world.remove('old/one.txt')
    world.file('new/uno.txt', 'uno.txt', undefined, 'one')
    world.brokenStreams.set('other', new Failure('unlisted', 'not now'))
    expect((await bench.run(world)).status).toBe(3)
    expect(bench.item('old/one.txt')?.vanished).toBeNull()
    world.brokenStreams.clear()
    expect((await bench.run(world)).status).toBe(0)
    bench.expectContents({ 'uno.txt': 'one', 'rest.txt': 'rest', 'more.txt': 'more', 'there.txt': 'there' })
    await bench.checkSound()
  })

  test('a file that its last download found gone, and that stands elsewhere by then, is there once', async () => {
    const world = createWorld({ features: { lastingIds: false, changeFeed: false, checksums: [] } })
    world.file('a/1', '1.txt', undefined, 'one')
    for (const id of ['rest', 'more']) world.file(id, `${id}.txt`, undefined, id)
    expect((await bench.run(world)).status).toBe(0)
    // Listed with a new version, and moved with its old bytes before it is fetched; the same run lists it at its new place.
    world.change('a/1', { version: 'newer' })
    world.answers.set('a/1', () => {
      throw new Failure('gone', 'not there any more')
    })
    world.file('b/1', 'b.txt', undefined, 'one')
    expect((await bench.run(world)).status).toBe(0)
    bench.expectContents({ 'b.txt': 'one', 'rest.txt': 'rest', 'more.txt': 'more' })
    await bench.checkSound()
  })

  test('a file that moved twice before a run came to its end is there once', async () => {
    const world = createWorld({ streams: ['main', 'other'], features: { lastingIds: false, changeFeed: false } })
    world.file('a/one.txt', 'one.txt', undefined, 'one')
    for (const id of ['rest', 'more']) world.file(id, `${id}.txt`, undefined, id)
    world.file('there', 'there.txt', undefined, 'there', { stream: 'other' })
    expect((await bench.run(world)).status).toBe(0)
    world.brokenStreams.set('other', new Failure('unlisted', 'not now'))
    for (const [from, to] of [
      ['a/one.txt', 'b/one.txt'],
      ['b/one.txt', 'c/one.txt'],
    ] as const) {
      world.remove(from)
      world.file(to, `${to[0]}.txt`, undefined, 'one')
      expect((await bench.run(world)).status).toBe(3)
    }
    world.brokenStreams.clear()
    expect((await bench.run(world)).status).toBe(0)
    bench.expectContents({ 'c.txt': 'one', 'rest.txt': 'rest', 'more.txt': 'more', 'there.txt': 'there' })
    await bench.checkSound()
  })

  test('what was gone at its download is asked for, and not made of what moved away from there', async () => {
    const world = createWorld({ features: { lastingIds: false, changeFeed: false } })
    world.folder('a', 'a', undefined, { version: 'v1' })
    world.file('a/1', '1.txt', 'a', 'one', { twin: 'inode' })
    for (const id of ['rest', 'more']) world.file(id, `${id}.txt`, undefined, id)
    world.answers.set('a/1', () => {
      throw new Failure('gone', 'not there any more')
    })
    expect((await bench.run(world)).status).toBe(0)
    expect(bench.item('a/1')?.state).toBe('gone')
    // It moved, and its former folder is still said to be what it was.
    world.remove('a/1')
    world.file('2', '2.txt', undefined, 'one', { twin: 'inode' })
    world.unread.set('a', undefined)
    for (let time = 0; time < 3; time++) {
      expect((await bench.run(world)).status).toBe(0)
      expect(bench.item('a/1')?.state).toBe('gone')
    }
    bench.expectContents({ '2.txt': 'one', 'rest.txt': 'rest', 'more.txt': 'more' })
    await bench.checkSound()
  })

  test('a crash before the old file is removed leaves no file that the bag does not name', async () => {
    const world = createWorld({ features: { lastingIds: false, changeFeed: false } })
    world.file('old/one.txt', 'one.txt', undefined, 'one')
    world.file('rest', 'rest.txt', undefined, 'rest')
    expect((await bench.run(world)).status).toBe(0)
    world.remove('old/one.txt')
    world.file('new/uno.txt', 'uno.txt', undefined, 'one')
    const { remove } = bench.archive
    bench.archive.remove = () => Promise.reject(new Error('cut off'))
    expect((await bench.run(world)).status).toBe(1)
    bench.archive.remove = remove
    expect((await bench.run(world)).status).toBe(0)
    bench.expectContents({ 'uno.txt': 'one', 'rest.txt': 'rest' })
    await bench.checkSound()
  })
})

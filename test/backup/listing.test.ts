import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Failure } from '../../src/core/failure.ts'
import type { Page } from '../../src/core/source.ts'
import { type Bench, createBench, transient } from './bench-archive.ts'
import { createWorld, type World } from './fake-source.ts'

let bench: Bench
beforeEach(async () => {
  bench = await createBench()
})
afterEach(() => bench.dispose())

/** Ten files in a folder, listed three a page. */
function tenFiles(options: Parameters<typeof createWorld>[0] = {}): World {
  const world = createWorld({ pageSize: 3, ...options })
  world.folder('f', 'Folder')
  for (let n = 0; n < 10; n++) world.file(`i${n}`, `${n}.txt`, 'f', `content ${n}`)
  return world
}

const unlisted = new Failure('transient', 'the server answered 503')

describe('a listing that was cut off', () => {
  test.each([0, 1, 2, 3])('after %i pages goes on there, and nothing is taken twice', async (pages) => {
    const world = tenFiles()
    world.beforePage = (_, index) => {
      if (index === pages) bench.interrupt()
    }
    expect((await bench.run(world)).status).toBe(130)
    world.beforePage = undefined
    const second = await bench.run(world)
    expect(second.status).toBe(0)
    const since = world.listings[1]!.since
    if (pages === 0) expect(since).toBeUndefined()
    else expect(JSON.parse(since!).within.offset).toBe(pages * 3)
    expect(world.listings[1]!.pages).toBe(4 - pages)
    expect(bench.files()).toHaveLength(10)
    expect(new Set(world.fetches.map((one) => one.id)).size).toBe(10)
    await bench.checkSound()
    // What the first listing named before it was cut off is not gone when the second ends.
    expect((await bench.run(world)).sources['home/files']).toMatchObject({ items: 11, unchanged: 11, gone: 0 })
  })

  test.each([
    { changeFeed: true, what: 'a list of changes' },
    { changeFeed: false, what: 'a whole listing' },
  ])(
    'is followed by $what: what came meanwhile, where it had been before, is not left for the next run',
    async ({ changeFeed }) => {
      const world = tenFiles({ features: { changeFeed } })
      world.beforePage = (_, index) => {
        if (index === 2) bench.interrupt()
      }
      expect((await bench.run(world)).status).toBe(130)
      world.beforePage = undefined
      world.file('late', 'late.txt', 'f', 'late')
      world.change('i0', { name: 'renamed.txt' })
      world.remove('i1')
      expect((await bench.run(world)).status).toBe(0)
      expect(world.listings).toHaveLength(3)
      expect(bench.files()).toContain('home/files/Folder/late.txt')
      expect(bench.files()).toContain('home/files/Folder/renamed.txt')
      // Taken before it went, or found gone when it was to be taken.
      const { state, vanished } = bench.item('i1')!
      expect(state === 'gone' || vanished !== null).toBe(true)
      await bench.checkSound()
    },
  )

  test('of changes is followed by another one too', async () => {
    const world = tenFiles()
    expect((await bench.run(world)).status).toBe(0)
    for (let n = 0; n < 10; n++) world.file(`j${n}`, `new ${n}.txt`, 'f', `new ${n}`)
    world.beforePage = (_, index) => {
      if (index === 2) bench.interrupt()
    }
    expect((await bench.run(world)).status).toBe(130)
    world.beforePage = undefined
    expect((await bench.run(world)).status).toBe(0)
    expect(world.listings.map(({ kind }) => kind)).toEqual(['full', 'changes', 'changes', 'changes'])
    expect((await bench.run(world)).status).toBe(0)
    expect(world.listings).toHaveLength(5)
  })

  test('starts over when its cursor is refused, and downloads nothing again', async () => {
    const world = tenFiles()
    world.beforePage = (_, index) => {
      if (index === 3) throw transient()
    }
    expect((await bench.run(world)).status).toBe(3)
    expect(bench.files()).toHaveLength(8)
    world.beforePage = undefined
    world.refuses = true
    expect((await bench.run(world)).status).toBe(0)
    expect(world.listings[1]).toMatchObject({ pages: 4 })
    expect(world.fetches).toHaveLength(10)
    expect(bench.files()).toHaveLength(10)
  })

  test('and then starts over finds what went meanwhile', async () => {
    const world = tenFiles()
    await bench.run(world)
    world.remove('i3')
    world.refuses = true
    const second = await bench.run(world)
    expect(second.status).toBe(0)
    expect(bench.item('i3')).toMatchObject({ state: 'saved', vanished: expect.any(Number) })
    expect(world.fetches).toHaveLength(10)
    await bench.checkSound()
  })
})

describe('what is gone', () => {
  test('is decided from the change feed, once all streams have ended', async () => {
    const world = createWorld({ streams: ['mine', 'shared'], pageSize: 2 })
    for (let n = 0; n < 6; n++) world.file(`m${n}`, `m${n}`, undefined, `m${n}`)
    for (let n = 0; n < 6; n++) world.file(`s${n}`, `s${n}`, undefined, `s${n}`, { stream: 'shared' })
    await bench.run(world)
    // Moved from one stream to the other: gone there, present here.
    world.change('m1', { stream: 'shared' })
    world.remove('m2')
    const second = await bench.run(world)
    expect(second.status).toBe(0)
    expect(bench.item('m1')!.vanished).toBeNull()
    expect(bench.item('m2')!.vanished).not.toBeNull()
    expect(world.fetches).toHaveLength(12)
  })

  test('is not decided while a stream could not be listed, and is when it could', async () => {
    const world = createWorld({ streams: ['mine', 'shared'] })
    for (let n = 0; n < 6; n++) world.file(`m${n}`, `m${n}`, undefined, `m${n}`)
    world.file('s', 's', undefined, 's', { stream: 'shared' })
    await bench.run(world)
    world.remove('m1')
    world.change('m2', { stream: 'shared' })
    world.brokenStreams.set('shared', transient())
    expect((await bench.run(world)).status).toBe(3)
    expect(bench.item('m1')!.vanished).toBeNull()
    expect(bench.item('m2')!.vanished).toBeNull()
    world.brokenStreams.clear()
    expect((await bench.run(world)).status).toBe(0)
    expect(bench.item('m1')!.vanished).not.toBeNull()
    expect(bench.item('m2')!.vanished).toBeNull()
  })

  test('comes back without a download when its bytes are still here', async () => {
    const world = tenFiles({ features: { changeFeed: false } })
    await bench.run(world)
    const kept = world.things.get('i4')!
    world.remove('i4')
    await bench.run(world)
    expect(bench.item('i4')!.vanished).not.toBeNull()
    world.things.set('i4', kept)
    const third = await bench.run(world)
    expect(third.status).toBe(0)
    expect(bench.item('i4')).toMatchObject({ vanished: null, state: 'saved' })
    expect(world.fetches).toHaveLength(10)
  })

  test('never taken and gone counts as gone', async () => {
    const world = tenFiles()
    world.answers.set('i1', () => {
      throw new Failure('forbidden', 'no')
    })
    expect((await bench.run(world)).status).toBe(3)
    world.remove('i1')
    const second = await bench.run(world)
    expect(second.status).toBe(0)
    expect(second.sources['home/files']).toMatchObject({ gone: 1, items: 11, failed: 0 })
  })

  test('by the word of a download alone, it is asked for again by the next run', async () => {
    const world = tenFiles()
    let there = false
    world.answers.set('i1', (ordinary) => {
      if (there) return ordinary()
      throw new Failure('gone', 'the server answers 404')
    })
    const first = await bench.run(world)
    expect(first.sources['home/files']).toMatchObject({ gone: 1 })
    there = true
    const second = await bench.run(world)
    expect(second.sources['home/files']).toMatchObject({ gone: 0, saved: 1 })
    expect(bench.tree()['Folder/1.txt']).toBe('content 1')
  })
})

describe('a folder that could not be listed', () => {
  function nested(): World {
    const world = createWorld({ pageSize: 4, features: { changeFeed: false } })
    world.folder('a', 'A')
    world.folder('b', 'B', 'a')
    world.folder('c', 'C', 'b')
    world.file('1', '1', 'c', 'one')
    for (let n = 0; n < 8; n++) world.file(`r${n}`, `r${n}`, undefined, `${n}`)
    return world
  }

  test('proves nothing: what is below stays, the folder has failed, exit 3, and the next run lists anew', async () => {
    const world = nested()
    await bench.run(world)
    world.unread.set('b', unlisted)
    const second = await bench.run(world)
    expect(second.status).toBe(3)
    expect(bench.item('1')!.vanished).toBeNull()
    expect(bench.item('c')!.vanished).toBeNull()
    expect(bench.item('b')).toMatchObject({ state: 'failed', reason: unlisted.message })
    expect(second.sources['home/files']).toMatchObject({ failed: 1 })
    expect(second.of('failed').map(({ message }) => message)).toEqual([expect.stringContaining('b')])
    world.unread.clear()
    const third = await bench.run(world)
    expect(third.status).toBe(0)
    expect(world.listings.at(-1)!.since).toBeUndefined()
    expect(bench.state('b')).toBe('saved')
    await bench.checkSound()
  })

  test('and of which the provider vouches that nothing changed keeps what is below', async () => {
    const world = nested()
    await bench.run(world)
    world.unread.set('b', undefined)
    world.remove('r1')
    const second = await bench.run(world)
    expect(second.status).toBe(0)
    expect(bench.item('1')!.vanished).toBeNull()
    expect(bench.item('r1')!.vanished).not.toBeNull()
    expect(bench.state('b')).toBe('saved')
  })

  test('keeps nothing of another stream', async () => {
    const world = createWorld({ streams: ['one', 'two'], features: { changeFeed: false } })
    world.folder('a', 'A')
    for (let n = 0; n < 4; n++) world.file(`x${n}`, `x${n}`, undefined, `x${n}`)
    for (let n = 0; n < 6; n++) world.file(`y${n}`, `y${n}`, n < 3 ? 'a' : undefined, `y${n}`, { stream: 'two' })
    // The second stream has been listed more often than the first.
    world.brokenStreams.set('one', transient())
    await bench.run(world)
    await bench.run(world)
    world.brokenStreams.clear()
    expect((await bench.run(world)).status).toBe(0)
    world.unread.set('a', undefined)
    world.hides = false
    // The first stream speaks when the second has named them, and before that one ends.
    const [named, kept] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    world.pageSize = 3
    world.beforePage = (stream, index) => {
      if (stream === 'one' && index === 0) return named.promise
      if (stream === 'one') kept.resolve()
      if (stream === 'one' || index === 0) return undefined
      named.resolve()
      return kept.promise
    }
    const last = await bench.run(world)
    expect(last.status).toBe(0)
    expect(last.sources['home/files']).toMatchObject({ items: 11, unchanged: 11 })
    for (let n = 0; n < 6; n++) expect([n, bench.item(`y${n}`)!.vanished]).toEqual([n, null])
  })
})

describe('the version of a folder', () => {
  const version = (id: string) => bench.journal.folderVersion(bench.journal.findSource('home/files')!, id)

  function versioned(): World {
    const world = createWorld({ pageSize: 2, features: { changeFeed: false } })
    world.folder('a', 'A', undefined, { version: 'a1' })
    world.folder('b', 'B', 'a', { version: 'b1' })
    world.folder('c', 'C', 'b', { version: 'c1' })
    world.folder('d', 'D', undefined, { version: 'd1' })
    world.file('1', '1', 'c', 'one')
    for (let n = 0; n < 6; n++) world.file(`r${n}`, `r${n}`, 'd', `${n}`)
    return world
  }

  test('is known once everything below was listed, and not before the listing ends', async () => {
    const world = versioned()
    world.beforePage = (_, index) => {
      expect(version('a')).toBeUndefined()
      if (index === 3) throw transient()
    }
    await bench.run(world)
    expect(['a', 'b', 'c', 'd'].map(version)).toEqual([undefined, undefined, undefined, undefined])
    world.beforePage = undefined
    await bench.run(world)
    expect(['a', 'b', 'c', 'd'].map(version)).toEqual(['a1', 'b1', 'c1', 'd1'])
  })

  test('is not known in and above a place that could not be listed', async () => {
    const world = versioned()
    world.unread.set('b', unlisted)
    await bench.run(world)
    expect(['a', 'b', 'd'].map(version)).toEqual([undefined, undefined, 'd1'])
    world.unread.clear()
    world.change('d', { version: 'd2' })
    await bench.run(world)
    expect(['a', 'b', 'c', 'd'].map(version)).toEqual(['a1', 'b1', 'c1', 'd2'])
  })

  test('is not learned of what lies below a place that could not be listed', async () => {
    const world = versioned()
    world.unread.set('c', unlisted)
    await bench.run(world)
    expect(['a', 'b', 'c'].map(version)).toEqual([undefined, undefined, undefined])
    world.unread.clear()
    world.unread.set('a', unlisted)
    await bench.run(world)
    // Nothing below c was ever listed: whoever skipped b or c now would never see it.
    expect(['a', 'b', 'c'].map(version)).toEqual([undefined, undefined, undefined])
  })

  test('is not known of one that a listing vouched for and then named at another version, nor above it', async () => {
    const world = versioned()
    await bench.run(world)
    const items = (...ids: string[]) => ids.map((id) => world.things.get(id)!.item)
    async function* list(): AsyncIterable<Page> {
      yield { items: items('a', 'd'), unread: [{ id: 'd' }], startsOver: true, cursor: '1' }
      yield { items: items('b'), unread: [{ id: 'b' }], cursor: '1' }
      world.change('b', { version: 'b2' })
      // What went from b while this listing went on counts as listed: it was vouched for.
      yield { items: items('b'), cursor: '1' }
      yield { items: items('c'), unread: [{ id: 'c' }], cursor: '2' }
    }
    const source = world.source
    world.source = { ...source, list }
    expect((await bench.run(world)).status).toBe(0)
    expect(['a', 'b', 'c', 'd'].map(version)).toEqual([undefined, undefined, 'c1', 'd1'])
    world.source = source
    await bench.run(world)
    expect(['a', 'b', 'c', 'd'].map(version)).toEqual(['a1', 'b2', 'c1', 'd1'])
  })
})

describe('an account that lapsed', () => {
  test.each([
    ['lists nothing', 10],
    ['lacks most of what it had', 7],
  ])('%s: nothing is gone, exit 3, and again', async (_, lost) => {
    const world = tenFiles({ features: { changeFeed: false } })
    await bench.run(world)
    const kept = new Map(world.things)
    if (lost === 10) world.things.clear()
    else for (let n = 0; n < lost; n++) world.remove(`i${n}`)
    for (let again = 0; again < 2; again++) {
      const run = await bench.run(world)
      expect(run.status).toBe(3)
      expect(run.failures.get('home/files')).toMatchObject({ kind: 'unlisted', message: expect.stringContaining('lapsed') })
      expect(bench.item('i0')).toMatchObject({ vanished: null, state: 'saved' })
      expect(world.listings.at(-1)!.kind).toBe('full')
    }
    for (const [id, thing] of kept) world.things.set(id, thing)
    expect((await bench.run(world)).status).toBe(0)
    expect(world.fetches).toHaveLength(10)
    await bench.checkSound()
  })

  test('one stream of several that lists nothing marks nothing of it gone', async () => {
    const world = createWorld({ streams: ['mine', 'shared'], features: { changeFeed: false } })
    for (let n = 0; n < 20; n++) world.file(`m${n}`, `m${n}`, undefined, `m${n}`)
    for (let n = 0; n < 3; n++) world.file(`s${n}`, `s${n}`, undefined, `s${n}`, { stream: 'shared' })
    await bench.run(world)
    world.remove('s0', 's1', 's2', 'm0')
    const run = await bench.run(world)
    expect(run.status).toBe(3)
    expect(['s0', 's1', 's2', 'm0'].map((id) => bench.item(id)!.vanished !== null)).toEqual([false, false, false, true])
  })

  test('nor does a change feed that reports most of it removed', async () => {
    const world = tenFiles()
    await bench.run(world)
    for (let n = 0; n < 8; n++) world.remove(`i${n}`)
    expect((await bench.run(world)).status).toBe(3)
    expect(bench.item('i0')!.vanished).toBeNull()
    expect((await bench.run(world)).status).toBe(3)
    expect(world.listings.at(-1)!.kind).toBe('full')
  })
})

describe('streams that listings reveal', () => {
  const chain = () => {
    const world = createWorld({ streams: ['mine'] })
    for (let n = 0; n < 9; n++) world.file(`m${n}`, `m${n}`, undefined, `m${n}`)
    world.file('s1', 's1', undefined, 's1', { stream: 'shared' })
    world.file('d1', 'd1', undefined, 'd1', { stream: 'deep' })
    world.reveals.set('shared', 'mine')
    world.reveals.set('deep', 'shared')
    return world
  }

  test('are listed and taken in the same run, and asked for changes in the next', async () => {
    const world = chain()
    const first = await bench.run(world)
    expect(first.status).toBe(0)
    expect(first.sources['home/files']).toMatchObject({ items: 11, saved: 11 })
    expect(world.listings.map((one) => [one.stream, one.kind])).toEqual([
      ['mine', 'full'],
      ['shared', 'full'],
      ['deep', 'full'],
    ])
    expect((await bench.run(world)).sources['home/files']).toMatchObject({ items: 11, unchanged: 11, gone: 0 })
    expect(world.listings.slice(3).map((one) => [one.stream, one.kind])).toEqual([
      ['mine', 'changes'],
      ['shared', 'changes'],
      ['deep', 'changes'],
    ])
  })

  test('are revealed no more: what they alone had is gone', async () => {
    const world = chain()
    await bench.run(world)
    world.reveals.delete('deep')
    expect((await bench.run(world)).status).toBe(0)
    expect(bench.item('d1')!.vanished).not.toBeNull()
    expect(bench.item('s1')!.vanished).toBeNull()
  })

  test('because what reveals them could not be listed: nothing is gone', async () => {
    const world = chain()
    await bench.run(world)
    world.brokenStreams.set('shared', unlisted)
    world.reveals.delete('deep')
    expect((await bench.run(world)).status).toBe(3)
    expect(bench.item('d1')!.vanished).toBeNull()
  })

  test('without end are a fault of the source, which ends', async () => {
    const world = createWorld({ streams: ['mine'] })
    let n = 0
    world.source.revealed = async () => [{ id: `more ${n}`, title: `more ${n++}` }]
    expect((await bench.run(world)).status).toBe(1)
    expect(n).toBeLessThan(50)
  })
})

describe('a stream that is no longer offered', () => {
  test('takes what it alone had with it, and is listed anew when it comes back', async () => {
    const world = createWorld({ streams: ['mine', 'shared'] })
    for (let n = 0; n < 9; n++) world.file(`m${n}`, `m${n}`, undefined, `m${n}`)
    world.file('s1', 's1', undefined, 's1', { stream: 'shared' })
    world.file('s2', 's2', undefined, 's2', { stream: 'shared' })
    world.answers.set('s2', () => {
      throw new Failure('forbidden', 'no')
    })
    await bench.run(world)
    world.streams.pop()
    const without = await bench.run(world)
    expect(without.status).toBe(0)
    expect(bench.item('s1')!.vanished).not.toBeNull()
    expect(without.sources['home/files']).toMatchObject({ gone: 1, unchanged: 10 })
    world.streams.push('shared')
    world.answers.clear()
    const back = await bench.run(world)
    expect(back.status).toBe(0)
    expect(world.listings.at(-1)).toMatchObject({ stream: 'shared', kind: 'full' })
    expect(bench.item('s1')!.vanished).toBeNull()
    expect(back.sources['home/files']).toMatchObject({ gone: 0, items: 11, saved: 1, unchanged: 10 })
  })
})

describe('listings of later runs', () => {
  test('are full when the settings name other things, without downloading anything again', async () => {
    const world = tenFiles()
    await bench.run(world)
    await bench.run(world, { shape: 'other' })
    expect(world.listings[1]).toMatchObject({ kind: 'full', since: undefined })
    expect(world.fetches).toHaveLength(10)
    await bench.run(world, { shape: 'other' })
    expect(world.listings[2]).toMatchObject({ kind: 'changes' })
  })

  test('bring metadata without a download', async () => {
    const world = tenFiles()
    await bench.run(world)
    world.change('i1', { details: { starred: true } })
    world.patches.push({ id: 'i2', details: { label: 'new' } })
    const run = await bench.run(world)
    expect(run.sources['home/files']).toMatchObject({ unchanged: 11, saved: 0 })
    expect(JSON.parse(bench.item('i1')!.details)).toEqual({ starred: true })
    expect(JSON.parse(bench.item('i2')!.details)).toEqual({ label: 'new' })
    expect(world.fetches).toHaveLength(10)
    await bench.checkSound()
  })

  test('move what has another path and nothing else new', async () => {
    const world = createWorld()
    world.file('1', 'talk.mp4', undefined, 'bytes', { path: ['2026', 'Old topic'] })
    await bench.run(world)
    expect(bench.files('data/home/files')).toEqual(['2026/Old topic/talk.mp4'])
    world.change('1', { path: ['2026', 'New topic'] })
    const run = await bench.run(world)
    expect(run.status).toBe(0)
    expect(bench.files('data/home/files')).toEqual(['2026/New topic/talk.mp4'])
    expect(world.fetches).toHaveLength(1)
  })

  test('a plan lists and downloads nothing; the backup after it asks for changes alone', async () => {
    const world = tenFiles()
    const plan = await bench.run(world, { command: 'plan' })
    expect(plan.status).toBe(0)
    expect(plan.sources['home/files']).toMatchObject({ items: 11, pending: 10 })
    expect(world.fetches).toEqual([])
    expect((await bench.run(world)).status).toBe(0)
    expect(world.listings.map((one) => one.kind)).toEqual(['full', 'changes'])
    expect(bench.files()).toHaveLength(10)
  })
})

describe('a source without a single stream', () => {
  test('whose sign-in ended fails with exit 4, marks nothing, and goes on later', async () => {
    const world = tenFiles()
    await bench.run(world)
    world.signIn = new Failure('signin', 'the sign-in has ended', { hint: 'holdall connect home' })
    const run = await bench.run(world)
    expect(run.status).toBe(4)
    expect(run.sources['home/files']).toMatchObject({ unchanged: 11 })
    expect(run.of('failed')).toMatchObject([{ kind: 'signin', hint: 'holdall connect home' }])
    world.signIn = undefined
    expect((await bench.run(world)).status).toBe(0)
  })
})

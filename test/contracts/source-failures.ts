import { describe, expect, test } from 'vitest'
import { Failure, type FailureKind } from '../../src/core/failure.ts'
import type { Source } from '../../src/core/source.ts'
import { expectSoon, failureOf, text } from './content.ts'
import type { Fault } from './harness.ts'
import { Listed, never, nothingKnown, pagesOf } from './listed.ts'
import type { Suite } from './suite.ts'

/** What a source says when the service fails, and how soon it ends. */
export function failureContract(suite: Suite): void {
  const { list, get, withFault, plant } = suite
  const { below = [] } = suite.subject
  describe('failures', () => {
    const kinds: [401 | 403 | 429 | 500 | 503, FailureKind][] = [
      [401, 'signin'],
      [403, 'forbidden'],
      [429, 'throttled'],
      [500, 'transient'],
      [503, 'transient'],
    ]
    for (const [status, kind] of kinds) {
      withFault('status', `${status} to a listing is ${kind}, and proves nothing gone`, async () => {
        await plant()
        await suite.harness.inject({ kind: 'status', on: 'list', status })
        expect((await failedListing(suite.harness.open())).kind).toBe(kind)
      })
      withFault('status', `${status} to a download is ${kind}`, async () => {
        await suite.harness.world.addFile(['a.txt'], text('a'))
        const item = (await list()).at('a.txt')
        await suite.harness.inject({ kind: 'status', on: 'fetch', status })
        const failure = await failureOf(get(item))
        expect(failure.kind).toBe(kind)
        expect(failure.message).not.toBe('')
      })
    }

    for (const kind of ['status', 'cut', 'html'] as const) {
      withFault(kind, `a listing that breaks later (${kind}) says so, and goes on from its last page`, async () => {
        const planted = await plant()
        const fault: Fault =
          kind === 'status'
            ? { kind, on: 'list', status: 500, skip: 2 }
            : kind === 'cut'
              ? { kind, on: 'list', bytes: 300, skip: 2 }
              : { kind, on: 'list', skip: 2 }
        const streams = await suite.harness.open().streams(never)
        await suite.harness.inject(fault)
        const listed = new Listed(below)
        let said = 0
        const cursors = new Map<string, string | undefined>()
        for (const stream of streams) {
          cursors.set(stream.id, undefined)
          try {
            for await (const page of suite.harness.open().list(stream, undefined, nothingKnown, never)) {
              listed.add(page)
              cursors.set(stream.id, page.cursor)
            }
          } catch (error) {
            expect(error).toBeInstanceOf(Failure)
            said++
          }
        }
        said += listed.unread.filter((place) => place.failure !== undefined).length
        expect(said).toBeGreaterThan(0)
        await suite.harness.heal()
        const unreadPaths = listed.unread.flatMap(({ id }) => {
          const item = listed.items.get(id)
          const path = item === undefined ? undefined : listed.path(item)
          return path === undefined ? [] : [path.join(' / ')]
        })
        for (const stream of streams)
          for (const page of await pagesOf(suite.harness.open(), stream, cursors.get(stream.id))) listed.add(page)
        // Whatever is still missing lies below a place that was named as unread.
        const have = new Set(listed.paths())
        for (const path of planted)
          if (!have.has(path))
            expect(
              unreadPaths.some((unread) => path.startsWith(`${unread} / `)),
              path,
            ).toBe(true)
      })
    }

    for (const kind of ['cut', 'html'] as const) {
      withFault(kind, `a broken first answer (${kind}) is never an empty account`, async () => {
        await plant()
        await suite.harness.inject(kind === 'cut' ? { kind, on: 'list', bytes: 300 } : { kind, on: 'list' })
        expect(['corrupt', 'unlisted', 'transient']).toContain((await failedListing(suite.harness.open())).kind)
      })
    }

    withFault('stall', 'a listing ends within a second of the signal while nothing comes', async () => {
      await plant()
      await suite.harness.inject({ kind: 'stall', on: 'list', bytes: 100 })
      const source = suite.harness.open()
      const streams = await source.streams(never)
      const stop = new AbortController()
      const work = Promise.all(streams.map((stream) => pagesOf(source, stream, undefined, stop.signal)))
      work.catch(() => {})
      await new Promise((resolve) => setTimeout(resolve, 200))
      await expectSoon(work, stop)
    })

    test('nothing begins under a signal that has ended', async () => {
      await suite.harness.world.addFile(['a.txt'], text('a'))
      const listed = await list()
      const source = suite.harness.open()
      const [stream] = await source.streams(never)
      const ended = AbortSignal.abort(new Error('stopped'))
      await expect(pagesOf(source, stream!, undefined, ended)).rejects.toThrow('stopped')
      await expect(get(listed.at('a.txt'), { signal: ended })).rejects.toThrow('stopped')
    })
  })
}

/** The first failure that a listing shows, thrown or as a place that could not be read. */
async function failedListing(source: Source): Promise<Failure> {
  const places: Failure[] = []
  try {
    for (const stream of await source.streams(never)) {
      for (const page of await pagesOf(source, stream))
        for (const { failure } of page.unread ?? []) if (failure !== undefined) places.push(failure)
    }
  } catch (error) {
    expect(error).toBeInstanceOf(Failure)
    return error as Failure
  }
  expect(places.length, 'a failure thrown, or a place named as unread').toBeGreaterThan(0)
  return places[0]!
}

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Failure, FailureKind } from '../../../../src/core/failure.ts'
import type { Item } from '../../../../src/core/item.ts'
import type { Features, Page, Source } from '../../../../src/core/source.ts'
import type { FaultAction } from '../../../../src/practice/serving/faults.ts'
import { expectSoon, failureOf } from '../../../contracts/content.ts'
import { Listed, listAgain, listAll, never, nothingKnown, pagesOf } from '../../../contracts/listed.ts'

/** A service of records as a person could use it. Pages are small enough that fifty records take three or more. */
export interface RecordHarness {
  open(): Source
  add(name: string): Promise<void>
  /** Anything but the name. */
  change(name: string): Promise<void>
  rename(from: string, to: string): Promise<void>
  remove(name: string): Promise<void>
  /** Every token given so far is refused, as the service documents. */
  refuseTokens(): void
  /** To every listing, after `skip` right answers. */
  fault(action: FaultAction, skip?: number): void
  heal(): void
  /** Mistakes of the client, or of the practice service, that it saw. */
  complaints(): readonly unknown[]
  close(): Promise<void>
}

export interface RecordSubject {
  readonly features: Features
  /** The records that `add` makes, among what else the service lists. */
  readonly isRecord: (item: Item) => boolean
  start(): Promise<RecordHarness>
}

const fifty = Array.from({ length: 50 }, (_, index) => `record ${String(index).padStart(2, '0')}`)

/** The source contract (test/contracts/source.ts) for services whose items have no bytes and stand in no folders. */
export function recordContract(name: string, { features, isRecord, start }: RecordSubject): void {
  describe(`record contract: ${name}`, () => {
    let at: RecordHarness
    beforeEach(async () => {
      at = await start()
    })
    afterEach(async () => {
      const complaints = at.complaints()
      await at.close()
      expect(complaints).toEqual([])
    })
    const plant = async () => {
      for (const one of fifty) await at.add(one)
    }
    const list = () => listAll(at.open(), [])
    const again = (before: Listed) => listAgain(at.open(), before)
    const names = (listed: Listed) =>
      [...listed.items.values()]
        .filter(isRecord)
        .map((item) => item.name)
        .sort()
    const find = (listed: Listed, wanted: string) =>
      [...listed.items.values()].find((item) => isRecord(item) && item.name === wanted)
    const ids = (pages: readonly Page[]) => pages.flatMap(({ items }) => items.map(({ id }) => id))

    test('streams have unique and stable ids', async () => {
      const found = async () => (await at.open().streams(never)).map(({ id }) => id)
      const first = await found()
      expect(first.length).toBeGreaterThan(0)
      expect(new Set(first).size).toBe(first.length)
      expect(await found()).toEqual(first)
    })

    test('of nothing: one page at least', async () => {
      const listed = await list()
      expect(names(listed)).toEqual([])
      expect(listed.startedOver).toBe(true)
    })

    test('names everything once, and starts over on its first page alone', async () => {
      await plant()
      const source = at.open()
      const listed = new Listed([])
      for (const stream of await source.streams(never)) {
        const pages = await pagesOf(source, stream)
        if (pages.some(({ startsOver }) => startsOver))
          expect(pages.map((page) => page.startsOver === true)).toEqual(pages.map((_, index) => index === 0))
        const all = ids(pages)
        expect(new Set(all).size).toBe(all.length)
        for (const page of pages) listed.add(page)
      }
      expect(names(listed)).toEqual(fifty)
      for (const item of listed.items.values()) {
        expect(JSON.parse(JSON.stringify(item))).toEqual(item)
        if (!isRecord(item)) continue
        expect(item).toMatchObject({ kind: 'record', parts: [], version: expect.stringMatching(/./) })
        expect(item.details.etag).toBe(item.version)
      }
    })

    test('goes on right after each page: nothing lost, nothing twice', async () => {
      await plant()
      let most = 0
      for (const stream of await at.open().streams(never)) {
        const pages = await pagesOf(at.open(), stream)
        most = Math.max(most, pages.length)
        for (let index = 0; index < pages.length - 1; index++) {
          const rest = await pagesOf(at.open(), stream, pages[index]!.cursor)
          expect(rest.some(({ startsOver }) => startsOver)).toBe(false)
          expect(ids(rest)).toEqual(ids(pages.slice(index + 1)))
        }
      }
      expect(most).toBeGreaterThanOrEqual(3)
    })

    test('again: what did not change, what did, what came, what went', async () => {
      await plant()
      const before = await list()
      const same = await again(before)
      expect(same.gone.size).toBe(0)
      expect(names(same)).toEqual(fifty)
      if (features.changeFeed) expect(same.startedOver).toBe(false)
      for (const [id, item] of before.items) expect(same.items.get(id)).toEqual(item)

      await at.change('record 07')
      await at.add('record new')
      await at.rename('record 08', 'record renamed')
      await at.remove('record 09')
      const after = await again(same)
      const changed = [...before.items.values()].filter(
        (item) => isRecord(item) && after.items.has(item.id) && after.items.get(item.id)!.version !== item.version,
      )
      expect(changed.map((item) => item.name).sort()).toEqual(['record 07', 'record 08'])
      expect(find(after, 'record renamed')!.id).toBe(find(before, 'record 08')!.id)
      expect(names(after)).toEqual(
        [...fifty.filter((one) => one !== 'record 08' && one !== 'record 09'), 'record new', 'record renamed'].sort(),
      )
      if (features.changeFeed) expect(after.startedOver).toBe(false)
      expect(names(await again(after))).toEqual(names(after))
      expect(names(await list())).toEqual(names(after))
    })

    test('from a cursor that means nothing, or that the service no longer takes, starts over', async () => {
      await plant()
      for (const cursor of ['', 'nonsense', '{"step":"full","page":"nonsense"}', '{"step":"rest","sync":"nonsense"}']) {
        const listed = new Listed([])
        for (const stream of await at.open().streams(never))
          for (const page of await pagesOf(at.open(), stream, cursor)) listed.add(page)
        expect(listed.startedOver, cursor).toBe(true)
        expect(names(listed)).toEqual(fifty)
      }
      for (const stream of await at.open().streams(never)) {
        const pages = await pagesOf(at.open(), stream)
        at.refuseTokens()
        for (const { cursor } of pages) {
          const fresh = await pagesOf(at.open(), stream, cursor)
          expect(ids(fresh).sort()).toEqual(ids(pages).sort())
          if (pages[0]!.startsOver) expect(fresh[0]!.startsOver).toBe(true)
        }
      }
    })

    const kinds: [401 | 403 | 429 | 500 | 503, FailureKind][] = [
      [401, 'signin'],
      [403, 'forbidden'],
      [429, 'throttled'],
      [500, 'transient'],
      [503, 'transient'],
    ]
    test.each(kinds)('%i is %s, and proves nothing gone', async (status, kind) => {
      await plant()
      at.fault({ status, reason: reasons[status] ?? 'backendError' })
      expect((await failedListing()).kind).toBe(kind)
    })

    test.each<[string, FaultAction]>([
      ['cut', { cutAfter: 30 }],
      ['a web page', { htmlPage: true }],
    ])('a broken answer (%s) is never an empty account', async (_, action) => {
      await plant()
      at.fault(action)
      expect(['corrupt', 'transient', 'unlisted']).toContain((await failedListing()).kind)
    })

    test('a listing that breaks later says so, and goes on from its last page', async () => {
      await plant()
      const listed = new Listed([])
      const cursors = new Map<string, string>()
      const take = async (source: Source) => {
        for (const stream of await source.streams(never)) {
          for await (const page of source.list(stream, cursors.get(stream.id), nothingKnown, never)) {
            listed.add(page)
            cursors.set(stream.id, page.cursor)
          }
        }
      }
      at.fault({ status: 500, reason: 'backendError' }, 3)
      expect((await failureOf(take(at.open()))).kind).toBe('transient')
      at.heal()
      await take(at.open())
      expect(names(listed)).toEqual(fifty)
    })

    test('ends within a second of the signal, and begins nothing under one that has ended', async () => {
      await plant()
      const source = at.open()
      const streams = await source.streams(never)
      at.fault({ stallAfter: 20 })
      const stop = new AbortController()
      const work = Promise.all(streams.map((stream) => pagesOf(source, stream, undefined, stop.signal)))
      work.catch(() => {})
      await new Promise((resolve) => setTimeout(resolve, 100))
      await expectSoon(work, stop)
      const ended = AbortSignal.abort(new Error('stopped'))
      await expect(pagesOf(at.open(), streams[0]!, undefined, ended)).rejects.toThrow('stopped')
      await expect(at.open().streams(ended)).rejects.toThrow('stopped')
    })

    async function failedListing(): Promise<Failure> {
      return failureOf(list())
    }
  })
}

const reasons: Readonly<Record<number, string>> = { 401: 'authError', 403: 'forbidden', 429: 'rateLimitExceeded' }

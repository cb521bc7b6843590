import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ChecksumAlgorithm } from '../../src/core/checksum.ts'
import { Failure, type FailureKind } from '../../src/core/failure.ts'
import type { Item } from '../../src/core/item.ts'
import type { Content, Features, Known, Page, Source, Stream } from '../../src/core/source.ts'

/** Names from the world's root down; the last is the thing itself. */
export type WorldPath = readonly string[]

/** What a person could do at the real service. Every operation is visible to the next listing when it resolves. */
export interface SourceWorld {
  addFolder(path: WorldPath): Promise<void>
  /** The folder exists already. */
  addFile(path: WorldPath, bytes: Uint8Array): Promise<void>
  /** Other bytes under the same name, later than the ones before. */
  changeFile(path: WorldPath, bytes: Uint8Array): Promise<void>
  /** Rename, move, or both; a folder takes its content along. */
  move(from: WorldPath, to: WorldPath): Promise<void>
  /** A folder goes with its content. */
  remove(path: WorldPath): Promise<void>
}

/**
 * What the server does wrong, to every request of one sort (`list`: listings; `fetch`: bytes of files) until `heal()`.
 * - `status`: answers with that code
 * - `cut`: closes the connection after `bytes` of the body, the length in the headers being right (or the body chunked)
 * - `stall`: sends `bytes` of the body, then nothing more, the connection staying open
 * - `garble`: flips bits in the body, the length staying the same
 * - `html`: answers 200 with a page of HTML
 * - `no-range`: answers 200 with everything whatever range was asked for
 * - `bad-cursor`: refuses every cursor (page and change tokens) that it gave out so far, in the way it documents
 */
export type Fault =
  | {
      readonly kind: 'status'
      readonly on: 'list' | 'fetch'
      readonly status: 401 | 403 | 404 | 429 | 500 | 503
      readonly skip?: number
    }
  | { readonly kind: 'cut'; readonly on: 'list' | 'fetch'; readonly bytes: number; readonly skip?: number }
  | { readonly kind: 'stall'; readonly on: 'list' | 'fetch'; readonly bytes: number; readonly skip?: number }
  | { readonly kind: 'garble'; readonly on: 'fetch' }
  | { readonly kind: 'html'; readonly on: 'list' | 'fetch'; readonly skip?: number }
  | { readonly kind: 'no-range'; readonly on: 'fetch' }
  | { readonly kind: 'bad-cursor'; readonly on: 'list' }

export interface SourceHarness {
  /**
   * The source on a new transport that signs in, explains failures as the provider does, and retries nothing.
   * Its pages are small enough (by the server's own limit, say) that the suite's tree of 40 files in 12 folders takes three or more.
   */
  open(): Source
  readonly world: SourceWorld
  /** `skip` in a fault: so many requests of its sort are still answered rightly. */
  inject(fault: Fault): Promise<void>
  heal(): Promise<void>
  close(): Promise<void>
}

/** What the suite must know before it starts anything. */
export interface Subject {
  readonly features: Features
  /** The faults that the server can be told to show; tests of others are skipped, and say so. */
  readonly faults: readonly Fault['kind'][]
  /** Local path under which the listing shows the world's root, e.g. `['My Drive']`; default: the source's own folder. */
  readonly below?: WorldPath
  /** Names that only some servers can hold, besides the suite's. */
  readonly names?: readonly string[]
  start(): Promise<SourceHarness>
}

const never = new AbortController().signal
const nothingKnown: Known = { folderVersion: () => undefined }
const text = (words: string) => Buffer.from(words)

/** Bytes that differ at every place, so that a wrong offset shows. */
function pattern(length: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(length)
  let state = seed * 2654435761 + 1
  for (let index = 0; index < length; index++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    bytes[index] = state >>> 24
  }
  return bytes
}

async function pagesOf(source: Source, stream: Stream, since?: string, signal = never): Promise<Page[]> {
  const pages: Page[] = []
  for await (const page of source.list(stream, since, nothingKnown, signal)) pages.push(page)
  return pages
}

/** What a whole listing of all streams leaves: the last word on each item. */
class Listed {
  readonly items = new Map<string, Item>()
  readonly gone = new Set<string>()
  readonly unread: { id: string; failure?: Failure }[] = []
  readonly cursors = new Map<string, string>()
  startedOver = false
  readonly below: WorldPath
  constructor(below: WorldPath) {
    this.below = below
  }

  add(page: Page): void {
    if (page.startsOver) this.startedOver = true
    for (const item of page.items) {
      this.items.set(item.id, item)
      this.gone.delete(item.id)
    }
    for (const id of page.gone ?? []) this.gone.add(id)
    this.unread.push(...(page.unread ?? []))
  }

  /** Path in the world's terms; undefined for what lies elsewhere, and for what we made up. */
  path(item: Item): WorldPath | undefined {
    const names: string[] = []
    const seen = new Set<string>()
    let at: Item | undefined = item
    while (at !== undefined && !seen.has(at.id)) {
      seen.add(at.id)
      if (at.name !== undefined) names.unshift(at.name)
      if (at.path !== undefined) names.unshift(...at.path)
      const parent: string | undefined = at.parent ?? at.fallback
      at = parent === undefined ? undefined : this.items.get(parent)
    }
    const inside = this.below.every((name, index) => names[index] === name) && names.length > this.below.length
    return inside ? names.slice(this.below.length) : undefined
  }

  paths(kind?: Item['kind']): string[] {
    const found: string[] = []
    for (const item of this.items.values()) {
      const path = this.path(item)
      if (path !== undefined && item.kind !== 'place' && (kind === undefined || item.kind === kind)) found.push(path.join(' / '))
    }
    return found.sort()
  }

  at(...path: string[]): Item {
    for (const item of this.items.values()) if (this.path(item)?.join('\0') === path.join('\0')) return item
    throw new Error(`not listed: ${path.join(' / ')} (listed: ${this.paths().join(', ')})`)
  }
}

async function listAll(source: Source, below: WorldPath): Promise<Listed> {
  const listed = new Listed(below)
  for (const stream of await source.streams(never)) {
    let last: string | undefined
    for (const page of await pagesOf(source, stream)) {
      listed.add(page)
      last = page.cursor
    }
    expect(last, 'a listing has at least one page').toBeDefined()
    listed.cursors.set(stream.id, last!)
  }
  return listed
}

/** What a later run sees: changes where there is a change log, else everything anew, which says by absence what is gone. */
async function listAgain(source: Source, before: Listed): Promise<Listed> {
  const after = new Listed(before.below)
  const named = new Set<string>()
  let full = false
  for (const [id, item] of before.items) after.items.set(id, item)
  for (const stream of await source.streams(never)) {
    for (const page of await pagesOf(source, stream, before.cursors.get(stream.id))) {
      after.add(page)
      full ||= page.startsOver === true
      for (const item of page.items) named.add(item.id)
      after.cursors.set(stream.id, page.cursor)
    }
  }
  if (full) for (const id of before.items.keys()) if (!named.has(id)) after.gone.add(id)
  for (const id of after.gone) after.items.delete(id)
  return after
}

async function drain(content: Content): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of content.bytes) chunks.push(Uint8Array.from(chunk))
  return Buffer.concat(chunks)
}

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const outcome = await work.then(
    () => 'nothing thrown',
    (error: unknown) => error,
  )
  expect(outcome, 'a Failure and nothing else').toBeInstanceOf(Failure)
  return outcome as Failure
}

/** Twelve folders, forty files; nested, siblings, an empty folder. */
async function plant(world: SourceWorld): Promise<string[]> {
  const paths: string[] = []
  const folder = async (...path: string[]) => {
    await world.addFolder(path)
    paths.push(path.join(' / '))
  }
  const file = async (...path: string[]) => {
    await world.addFile(path, text(path.join('/')))
    paths.push(path.join(' / '))
  }
  for (let index = 0; index < 4; index++) await file(`top ${index}.txt`)
  for (const name of ['alpha', 'beta', 'gamma', 'empty']) await folder(name)
  for (const name of ['alpha', 'beta']) for (const inner of ['one', 'two', 'three']) await folder(name, inner)
  await folder('alpha', 'one', 'deep')
  await folder('alpha', 'one', 'deep', 'deeper')
  const homes = [
    ['alpha'],
    ['beta'],
    ['gamma'],
    ['alpha', 'one'],
    ['alpha', 'two'],
    ['alpha', 'three'],
    ['beta', 'two'],
    ['alpha', 'one', 'deep', 'deeper'],
    ['beta', 'three'],
  ]
  for (const home of homes) for (let index = 0; index < 4; index++) await file(...home, `file ${index}.txt`)
  return paths.sort()
}

/** Names that every server and a Linux file system can hold. */
const awkward = [
  'a+b & c;d=e.txt',
  '100% sure #1?.txt',
  "it's (a) [test] {x}!.txt",
  '%41 is not A.txt',
  'カタカナ 漢字.txt',
  'e\u0301 decomposed',
  'é composed',
  '🎓 emoji',
  ' leading and trailing ',
  '...',
  '~tilde',
  'back\\slash',
  'colon: star* "quotes" <tags> |',
  'tab\there',
  'CON',
  'UPPER',
  'upper',
  '-rf',
  `${'long'.repeat(60)}.txt`,
]

/** The suite that every source adapter passes. What is skipped follows `features` and `faults`, never a name. */
export function sourceContract(name: string, subject: Subject): void {
  const { features, below = [] } = subject
  describe(`source contract: ${name}`, () => {
    let harness: SourceHarness
    beforeEach(async () => {
      harness = await subject.start()
    })
    afterEach(async () => {
      await harness.close()
    })

    const list = () => listAll(harness.open(), below)
    const again = (before: Listed) => listAgain(harness.open(), before)
    const get = (item: Item, options: { from?: number; version?: string; signal?: AbortSignal } = {}) =>
      harness.open().fetch(item, item.parts[0]!, {
        from: options.from ?? 0,
        signal: options.signal ?? never,
        ...(options.version === undefined ? {} : { version: options.version }),
      })
    /** A test that needs the server to show a fault; says so where it cannot. */
    const withFault = (kind: Fault['kind'], title: string, work: () => Promise<void>) =>
      subject.faults.includes(kind)
        ? test(title, work)
        : test.skip(`${title} [SKIPPED: this server cannot be told to show "${kind}"]`, work)
    const withFeature = (has: boolean, title: string, work: () => Promise<void>) =>
      has ? test(title, work) : test.skip(`${title} [skipped: not among the features]`, work)

    describe('streams', () => {
      test('have unique and stable ids', async () => {
        const ids = async () => (await harness.open().streams(never)).map((stream) => stream.id)
        const first = await ids()
        expect(first.length).toBeGreaterThan(0)
        expect(new Set(first).size).toBe(first.length)
        expect(await ids()).toEqual(first)
      })

      test('do not depend on each other: listed at once and in any order they say the same', async () => {
        await plant(harness.world)
        const source = harness.open()
        const streams = await source.streams(never)
        const ids = (pages: Page[]) => pages.flatMap((page) => page.items.map((item) => item.id)).sort()
        const atOnce = await Promise.all(streams.map(async (stream) => ids(await pagesOf(source, stream))))
        for (let index = streams.length - 1; index >= 0; index--) {
          expect(ids(await pagesOf(harness.open(), streams[index]!))).toEqual(atOnce[index])
        }
      })
    })

    describe('listing', () => {
      test('of nothing: one page at least, which starts over', async () => {
        const listed = await list()
        expect(listed.paths()).toEqual([])
        expect(listed.startedOver).toBe(true)
        expect(listed.unread).toEqual([])
      })

      test('names everything once, with a chain of parents, and starts over on its first page alone', async () => {
        const planted = await plant(harness.world)
        const source = harness.open()
        const listed = new Listed(below)
        for (const stream of await source.streams(never)) {
          const pages = await pagesOf(source, stream)
          expect(pages.map((page) => page.startsOver === true)).toEqual(pages.map((_, index) => index === 0))
          const ids = pages.flatMap((page) => page.items.map((item) => item.id))
          expect(new Set(ids).size).toBe(ids.length)
          for (const page of pages) listed.add(page)
        }
        expect(listed.paths()).toEqual(planted)
        expect(listed.unread).toEqual([])
        expect(listed.paths('folder')).toHaveLength(12)
      })

      test('gives plain values: items survive JSON, versions and part keys are there', async () => {
        await plant(harness.world)
        const listed = await list()
        for (const item of listed.items.values()) {
          expect(JSON.parse(JSON.stringify(item))).toEqual(item)
          expect(item.id).not.toBe('')
          expect(item.version).toBeTypeOf('string')
          if (item.kind === 'folder') expect(item.parts).toEqual([])
          else for (const part of item.parts) expect(part.key).not.toBe('')
        }
        const file = listed.at('alpha', 'file 0.txt')
        expect(file.kind).toBe('file')
        if (features.sizes) expect(file.parts[0]!.size).toBe('alpha/file 0.txt'.length)
        if (features.checksums.length > 0) {
          const stated = file.parts[0]!.checksums ?? []
          expect(stated.map(({ algorithm }) => algorithm)).toEqual(expect.arrayContaining([features.checksums[0]]))
          for (const { algorithm, value } of stated) expect(value).toBe(hash(algorithm, text('alpha/file 0.txt')) ?? value)
        }
      })

      test('goes on right after each page: nothing lost, nothing twice', async () => {
        const planted = await plant(harness.world)
        const streams = await harness.open().streams(never)
        let most = 0
        for (const stream of streams) {
          const pages = await pagesOf(harness.open(), stream)
          most = Math.max(most, pages.length)
          for (let index = 0; index < pages.length - 1; index++) {
            const before = pages.slice(0, index + 1).flatMap((page) => page.items.map((item) => item.id))
            const all = pages.flatMap((page) => page.items.map((item) => item.id))
            const resumed = await pagesOf(harness.open(), stream, pages[index]!.cursor)
            const rest = resumed.flatMap((page) => page.items.map((item) => item.id))
            expect(
              resumed.some((page) => page.startsOver),
              `page ${index + 1} of ${pages.length}`,
            ).toBe(false)
            expect([...new Set([...before, ...rest])].sort(), `after page ${index + 1} of ${pages.length}`).toEqual(
              [...all].sort(),
            )
            // Pages that share a cursor may come again.
            if (pages[index]!.cursor !== pages[index - 1]?.cursor) expect(rest.filter((id) => before.includes(id))).toEqual([])
          }
        }
        expect(most, 'the harness makes pages small').toBeGreaterThanOrEqual(3)
        expect(planted).toHaveLength(52)
      })

      test('again, when nothing changed: says nothing new', async () => {
        await plant(harness.world)
        const before = await list()
        const after = await again(before)
        expect(after.gone.size).toBe(0)
        expect(after.paths()).toEqual(before.paths())
        if (features.changeFeed) expect(after.startedOver).toBe(false)
        for (const [id, item] of before.items) expect(after.items.get(id)?.version).toBe(item.version)
      })

      test('again, after a change: the version of that file alone differs, and its new bytes come', async () => {
        await plant(harness.world)
        const before = await list()
        await harness.world.changeFile(['beta', 'file 1.txt'], text('entirely other words'))
        const after = await again(before)
        const changed = [...before.items.values()].filter(
          (item) => item.kind === 'file' && after.items.get(item.id)?.version !== item.version,
        )
        expect(changed.map((item) => before.path(item))).toEqual([['beta', 'file 1.txt']])
        expect((await drain(await get(after.at('beta', 'file 1.txt')))).toString()).toBe('entirely other words')
      })

      test('again, after something new came', async () => {
        const planted = await plant(harness.world)
        const before = await list()
        await harness.world.addFolder(['gamma', 'new'])
        await harness.world.addFile(['gamma', 'new', 'fresh.txt'], text('fresh'))
        const after = await again(before)
        expect(after.paths()).toEqual([...planted, 'gamma / new', 'gamma / new / fresh.txt'].sort())
      })

      test('again, after a file went', async () => {
        const planted = await plant(harness.world)
        const before = await list()
        await harness.world.remove(['alpha', 'two', 'file 2.txt'])
        const after = await again(before)
        expect([...after.gone]).toEqual([before.at('alpha', 'two', 'file 2.txt').id])
        expect(after.paths()).toEqual(planted.filter((path) => path !== 'alpha / two / file 2.txt'))
      })

      test('again, after moves and renames', async () => {
        await plant(harness.world)
        const before = await list()
        await harness.world.move(['alpha', 'file 0.txt'], ['gamma', 'renamed.txt'])
        await harness.world.move(['beta', 'two'], ['empty', 'second'])
        const after = await again(before)
        const paths = before
          .paths()
          .map((path) =>
            path === 'alpha / file 0.txt' ? 'gamma / renamed.txt' : path.replace(/^beta \/ two\b/, 'empty / second'),
          )
        expect(after.paths()).toEqual(paths.sort())
        const [was, is] = [before.at('alpha', 'file 0.txt'), after.at('gamma', 'renamed.txt')]
        if (features.lastingIds) {
          expect(is.id).toBe(was.id)
          expect(after.at('empty', 'second', 'file 3.txt').id).toBe(before.at('beta', 'two', 'file 3.txt').id)
          expect(after.gone.size).toBe(0)
        } else {
          expect(is.parts[0]!.size).toBe(was.parts[0]!.size)
          expect(is.twin).toBe(was.twin)
          expect(after.gone.has(was.id)).toBe(true)
        }
      })

      test('from a cursor that means nothing starts over', async () => {
        const planted = await plant(harness.world)
        const source = harness.open()
        for (const cursor of ['', 'nonsense', '{"v":99}', 'bm9uc2Vuc2U=']) {
          const listed = new Listed(below)
          for (const stream of await source.streams(never))
            for (const page of await pagesOf(source, stream, cursor)) listed.add(page)
          expect(listed.startedOver, JSON.stringify(cursor)).toBe(true)
          expect(listed.paths()).toEqual(planted)
        }
      })

      withFault('bad-cursor', 'from a cursor that the service no longer takes starts over', async () => {
        const planted = await plant(harness.world)
        for (const stream of await harness.open().streams(never)) {
          const pages = await pagesOf(harness.open(), stream)
          await harness.inject({ kind: 'bad-cursor', on: 'list' })
          for (const { cursor } of pages) {
            const listed = new Listed(below)
            for (const page of await pagesOf(harness.open(), stream, cursor)) listed.add(page)
            expect(listed.startedOver).toBe(true)
            if (pages.length >= 3) expect(listed.paths()).toEqual(planted)
          }
          await harness.heal()
        }
      })

      test('keeps awkward names exactly as they are, and what they name can be fetched', async () => {
        const names = [...awkward, ...(subject.names ?? [])]
        await harness.world.addFolder(['odd # folder %20'])
        for (const [index, odd] of names.entries())
          await harness.world.addFile(['odd # folder %20', odd], text(`content ${index}`))
        const listed = await list()
        expect(listed.unread).toEqual([])
        expect(listed.paths('file')).toEqual(names.map((odd) => `odd # folder %20 / ${odd}`).sort())
        for (const [index, odd] of names.entries()) {
          expect((await drain(await get(listed.at('odd # folder %20', odd)))).toString(), odd).toBe(`content ${index}`)
        }
      })
    })

    describe('fetching', () => {
      const big = pattern(3_000_001, 7)
      const plantBig = async () => {
        await harness.world.addFile(['big.bin'], big)
        return (await list()).at('big.bin')
      }

      test('0 bytes, and many', async () => {
        await harness.world.addFile(['nothing.bin'], new Uint8Array(0))
        const item = await plantBig()
        const listed = await list()
        const empty = await get(listed.at('nothing.bin'))
        expect(empty.from).toBe(0)
        expect((await drain(empty)).byteLength).toBe(0)
        const content = await get(item)
        expect(content.from).toBe(0)
        if (content.size !== undefined) expect(content.size).toBe(big.byteLength)
        expect(Buffer.compare(await drain(content), big)).toBe(0)
      })

      withFeature(features.resumable, 'goes on where it was cut off, and only there', async () => {
        const item = await plantBig()
        const { version, ...first } = await get(item)
        await first.bytes[Symbol.asyncIterator]().return?.()
        expect(version).toBeTypeOf('string')
        for (const from of [1, 1_234_567, big.byteLength - 1]) {
          const content = await get(item, { from, version: version! })
          expect(content.from).toBe(from)
          expect(content.version).toBe(version)
          if (content.size !== undefined) expect(content.size).toBe(big.byteLength)
          expect(Buffer.compare(await drain(content), big.subarray(from))).toBe(0)
        }
      })

      withFeature(features.resumable, 'never joins what was there before a change with what came after', async () => {
        const item = await plantBig()
        const { version, ...first } = await get(item)
        await first.bytes[Symbol.asyncIterator]().return?.()
        const other = pattern(3_000_001, 8)
        await harness.world.changeFile(['big.bin'], other)
        const outcome = await get(item, { from: 1_000_000, version: version! }).then(
          (content) => ({ content }),
          (error: unknown) => ({ error }),
        )
        if ('error' in outcome) expect(outcome.error).toMatchObject({ name: 'Failure', kind: 'changed' })
        else {
          expect(outcome.content.from).toBe(0)
          expect(outcome.content.version).not.toBe(version)
          expect(Buffer.compare(await drain(outcome.content), other)).toBe(0)
        }
      })

      withFault('no-range', 'takes everything from the start where a range is ignored', async () => {
        const item = await plantBig()
        const { version, ...first } = await get(item)
        await first.bytes[Symbol.asyncIterator]().return?.()
        await harness.inject({ kind: 'no-range', on: 'fetch' })
        const content = await get(item, { from: 1000, ...(version === undefined ? {} : { version }) })
        expect(content.from).toBe(0)
        expect(Buffer.compare(await drain(content), big)).toBe(0)
      })

      test('what vanished since the listing is gone', async () => {
        const item = await plantBig()
        await harness.world.remove(['big.bin'])
        expect((await failureOf(get(item))).kind).toBe('gone')
      })

      withFault('cut', 'a body that is cut off is never taken for the whole', async () => {
        const item = await plantBig()
        await harness.inject({ kind: 'cut', on: 'fetch', bytes: 500_000 })
        const outcome = await get(item)
          .then(drain)
          .then(
            (bytes) => bytes.byteLength,
            (error: unknown) => error,
          )
        // Either the error arrives, or fewer bytes than the stated size, which whoever saves them compares.
        if (typeof outcome === 'number') expect(outcome).toBeLessThan(item.parts[0]!.size ?? Number.POSITIVE_INFINITY)
        else expect(outcome).toMatchObject({ name: 'Failure', kind: 'transient' })
        await harness.heal()
        expect(Buffer.compare(await drain(await get(item)), big)).toBe(0)
      })

      withFault('garble', 'wrong bytes contradict a checksum, where there is one', async () => {
        const item = await plantBig()
        await harness.inject({ kind: 'garble', on: 'fetch' })
        const content = await get(item)
        const bytes = await drain(content)
        expect(Buffer.compare(bytes, big)).not.toBe(0)
        const checksums = [...(item.parts[0]!.checksums ?? []), ...(content.checksums ?? [])]
        if (features.checksums.length > 0) expect(checksums.length).toBeGreaterThan(0)
        for (const { algorithm, value } of checksums)
          if (hash(algorithm, bytes) !== undefined) expect(hash(algorithm, bytes)).not.toBe(value)
      })

      withFault('html', 'a web page is refused where it was not asked for', async () => {
        const item = await plantBig()
        await harness.inject({ kind: 'html', on: 'fetch' })
        expect((await failureOf(get(item).then(drain))).kind).toBe('corrupt')
      })

      withFault('stall', 'ends within a second of the signal while nothing comes', async () => {
        const item = await plantBig()
        await harness.inject({ kind: 'stall', on: 'fetch', bytes: 1000 })
        const stop = new AbortController()
        const work = get(item, { signal: stop.signal }).then(drain)
        work.catch(() => {})
        await new Promise((resolve) => setTimeout(resolve, 200))
        await expectSoon(work, stop)
      })
    })

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
          await plant(harness.world)
          await harness.inject({ kind: 'status', on: 'list', status })
          expect((await failedListing(harness.open())).kind).toBe(kind)
        })
        withFault('status', `${status} to a download is ${kind}`, async () => {
          await harness.world.addFile(['a.txt'], text('a'))
          const item = (await list()).at('a.txt')
          await harness.inject({ kind: 'status', on: 'fetch', status })
          const failure = await failureOf(get(item))
          expect(failure.kind).toBe(kind)
          expect(failure.message).not.toBe('')
        })
      }

      for (const kind of ['status', 'cut', 'html'] as const) {
        withFault(kind, `a listing that breaks later (${kind}) says so, and goes on from its last page`, async () => {
          const planted = await plant(harness.world)
          const fault: Fault =
            kind === 'status'
              ? { kind, on: 'list', status: 500, skip: 2 }
              : kind === 'cut'
                ? { kind, on: 'list', bytes: 300, skip: 2 }
                : { kind, on: 'list', skip: 2 }
          const streams = await harness.open().streams(never)
          await harness.inject(fault)
          const listed = new Listed(below)
          let said = 0
          const cursors = new Map<string, string | undefined>()
          for (const stream of streams) {
            cursors.set(stream.id, undefined)
            try {
              for await (const page of harness.open().list(stream, undefined, nothingKnown, never)) {
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
          await harness.heal()
          const unreadPaths = listed.unread.flatMap(({ id }) => {
            const item = listed.items.get(id)
            const path = item === undefined ? undefined : listed.path(item)
            return path === undefined ? [] : [path.join(' / ')]
          })
          for (const stream of streams)
            for (const page of await pagesOf(harness.open(), stream, cursors.get(stream.id))) listed.add(page)
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
          await plant(harness.world)
          await harness.inject(kind === 'cut' ? { kind, on: 'list', bytes: 300 } : { kind, on: 'list' })
          expect(['corrupt', 'unlisted', 'transient']).toContain((await failedListing(harness.open())).kind)
        })
      }

      withFault('stall', 'a listing ends within a second of the signal while nothing comes', async () => {
        await plant(harness.world)
        await harness.inject({ kind: 'stall', on: 'list', bytes: 100 })
        const source = harness.open()
        const streams = await source.streams(never)
        const stop = new AbortController()
        const work = Promise.all(streams.map((stream) => pagesOf(source, stream, undefined, stop.signal)))
        work.catch(() => {})
        await new Promise((resolve) => setTimeout(resolve, 200))
        await expectSoon(work, stop)
      })

      test('nothing begins under a signal that has ended', async () => {
        await harness.world.addFile(['a.txt'], text('a'))
        const listed = await list()
        const source = harness.open()
        const [stream] = await source.streams(never)
        const ended = AbortSignal.abort(new Error('stopped'))
        await expect(pagesOf(source, stream!, undefined, ended)).rejects.toThrow('stopped')
        await expect(get(listed.at('a.txt'), { signal: ended })).rejects.toThrow('stopped')
      })
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

async function expectSoon(work: Promise<unknown>, stop: AbortController): Promise<void> {
  const started = performance.now()
  stop.abort(new Error('stopped by the person'))
  await expect(work).rejects.toThrow('stopped by the person')
  expect(performance.now() - started).toBeLessThan(1000)
}

/** Undefined for what Node cannot compute. */
function hash(algorithm: ChecksumAlgorithm, bytes: Uint8Array): string | undefined {
  return algorithm === 'quickxor' ? undefined : createHash(algorithm).update(bytes).digest('hex')
}

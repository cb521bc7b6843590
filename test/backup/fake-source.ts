import { createHash } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import { Failure } from '../../src/core/failure.ts'
import type { Item, Part } from '../../src/core/item.ts'
import type { JsonObject } from '../../src/core/json.ts'
import type { Content, Features, FetchOptions, Known, Page, Source, Stream, Unread } from '../../src/core/source.ts'

/** What a world holds of an item; `contents` by part key. */
export interface Thing {
  readonly item: Item
  readonly stream: string
  readonly contents: ReadonlyMap<string, Uint8Array>
}

export interface Fetched {
  readonly id: string
  readonly part: string
  readonly from: number
  readonly version: string | undefined
  readonly resume: string | undefined
  readonly signal: AbortSignal
}

export interface Listed {
  readonly stream: string
  readonly since: string | undefined
  /** 'changes' | 'full', and whether a cursor within a listing was handed in. */
  readonly kind: 'full' | 'changes'
  pages: number
}

export interface WorldOptions {
  readonly streams?: readonly string[]
  readonly features?: Partial<Features>
  readonly pageSize?: number
}

type Answer = (ordinary: () => Content, fetched: Fetched, attempt: number) => Content | Promise<Content>
type Cursor = { readonly changes: number; readonly within?: { readonly snapshot: number; readonly offset: number } }
type Change = { readonly stream: string; readonly id: string; readonly gone: boolean }

export const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')

/** A small world that changes, and a source that lists and hands out what it holds. Keeps a record of all that was asked. */
export function createWorld(options: WorldOptions = {}) {
  const things = new Map<string, Thing>()
  const changes: Change[] = []
  const snapshots = new Map<number, readonly string[]>()
  const attempts = new Map<string, number>()
  const features: Features = {
    changeFeed: true,
    resumable: true,
    checksums: ['md5'],
    sizes: true,
    lastingIds: true,
    ...options.features,
  }
  const world = {
    features,
    streams: [...(options.streams ?? ['main'])],
    pageSize: options.pageSize ?? 100,
    /** Streams that the listing of another one reveals. */
    reveals: new Map<string, string>(),
    /** Streams that cannot be listed, each with why. */
    brokenStreams: new Map<string, Failure>(),
    /** Folders that cannot be listed, by id: nothing below is named. */
    unread: new Map<string, Failure | undefined>(),
    /** Whether things below `unread` folders stay unnamed. */
    hides: true,
    /** Answers instead of the ordinary ones, by item id, or `ID/PART`. */
    answers: new Map<string, Answer>(),
    /** Cursors are refused: listings start over. */
    refuses: false,
    signIn: undefined as Failure | undefined,
    /** Bytes in one chunk of a download. */
    chunk: 64 * 1024,
    /** Before page `index` (from 0 in each listing) is handed over. */
    beforePage: undefined as ((stream: string, index: number, signal: AbortSignal) => unknown) | undefined,
    /** Before each chunk of a download is handed over. */
    beforeChunk: undefined as ((id: string, offset: number, signal: AbortSignal) => unknown) | undefined,
    /** The order in which a full listing names ids. */
    order: (ids: string[]) => ids,
    patches: [] as { id: string; details: JsonObject }[],
    listings: [] as Listed[],
    fetches: [] as Fetched[],
    /** Fetches at this moment, and the most there ever were. */
    open: { now: 0, most: 0 },
    things,
    put,
    folder: (id: string, name: string, parent?: string, more: Partial<Item> & { stream?: string } = {}) =>
      put({ id, kind: 'folder', name, version: '', ...(parent !== undefined && { parent }), ...more }),
    file: (
      id: string,
      name: string,
      parent: string | undefined,
      content: string | Uint8Array,
      more: Partial<Item> & { stream?: string } = {},
    ) => {
      const bytes = Buffer.from(content)
      const md5 = createHash('md5').update(bytes).digest('hex')
      const part: Part = {
        key: 'file',
        size: bytes.length,
        ...(features.checksums.includes('md5') && { checksums: [{ algorithm: 'md5' as const, value: md5 }] }),
      }
      return put(
        { id, kind: 'file', name, version: md5, parts: [part], ...(parent !== undefined && { parent }), ...more },
        { file: bytes },
      )
    },
    /** Changes what is said of an item; its bytes stay. */
    change(id: string, more: Partial<Item> & { stream?: string }) {
      const { item, stream, contents } = things.get(id)!
      things.set(id, { item: { ...item, ...more }, stream: more.stream ?? stream, contents })
      if (more.stream !== undefined && more.stream !== stream) changes.push({ stream, id, gone: true })
      changes.push({ stream: more.stream ?? stream, id, gone: false })
    },
    move(id: string, parent: string | undefined, name?: string) {
      const { item, stream, contents } = things.get(id)!
      const { parent: _, ...rest } = item
      things.set(id, {
        item: { ...rest, ...(parent !== undefined && { parent }), ...(name !== undefined && { name }) },
        stream,
        contents,
      })
      changes.push({ stream, id, gone: false })
    },
    remove(...ids: string[]) {
      for (const id of ids) {
        const { stream } = things.get(id)!
        things.delete(id)
        changes.push({ stream, id, gone: true })
      }
    },
    /** The same world under its one source. */
    source: undefined as unknown as Source,
  }

  function put(
    more: Partial<Item> & { id: string; stream?: string },
    contents: Readonly<Record<string, string | Uint8Array>> = {},
  ): void {
    const { stream = world.streams[0]!, ...item } = more
    things.set(item.id, {
      item: { kind: 'file', version: '1', parts: [], details: {}, ...item },
      stream,
      contents: new Map(Object.entries(contents).map(([key, bytes]) => [key, Buffer.from(bytes)])),
    })
    changes.push({ stream, id: item.id, gone: false })
  }

  function hidden(id: string): boolean {
    const parent = things.get(id)?.item.parent
    return world.hides && parent !== undefined && (world.unread.has(parent) || hidden(parent))
  }

  async function* list(stream: Stream, since: string | undefined, _: Known, signal: AbortSignal): AsyncIterable<Page> {
    const cursor = since === undefined || world.refuses ? undefined : (JSON.parse(since) as Cursor)
    const resumed = cursor?.within
    const kind = cursor === undefined || resumed !== undefined || !features.changeFeed ? 'full' : 'changes'
    const record: Listed = { stream: stream.id, since, kind, pages: 0 }
    world.listings.push(record)
    const broken = world.brokenStreams.get(stream.id)
    if (broken !== undefined) throw broken
    const step = async () => {
      await turn()
      signal.throwIfAborted()
      await world.beforePage?.(stream.id, record.pages, signal)
      signal.throwIfAborted()
      record.pages++
    }
    if (kind === 'changes') {
      const from = cursor!.changes
      const news = changes.slice(from).filter((change) => change.stream === stream.id)
      for (let at = 0; at === 0 || at < news.length; at += world.pageSize) {
        await step()
        const page = news.slice(at, at + world.pageSize)
        const last = at + world.pageSize >= news.length
        yield {
          items: page.flatMap((change) => (change.gone ? [] : itemsOf([change.id], stream.id))),
          gone: page.filter((change) => change.gone).map((change) => change.id),
          patches: world.patches.splice(0),
          unread: at === 0 ? unreadOf(stream.id) : [],
          cursor: JSON.stringify({ changes: last ? changes.length : from }),
        }
      }
      return
    }
    const began = resumed === undefined ? changes.length : cursor!.changes
    let { snapshot, offset } = resumed ?? { snapshot: snapshots.size, offset: 0 }
    if (resumed === undefined) {
      const ids = [...things.values()].filter((thing) => thing.stream === stream.id && !hidden(thing.item.id))
      snapshots.set(snapshot, world.order(ids.map((thing) => thing.item.id)))
    }
    const ids = snapshots.get(snapshot)!
    do {
      await step()
      const startsOver = offset === 0 && resumed === undefined
      const page = ids.slice(offset, offset + world.pageSize)
      offset += world.pageSize
      const over = offset >= ids.length
      yield {
        items: itemsOf(page, stream.id),
        ...(startsOver && { startsOver }),
        unread: startsOver ? unreadOf(stream.id) : [],
        cursor: JSON.stringify(over ? { changes: began } : { changes: began, within: { snapshot, offset } }),
      }
    } while (offset < ids.length)
  }

  function itemsOf(ids: readonly string[], stream: string): Item[] {
    return ids.flatMap((id) => {
      const thing = things.get(id)
      return thing === undefined || thing.stream !== stream ? [] : [thing.item]
    })
  }

  function unreadOf(stream: string): Unread[] {
    return [...world.unread]
      .filter(([id]) => things.get(id)?.stream === stream)
      .map(([id, failure]) => ({ id, ...(failure !== undefined && { failure }) }))
  }

  async function fetch(item: Item, part: Part, { from, version, resume, signal }: FetchOptions): Promise<Content> {
    const fetched: Fetched = { id: item.id, part: part.key, from, version, resume, signal }
    world.fetches.push(fetched)
    await turn()
    signal.throwIfAborted()
    if (world.signIn !== undefined) throw world.signIn
    const attempt = attempts.get(`${item.id}/${part.key}`) ?? 0
    attempts.set(`${item.id}/${part.key}`, attempt + 1)
    const ordinary = () => contentOf(item.id, part.key, from, version, signal)
    const answer = world.answers.get(`${item.id}/${part.key}`) ?? world.answers.get(item.id)
    return answer === undefined ? ordinary() : answer(ordinary, fetched, attempt)
  }

  function contentOf(id: string, key: string, from: number, version: string | undefined, signal: AbortSignal): Content {
    const thing = things.get(id)
    const bytes = thing?.contents.get(key)
    if (thing === undefined || bytes === undefined) throw new Failure('gone', `${id} is not there any more`)
    const etag = `"${sha256(bytes).slice(0, 12)}"`
    const start = features.resumable && version === etag ? from : 0
    return {
      bytes: track(chunks(id, bytes, start, signal)),
      from: start,
      size: bytes.length,
      ...(features.resumable && { version: etag }),
    }
  }

  async function* chunks(id: string, bytes: Uint8Array, start: number, signal: AbortSignal): AsyncIterable<Uint8Array> {
    for (let at = start; at < bytes.length; at += world.chunk) {
      await turn()
      signal.throwIfAborted()
      await world.beforeChunk?.(id, at, signal)
      signal.throwIfAborted()
      yield bytes.subarray(at, at + world.chunk)
    }
  }

  /** Counts the bodies that were handed out and neither read to the end nor given up. */
  async function* track(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    world.open.now++
    world.open.most = Math.max(world.open.most, world.open.now)
    try {
      yield* bytes
    } finally {
      world.open.now--
    }
  }

  world.source = {
    async streams(signal) {
      signal.throwIfAborted()
      if (world.signIn !== undefined) throw world.signIn
      return world.streams.map((id) => ({ id, title: id }))
    },
    async revealed(signal) {
      signal.throwIfAborted()
      const listed = new Set(
        world.listings.slice(world.listings.findLastIndex(({ stream }) => stream === world.streams[0])).map((one) => one.stream),
      )
      return [...world.reveals].flatMap(([id, by]) => (listed.has(by) ? [{ id, title: id }] : []))
    },
    list,
    fetch,
  }
  return world
}

export type World = ReturnType<typeof createWorld>

/** Bytes that look random and are the same each time. */
export function bytesOf(length: number, seed = 1): Buffer {
  const bytes = Buffer.allocUnsafe(length)
  let state = seed * 2654435761 || 1
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    bytes[at] = state >>> 24
  }
  return bytes
}

/** The same content, broken off after `length` more bytes. */
export function brokenAfter(content: Content, length: number, failure: Failure): Content {
  return {
    ...content,
    bytes: (async function* () {
      let left = length
      for await (const chunk of content.bytes) {
        if (chunk.length >= left) {
          if (left > 0) yield chunk.subarray(0, left)
          throw failure
        }
        left -= chunk.length
        yield chunk
      }
      throw failure
    })(),
  }
}

import { expect } from 'vitest'
import type { Failure } from '../../src/core/failure.ts'
import type { Item } from '../../src/core/item.ts'
import type { Known, Page, Source, Stream } from '../../src/core/source.ts'
import { streamRounds } from '../../src/core/stream-rounds.ts'
import type { WorldPath } from './harness.ts'

export const never = new AbortController().signal
export const nothingKnown: Known = { folderVersion: () => undefined }

export async function pagesOf(source: Source, stream: Stream, since?: string, signal = never): Promise<Page[]> {
  const pages: Page[] = []
  for await (const page of source.list(stream, since, nothingKnown, signal)) pages.push(page)
  return pages
}

/** What a whole listing of all streams leaves: the last word on each item. */
export class Listed {
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

  /** What could not be listed, or was named and yet not read; a folder that the source vouches for and never names is none. */
  unlisted() {
    return this.unread.filter(({ id, failure }) => failure !== undefined || this.items.has(id))
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

export async function listAll(source: Source, below: WorldPath): Promise<Listed> {
  const listed = new Listed(below)
  for await (const streams of streamRounds(source, never)) {
    for (const stream of streams) {
      let last: string | undefined
      for (const page of await pagesOf(source, stream)) {
        listed.add(page)
        last = page.cursor
      }
      expect(last, 'a listing has at least one page').toBeDefined()
      listed.cursors.set(stream.id, last!)
    }
  }
  return listed
}

/** What a later run sees: changes where there is a change log, else everything anew, which says by absence what is gone. */
export async function listAgain(source: Source, before: Listed): Promise<Listed> {
  const after = new Listed(before.below)
  const named = new Set<string>()
  let full = false
  for (const [id, item] of before.items) after.items.set(id, item)
  for await (const streams of streamRounds(source, never)) {
    for (const stream of streams) {
      for (const page of await pagesOf(source, stream, before.cursors.get(stream.id))) {
        after.add(page)
        full ||= page.startsOver === true
        for (const item of page.items) named.add(item.id)
        after.cursors.set(stream.id, page.cursor)
      }
    }
  }
  if (full) for (const id of before.items.keys()) if (!named.has(id)) after.gone.add(id)
  for (const id of after.gone) after.items.delete(id)
  return after
}

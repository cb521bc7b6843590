import { Failure } from '../../../core/failure.ts'
import type { Item } from '../../../core/item.ts'
import type { Known, Page, Unread } from '../../../core/source.ts'
import { type OneNoteApi, pageSize } from './api.ts'
import { perhapsConflicts } from './conflicts.ts'
import { type Position, readCursor, writeCursor } from './cursor.ts'
import { lockedItem, pageItem, placeItem, sectionVersion, unreadable } from './item.ts'
import { everything } from './pages.ts'
import { type Place, readTree, type Tree } from './tree.ts'

export interface ListingOptions {
  readonly api: OneNoteApi
  readonly known: Known
  readonly signal: AbortSignal
  /** Milliseconds since 1970. */
  readonly now: number
  /** Told of each section that the service does not give. */
  readonly couldNotRead: (section: string) => void
}

/** After so many sections in a row that the service fails at, it is the service. */
const failuresInARow = 3
/** How often the sections that changed while the listing went are read again. */
const rounds = 3

/**
 * The tree first, then the pages of one section after another, in the order of the tree; a position is the section that was listed last. A listing that was
 * interrupted goes on there as long as the tree has the same shape, else it begins anew. At its end the tree is read once more, and sections that
 * changed meanwhile are listed again: a page that was moved from a section still to come to one that had been read would else be taken for gone.
 */
export async function* listNotes(since: string | undefined, options: ListingOptions): AsyncGenerator<Page> {
  const { api, known, signal, now } = options
  let tree = await readTree(api, signal)
  const earlier = readCursor(since)
  const resumed = earlier?.shape === tree.shape ? earlier : undefined
  let position: Position = resumed ?? { shape: tree.shape, after: '', began: latest(tree) }
  if (resumed === undefined) {
    yield { items: tree.places.map((place) => placeItem(place, now)), cursor: writeCursor(position), startsOver: true }
  }
  const vanished = new Map<string, Failure>()
  /** Times of sections when they were listed, or skipped, in this process. */
  const read = new Map<string, number | undefined>()
  const start = position.after === '' ? 0 : tree.sections.findIndex(({ id }) => id === position.after) + 1
  for (const section of tree.sections.slice(0, start)) read.set(section.id, position.began)
  yield* listSections(tree.sections.slice(start))

  for (let round = 0; round < rounds; round++) {
    const after = await readTree(api, signal)
    if (after.shape !== tree.shape)
      yield { items: after.places.map((place) => placeItem(place, now)), cursor: writeCursor(position) }
    tree = after
    const changed = tree.sections.filter(({ id, modified }) => {
      if (!read.has(id)) return true
      const before = read.get(id)
      return modified !== before && (modified === undefined || before === undefined || modified > before)
    })
    if (changed.length === 0) break
    yield* listSections(changed)
  }
  yield lastPage()

  async function* listSections(sections: readonly Place[]): AsyncGenerator<Page> {
    let unread: Unread[] = []
    let failures = 0
    for (const section of sections) {
      read.set(section.id, section.modified)
      const moved = { ...position, after: section.id }
      const version = sectionVersion(section, now)
      if (version !== '' && known.folderVersion(section.id) === version) {
        unread.push({ id: section.id })
        position = moved
        continue
      }
      let held: Item[] = []
      try {
        // Whole, since a page's neighbours tell something of it. A library of more than 20,000 things is not shown at all (error 10013).
        const pages = await everything((skip) => api.pages(section.id, skip, signal))
        const conflicts = perhapsConflicts(pages)
        const items = pages.map((page) => pageItem(section, page, conflicts.get(page.id)))
        for (; items.length > pageSize; unread = [])
          yield { items: items.splice(0, pageSize), unread, cursor: writeCursor(position) }
        held = items
        failures = 0
      } catch (error) {
        signal.throwIfAborted()
        const failure = Failure.from(error)
        options.couldNotRead(section.id)
        if (failure.kind === 'unexportable') {
          held = [placeItem(section, now, unreadable), lockedItem(section, failure)]
          unread.push({ id: section.id })
        } else if (failure.kind === 'gone') vanished.set(section.id, failure)
        else {
          if (!isOfSection(failure) || (failure.kind !== 'forbidden' && ++failures >= failuresInARow)) throw failure
          unread.push({ id: section.id, failure: named(failure, section) })
        }
      }
      position = moved
      yield { items: held, unread, cursor: writeCursor(position) }
      unread = []
    }
    if (unread.length > 0) yield { items: [], unread, cursor: writeCursor(position) }
  }

  /** What said that it is not there is gone only where the tree says so too. */
  function lastPage(): Page {
    const there = new Map(tree.places.map((place) => [place.id, place]))
    const unread: Unread[] = []
    for (const [id, failure] of vanished) {
      const place = there.get(id)
      if (place !== undefined) unread.push({ id, failure: named(new Failure('unlisted', failure.message), place) })
    }
    const ids = new Set([...vanished.keys()].filter((id) => !there.has(id)))
    return { items: [], unread, gone: [...ids], cursor: writeCursor() }
  }
}

const latest = ({ sections }: Tree): number => sections.reduce((most, { modified = 0 }) => Math.max(most, modified), 0)

/** Whether the others may still be listed: not where all requests must wait for a time that is stated. */
const isOfSection = ({ kind, stops, retryAfter }: Failure): boolean =>
  (stops === 'item' || stops === 'stream') &&
  (['forbidden', 'corrupt', 'transient', 'unlisted'].includes(kind) || (kind === 'throttled' && retryAfter === undefined))

function named(failure: Failure, { name }: Place): Failure {
  return new Failure(failure.kind, `the section "${name}": ${failure.message}`, {
    ...(failure.hint !== undefined && { hint: failure.hint }),
    cause: failure,
  })
}

import { fold, portable } from '../archive/names.ts'
import type { Failure } from '../core/failure.ts'
import type { Item, Part } from '../core/item.ts'
import type { Page } from '../core/source.ts'
import type { Journal } from '../journal/journal.ts'
import { type ItemRow, partsOf } from '../journal/rows.ts'
import { decide, merge } from './decide.ts'
import type { Placement } from './placement.ts'

export interface Listed {
  readonly source: number
  readonly stream: string
  readonly generation: number
  /** Everything is listed: what carries the generation was named, or vouched for, by this listing. */
  readonly full: boolean
  readonly run: number
}

/** What a page changed, for progress and for sealing. */
export interface Recorded {
  readonly added: number
  /** Items that wait for their bytes because of this page, and the bytes of those whose size is known. */
  readonly queued: number
  readonly queuedBytes: number
  /** Parts that wait whose size is not known. */
  readonly queuedUnsized: number
  /** Whether anything at all differs from what the journal had. */
  readonly changed: boolean
}

/** Enters a page into the journal; to be called inside the transaction that also stores the page's cursor. */
export function recordPage(journal: Journal, placement: Placement, listed: Listed, page: Page): Recorded {
  const { source, stream, generation, full, run } = listed
  const result = {
    added: 0,
    queued: 0,
    queuedBytes: 0,
    queuedUnsized: 0,
    changed: false,
  }
  for (const raw of page.items) recordItem(raw)
  for (const { id, details } of page.patches ?? []) {
    journal.patchDetails(source, id, details)
    result.changed = true
  }
  for (const id of page.gone ?? []) journal.reportGone(source, stream, id, run)
  for (const { id, failure } of page.unread ?? []) {
    journal.keepBelow(source, stream, id, generation, failure === undefined ? 'unchanged' : 'unread')
    if (failure !== undefined) recordUnread(id, failure)
    else recordVouched(id)
  }
  placement.settle()
  return result

  function recordItem(raw: Item): void {
    const known = journal.find(source, raw.id) ?? madeUpPlace(raw)
    const item = merge(raw, known)
    const decision = decide(item, known)
    if (known === undefined) {
      const dir = placement.dirOf(source, item)
      const n = journal.insertItem(source, stream, item, dir, generation, decision.state, decision.reason, run)
      if (dir !== null) {
        placement.put(n, item, dir, 'fresh')
        if (isContainer(item)) placement.adopt(source, { n, id: item.id })
      }
      if (item.kind !== 'place') result.added++
    } else if (
      decision.since === 'kept' &&
      decision.state === known.state &&
      same(item, known) &&
      (item.path === undefined || placement.dirOf(source, item) === known.dir)
    ) {
      journal.seen(known.n, stream, generation)
      return
    } else {
      const dir = saysNoPlace(raw) ? known.dir : placement.dirOf(source, item, known.n)
      const kept = decision.since === 'kept'
      journal.updateItem(
        known.n,
        stream,
        item,
        dir,
        generation,
        decision.state,
        kept ? known.reason : decision.reason,
        kept ? known.run : run,
      )
      if (dir !== null) {
        placement.put(known.n, item, dir, 'known')
        if (isContainer(item) && (known.dir !== dir || !isContainer(known))) placement.adopt(source, { n: known.n, id: item.id })
      }
      // What went from it meanwhile counts as listed: it was listed at the other version, or vouched for.
      if (full && item.kind === 'folder' && known.generation === generation && known.version !== item.version)
        journal.doubtFolder(known.n, generation)
    }
    result.changed = true
    if (decision.state === 'pending' && known?.state !== 'pending') {
      result.queued++
      for (const part of item.parts) {
        result.queuedBytes += part.size ?? 0
        if (isUnsized(part)) result.queuedUnsized++
      }
    }
  }

  /** A journal that was made anew may have had to make up the place: it is the one that the listing names now. */
  function madeUpPlace(item: Item): ItemRow | undefined {
    if (item.kind !== 'place' || item.name === undefined) return undefined
    const dir = placement.dirOf(source, item)
    const plain = portable(item.name)
    if (dir === null || !journal.takeMadeUp(source, item.id, dir, plain, fold(plain))) return undefined
    return journal.find(source, item.id)
  }

  /** Nothing below changed, so that it is no longer the folder that could not be listed (a trash that is not asked for any more, say). */
  function recordVouched(id: string): void {
    const folder = journal.find(source, id)
    if (folder?.kind !== 'folder' || folder.state !== 'failed') return
    journal.setState(folder.n, 'saved', run)
    result.changed = true
  }

  function recordUnread(id: string, failure: Failure): void {
    journal.addUnread(source, stream, id, failure.message)
    const folder = journal.find(source, id)
    if (folder === undefined || folder.kind === 'place') return
    journal.setState(folder.n, 'failed', run, {
      reason: failure.message,
      kind: failure.kind,
      ...(failure.hint !== undefined && { hint: failure.hint }),
    })
    result.changed = true
  }
}

/** A listing of ids alone; where the item belongs came with its content. */
const saysNoPlace = (item: Item) => item.name === undefined && item.path === undefined && item.parent === undefined

const isContainer = (one: { kind: Item['kind'] }) => one.kind === 'folder' || one.kind === 'place'

/** Whether a listing says nothing new about an item. */
function same(item: Item, known: ItemRow): boolean {
  return (
    known.vanished === null &&
    known.kind === item.kind &&
    known.version === item.version &&
    known.name === (item.name ?? known.name) &&
    known.parent === (item.parent ?? null) &&
    known.fallback === (item.fallback ?? null) &&
    known.modified === (item.modified ?? null) &&
    known.link === (item.link ?? null) &&
    known.twin === (item.twin ?? null) &&
    known.excluded === (item.excluded ?? null) &&
    known.waiting === (item.waiting ?? null) &&
    known.expires === (item.expires ?? null) &&
    known.rank === (item.rank ?? known.rank) &&
    known.parts === JSON.stringify(item.parts) &&
    known.details === JSON.stringify(item.details) &&
    known.unexportable === (item.unexportable === undefined ? null : JSON.stringify(item.unexportable)) &&
    known.dir !== null
  )
}

/** Whether only the content will tell how large it is. */
export const isUnsized = ({ size, inline }: Part): boolean => size === undefined && inline === undefined

/** What the pending items of a source still need: bytes, as far as sizes are known, and parts of which they are not. */
export function pendingWork(journal: Journal, source: number): { bytes: number; unsized: number } {
  const work = { bytes: 0, unsized: 0 }
  for (const row of journal.pendingParts(source)) {
    for (const part of partsOf(row)) {
      work.bytes += part.size ?? 0
      if (isUnsized(part)) work.unsized++
    }
  }
  return work
}

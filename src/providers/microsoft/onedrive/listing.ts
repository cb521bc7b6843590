import { Failure } from '../../../core/failure.ts'
import type { Item } from '../../../core/item.ts'
import type { Page } from '../../../core/source.ts'
import type { OneDriveApi } from './api.ts'
import { type ListingState, readCursor, writeCursor } from './cursor.ts'
import { sameForm } from './ids.ts'
import { type ItemContext, itemsOf } from './item.ts'
import type { DriveItem } from './schema.ts'
import type { DeepShortcuts } from './shortcuts.ts'

export interface LogOptions {
  readonly api: OneDriveApi
  /** Where the log begins. */
  readonly start: string
  readonly context: ItemContext
  /** What every listing names first: places, and the folder that stands for what is shared. */
  readonly first: readonly Item[]
  /** Said with the first page. */
  readonly note?: string
  /** Absent: they are not followed. */
  readonly shortcuts?: DeepShortcuts
  readonly signal: AbortSignal
}

/**
 * Lists a drive by its log of changes, whose beginning is everything there is: "the only way to guarantee that you've read all of the data"
 * (https://learn.microsoft.com/graph/api/driveitem-delta). A token that is dead leads to a full listing, from where the service says if it does.
 */
export async function* listLog(
  { api, start, context, first, note, shortcuts, signal }: LogOptions,
  since: string | undefined,
): AsyncGenerator<Page> {
  const at = readCursor(since)
  const goesOn =
    (at?.step === 'page' || at?.step === 'rest') && api.isOwn(at.link) && (shortcuts === undefined || at.shortcuts !== undefined)
  let link = goesOn ? at.link : start
  let startsOver = !goesOn
  // In the middle of a listing they have been named.
  let unnamed: readonly Item[] = at?.step === 'page' && goesOn ? [] : first
  await shortcuts?.begin(goesOn ? (at.shortcuts ?? []) : [], signal)
  let begun = false
  let restarted = false
  const seen = new Set<string>()
  for (;;) {
    signal.throwIfAborted()
    if (seen.has(link)) throw new Failure('unlisted', 'Microsoft’s listing goes round in a circle')
    seen.add(link)
    const answer = await askAgain(link)
    if ('dead' in answer) {
      if (restarted) throw new Failure('unlisted', 'Microsoft does not let the listing begin anew')
      restarted = true
      link = answer.fresh ?? start
      startsOver = true
      unnamed = first
      await shortcuts?.begin([], signal)
      begun = false
      continue
    }
    const { '@odata.nextLink': next, '@odata.deltaLink': rest, value } = answer.page
    if (next === undefined && rest === undefined)
      throw new Failure('corrupt', 'Microsoft’s list of changes ends without saying where the next one begins')
    const { items, gone } = readEntries(value, context, shortcuts)
    const found = shortcuts === undefined ? {} : { shortcuts: [...shortcuts.all()] }
    const state: ListingState =
      next === undefined ? { step: 'rest', link: rest!, ...found } : { step: 'page', link: next, ...found }
    // What brings nothing is not worth a page of its own.
    if (!begun || next === undefined || items.length > 0 || gone.length > 0) {
      yield {
        items: [...unnamed, ...items],
        gone,
        cursor: writeCursor(state),
        ...(note !== undefined && !begun ? { note } : {}),
        ...(startsOver && !begun ? { startsOver } : {}),
      }
      begun = true
      unnamed = []
    }
    if (next === undefined) return
    link = next
  }

  /** Besides 410, codes that name the state of a token, and 400 and 404 to one, have been seen for it. */
  async function askAgain(asked: string): ReturnType<OneDriveApi['delta']> {
    try {
      return await api.delta(asked, signal)
    } catch (error) {
      const refused = error instanceof Failure && ['unlisted', 'gone', 'bug'].includes(error.kind) && error.stops !== 'source'
      if (asked === start || restarted || !refused) throw error
      return { dead: true }
    }
  }
}

/** The last word about an entry counts; a page may hold several. The top itself is no item. */
export function readEntries(
  entries: readonly DriveItem[],
  context: ItemContext,
  shortcuts?: DeepShortcuts,
): { items: Item[]; gone: string[] } {
  const last = new Map<string, DriveItem>()
  for (const entry of entries) {
    const id = sameForm(entry.id)
    last.delete(id)
    last.set(id, entry)
  }
  const items: Item[] = []
  const gone: string[] = []
  for (const entry of last.values()) {
    if (entry.root !== undefined || context.isTop(entry.id)) continue
    if (entry.deleted !== undefined) shortcuts?.lose(entry.id)
    else shortcuts?.see(entry)
    if (entry.deleted === undefined) items.push(...itemsOf(entry, context))
    else gone.push(context.keyOf(entry.id))
  }
  return { items, gone }
}

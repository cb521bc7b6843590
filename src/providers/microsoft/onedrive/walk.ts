import { Failure } from '../../../core/failure.ts'
import type { Item } from '../../../core/item.ts'
import type { Page, Unread } from '../../../core/source.ts'
import type { OneDriveApi } from './api.ts'
import { readCursor, type WaitingFolder, writeCursor } from './cursor.ts'
import type { ItemContext } from './item.ts'
import { readEntries } from './listing.ts'
import type { DriveItem } from './schema.ts'

export interface WalkOptions {
  readonly api: OneDriveApi
  readonly drive: string
  /** The folder whose content is listed. */
  readonly folder: string
  readonly context: ItemContext
  readonly first: readonly Item[]
  readonly signal: AbortSignal
}

/**
 * Lists a folder of a work or school drive of somebody else. Its log of changes is that of the whole drive
 * (https://learn.microsoft.com/graph/api/driveitem-delta documents the top alone), which is not ours to read; so folder after folder is asked for, a call
 * for each at least, in every run. What is moved meanwhile may be missed, and comes with the next run.
 */
export async function* listByFolder(options: WalkOptions, since: string | undefined): AsyncGenerator<Page> {
  const { api, drive, folder, context, first, signal } = options
  const at = readCursor(since)
  let queue: readonly WaitingFolder[] = at?.step === 'walk' ? at.queue : [{ id: folder }]
  let startsOver = at?.step !== 'walk'
  const begunAnew = new Set<string>()
  while (queue.length > 0) {
    signal.throwIfAborted()
    const [next, ...others] = queue
    const { entries, unread, rest } = await ask(next!)
    const deeper = entries
      .filter(mayHold)
      .map(({ id, package: pack }) => ({ id, ...(pack !== undefined && { pack: true as const }) }))
    queue = [...rest, ...deeper, ...others]
    const { items } = readEntries(entries, context)
    yield {
      items: startsOver ? [...first, ...items] : items,
      unread,
      cursor: writeCursor(queue.length > 0 ? { step: 'walk', queue: [...queue] } : { step: 'again' }),
      ...(startsOver ? { startsOver } : {}),
    }
    startsOver = false
  }

  async function ask(at: WaitingFolder): Promise<{ entries: readonly DriveItem[]; unread: Unread[]; rest: WaitingFolder[] }> {
    try {
      const link = at.link !== undefined && api.isOwn(at.link) ? at.link : undefined
      const { value, '@odata.nextLink': more } = await api.children({ drive, id: at.id }, link, signal)
      if (more !== undefined && more === at.link)
        throw new Failure('unlisted', 'Microsoft’s list of a folder goes round in a circle')
      return { entries: value, unread: [], rest: more === undefined ? [] : [{ ...at, link: more }] }
    } catch (error) {
      const failure = Failure.from(error)
      if (signal.aborted || failure.stops === 'source' || failure.stops === 'account' || failure.stops === 'run') throw error
      // A link to a page that died while the program was stopped.
      if (at.link !== undefined && failure.kind !== 'corrupt' && !begunAnew.has(at.id)) {
        begunAnew.add(at.id)
        const { link: _, ...anew } = at
        return { entries: [], unread: [], rest: [anew] }
      }
      if (at.id === folder) throw failure
      // Not every service lists what is in a package; that the package gives no bytes is said of it itself.
      if (at.pack === true && ['forbidden', 'gone', 'bug'].includes(failure.kind)) return { entries: [], unread: [], rest: [] }
      return { entries: [], unread: [{ id: context.keyOf(at.id), failure }], rest: [] }
    }
  }
}

/** "DriveItems with a non-null folder or package facet can have one or more child driveItems": https://learn.microsoft.com/graph/api/driveitem-list-children */
const mayHold = (entry: DriveItem): boolean =>
  (entry.folder !== undefined || entry.package !== undefined) && entry.remoteItem === undefined

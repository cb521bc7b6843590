import { Failure } from '../../../core/failure.ts'
import type { Page } from '../../../core/source.ts'
import { gatherAhead } from './ahead.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { failuresInARow, linkBack, named, notWell, stopping } from './failures.ts'
import { type Chunk, type Folder, inReverse, type Listing, listFolder, rootFolder } from './folder.ts'
import { leadsBackTo } from './loops.ts'
import { findAgain } from './resume.ts'

/**
 * Walks everything below `rootPath` in pre-order, siblings by name, so that a position is just a folder's id. Each folder is a page (a large
 * one several, all but the last with the cursor before it). A few folders are asked for ahead of their turn; pages come in order.
 */
export async function* walk(rootPath: string, since: string | undefined, listing: Listing): AsyncGenerator<Page> {
  /** Folders to come, the next one last. */
  const stack: Folder[] = []
  let position = readCursor(since)
  let startsOver = position === undefined
  let failures = 0
  using ahead = gatherAhead(listing)
  if (position === undefined) stack.push(rootFolder(rootPath))
  else {
    const { folders, unread } = await findAgain(rootPath, position, listing)
    stack.push(...folders)
    if (unread.length > 0 || stack.length === 0)
      yield { items: [], unread, cursor: writeCursor(stack.length === 0 ? undefined : position) }
  }
  for (let folder = stack.pop(); folder !== undefined; folder = stack.pop()) {
    ahead.look(stack)
    let below: Folder[] = []
    let held: Chunk | undefined
    let end: Omit<Page, 'cursor'>
    try {
      for await (const chunk of ahead.chunks(folder)) {
        if (chunk === 'again') {
          below = []
          held = undefined
          continue
        }
        if (held !== undefined) {
          yield { items: held.items, unread: held.unread, cursor: writeCursor(position), ...(startsOver ? { startsOver } : {}) }
          startsOver = false
        }
        below.push(...chunk.folders)
        held = chunk
      }
      const original = leadsBackTo(folder)
      end =
        original === undefined || held === undefined
          ? (held ?? { items: [] })
          : { items: [], unread: [{ id: folder.id, failure: linkBack(folder, original) }] }
      if (original !== undefined) below = []
      failures = 0
    } catch (error) {
      listing.signal.throwIfAborted()
      const failure = stopping(error, folder)
      const vanished = failure.kind === 'gone' && !(await isStillNamed(folder, listing))
      if (!vanished && failure.kind === 'transient' && ++failures >= failuresInARow) throw notWell(failure)
      // What came of it before the failure is right in itself, and its folders can be walked.
      end = vanished
        ? { items: [], gone: [folder.id] }
        : { items: held?.items ?? [], unread: [...(held?.unread ?? []), { id: folder.id, failure: named(failure, folder) }] }
    }
    stack.push(...inReverse(below))
    position = { after: folder.id, below: below.length > 0 }
    yield {
      items: end.items,
      ...(end.unread === undefined ? {} : { unread: end.unread }),
      ...(end.gone === undefined ? {} : { gone: end.gone }),
      cursor: writeCursor(stack.length === 0 ? undefined : position),
      ...(startsOver ? { startsOver } : {}),
    }
    startsOver = false
  }
}

/** The parent names it, and yet it answers 404: a broken storage, or a name that the server cannot read back. Not gone, then. */
async function isStillNamed(folder: Folder, listing: Listing): Promise<boolean> {
  if (folder.above === undefined) return true
  try {
    for await (const chunk of listFolder(
      { ...folder.above },
      { ...listing, known: { folderVersion: () => undefined } },
      () => {},
    )) {
      if (chunk.folders.some((other) => other.id === folder.id)) return true
    }
    return false
  } catch (error) {
    listing.signal.throwIfAborted()
    return Failure.from(error).kind !== 'gone'
  }
}

import { fold } from '../archive/names.ts'
import type { Journal } from '../journal/journal.ts'
import type { EntryRow } from '../journal/rows.ts'

/**
 * Lets the next backup take the file at `path` again. False where the path is not one of ours, or the item is gone at its source,
 * so that nothing can be taken any more.
 */
export function markDamaged(journal: Journal, path: string): boolean {
  const entry = entryAt(journal, path)
  const item = entry === undefined ? undefined : journal.item(entry.item)
  if (entry === undefined || item === undefined || item.vanished !== null) return false
  journal.transaction(() => {
    journal.unsave(entry.item, entry.key)
    journal.setState(item.n, 'pending', item.run, { reason: 'its file in the archive was damaged' })
  })
  return true
}

/** Whether the file at `path` was found damaged before, and waits to be taken again. */
export function isAwaited(journal: Journal, path: string): boolean {
  const entry = entryAt(journal, path)
  return entry !== undefined && entry.sha256 === null
}

/** What stands at `path` as far as the journal knows, where it is a file. */
function entryAt(journal: Journal, path: string): EntryRow | undefined {
  const [, account, source, ...names] = path.split('/')
  const number = journal.findSource(`${account}/${source}`)
  const file = names.pop()
  if (number === undefined || file === undefined) return undefined
  let dir = -number
  for (const name of names) {
    const folder = journal.occupant(dir, fold(name))
    if (folder === undefined || folder.key !== '') return undefined
    dir = folder.item
  }
  const entry = journal.occupant(dir, fold(file))
  return entry?.key === '' ? undefined : entry
}

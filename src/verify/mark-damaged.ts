import { fold } from '../archive/names.ts'
import type { Journal } from '../journal/journal.ts'

/**
 * Lets the next backup take the file at `path` again. False where the path is not one of ours, or the item is gone at its source,
 * so that nothing can be taken any more.
 */
export function markDamaged(journal: Journal, path: string): boolean {
  const [, account, source, ...names] = path.split('/')
  const number = journal.findSource(`${account}/${source}`)
  const file = names.pop()
  if (number === undefined || file === undefined) return false
  let dir = -number
  for (const name of names) {
    const folder = journal.occupant(dir, fold(name))
    if (folder === undefined || folder.key !== '') return false
    dir = folder.item
  }
  const entry = journal.occupant(dir, fold(file))
  const item = entry === undefined ? undefined : journal.item(entry.item)
  if (entry === undefined || entry.key === '' || item === undefined || item.vanished !== null) return false
  journal.transaction(() => {
    journal.unsave(entry.item, entry.key)
    journal.setState(item.n, 'pending', item.run, { reason: 'its file in the archive was damaged' })
  })
  return true
}

import { itemPath } from '../backup/transfer-item.ts'
import type { Expiring } from '../display/expiring.ts'
import type { Journal } from '../journal/journal.ts'
import { createPaths } from '../journal/paths.ts'

/** Retention rules give recordings weeks or months; two months ahead there is time enough to say it again. Milliseconds. */
const soonMs = 60 * 86_400_000

/** What is not saved and will be removed by its provider within two months, by source. */
export function expiringSoon(journal: Journal, now: number): Expiring[] {
  const paths = createPaths(journal, new Map(journal.sources().map(({ n, name }) => [n, name])))
  return journal.sources().flatMap(({ n, name }) => {
    const lost = journal.lostBefore(n, now + soonMs)
    if (lost === undefined) return []
    const examples = journal.pendingExpiring(n, undefined, 3).map((row) => itemPath(paths, row))
    return [{ source: name, ...lost, examples }]
  })
}

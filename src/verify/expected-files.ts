import type { Journal } from '../journal/journal.ts'
import { createPaths } from '../journal/paths.ts'
import type { ExpectedFile } from './expectation.ts'

/** Every saved file, as the journal states it; of the sources named only, where there are any. */
export function* expectedFiles(journal: Journal, sources: readonly string[] | undefined): Iterable<ExpectedFile> {
  const paths = createPaths(journal, new Map(journal.sources().map(({ n, name }) => [n, name])))
  for (const file of journal.savedFiles()) {
    const path = `${paths.onDisk(file.dir)}/${file.name}`
    if (sources !== undefined && !sources.some((source) => path.startsWith(`data/${source}/`))) continue
    yield { path, sha256: file.sha256, bytes: file.bytes, ...(file.modified !== null && { modified: file.modified }) }
  }
}

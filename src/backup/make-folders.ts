import type { Paths } from '../journal/paths.ts'
import type { Filter } from './filter.ts'
import type { Relocation } from './relocate.ts'
import type { Run } from './run-context.ts'
import { refusal } from './transfer-item.ts'

/** Folders that hold nothing to take come into being as well: an empty folder is something that the person had. */
export async function makeFolders(
  { run, source, paths, filter, signal }: { run: Run; source: number; paths: Paths; filter: Filter; signal: AbortSignal },
  relocation: Relocation,
): Promise<void> {
  const { journal } = run
  for (let after = 0; ; ) {
    const rows = journal.unmadeFolders(source, after, 256)
    if (rows.length === 0) return
    after = rows.at(-1)!.n
    paths.forget()
    for (const row of rows) {
      signal.throwIfAborted()
      const reason = refusal({ paths, filter }, row)
      if (reason === undefined) await relocation.ensureFolder(row.n)
      else journal.setState(row.n, 'excluded', run.n, { reason })
      run.changed()
    }
  }
}

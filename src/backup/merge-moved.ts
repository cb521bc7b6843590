import type { Paths } from '../journal/paths.ts'
import type { Relocation } from './relocate.ts'
import type { Run } from './run-context.ts'

/**
 * Where ids do not last, a file that vanished and a new one of the same bytes are one file that moved: the old one's place is given up,
 * now that the new one is saved. `since`: the time (ms) when this run's listing decided what is gone. Returns how many.
 */
export async function mergeMoved(
  { run, source, since, paths }: { run: Run; source: number; since: number; paths: Paths },
  relocation: Relocation,
): Promise<number> {
  const { journal, archive } = run
  const taken = new Set<number>()
  let merged = 0
  for (const pair of journal.sameBytes(source, run.n, since)) {
    if (taken.has(pair.old) || taken.has(pair.new)) continue
    const old = journal.entriesOf(pair.old)
    const entry = old.find((one) => one.key === pair.key)!
    const folder = entry.disk_dir === null ? undefined : paths.onDisk(entry.disk_dir)
    if (old.length !== 1 || folder === undefined) continue
    taken.add(pair.old).add(pair.new)
    // First forgotten, then removed: after a crash in between a file too many is left, which verify names, and never one too few.
    journal.transaction(() => journal.forgetItem(pair.old))
    await archive.remove(`${folder}/${entry.disk}`)
    run.changed()
    merged++
    await dropEmpty(entry.dir)
  }
  for (const folder of relocation.takeTouched()) await archive.syncFolder(folder)
  return merged

  /** A folder that is gone at the source and lost all it held to the move has moved itself; so may those above it. */
  async function dropEmpty(dir: number): Promise<void> {
    const folder = dir > 0 ? journal.item(dir) : undefined
    const entry = folder === undefined ? undefined : journal.entry(dir, '')
    if (folder === undefined || entry === undefined || folder.vanished === null || journal.holdsAny(dir)) return
    const path = paths.onDisk(dir)
    journal.transaction(() => journal.forgetItem(dir))
    paths.forget()
    if (path !== undefined) await archive.removeEmptyFolder(path)
    await dropEmpty(entry.dir)
  }
}

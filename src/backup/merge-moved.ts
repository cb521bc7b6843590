import { fold } from '../archive/names.ts'
import type { Paths } from '../journal/paths.ts'
import type { Relocation } from './relocate.ts'
import type { Run } from './run-context.ts'

/** Set while files that the journal has forgotten may still stand in the payload. */
const discardingMark = 'discarding'
/** Files given up in one step. */
const groupSize = 128

interface Place {
  readonly dir: number
  readonly name: string
}

/** Removes what was given up; to be called at every start, before anything moves. */
export async function finishDiscarding({ journal, archive }: Run, paths: Paths, relocation: Relocation): Promise<void> {
  const mark = journal.mark(discardingMark)
  if (mark === undefined) return
  for (const { dir, name } of JSON.parse(mark) as Place[]) {
    const folder = paths.onDisk(dir)
    if (folder === undefined || journal.occupant(dir, fold(name)) !== undefined) continue
    await archive.remove(`${folder}/${name}`)
    relocation.touch(folder)
  }
  for (const folder of relocation.takeTouched()) await archive.syncFolder(folder)
  journal.setMark(discardingMark, undefined)
}

/**
 * Where ids do not last, a file that vanished and a new one of the same bytes are one file that moved: the old one's place is given up,
 * now that the new one is saved. One run may learn of the one and a later one of the other, where a run was cut off or could not list everything: what came
 * to light since everything was last at home is one change. Returns how many.
 */
export async function mergeMoved(
  { run, source, paths }: { run: Run; source: number; paths: Paths },
  relocation: Relocation,
): Promise<number> {
  const { journal, archive } = run
  const taken = new Set<number>()
  let merged = 0
  let group: { item: number; place: Place }[] = []
  const since = journal.firstSinceComplete()
  for (const pair of journal.sameBytes(source, since)) {
    if (taken.has(pair.old)) continue
    const old = journal.entriesOf(pair.old)
    const entry = old.find((one) => one.key === pair.key)!
    // A file that moved twice meanwhile has several old places; of two equal files that were there before, one moved and the other vanished.
    if (taken.has(pair.new) && (entry.saved === null || entry.saved < since.started)) continue
    if (old.length !== 1 || entry.disk_dir === null || paths.onDisk(entry.disk_dir) === undefined) continue
    taken.add(pair.old).add(pair.new)
    group.push({ item: pair.old, place: { dir: entry.disk_dir, name: entry.disk! } })
    if (group.length >= groupSize) await giveUp()
  }
  await giveUp()
  return merged

  /** Forgotten and written down in one step, then removed: what a crash leaves of it goes with the next start, and never one file too few is left. */
  async function giveUp(): Promise<void> {
    const given = group
    group = []
    if (given.length === 0) return
    journal.transaction(() => {
      for (const { item } of given) journal.forgetItem(item)
      journal.setMark(discardingMark, JSON.stringify(given.map(({ place }) => place)))
    })
    run.changed()
    await finishDiscarding(run, paths, relocation)
    merged += given.length
    for (const { place } of given) await dropEmpty(place.dir)
  }

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

import { createHash } from 'node:crypto'
import { hashFile } from '../archive/hash-file.ts'
import { fold } from '../archive/names.ts'
import { stamp } from '../archive/stamp.ts'
import type { Paths } from '../journal/paths.ts'
import type { EntryRow, Intent } from '../journal/rows.ts'
import { finishDiscarding } from './merge-moved.ts'
import type { Relocation } from './relocate.ts'
import type { Run } from './run-context.ts'

/**
 * Finishes what a crash cut in two: renames that were promised are made or found done, and drafts that nothing refers to are removed.
 * To be called before anything else moves. Returns how many files it finished.
 */
export async function recover(run: Run, paths: Paths, relocation: Relocation, keepVersions: boolean): Promise<number> {
  const { journal, archive } = run
  let finished = 0
  await finishDiscarding(run, paths, relocation)
  const promised = journal.intents().map((entry) => ({ entry, intent: JSON.parse(entry.intent!) as Intent }))
  // What moved is written down first: a save makes room where the journal believes that something stands.
  for (const { entry, intent } of promised) if (intent.draft === undefined) await finishMove(run, paths, entry, intent)
  for (const { entry, intent } of promised) {
    if (intent.draft === undefined) continue
    // An earlier one of them may have moved it out of the way.
    const now = journal.entry(entry.item, entry.key)!
    if (await finishSave(run, relocation, now, intent, keepVersions)) finished++
  }
  if (promised.length > 0) run.changed()
  await relocation.clearParking()
  for (const folder of relocation.takeTouched()) await archive.syncFolder(folder)
  const wanted = new Set(journal.drafts().map(({ item, key }) => draftName(item, key)))
  for (const name of await archive.drafts()) if (!wanted.has(name)) await archive.remove(`.holdall/drafts/${name}`)
  return finished
}

async function finishMove({ journal, archive }: Run, paths: Paths, entry: EntryRow, intent: Intent): Promise<void> {
  const above = paths.onDisk(intent.dir)
  const from = entry.disk_dir === null ? undefined : paths.onDisk(entry.disk_dir)
  const moved = above !== undefined && (await archive.kindOf(`${above}/${intent.local}`)) !== undefined
  const still = from !== undefined && (await archive.kindOf(`${from}/${entry.disk}`)) !== undefined
  journal.transaction(() => {
    // On a disk that ignores letter case both answer for a change of case alone; the new name is taken then, and the next pass sees to it.
    if (moved && (!still || fold(intent.local) === fold(entry.disk ?? '')))
      journal.setDisk(entry.item, entry.key, intent.dir, intent.local, fold(intent.local))
    journal.intend(entry.item, entry.key, undefined)
  })
  paths.forget()
}

async function finishSave(
  run: Run,
  relocation: Relocation,
  entry: EntryRow,
  intent: Intent,
  keepVersions: boolean,
): Promise<boolean> {
  const { journal, archive } = run
  const folder = await relocation.ensureFolder(intent.dir)
  const target = `${folder}/${intent.local}`
  const draft = `.holdall/drafts/${intent.draft}`
  const waiting = (await archive.kindOf(draft)) === 'file'
  const proven = async (path: string) => {
    const { bytes, sha256 } = await hashFile(archive.absolute(path))
    return bytes === intent.bytes && sha256 === intent.sha256
  }
  let saved = false
  if (waiting && (await proven(draft))) {
    await relocation.makeRoom(intent.dir, intent.local, entry)
    if (entry.disk !== null && (entry.disk_dir !== intent.dir || entry.disk !== intent.local)) {
      await relocation.bring(entry, intent)
      journal.intend(entry.item, entry.key, intent)
    }
    if (keepVersions && (await archive.kindOf(target)) === 'file')
      await archive.setAside(target, 'versions', stamp(run.clock.now()))
    await archive.rename(draft, target)
    saved = true
  } else if (!waiting && (await archive.kindOf(target)) === 'file') {
    saved = await proven(target)
  }
  if (saved) await archive.syncFolder(folder)
  journal.transaction(() => {
    if (!saved) return journal.intend(entry.item, entry.key, undefined)
    journal.entrySaved(entry.item, entry.key, intent, fold(intent.local), run.clock.now())
    const item = journal.item(entry.item)!
    // The run that was killed may have had no other: what is derived from all files must hear of it.
    run.news(item.source)
    const others = journal.entriesOf(entry.item).filter((one) => one.living === 1)
    if (
      item.version === intent.version &&
      item.state === 'pending' &&
      others.every((one) => one.version === item.version && one.sha256 !== null)
    ) {
      journal.setState(
        item.n,
        item.unexportable === null ? 'saved' : 'unexportable',
        run.n,
        item.unexportable === null ? undefined : { reason: JSON.parse(item.unexportable).message },
      )
    }
  })
  return saved
}

/** The name of the draft of a part: the same in every run, and no other part's, letter case aside too. */
export function draftName(item: number, key: string): string {
  const plain = /^[a-z0-9-]{1,40}$/.test(key)
  return `${item}-${plain ? key : createHash('sha256').update(key).digest('hex')}.part`
}

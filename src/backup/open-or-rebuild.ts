import { existsSync, renameSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import type { Archive } from '../archive/archive.ts'
import { stamp } from '../archive/stamp.ts'
import type { Journal } from '../journal/journal.ts'
import { journalTrouble, openJournal } from '../journal/open.ts'
import { type RebuildOptions, rebuildJournal, sourcesWithMetadata } from './rebuild-journal.ts'

/**
 * Opens the journal of an archive for writing. One that is lost is made anew out of the bag where there is one; a damaged one is set aside and never
 * deleted (`.holdall/journal.db.damaged-DATE`). Both are said. Throws what `openJournal` and `rebuildJournal` throw.
 */
export async function openOrRebuild(options: Omit<RebuildOptions, 'file'>): Promise<Journal> {
  const { archive, emit } = options
  const trouble = journalTrouble(archive.journalFile)
  const open = () => openJournal(archive.journalFile, { access: 'write' })
  if (trouble === undefined) return open()
  const sources = await sourcesWithMetadata(archive)
  const isNew = trouble === 'missing' || trouble === 'empty'
  if (isNew && sources.length === 0) return open()
  const aside = trouble === 'missing' ? undefined : setAside(archive, options.clock.now())
  emit({
    event: 'notice',
    level: 'warning',
    message: `the journal of this archive (.holdall/journal.db) is ${isNew ? trouble : `damaged: ${trouble}`}${aside === undefined ? '' : `; it was kept as ${aside}`}`,
    hint:
      sources.length === 0
        ? 'there are no metadata to make it anew from: everything is listed and taken anew'
        : 'it is made anew from the metadata, and every file is read to see that it is right; then the accounts are listed anew, and only what is not here is downloaded',
  })
  if (sources.length === 0) return open()
  const file = `${archive.journalFile}.rebuilding`
  const { items, right, wrong, brokenLines } = await rebuildJournal({ ...options, file })
  await rename(file, archive.journalFile)
  await archive.syncFolder('.holdall')
  const lines = brokenLines > 0 ? `; ${brokenLines} lines of the metadata could not be used` : ''
  emit({
    event: 'notice',
    level: 'info',
    message: `the journal was made anew: ${items} items; ${right} files are there and right, ${wrong} are not${lines}`,
  })
  return open()
}

/** Returns the name that it has now, relative to the archive. */
function setAside(archive: Archive, now: number): string {
  const plain = `.holdall/journal.db.damaged-${stamp(now)}`
  let name = plain
  for (let n = 2; existsSync(archive.absolute(name)); n++) name = `${plain}-${n}`
  // The notes beside it first: a new journal must not meet them.
  for (const end of ['-wal', '-shm', '-journal', ''])
    if (existsSync(archive.journalFile + end)) renameSync(archive.journalFile + end, archive.absolute(name + end))
  return name
}

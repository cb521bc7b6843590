import { lstatSync } from 'node:fs'
import { lstat } from 'node:fs/promises'
import { setImmediate as turn } from 'node:timers/promises'
import { Failure } from '../core/failure.ts'
import { newsMark } from '../journal/marks.ts'
import type { Paths } from '../journal/paths.ts'
import type { SavedPart } from '../journal/saving.ts'
import type { Committer } from './committer.ts'
import type { Run } from './run-context.ts'

/** Files looked at between two turns of everything else: a millisecond or two. */
const batch = 256
/** Nothing is known of a file then: it is the disk, or the program. */
const blameless = new Set(['ENXIO', 'ENODEV', 'ESTALE', 'EMFILE', 'ENFILE', 'ENOMEM'])

export interface FindMissingOptions {
  readonly run: Run
  /** The source's number in the journal. */
  readonly n: number
  readonly paths: Paths
  readonly committer: Pick<Committer, 'between'>
  readonly signal: AbortSignal
  /** A file is taken again: its bytes as they were. */
  readonly retaken: (bytes: number) => void
}

/**
 * Looks whether each saved file of a source is still there with its length, beside the rest of a run: one system call a file, 5 µs where the disk has its
 * folders in memory. What somebody removed or cut off is named, and the same run takes it again. Bytes are not read: `verify` does that.
 * Throws a Failure of kind `disk` where the disk is to blame, and the signal's reason.
 */
export async function findMissing({ run, n, paths, committer, signal, retaken }: FindMissingOptions): Promise<void> {
  const { journal, archive, emit } = run
  for (let last = { item: 0, key: '' }; ; ) {
    signal.throwIfAborted()
    const some = journal.savedAfter(n, last, batch)
    if (some.length === 0) return
    last = some.at(-1)!
    const doubtful: SavedPart[] = []
    for (const file of some) if ((await wrongWith(file)) !== undefined) doubtful.push(file)
    // Between two groups nothing moves: what was only on its way to another name stands there now.
    if (doubtful.length > 0) {
      await committer.between(async () => {
        paths.forget()
        for (const { item, key } of doubtful) await takeAgain(item, key)
      })
    }
    await turn()
  }

  async function takeAgain(item: number, key: string): Promise<void> {
    const entry = journal.entry(item, key)
    const row = journal.item(item)
    if (entry === undefined || row === undefined || entry.disk === null || entry.sha256 === null) return
    const wrong = await wrongWith({ item, key, dir: entry.disk_dir!, name: entry.disk, bytes: entry.bytes! })
    if (wrong === undefined) return
    const again = row.vanished === null ? 'it is taken again' : 'it is gone at its source and cannot be taken again'
    emit({ event: 'damaged', path: `${paths.onDisk(entry.disk_dir!)}/${entry.disk}`, message: `${wrong}; ${again}` })
    if (row.vanished !== null) return
    journal.transaction(() => {
      run.changed()
      journal.setMark(newsMark(n), 'yes')
      // What stands there by now may be a person's own: it is set aside when the file comes, and not replaced.
      journal.loseDisk(item, key)
      // A derived file comes from no source: it is made anew when the run ends.
      if (row.kind !== 'place') journal.setState(item, 'pending', run.n, { reason: 'its file in the archive was damaged' })
    })
    paths.forget()
    run.news(n)
    if (row.kind !== 'place') retaken(entry.bytes!)
  }

  /** A sentence without the path; undefined: nothing. */
  async function wrongWith({ dir, name, bytes }: SavedPart): Promise<string | undefined> {
    const folder = paths.onDisk(dir)
    if (folder === undefined) return 'is missing'
    const file = archive.absolute(`${folder}/${name}`)
    try {
      const stat = await archive.disk.step(
        () => lstatSync(file, { throwIfNoEntry: false }),
        () => lstat(file),
      )
      if (stat === undefined) return 'is missing'
      if (!stat.isFile()) return 'is not an ordinary file'
      return stat.size === bytes ? undefined : `has ${stat.size} bytes instead of ${bytes}`
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'ENOENT' || code === 'ENOTDIR') return 'is missing'
      if (code === undefined || blameless.has(code)) throw Failure.from(error)
      return `cannot be read: ${code}`
    }
  }
}

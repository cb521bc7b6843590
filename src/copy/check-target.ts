import { realpathSync } from 'node:fs'
import path from 'node:path'
import { Failure } from '../core/failure.ts'
import type { CopyNote } from './copy-note.ts'

/** Throws a Failure of kind `settings` where a copy in `target` would lie in the archive, or the archive in the copy. Neither need exist. */
export function refuseNested(archive: string, target: string): void {
  const [from, to] = [real(archive), real(target)]
  const below = (inner: string, outer: string) => {
    const way = path.relative(outer, inner)
    return way === '' || (!way.startsWith('..') && !path.isAbsolute(way))
  }
  if (!below(to, from) && !below(from, to)) return
  throw new Failure(
    'settings',
    from === to ? `${target} is the archive itself` : `${target} and the archive ${archive} lie in one another`,
    { hint: 'choose a folder elsewhere, best on another disk: holdall copy DIR' },
  )
}

/** With links followed, as far as the path exists. */
function real(folder: string): string {
  const absolute = path.resolve(folder)
  try {
    return realpathSync.native(absolute)
  } catch (error) {
    const above = path.dirname(absolute)
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || above === absolute) throw error
    return path.join(real(above), path.basename(absolute))
  }
}

/**
 * Throws a Failure of kind `disk` where the folder holds an archive that is not this one's copy, or a copy into which backups have been made:
 * what they brought would be taken out again.
 */
export function refuseOther(
  target: string,
  what: {
    readonly id: string
    readonly note: CopyNote | undefined
    readonly hasJournal: boolean
    readonly lastRun: number | undefined
  },
): void {
  const hint = 'choose an empty or a new folder for the copy'
  const { id, note, hasJournal, lastRun } = what
  if (note === undefined) {
    if (hasJournal) throw new Failure('disk', `${target} is an archive of its own, and no copy of this one`, { hint })
    return
  }
  if (note.of !== id) throw new Failure('disk', `${target} is a copy of another archive`, { hint })
  if (note.complete && lastRun !== undefined && lastRun !== note.run)
    throw new Failure('disk', `backups have been made into ${target} since it was copied: it is an archive of its own now`, {
      hint,
    })
}

/** Throws a Failure of kind `disk` where the files to be copied do not fit. */
export function refuseTooSmall(need: {
  readonly bytes: number
  readonly freeBytes: number
  /** The first files that are larger than one file may be there. */
  readonly tooLarge: readonly string[]
  readonly largestFile: number | undefined
  readonly target: string
}): void {
  const { bytes, freeBytes, tooLarge, largestFile, target } = need
  if (tooLarge.length > 0 && largestFile !== undefined) {
    throw new Failure(
      'disk',
      `a file on the disk of ${target} can have ${gigabytes(largestFile)} at most, and these are larger: ${tooLarge.join(', ')}`,
      { hint: 'use a disk formatted as exFAT, NTFS, APFS or ext4 for the copy; nothing was copied' },
    )
  }
  if (bytes <= freeBytes) return
  throw new Failure(
    'disk',
    `the copy needs ${gigabytes(bytes)} more, and ${gigabytes(freeBytes)} are free on the disk of ${target}`,
    {
      hint: 'free some space or choose another disk; nothing was copied',
    },
  )
}

/** `12.3 GB`, below that `0.4 MB`: what is nearly nothing is not made to look like more. */
export const gigabytes = (bytes: number): string =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${(bytes / 1e6).toFixed(1)} MB`

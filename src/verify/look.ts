import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import { hashFile } from '../archive/hash-file.ts'
import { Failure } from '../core/failure.ts'
import type { Expectation } from './expectation.ts'

/** What can be wrong with a file of the archive. */
export type Damage =
  | 'missing' // not there
  | 'truncated' // fewer bytes than saved
  | 'changed' // other bytes than saved
  | 'swapped' // the bytes of another file of the archive
  | 'unreadable' // the disk does not give it
  | 'extra' // nobody knows it
  | 'unlisted' // saved, but the manifest does not list it, or with another checksum
  | 'unknown' // the manifest lists it, the journal does not know it
  | 'manifest' // a manifest is itself damaged
  | 'statement' // journal and metadata say different things of an item

export interface Finding {
  readonly path: string
  readonly damage: Damage
  /** A sentence without the path. */
  readonly message: string
}

/** Damage of a file's own bytes: the next backup takes it again. */
export const ofBytes: ReadonlySet<Damage> = new Set(['missing', 'truncated', 'changed', 'swapped', 'unreadable'])

/** Two seconds are the step of FAT's times. */
const tolerance = 2000
/** FAT keeps local time, so that summer time shifts its times by whole hours. */
const hour = 3_600_000

/** How a file is looked at, and where its bytes pass through. */
export interface Look {
  readonly root: string
  readonly read: 'every-byte' | 'sizes'
  readonly buffer: Uint8Array
  readonly signal: AbortSignal
  /** The path of the file that was saved with these bytes, where there is one. */
  readonly ownerOf?: (sha256: string) => string | undefined
}

/**
 * Looks at one file; resolves with the bytes found and what is wrong, or undefined where nothing is. Throws a Failure of kind `disk` where the file is
 * not to blame: the disk is no longer there, the program has too many files open.
 */
export async function lookAt(
  { path, journal, manifest }: Expectation,
  look: Look,
): Promise<{ readonly bytes: number; readonly damage?: Finding }> {
  const hash = () => hashFile(join(look.root, path), look.buffer, look.signal)
  const wrong = (bytes: number, damage: Damage, message: string) => ({ bytes, damage: { path, damage, message } })
  try {
    const stat = await lstat(join(look.root, path))
    if (!stat.isFile()) return wrong(0, 'changed', 'is not an ordinary file')
    if (journal !== undefined && stat.size !== journal.bytes) {
      const damage = stat.size < journal.bytes ? 'truncated' : 'changed'
      const owner = look.read === 'every-byte' ? look.ownerOf?.((await hash()).sha256) : undefined
      if (owner !== undefined) return wrong(stat.size, 'swapped', `holds the bytes of ${owner}`)
      return wrong(stat.size, damage, `has ${stat.size} bytes instead of ${journal.bytes}`)
    }
    const expected = journal?.sha256 ?? manifest
    if (look.read === 'every-byte' || touched(stat.mtimeMs, journal?.modified)) {
      const { bytes, sha256 } = await hash()
      if (sha256 === expected) return { bytes }
      const owner = look.ownerOf?.(sha256)
      if (owner !== undefined) return wrong(bytes, 'swapped', `holds the bytes of ${owner}`)
      return wrong(bytes, 'changed', 'its bytes differ from those that were saved')
    }
    return { bytes: stat.size }
  } catch (error) {
    look.signal.throwIfAborted()
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    if (blameless.has(code)) throw Failure.from(error)
    return code === 'ENOENT' || code === 'ENOTDIR'
      ? wrong(0, 'missing', 'is missing')
      : wrong(0, 'unreadable', `cannot be read: ${reason(error, code)}`)
  }
}

/** Nothing is known of a file then, and nothing must be held against it. */
const blameless = new Set(['ENXIO', 'ENODEV', 'ESTALE', 'EMFILE', 'ENFILE', 'ENOMEM'])

function reason(error: unknown, code: string): string {
  const failure = Failure.from(error)
  return failure.kind === 'disk' ? failure.message : code
}

/** Whether a file's time says that somebody wrote to it after it was saved. */
function touched(found: number, saved: number | undefined): boolean {
  if (saved === undefined) return false
  const distance = Math.abs(found - saved)
  const hours = Math.round(distance / hour)
  return Math.abs(distance - (hours <= 1 ? hours * hour : 0)) > tolerance
}

import { lstat } from 'node:fs/promises'
import type { Archive } from '../archive/archive.ts'
import { hashFile } from '../archive/hash-file.ts'
import { Failure } from '../core/failure.ts'

/** The disk or the program is to blame then, and nothing must be held against a file. */
const blameless = new Set(['ENXIO', 'ENODEV', 'ESTALE', 'EMFILE', 'ENFILE', 'ENOMEM'])

/**
 * What is wrong with a file of the archive, as a sentence without its path; undefined: it has the bytes stated. Throws a Failure of kind `disk` where the
 * file is not to blame, and the signal's reason.
 */
export async function checkFile(
  archive: Pick<Archive, 'absolute'>,
  stated: { readonly path: string; readonly bytes: number; readonly sha256: string },
  signal: AbortSignal,
): Promise<{ readonly found: 'damaged' | 'missing'; readonly message: string } | undefined> {
  const damaged = (message: string) => ({ found: 'damaged', message }) as const
  try {
    const stat = await lstat(archive.absolute(stated.path))
    if (!stat.isFile()) return damaged('is not an ordinary file')
    if (stat.size !== stated.bytes) return damaged(`has ${stat.size} bytes instead of ${stated.bytes}`)
    const { sha256 } = await hashFile(archive.absolute(stated.path), undefined, signal)
    return sha256 === stated.sha256 ? undefined : damaged('its bytes differ from those that were saved')
  } catch (error) {
    signal.throwIfAborted()
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined || blameless.has(code)) throw Failure.from(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return { found: 'missing', message: 'is missing' }
    const failure = Failure.from(error)
    return damaged(`cannot be read: ${failure.kind === 'disk' ? failure.message : code}`)
  }
}

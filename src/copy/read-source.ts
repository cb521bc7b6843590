import { lstat, open } from 'node:fs/promises'
import { bufferBytes } from '../archive/disk.ts'
import type { Draft, Proof } from '../archive/draft.ts'
import type { ManifestEntry } from '../archive/manifest.ts'
import { Failure } from '../core/failure.ts'
import type { Damage, Finding } from '../verify/look.ts'

/** A file to be copied; its length is absent where only a manifest knows it. */
export interface Wanted extends ManifestEntry {
  readonly bytes?: number
}

/** The disk is to blame then, or the program, and not the file. */
const blameless = new Set(['ENXIO', 'ENODEV', 'ESTALE', 'EMFILE', 'ENFILE', 'ENOMEM'])

/**
 * Reads a file of the archive into a draft of the copy, hashed on the way. Resolves with what was written, or with what is wrong with the file: it is
 * not copied then. A draft that holds the first bytes already goes on; where the result is not right all is read once more.
 * Throws what the copy's disk throws, and the signal's reason.
 */
export async function readSource(
  file: string,
  wanted: Wanted,
  draft: Draft,
  read: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Proof | Finding> {
  const wrong = (damage: Damage, message: string): Finding => ({ path: wanted.path, damage, message })
  const reading = <T>(step: Promise<T>): Promise<T> =>
    step.catch((error: NodeJS.ErrnoException) => {
      if (error.code === undefined || blameless.has(error.code)) throw Failure.from(error)
      throw new Unreadable(error)
    })
  try {
    const stat = await reading(lstat(file))
    if (!stat.isFile()) return wrong('changed', 'is not an ordinary file')
    if (wanted.bytes !== undefined && stat.size !== wanted.bytes) {
      return wrong(stat.size < wanted.bytes ? 'truncated' : 'changed', `has ${stat.size} bytes instead of ${wanted.bytes}`)
    }
    for (let continued = draft.length > 0; ; continued = false) {
      const handle = await reading(open(file, 'r'))
      try {
        // A buffer of its own: a draft may still be writing the one before.
        const buffer = Buffer.allocUnsafeSlow(bufferBytes)
        for (;;) {
          signal.throwIfAborted()
          const { bytesRead } = await reading(handle.read(buffer, 0, buffer.length, draft.length))
          if (bytesRead === 0) break
          await draft.append(buffer.subarray(0, bytesRead))
          read(bytesRead)
        }
      } finally {
        await handle.close()
      }
      try {
        return await draft.finish({
          ...(wanted.bytes !== undefined && { size: wanted.bytes }),
          checksums: [{ algorithm: 'sha256', value: wanted.sha256 }],
        })
      } catch (error) {
        if (!(error instanceof Failure) || error.kind !== 'corrupt') throw error
        if (!continued) return wrong('changed', 'its bytes differ from those that were saved')
        await draft.restart()
      }
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    const { code } = error.cause
    if (code === 'ENOENT' || code === 'ENOTDIR') return wrong('missing', 'is missing')
    const failure = Failure.from(error.cause)
    return wrong('unreadable', `cannot be read: ${failure.kind === 'disk' ? failure.message : code}`)
  }
}

/** The file cannot be read, as opposed to what is written to the copy. */
class Unreadable extends Error {
  override readonly cause: NodeJS.ErrnoException

  constructor(cause: NodeJS.ErrnoException) {
    super('unreadable')
    this.cause = cause
  }
}

import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { Failure } from '../core/failure.ts'

/** Most messages are smaller (attachments aside): these are read in one go, and believed before the first byte is handed on. */
const whole = 1024 * 1024
const chunkSize = 256 * 1024

/** Thrown for a message that cannot be had from the archive: the message is left out, the export goes on. Any other error is the target's. */
export const isUnreadable = (error: unknown): error is Failure =>
  error instanceof Failure && (error.kind === 'gone' || error.kind === 'corrupt')

/**
 * The bytes of a saved message, compared with what the journal states of it. Throws a Failure of kind `gone` where the file is missing and `corrupt` where
 * its bytes are others: for large ones only after the last chunk, so that the receiver must be able to take everything back.
 */
export async function* messageBytes(
  file: string,
  stated: { readonly bytes: number; readonly sha256: string },
  signal: AbortSignal,
): AsyncIterable<Uint8Array> {
  signal.throwIfAborted()
  const handle = await open(file, 'r').catch((error: unknown) => Promise.reject(explain(error)))
  try {
    const hash = createHash('sha256')
    let bytes = 0
    let held: Uint8Array | undefined
    // One byte more than stated, so that a file that grew is noticed.
    const size = stated.bytes <= whole ? stated.bytes + 1 : chunkSize
    for (;;) {
      signal.throwIfAborted()
      const buffer = Buffer.allocUnsafe(size)
      const { bytesRead } = await handle.read(buffer, 0, size, bytes).catch((error: unknown) => Promise.reject(explain(error)))
      if (bytesRead === 0) break
      if (held !== undefined) yield held
      held = buffer.subarray(0, bytesRead)
      hash.update(held)
      bytes += bytesRead
      if (bytes > stated.bytes || (bytes === stated.bytes && size > stated.bytes)) break
    }
    if (bytes !== stated.bytes || hash.digest('hex') !== stated.sha256)
      throw new Failure('corrupt', 'its bytes differ from those that were saved', { hint })
    if (held !== undefined) yield held
  } finally {
    await handle.close()
  }
}

const hint = 'run holdall verify, then holdall backup while the account is still there'

function explain(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === undefined || code === 'EMFILE' || code === 'ENFILE') return error
  return code === 'ENOENT' || code === 'ENOTDIR'
    ? new Failure('gone', 'is missing', { hint, cause: error })
    : new Failure('corrupt', `cannot be read: ${code}`, { hint, cause: error })
}

import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { naming } from './naming.ts'

/** Buffers of 64 KiB to 1 MiB were measured alike. */
export const readSize = 256 * 1024

/**
 * Reads a whole file; resolves with its length and SHA-256 (lower-case hexadecimal). `buffer` is where the bytes pass through: hand the same one in for
 * file after file. Throws what the file system throws, and the signal's reason.
 */
export async function hashFile(
  file: string,
  buffer: Uint8Array = Buffer.allocUnsafeSlow(readSize),
  signal?: AbortSignal,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  return naming(file, read(file, buffer, signal))
}

async function read(
  file: string,
  buffer: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const handle = await open(file, 'r')
  try {
    const hash = createHash('sha256')
    for (let bytes = 0; ; ) {
      signal?.throwIfAborted()
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, bytes)
      if (bytesRead === 0) return { bytes, sha256: hash.digest('hex') }
      hash.update(buffer.subarray(0, bytesRead))
      bytes += bytesRead
    }
  } finally {
    await handle.close()
  }
}

import { createHash } from 'node:crypto'
import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { naming } from './naming.ts'

/** Bytes gathered before they are written. */
const gather = 256 * 1024

/**
 * Writes a new text file (UTF-8, no byte order mark), durably, hashing while it writes; resolves with its SHA-256 (lower-case hexadecimal).
 * The text is taken piece by piece: it may be as long as the disk holds.
 */
export async function writeTagFile(file: string, text: Iterable<string> | AsyncIterable<string>): Promise<string> {
  return naming(file, write(file, text))
}

async function write(file: string, text: Iterable<string> | AsyncIterable<string>): Promise<string> {
  await mkdir(dirname(file), { recursive: true })
  const handle = await open(file, 'wx')
  try {
    const hash = createHash('sha256')
    const buffer = Buffer.allocUnsafeSlow(gather)
    let filled = 0
    const flush = async () => {
      const bytes = buffer.subarray(0, filled)
      filled = 0
      hash.update(bytes)
      await handle.writeFile(bytes)
    }
    for await (const piece of text) {
      // A character takes three bytes at most.
      if (filled + piece.length * 3 > buffer.length) await flush()
      if (piece.length * 3 <= buffer.length) filled += buffer.write(piece, filled)
      else {
        hash.update(piece)
        await handle.writeFile(piece)
      }
    }
    await flush()
    await handle.sync()
    return hash.digest('hex')
  } finally {
    await handle.close()
  }
}

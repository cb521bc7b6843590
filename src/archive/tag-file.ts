import { createHash } from 'node:crypto'
import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Characters gathered before they are written. */
const gather = 128 * 1024

/**
 * Writes a new text file (UTF-8, no byte order mark), durably, hashing while it writes; resolves with its SHA-256 (lower-case hexadecimal).
 * The text is taken piece by piece: it may be as long as the disk holds.
 */
export async function writeTagFile(file: string, text: Iterable<string> | AsyncIterable<string>): Promise<string> {
  await mkdir(dirname(file), { recursive: true })
  const handle = await open(file, 'wx')
  try {
    const hash = createHash('sha256')
    let pending = ''
    const flush = async () => {
      const bytes = Buffer.from(pending)
      pending = ''
      hash.update(bytes)
      await handle.writeFile(bytes)
    }
    for await (const piece of text) {
      pending += piece
      if (pending.length >= gather) await flush()
    }
    await flush()
    await handle.sync()
    return hash.digest('hex')
  } finally {
    await handle.close()
  }
}

import type { FileHandle } from 'node:fs/promises'

/** Begin and end of a file, and its length in bytes. */
export interface Ends {
  readonly size: number
  readonly head: Buffer
  readonly tail: Buffer
}

/** Bytes read at either end; most formats are told by far fewer. */
const span = 64 * 1024

export async function readEnds(handle: FileHandle): Promise<Ends> {
  const { size } = await handle.stat()
  const head = await readAt(handle, 0, Math.min(span, size))
  const tail = await readAt(handle, Math.max(0, size - span), Math.min(span, size))
  return { size, head, tail }
}

/** Reads up to `length` bytes; fewer where the file ends. */
export async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, position + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return buffer.subarray(0, filled)
}

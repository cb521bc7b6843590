import { Failure } from '../core/failure.ts'
import type { Body } from './body.ts'

/** The whole body in one piece. Throws a Failure where it is longer than `most` bytes; `what` names it. */
export async function collect(body: Body, most: number, what: string): Promise<Uint8Array> {
  const { bytes, complete } = await readUpTo(body, most)
  if (complete) return bytes
  throw new Failure('corrupt', `the answer to ${what} is longer than ${most / 1024 / 1024} MiB`)
}

/** The first `most` bytes; the rest is given up. */
export async function readUpTo(body: Body, most: number): Promise<{ bytes: Uint8Array; complete: boolean }> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    length += chunk.byteLength
    if (length > most) return { bytes: Buffer.concat(chunks, length).subarray(0, most), complete: false }
  }
  const [only] = chunks
  return { bytes: chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, length), complete: true }
}

/** Reads a small body to its end, so that its connection can be used again; gives up a large or broken one. */
export async function discard(body: Body): Promise<void> {
  let length = 0
  try {
    for await (const chunk of body) {
      length += chunk.byteLength
      if (length > 64 * 1024) return
    }
  } catch (error) {
    // Its content was not wanted; where the run was stopped, the next step finds out by itself.
    if (!(error instanceof Failure)) return
  }
}

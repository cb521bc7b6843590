/** Bytes of which any range can be read at any time; a file of any size costs no memory. */
export interface Ranged {
  /** Bytes. */
  readonly size: number
  /** The bytes from `start` up to, not including, `end` (defaults: all), in pieces of at most 256 KB. */
  chunks(start?: number, end?: number): Generator<Uint8Array, void, undefined>
}

const pieceSize = 262_144

export function ranged(bytes: Uint8Array): Ranged {
  return {
    size: bytes.byteLength,
    *chunks(start = 0, end = bytes.byteLength) {
      const stop = Math.min(end, bytes.byteLength)
      for (let at = start; at < stop; at += pieceSize) yield bytes.subarray(at, Math.min(stop, at + pieceSize))
    },
  }
}

/** One after another. */
export function joined(parts: readonly Ranged[]): Ranged {
  const size = parts.reduce((sum, part) => sum + part.size, 0)
  return {
    size,
    *chunks(start = 0, end = size) {
      let begin = 0
      for (const part of parts) {
        const from = Math.max(0, start - begin)
        const to = Math.min(part.size, end - begin)
        if (from < to) yield* part.chunks(from, to)
        begin += part.size
      }
    },
  }
}

/** The whole in memory; for tests and small things. */
export function wholeOf(content: Ranged): Buffer {
  return Buffer.concat([...content.chunks()])
}

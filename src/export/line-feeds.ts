const CR = 13
const LF = 10

/** A change of bytes as they pass by, chunk for chunk. `end` gives what was held back. */
export interface Passage {
  push(chunk: Uint8Array): Uint8Array
  end(): Uint8Array
}

/** CRLF becomes LF; a CR that stands alone stays. */
export function lineFeeds(): Passage {
  let held = false
  return {
    push(chunk) {
      if (chunk.length === 0) return chunk
      const out = Buffer.allocUnsafe(chunk.length + 1)
      let length = 0
      if (held && chunk[0] !== LF) out[length++] = CR
      held = chunk[chunk.length - 1] === CR
      const last = held ? chunk.length - 1 : chunk.length
      for (let at = 0; at < last; at++) {
        const byte = chunk[at]!
        if (byte === CR && chunk[at + 1] === LF) continue
        out[length++] = byte
      }
      return out.subarray(0, length)
    },
    end() {
      const rest = held ? Uint8Array.of(CR) : new Uint8Array(0)
      held = false
      return rest
    },
  }
}

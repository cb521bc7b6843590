import type { Passage } from './line-feeds.ts'

const LF = 10
const quote = 0x3e
const from = Buffer.from('From ')
/** Compared without regard to case. */
const contentLength = Buffer.from('content-length:')

/**
 * Quotes a message (LF line ends) for an mbox of the kind mboxrd: each line `>*From ` gets one more `>`, in headers and body alike, and nothing else does,
 * so that a reader can take it back exactly (https://www.loc.gov/preservation/digital/formats/fdd/fdd000385.shtml). A header `Content-Length` becomes `X-Content-Length`: programs that
 * know mboxcl would believe it. At the end there is always a line end, and after it the empty line before the next message.
 */
export function mboxrd(): Passage {
  let lineStart = true
  let quoted = false
  let header = true
  /** The start of a line that may yet turn out to be one of the two. */
  let held: number[] = []
  let last = LF

  return {
    push(chunk) {
      // At the most one byte more for every five.
      const out = Buffer.allocUnsafe(chunk.length + held.length + (chunk.length >> 2) + 16)
      let length = 0
      for (let at = 0; at < chunk.length; at++) {
        const byte = chunk[at]!
        if (!lineStart) {
          // Within a line: all lines that end in this chunk go through at once, but for headers, which are looked at one by one.
          const end = header ? chunk.indexOf(LF, at) : chunk.lastIndexOf(LF)
          const last = end < at ? chunk.length - 1 : end
          length = header ? append(out, length, chunk, at, last + 1) : quoteLines(out, length, chunk, at, last + 1)
          if (end >= at) startLine()
          at = last
          continue
        }
        if (held.length === 0) {
          if (byte === quote) {
            quoted = true
            out[length++] = byte
            continue
          }
          if (byte === LF && !quoted) {
            header = false
            out[length++] = byte
            continue
          }
        }
        held.push(byte)
        const isFrom = begins(from, held)
        const isLength = header && !quoted && begins(contentLength, held)
        if ((isFrom && held.length < from.length) || (isLength && held.length < contentLength.length)) continue
        if (isFrom) out[length++] = quote
        if (isLength) {
          out[length++] = 0x58
          out[length++] = 0x2d
        }
        for (const one of held) out[length++] = one
        held = []
        lineStart = false
        if (byte === LF) startLine()
      }
      if (length > 0) last = out[length - 1]!
      return out.subarray(0, length)
    },
    end() {
      const unfinished = held.length > 0 || last !== LF
      return Buffer.from([...held, ...(unfinished ? [LF] : []), LF])
    },
  }

  function startLine(): void {
    lineStart = true
    quoted = false
  }
}

function append(out: Uint8Array, length: number, chunk: Uint8Array, start: number, end: number): number {
  out.set(chunk.subarray(start, end), length)
  return length + end - start
}

/** Copies bytes that begin within a line, and quotes the lines that begin among them; returns the new length of `out`. */
function quoteLines(out: Uint8Array, before: number, chunk: Uint8Array, start: number, end: number): number {
  const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, end)
  let length = before
  let done = start
  for (let at = bytes.indexOf(from, start); at >= 0; at = bytes.indexOf(from, at + 1)) {
    let above = at - 1
    while (above > start && bytes[above] === quote) above--
    if (above < start || bytes[above] !== LF) continue
    length = append(out, length, bytes, done, at)
    out[length++] = quote
    done = at
  }
  return append(out, length, bytes, done, end)
}

function begins(pattern: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, at) => {
    const wanted = pattern[at]
    return byte === wanted || (pattern === contentLength && byte >= 0x41 && byte <= 0x5a && byte + 0x20 === wanted)
  })
}

/**
 * The line that begins a message: sender and time (UTC) as C's asctime writes it, of a fixed width. The envelope's sender is not known any more.
 * https://www.rfc-editor.org/rfc/rfc4155#appendix-A
 */
export function fromLine(received: number): string {
  const time = new Date(Number.isFinite(received) && Math.abs(received) < 8.64e15 ? received : 0)
  const [weekday, day, month, year] = time.toUTCString().replace(',', '').split(' ')
  const clock = time.toISOString().slice(-13, -5)
  return `From MAILER-DAEMON ${weekday} ${month} ${String(Number(day)).padStart(2)} ${clock} ${year}\n`
}

import { Failure } from '../../../core/failure.ts'

const invalid = 255
const padding = 254
const values = new Uint8Array(256).fill(invalid)
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
for (let index = 0; index < alphabet.length; index++) values[alphabet.charCodeAt(index)] = index
values['='.charCodeAt(0)] = padding

/** Decodes base64url in pieces, with padding or without: https://www.rfc-editor.org/rfc/rfc4648#section-5 */
export interface Base64UrlDecoder {
  /**
   * The bytes that the characters so far complete, written over these characters: they never need more room, and nothing has to be
   * allocated for each piece of a large message. Throws a Failure of kind `corrupt` that says where.
   */
  push(characters: Uint8Array): Uint8Array
  /** No more characters come. Throws where some are missing. */
  end(): void
}

/** Strict, since what a lenient decoder skips is a hole in the message that nobody sees. */
export function createBase64UrlDecoder(): Base64UrlDecoder {
  let position = 0
  let bits = 0
  let held = 0
  let pads = 0

  return {
    push(characters) {
      const { length } = characters
      const out = characters
      let written = 0
      let index = 0
      while (index < length) {
        if (held === 0 && pads === 0) {
          for (; index + 4 <= length; index += 4) {
            const a = values[characters[index]!]!
            const b = values[characters[index + 1]!]!
            const c = values[characters[index + 2]!]!
            const d = values[characters[index + 3]!]!
            if ((a | b | c | d) > 63) break
            out[written] = (a << 2) | (b >> 4)
            out[written + 1] = ((b & 15) << 4) | (c >> 2)
            out[written + 2] = ((c & 3) << 6) | d
            written += 3
          }
          if (index === length) break
        }
        const value = values[characters[index]!]!
        if (value === padding) {
          // Padding only completes a group of four.
          if (held < 2 || held + ++pads > 4) throw corrupt(position + index)
        } else if (value === invalid || pads > 0) {
          throw corrupt(position + index)
        } else {
          bits = (bits << 6) | value
          held += 1
          if (held === 4) {
            // The two bytes before it went out as soon as they were complete.
            out[written++] = bits & 255
            bits = 0
            held = 0
          } else if (held === 2) {
            out[written++] = (bits >> 4) & 255
          } else if (held === 3) {
            out[written++] = (bits >> 2) & 255
          }
        }
        index += 1
      }
      position += length
      return out.subarray(0, written)
    },
    end() {
      if (held === 1 || (pads > 0 && held + pads !== 4)) throw corrupt(position)
    },
  }
}

const corrupt = (position: number) =>
  new Failure('corrupt', `Gmail’s answer holds a message that is not valid base64url, at character ${position + 1}`)

import { Failure } from '../../../core/failure.ts'

/** Reads the JSON of a message with its content as it comes: the content goes out in pieces, the other fields are kept. */
export interface RawAnswerReader {
  /** The characters of `raw`, base64url, in this piece of the answer. */
  push(chunk: Uint8Array): Iterable<Uint8Array>
  /** The fields beside `raw`, not validated. Throws a Failure of kind `corrupt` where the answer is not whole. */
  end(): { readonly fields: Readonly<Record<string, unknown>>; readonly hasRaw: boolean }
}

/** Everything but `raw` is ids, numbers and label ids. Bytes. */
const mostOfField = 256 * 1024

const [quote, backslash, comma, colon, open, close] = [...'"\\,:{}'].map((character) => character.charCodeAt(0)) as [
  number,
  number,
  number,
  number,
  number,
  number,
]
const [array, arrayEnd] = [0x5b, 0x5d]
const isBlank = (byte: number) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

type State = 'start' | 'key?' | 'key' | 'colon' | 'value?' | 'raw' | 'escape' | 'other' | 'after' | 'end'

/**
 * Just enough of JSON (https://www.rfc-editor.org/rfc/rfc8259) to find the members of one object, in any order and with any spaces. The
 * string of `raw` may be a hundred megabytes, so it is never held; characters in it may be escaped (`\u003d` for the padding).
 */
export function createRawAnswerReader(): RawAnswerReader {
  const fields: Record<string, unknown> = {}
  let state: State = 'start'
  let held: number[] = []
  let key = ''
  let depth = 0
  let inString = false
  let escaped = false
  let hasRaw = false
  let closesAfterComma = true

  const hold = (byte: number) => {
    if (held.length >= mostOfField) throw broken()
    held.push(byte)
  }
  const parse = (): unknown => {
    try {
      return JSON.parse(Buffer.from(held).toString('utf8'))
    } catch {
      throw broken()
    } finally {
      held = []
    }
  }
  const take = () => {
    fields[key] = parse()
    state = 'after'
  }

  function* push(chunk: Uint8Array): Generator<Uint8Array> {
    for (let index = 0; index < chunk.length; index++) {
      if (state === 'raw') {
        const from = index
        while (index < chunk.length && chunk[index] !== quote && chunk[index] !== backslash) index++
        if (index > from) yield chunk.subarray(from, index)
        if (index === chunk.length) return
        if (chunk[index] === quote) state = 'after'
        else {
          held = [backslash]
          state = 'escape'
        }
        continue
      }
      const byte = chunk[index]!
      switch (state) {
        case 'escape': {
          held.push(byte)
          const whole = held[1] === 0x75 ? held.length === 6 : held.length === 2
          if (!whole) break
          held = [quote, ...held, quote]
          yield Buffer.from(String(parse()), 'utf8')
          state = 'raw'
          break
        }
        case 'key':
          hold(byte)
          if (escaped) escaped = false
          else if (byte === backslash) escaped = true
          else if (byte === quote) {
            key = String(parse())
            state = 'colon'
          }
          break
        case 'other':
          if (inString) {
            hold(byte)
            if (escaped) escaped = false
            else if (byte === backslash) escaped = true
            else if (byte === quote) inString = false
          } else if (depth === 0 && (byte === comma || byte === close)) {
            take()
            afterValue(byte)
          } else {
            hold(byte)
            if (byte === quote) inString = true
            else if (byte === open || byte === array) depth++
            else if (byte === close || byte === arrayEnd) depth--
          }
          break
        default:
          if (!isBlank(byte)) between(byte)
      }
    }
  }

  function between(byte: number): void {
    switch (state) {
      case 'start':
        if (byte !== open) throw broken()
        state = 'key?'
        return
      case 'key?':
        if (byte === close && closesAfterComma) state = 'end'
        else if (byte === quote) {
          held = [quote]
          state = 'key'
        } else throw broken()
        return
      case 'colon':
        if (byte !== colon) throw broken()
        state = 'value?'
        return
      case 'value?':
        if (key === 'raw' && byte === quote) {
          if (hasRaw) throw broken()
          hasRaw = true
          state = 'raw'
          return
        }
        if (byte === comma || byte === close) throw broken()
        state = 'other'
        held = [byte]
        depth = byte === open || byte === array ? 1 : 0
        inString = byte === quote
        return
      case 'after':
        afterValue(byte)
        return
      default:
        throw broken()
    }
  }

  function afterValue(byte: number): void {
    if (byte !== comma && byte !== close) throw broken()
    closesAfterComma = false
    state = byte === comma ? 'key?' : 'end'
  }

  return {
    push,
    end() {
      if (state !== 'end') throw broken()
      return { fields, hasRaw }
    },
  }
}

const broken = () => new Failure('corrupt', 'Gmail’s answer with a message is not of the expected form')

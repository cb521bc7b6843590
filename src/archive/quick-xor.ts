/** Bits of the state; a byte's place in it comes round again after as many bytes. */
const width = 160
/** Each byte goes so many bits further than the one before. */
const shift = 11
const lanes = width / 4
/** Lanes that one pass over the words takes; more do not fit the registers. */
const atOnce = 8

/** A checksum in the making. */
export interface QuickXor {
  update(bytes: Uint8Array): void
  /** Of all bytes so far, lower-case hexadecimal; more may follow. */
  digest(): string
}

/**
 * Microsoft's checksum for files of OneDrive and SharePoint: byte n of the content is exclusive-ored into a state of 160 bits, from bit 11·n mod 160 on,
 * and the length at the end. It detects accidents, not intent. https://learn.microsoft.com/onedrive/developer/code-snippets/quickxorhash
 *
 * Bytes whose numbers are equal modulo 160 go to the same place, so they are gathered first, four at a time in a row of 160 bytes, and moved bit by bit
 * only at the end: several GB/s.
 */
export function createQuickXor(): QuickXor {
  const row = new Int32Array(lanes)
  const bytesOfRow = new Uint8Array(row.buffer)
  let length = 0

  /** As many words as there are, the first of which belongs to `lane`. */
  function addWords(words: Int32Array, lane: number): void {
    const head = Math.min((lanes - lane) % lanes, words.length)
    for (let index = 0; index < head; index++) row[lane + index]! ^= words[index]!
    const rows = Math.floor((words.length - head) / lanes)
    const end = head + rows * lanes
    for (let first = 0; first < lanes; first += atOnce) {
      let a = 0
      let b = 0
      let c = 0
      let d = 0
      let e = 0
      let f = 0
      let g = 0
      let h = 0
      for (let index = head + first; index < end; index += lanes) {
        a ^= words[index]!
        b ^= words[index + 1]!
        c ^= words[index + 2]!
        d ^= words[index + 3]!
        e ^= words[index + 4]!
        f ^= words[index + 5]!
        g ^= words[index + 6]!
        h ^= words[index + 7]!
      }
      row[first]! ^= a
      row[first + 1]! ^= b
      row[first + 2]! ^= c
      row[first + 3]! ^= d
      row[first + 4]! ^= e
      row[first + 5]! ^= f
      row[first + 6]! ^= g
      row[first + 7]! ^= h
    }
    for (let index = end; index < words.length; index++) row[index - end]! ^= words[index]!
  }

  function addBytes(bytes: Uint8Array): void {
    for (const byte of bytes) bytesOfRow[length++ % width]! ^= byte
  }

  return {
    update(bytes) {
      const head = Math.min((4 - (length % 4)) % 4, bytes.length)
      addBytes(bytes.subarray(0, head))
      const count = (bytes.length - head) >>> 2
      const body = bytes.subarray(head, head + count * 4)
      if (count > 0) {
        // Words can be looked at only where memory is aligned for them.
        const aligned = body.byteOffset % 4 === 0 ? body : new Uint8Array(body)
        addWords(new Int32Array(aligned.buffer, aligned.byteOffset, count), (length % width) / 4)
        length += count * 4
      }
      addBytes(bytes.subarray(head + count * 4))
    },
    digest() {
      const state = new Uint8Array(width / 8)
      for (let index = 0; index < width; index++) {
        const bit = (index * shift) % width
        const spread = bytesOfRow[index]! << (bit % 8)
        const at = bit >> 3
        state[at]! ^= spread & 0xff
        state[(at + 1) % state.length]! ^= spread >> 8
      }
      const size = new DataView(new ArrayBuffer(8))
      size.setBigUint64(0, BigInt(length), true)
      for (let index = 0; index < 8; index++) state[state.length - 8 + index]! ^= size.getUint8(index)
      return Buffer.from(state).toString('hex')
    },
  }
}

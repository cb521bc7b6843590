const widthBits = 160
const shiftBits = 11

/**
 * quickXorHash: byte number n is XORed into 160 bits at bit 11·n mod 160, around the end; the length, 64 bits little-endian, into the last 8 bytes.
 * https://learn.microsoft.com/onedrive/developer/code-snippets/quickxorhash
 * Bytes whose numbers agree modulo 160 land at the same bit, so they are XORed together first and shifted once at the end.
 */
export function createQuickXor(): { update(piece: Uint8Array): void; digest(): string } {
  const columns = new Uint8Array(widthBits)
  const words = new Uint32Array(columns.buffer)
  let length = 0
  return {
    update(piece) {
      let column = length % widthBits
      let at = 0
      // Four bytes at a time where both sides allow it.
      if (column % 4 === 0 && piece.byteOffset % 4 === 0) {
        const source = new Uint32Array(piece.buffer, piece.byteOffset, piece.length >> 2)
        let word = column / 4
        for (let index = 0; index < source.length; index += 1) {
          words[word]! ^= source[index]!
          word = word === words.length - 1 ? 0 : word + 1
        }
        at = source.length * 4
        column = word * 4
      }
      for (; at < piece.length; at += 1) {
        columns[column]! ^= piece[at]!
        column = column === widthBits - 1 ? 0 : column + 1
      }
      length += piece.length
    },
    digest() {
      const hash = Buffer.alloc(widthBits / 8)
      columns.forEach((value, column) => {
        const bit = (column * shiftBits) % widthBits
        const byte = bit >> 3
        hash[byte]! ^= (value << (bit & 7)) & 0xff
        hash[(byte + 1) % hash.length]! ^= value >> (8 - (bit & 7))
      })
      const size = Buffer.alloc(8)
      size.writeBigUInt64LE(BigInt(length))
      size.forEach((value, at) => {
        hash[hash.length - 8 + at]! ^= value
      })
      return hash.toString('base64')
    },
  }
}

/** How many codes there are of each length 1 … 16, for the DC sizes 0 … 11 (ITU-T T.81, table K.3). */
const dcLengths = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]
const dcCodes = ['00', '010', '011', '100', '101', '110', '1110', '11110', '111110', '1111110', '11111110', '111111110']
/** The only AC symbol in use: end of block. */
const endOfBlock = '0'

/** A baseline grey JPEG (ITU-T T.81) whose 8 × 8 blocks have a DC value each and nothing else: a mosaic. */
export function jpegMosaic(width: number, height: number, seed: number, stamp?: string): Uint8Array {
  const acLengths = [1, ...new Array<number>(15).fill(0)]
  const word = (value: number) => [value >> 8, value & 255]
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    ...(stamp === undefined ? [] : [segment(0xfe, Buffer.from(stamp))]),
    segment(0xdb, [0, ...new Array<number>(64).fill(8)]),
    segment(0xc0, [8, ...word(height), ...word(width), 1, 1, 0x11, 0]),
    segment(0xc4, [0x00, ...dcLengths, ...dcCodes.keys()]),
    segment(0xc4, [0x10, ...acLengths, 0]),
    segment(0xda, [1, 1, 0x00, 0, 63, 0]),
    scan(Math.ceil(width / 8) * Math.ceil(height / 8), seed),
    Buffer.from([0xff, 0xd9]),
  ])
}

function segment(marker: number, data: ArrayLike<number>): Buffer {
  const whole = Buffer.alloc(4 + data.length)
  whole.writeUInt16BE(0xff00 | marker, 0)
  whole.writeUInt16BE(2 + data.length, 2)
  whole.set(data, 4)
  return whole
}

function scan(blocks: number, seed: number): Buffer {
  let bits = ''
  let previous = 0
  for (let index = 0; index < blocks; index++) {
    const level = ((index * 37 + seed * 101) % 255) - 127
    const step = level - previous
    previous = level
    const size = step === 0 ? 0 : 32 - Math.clz32(Math.abs(step))
    const value = step < 0 ? step + (1 << size) - 1 : step
    bits += dcCodes[size] + (size === 0 ? '' : value.toString(2).padStart(size, '0')) + endOfBlock
  }
  bits = bits.padEnd(Math.ceil(bits.length / 8) * 8, '1')
  const bytes: number[] = []
  for (let at = 0; at < bits.length; at += 8) {
    const byte = Number.parseInt(bits.slice(at, at + 8), 2)
    bytes.push(byte)
    if (byte === 0xff) bytes.push(0)
  }
  return Buffer.from(bytes)
}

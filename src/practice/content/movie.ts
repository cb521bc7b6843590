import { generated } from './generated.ts'
import { joined, type Ranged, ranged } from './ranged.ts'

export interface MovieOptions {
  readonly kind: 'video' | 'audio'
  /** Playing time; at most an hour's worth of samples is written down, the last one lasts. */
  readonly seconds: number
  /** Bytes of pictures or sound: noise that no decoder takes, in boxes that every parser does. */
  readonly mediaBytes: number
  /** Other seeds, other bytes. */
  readonly seed: number
}

const timescale = 1000
const mostSamples = 3600
const matrix = [0x00010000, 0, 0, 0, 0x00010000, 0, 0, 0, 0x40000000].map(long)

/** An MP4 or M4A file: `ftyp`, `moov` with one track and its tables, `mdat` to the end. ISO/IEC 14496-12 (boxes), -14 (`mp4a`), -15 (`avc1`). */
export function movie({ kind, seconds, mediaBytes, seed }: MovieOptions): Ranged {
  const type = box('ftyp', kind === 'video' ? 'isom' : 'M4A ', long(512), 'isom', kind === 'video' ? 'avc1mp42' : 'M4A mp42')
  // The table's length does not depend on the offset that stands in it.
  const length = moov({ kind, seconds, mediaBytes, offset: 0 }).length
  const table = moov({ kind, seconds, mediaBytes, offset: type.length + length + 16 })
  const media = Buffer.concat([long(1), Buffer.from('mdat'), Buffer.alloc(8)])
  media.writeBigUInt64BE(BigInt(16 + mediaBytes), 8)
  return joined([ranged(Buffer.concat([type, table, media])), generated(mediaBytes, seed)])
}

function moov(film: Omit<MovieOptions, 'seed'> & { readonly offset: number }): Buffer {
  const { kind, seconds, offset } = film
  const video = kind === 'video'
  const duration = long(seconds * timescale)
  const times = [long(0), long(0)]
  const still = Buffer.alloc(24)
  const header = full(
    'mvhd',
    0,
    ...times,
    long(timescale),
    duration,
    long(0x10000),
    short(0x100),
    Buffer.alloc(10),
    ...matrix,
    still,
    long(2),
  )
  const size = [long(video ? 640 << 16 : 0), long(video ? 360 << 16 : 0)]
  const place = [Buffer.alloc(8), short(0), short(0), short(video ? 0 : 0x100), short(0)]
  const track = full('tkhd', 3, ...times, long(1), long(0), duration, ...place, ...matrix, ...size)
  const handler = full('hdlr', 0, long(0), video ? 'vide' : 'soun', Buffer.alloc(12), 'Practice\0')
  const media = full('mdhd', 0, ...times, long(timescale), duration, short(0x55c4), short(0))
  const kindHeader = video ? full('vmhd', 1, Buffer.alloc(8)) : full('smhd', 0, long(0))
  const source = box('dinf', full('dref', 0, long(1), full('url ', 1)))
  const information = box('minf', kindHeader, source, samples(film, offset))
  return box('moov', header, box('trak', track, box('mdia', media, handler, information)))
}

function samples({ kind, seconds, mediaBytes }: Omit<MovieOptions, 'seed'>, offset: number): Buffer {
  const count = Math.max(1, Math.min(Math.floor(seconds), mostSamples, mediaBytes))
  const each = Math.floor(mediaBytes / count)
  const sizes = Array.from({ length: count }, (_, index) => long(index === count - 1 ? mediaBytes - each * (count - 1) : each))
  return box(
    'stbl',
    full('stsd', 0, long(1), kind === 'video' ? picture() : sound()),
    full('stts', 0, long(1), long(count), long(Math.round((seconds * timescale) / count))),
    full('stsc', 0, long(1), long(1), long(count), long(1)),
    full('stsz', 0, long(0), long(count), ...sizes),
    full('stco', 0, long(1), long(offset)),
  )
}

function picture(): Buffer {
  const resolution = [long(0x480000), long(0x480000)]
  const rest = [long(0), short(1), Buffer.alloc(32), short(24), short(0xffff)]
  const parameters = Buffer.from('0142c01effe100046742c01e01000468ce3c80', 'hex')
  return box(
    'avc1',
    Buffer.alloc(6),
    short(1),
    Buffer.alloc(16),
    short(640),
    short(360),
    ...resolution,
    ...rest,
    box('avcC', parameters),
  )
}

function sound(): Buffer {
  const stream = Buffer.from('0319000100041140150000000001f4000001f40005021210060102', 'hex')
  return box(
    'mp4a',
    Buffer.alloc(6),
    short(1),
    Buffer.alloc(8),
    short(2),
    short(16),
    long(0),
    long(44_100 * 65_536),
    full('esds', 0, stream),
  )
}

function box(type: string, ...content: readonly (Uint8Array | string)[]): Buffer {
  const whole = Buffer.concat(
    [type, ...content].map((piece) => (typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece)),
  )
  return Buffer.concat([long(whole.length + 4), whole])
}

function full(type: string, flags: number, ...content: readonly (Uint8Array | string)[]): Buffer {
  return box(type, long(flags), ...content)
}

function long(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function short(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}

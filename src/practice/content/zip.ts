import { crc32, deflateRawSync } from 'node:zlib'

/** A file inside a zip; text is written as UTF-8. */
export type ZipEntry = { readonly name: string; readonly content: Uint8Array | string }

/** 1 January 2026, 00:00 in MS-DOS form, so that the same entries give the same bytes on every day (APPNOTE.TXT 4.4.6). */
const dosDate = ((2026 - 1980) << 9) | (1 << 5) | 1
const utf8Names = 1 << 11
const deflated = 8

/**
 * A zip of small entries, in the order given, deflated, with right CRCs and UTF-8 names. No zip64: at most 65,535 entries and
 * 4 GB. Layout: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT (4.3).
 */
export function zip(entries: readonly ZipEntry[]): Uint8Array {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const name = Buffer.from(entry.name)
    const content = typeof entry.content === 'string' ? Buffer.from(entry.content) : entry.content
    const packed = deflateRawSync(content)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(utf8Names, 2)
    common.writeUInt16LE(deflated, 4)
    common.writeUInt16LE(dosDate, 8)
    common.writeUInt32LE(crc32(content), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(content.length, 18)
    common.writeUInt16LE(name.length, 22)
    parts.push(Buffer.from('PK\x03\x04', 'latin1'), common, name, packed)
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, tail, name)
    offset += 4 + common.length + name.length + packed.length
  }
  const index = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(index.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, index, end])
}

import type { FileHandle } from 'node:fs/promises'
import { readAt } from './ends.ts'

/** More boxes than this at the top level are no film: long recordings in fragments have a few for each second. */
const most = 1_000_000

/**
 * Walks the top-level boxes of an MP4 file (ISO/IEC 14496-12, 4.2: size and type, 4 bytes each; size 1: 8 more bytes; size 0: to the end): a film that was cut off
 * ends inside one. Resolves with what is wrong, or undefined. Reads 16 bytes a box.
 */
export async function inspectBoxes(handle: FileHandle, size: number): Promise<string | undefined> {
  const types = new Set<string>()
  let position = 0
  for (let count = 0; position < size && count < most; count++) {
    const header = await readAt(handle, position, 16)
    if (header.length < 8) return 'a film that was cut off'
    const type = header.toString('latin1', 4, 8)
    if (!/^[\x20-\x7e\xa9]{4}$/.test(type)) return 'no MP4 file'
    const short = header.readUInt32BE(0)
    if (short === 1 && header.length < 16) return 'a film that was cut off'
    const length = short === 0 ? size - position : short === 1 ? Number(header.readBigUInt64BE(8)) : short
    if (length < 8) return 'no MP4 file'
    types.add(type)
    position += length
  }
  if (!types.has('ftyp') && !types.has('moov')) return 'no MP4 file'
  if (position > size) return `a film that was cut off: ${size} bytes instead of ${position}`
  return types.has('moov') ? undefined : 'a film without its table of contents'
}

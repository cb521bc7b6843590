import type { FileHandle } from 'node:fs/promises'
import { readAt } from './ends.ts'

/** Says nothing of the film, wherever it stands: ISO/IEC 14496-12, 8.1.2. */
const padding: ReadonlySet<string> = new Set(['free', 'skip'])

/** More boxes than this at the top level are no film: long recordings in fragments have a few for each second. */
const most = 1_000_000

/**
 * Walks the top-level boxes of an MP4 file (ISO/IEC 14496-12, 4.2: size and type, 4 bytes each; size 1: 8 more bytes; size 0: to the end): a film that was cut off
 * ends inside one. Resolves with what is wrong, or undefined. Reads 16 bytes a box.
 */
export async function inspectBoxes(handle: FileHandle, size: number): Promise<string | undefined> {
  const types = new Set<string>()
  let last = ''
  let indexed = 0
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
    if (!padding.has(type)) last = type
    if (type === 'sidx') indexed = Math.max(indexed, await indexedEnd(handle, position, length))
    position += length
  }
  if (!types.has('ftyp') && !types.has('moov')) return 'no MP4 file'
  const due = Math.max(position, indexed)
  if (due > size) return `a film that was cut off: ${size} bytes instead of ${due}`
  if (!types.has('moov')) return 'a film without its table of contents'
  // Cut exactly between two boxes: what a table of contents, or a fragment's own (8.8.4), speaks of comes in a box of its own.
  return last === 'moof' || !(types.has('mdat') || types.has('imda')) ? 'a film that was cut off' : undefined
}

/** Where the segments end that a segment index names (8.16.3): of a film in fragments, all of whose boxes may be whole, it tells what is missing. */
async function indexedEnd(handle: FileHandle, position: number, length: number): Promise<number> {
  if (length > longestIndex) return 0
  const index = await readAt(handle, position, length)
  const wide = index[8] === 1
  const counts = wide ? 38 : 30
  if (index.length < length || length < counts + 2) return 0
  const first = wide ? Number(index.readBigUInt64BE(28)) : index.readUInt32BE(24)
  const named = Math.min(index.readUInt16BE(counts), Math.floor((length - counts - 2) / 12))
  let end = position + length + first
  for (let at = 0; at < named; at++) end += index.readUInt32BE(counts + 2 + at * 12) & 0x7fffffff
  return end
}

/** A segment index has at most 65,535 entries of 12 bytes. */
const longestIndex = 65_535 * 12 + 40

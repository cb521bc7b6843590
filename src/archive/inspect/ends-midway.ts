import { type FileHandle, open } from 'node:fs/promises'
import { extname } from 'node:path'
import { type Ends, readAt, readEnds } from './ends.ts'

/**
 * Whether a text seems to end in the middle of something, by the kind that its name's ending says: as a phrase ("captions that end in the middle"), or
 * undefined. A text has no end of its own: what is cut elsewhere looks whole, and one may end so at the source as well. So this is a reason to
 * fetch it once more, and never one to refuse it. Throws what the file system throws.
 */
export async function endsMidway(file: string, name: string): Promise<string | undefined> {
  const look = looks[extname(name).slice(1).toLowerCase()]
  if (look === undefined) return undefined
  const handle = await open(file, 'r')
  try {
    return await look(await readEnds(handle), handle)
  } finally {
    await handle.close()
  }
}

type Look = (ends: Ends, handle: FileHandle) => string | undefined | Promise<string | undefined>

const looks: Readonly<Record<string, Look>> = { vtt: captions, csv: table }

/**
 * The last cue lacks its words, its times, or half of them. An empty line ends a cue, one without words too; a text without cues, or one whose last block is no
 * cue (a note, a style), is whole. https://www.w3.org/TR/webvtt1/#file-structure
 */
function captions({ tail }: Ends): string | undefined {
  const text = tail.toString('utf8').replace(/\r\n?/g, '\n')
  const start = text.lastIndexOf('\n\n')
  const block = start < 0 ? text : text.slice(start + 2)
  // The head of the file, or a block longer than any cue; or an empty line is the last.
  if (start < 0 || block === '') return undefined
  if (/^(NOTE|STYLE|REGION)(\s|$)/.test(block)) return undefined
  const lines = block.replace(/\n$/, '').split('\n')
  const times = lines.findIndex((line) => line.includes('-->'))
  const said = times < 0 ? [] : lines.slice(times + 1)
  return said.some((line) => line.trim() !== '') ? undefined : 'captions that end in the middle'
}

/** An odd number of quotation marks: the last field that one opens is not closed. RFC 4180, 2.5 to 2.7. */
async function table({ size }: Ends, handle: FileHandle): Promise<string | undefined> {
  let marks = 0
  for (let position = 0; position < size; position += piece) {
    for (const byte of await readAt(handle, position, Math.min(piece, size - position))) if (byte === quotationMark) marks++
  }
  return marks % 2 === 0 ? undefined : 'a table that ends in the middle'
}

/** Bytes of a table looked at in one go. */
const piece = 1024 * 1024
const quotationMark = 0x22

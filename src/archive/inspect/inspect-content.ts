import { type FileHandle, open } from 'node:fs/promises'
import { Failure } from '../../core/failure.ts'
import type { Format } from '../../core/item.ts'
import { inspectBoxes } from './boxes.ts'
import { type Ends, readEnds } from './ends.ts'
import { inspectCaptions, inspectJson, inspectText, isPage, opening } from './text.ts'
import { inspectZip } from './zip.ts'

/**
 * Looks whether a finished download is what it should be, where the provider gives no checksum: `format`, from its beginning to its end.
 * Throws a Failure of kind `corrupt` when it is not (a page for signing in, an error message, a file that was cut off), and what the file system throws.
 * Memory stays the same whatever the size.
 */
export async function inspectContent(file: string, format: Format): Promise<void> {
  const handle = await open(file, 'r')
  try {
    const ends = await readEnds(handle)
    const wrong = await inspections[format](ends, handle, file)
    if (wrong === undefined) return
    const page = format !== 'html' && isPage(ends)
    const found = page ? 'a web page' : ends.size === 0 ? 'nothing at all' : wrong
    throw new Failure('corrupt', `expected ${titles[format]}, but what arrived is ${found}`, {
      hint: page
        ? 'perhaps a page for signing in, of the service or of the network that you are in: open any page in a browser, sign in there, then run the same command again'
        : 'run the same command again; if it stays so, open the item in a browser and look whether it can be downloaded there',
    })
  } finally {
    await handle.close()
  }
}

const titles: Readonly<Record<Format, string>> = {
  zip: 'an office document or ZIP file',
  pdf: 'a PDF file',
  html: 'a web page',
  text: 'a text',
  json: 'JSON',
  png: 'a PNG picture',
  jpeg: 'a JPEG picture',
  svg: 'an SVG picture',
  mp4: 'a film or sound (MP4)',
  m4a: 'a sound (M4A)',
  vtt: 'captions (WebVTT)',
  mp3: 'a sound (MP3)',
}

export type Inspection = (ends: Ends, handle: FileHandle, file: string) => string | undefined | Promise<string | undefined>

const inspections: Readonly<Record<Format, Inspection>> = {
  zip: ({ head }, _, file) => (starts(head, 'PK\x03\x04') || starts(head, 'PK\x05\x06') ? inspectZip(file) : 'no ZIP file'),
  // Readers take junk before the header and after the end within 1 KiB: Adobe's implementation notes 13 and 18 to PDF 1.7, appendix H.
  pdf: ({ head, tail }) =>
    !head.subarray(0, 1024).includes('%PDF-')
      ? 'no PDF file'
      : last(tail, 1024).includes('%%EOF')
        ? undefined
        : 'a PDF file that was cut off',
  html: (ends) =>
    !isPage(ends)
      ? 'no web page'
      : /<\/html>\s*(<!--.*-->\s*)?$/isu.test(last(ends.tail, 4096).toString('utf8'))
        ? undefined
        : 'a web page that was cut off',
  text: (ends, handle) => (isForeignPage(ends) ? 'a web page' : inspectText(handle, ends)),
  json: (ends, handle) => inspectJson(handle, ends),
  png: ({ head, tail }) =>
    !starts(head, '\x89PNG\r\n\x1a\n')
      ? 'no PNG picture'
      : last(tail, 1024).includes('IEND\xae\x42\x60\x82', 'latin1')
        ? undefined
        : 'a picture that was cut off',
  // Cameras append films and previews after the end of the picture.
  jpeg: ({ head, tail }) =>
    !starts(head, '\xff\xd8\xff')
      ? 'no JPEG picture'
      : tail.includes('\xff\xd9', 'latin1')
        ? undefined
        : 'a picture that was cut off',
  svg: (ends) => {
    if (!/^<(!doctype\s+svg|svg[\s>])/i.test(opening(ends))) return 'no SVG picture'
    return /<\/svg>\s*$|\/>\s*$/iu.test(last(ends.tail, 1024).toString('utf8')) ? undefined : 'a picture that was cut off'
  },
  mp4: ({ size }, handle) => inspectBoxes(handle, size),
  // The same container, with sound alone: ISO/IEC 14496-14.
  m4a: ({ size }, handle) => inspectBoxes(handle, size),
  vtt: (ends, handle) => inspectCaptions(handle, ends),
  mp3: ({ head }) => (starts(head, 'ID3') || (head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0) ? undefined : 'no MP3 file'),
}

/** The look at a format alone, which resolves with what is wrong, or undefined. */
export const inspectionOf = (format: Format): Inspection => inspections[format]

/** A text may be the source of a web page; documents exported as text begin with a byte order mark, what a server made up does not. */
function isForeignPage(ends: Ends): boolean {
  return isPage(ends) && !starts(ends.head, '\xef\xbb\xbf')
}

function starts(head: Buffer, signature: string): boolean {
  return head.toString('latin1', 0, signature.length) === signature
}

function last(tail: Buffer, bytes: number): Buffer {
  return tail.subarray(Math.max(0, tail.length - bytes))
}

import { open } from 'node:fs/promises'
import { extname } from 'node:path'
import { inspectBoxes } from './boxes.ts'
import { type Ends, readEnds } from './ends.ts'
import { inspectGzip } from './gzip.ts'
import { type Inspection, inspectionOf } from './inspect-content.ts'
import { inspectCalendar, inspectCards, inspectJsonLines } from './lines.ts'
import { inspectMessage } from './message.ts'
import { inspectText } from './text.ts'
import { inspectZip } from './zip.ts'

/**
 * Looks whether a saved file opens, by the kind that its name's ending says: from its beginning to its end, as far as the kind can be known without the
 * program that made it. Resolves with what is wrong as a phrase ("a film that was cut off"), undefined where nothing is, and 'unknown' for kinds that are
 * not looked into. Bytes may be right and a file not open: it may have been so at the source. Throws what the file system throws.
 */
export async function inspectSaved(file: string, name: string): Promise<string | 'unknown' | undefined> {
  const look = looks[extname(name).slice(1).toLowerCase()]
  if (look === undefined) return 'unknown'
  const handle = await open(file, 'r')
  try {
    const ends = await readEnds(handle)
    // An empty text is a text.
    if (ends.size === 0) return texts.has(look) ? undefined : 'nothing at all: 0 bytes'
    return await look(ends, handle, file)
  } finally {
    await handle.close()
  }
}

/**
 * What is wrong with a file for the kind that its name says, as a phrase; undefined where it is such a file, one that is protected, or of a kind that is not
 * looked into. Throws what the file system throws.
 */
export async function contradictsName(file: string, name: string): Promise<string | undefined> {
  const handle = await open(file, 'r')
  try {
    // What is protected by rights management comes wrapped in a compound file, whatever its name says:
    // https://learn.microsoft.com/purview/apply-irm-to-a-list-or-library
    if (isCompound(await readEnds(handle))) return undefined
  } finally {
    await handle.close()
  }
  const found = await inspectSaved(file, name)
  return found === 'unknown' || found?.startsWith(guarded) ? undefined : found
}

/** How the phrases of files begin that are right and cannot be looked into. */
const guarded = 'protected by a password'

const starts =
  (what: string, ...signatures: readonly string[]): Inspection =>
  ({ head }) =>
    signatures.some((signature) => head.toString('latin1', 0, signature.length) === signature) ? undefined : `no ${what}`

/** What is locked, or packed in a way that we cannot undo, is not damaged for that. */
const zip: Inspection = async (_ends, _handle, file) => {
  const wrong = await inspectZip(file)
  if (wrong === undefined) return undefined
  if (wrong.includes('is packed by method')) return 'unknown'
  return wrong.includes('is encrypted') ? `${guarded}, so that it cannot be looked into` : wrong
}

/** Office documents since 2007 are ZIP files; with a password, or from before, they are compound files: [MS-CFB] 2.2. */
const compound = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'
const isCompound = ({ head }: Ends) => head.toString('latin1', 0, 8) === compound
const office: Inspection = (ends, handle, file) =>
  isCompound(ends) ? `${guarded}, or in an older form than its name says` : zip(ends, handle, file)

/** RIFF: the second word is the length of what follows it. https://developers.google.com/speed/webp/docs/riff_container */
const riff =
  (form: string, what: string): Inspection =>
  ({ head, size }) => {
    if (head.toString('latin1', 0, 4) !== 'RIFF' || head.toString('latin1', 8, 12) !== form) return `no ${what}`
    return head.readUInt32LE(4) + 8 > size ? `a ${what} that was cut off` : undefined
  }

const gif: Inspection = ({ head, tail }) =>
  !/^GIF8[79]a/.test(head.toString('latin1', 0, 6))
    ? 'no GIF picture'
    : tail.subarray(-1024).includes(0x3b)
      ? undefined
      : 'a picture that was cut off'

const film: Inspection = ({ size }, handle) => inspectBoxes(handle, size)
/** Pictures in the same container have no film's table of contents: ISO/IEC 23008-12. */
const boxedPicture: Inspection = async (ends, handle) => {
  const wrong = await inspectBoxes(handle, ends.size)
  return wrong === 'a film without its table of contents'
    ? undefined
    : wrong?.replace('film', 'picture').replace('MP4 file', 'picture')
}
const text: Inspection = (ends, handle) => inspectText(handle, ends)
const cards: Inspection = (_ends, _handle, file) => inspectCards(file)
const texts: ReadonlySet<Inspection> = new Set([text])

const looks: Readonly<Record<string, Inspection>> = {
  ...byEach(['docx', 'xlsx', 'pptx', 'xlsm', 'docm', 'pptm', 'odt', 'ods', 'odp', 'odg'], office),
  ...byEach(['zip', 'epub', 'jar', 'pages', 'numbers', 'key'], zip),
  ...byEach(['doc', 'xls', 'ppt', 'msg'], starts('Office document of the older kind', compound, '{\\rtf')),
  ...byEach(['gz', 'tgz'], (_ends, _handle, file) => inspectGzip(file)),
  ...byEach(['txt', 'md', 'csv', 'tsv', 'tex', 'srt', 'html', 'htm', 'log'], text),
  ...byEach(['mp4', 'm4v', 'mov', 'm4a'], film),
  ...byEach(['heic', 'heif', 'avif'], boxedPicture),
  ...byEach(['jpg', 'jpeg'], inspectionOf('jpeg')),
  ...byEach(['tif', 'tiff'], starts('TIFF picture', 'II*\0', 'MM\0*')),
  ...byEach(['webm', 'mkv'], starts('Matroska film', '\x1a\x45\xdf\xa3')),
  ...byEach(['ogg', 'oga', 'ogv', 'opus'], starts('Ogg sound', 'OggS')),
  pdf: inspectionOf('pdf'),
  png: inspectionOf('png'),
  svg: inspectionOf('svg'),
  mp3: inspectionOf('mp3'),
  vtt: inspectionOf('vtt'),
  json: inspectionOf('json'),
  jsonl: (_ends, _handle, file) => inspectJsonLines(file),
  gif,
  webp: riff('WEBP', 'WebP picture'),
  wav: riff('WAVE', 'WAV sound'),
  bmp: starts('BMP picture', 'BM'),
  flac: starts('FLAC sound', 'fLaC', 'ID3'),
  rtf: starts('RTF document', '{\\rtf'),
  '7z': starts('7z file', "7z\xbc\xaf'\x1c"),
  rar: starts('RAR file', 'Rar!\x1a\x07'),
  eml: (ends, _handle, file) => inspectMessage(file, ends),
  vcf: cards,
  ics: (_ends, _handle, file) => inspectCalendar(file),
}

function byEach(endings: readonly string[], look: Inspection): Record<string, Inspection> {
  return Object.fromEntries(endings.map((ending) => [ending, look]))
}

import { Failure } from '../../../core/failure.ts'
import type { ComposeRow, Lack } from '../../../core/source.ts'
import { photoKey } from './item.ts'

/** A contact's photo as it was saved. */
export interface SavedPhoto {
  /** Below the source's folder. */
  readonly path: string
  read(): AsyncIterable<Uint8Array>
}

/** A picture that goes into a card. */
export interface Picture {
  /** Media type. */
  readonly type: string
  readonly bytes: Uint8Array
}

/**
 * The largest photo that goes into a card, in bytes: pictures of contacts have some ten kilobytes, and programs that read cards hold one in memory,
 * as does this one. What is larger stays the file that it is.
 */
const largest = 4 * 1024 * 1024

export function savedPhoto({ files, read }: Pick<ComposeRow, 'files' | 'read'>): SavedPhoto | undefined {
  const path = files.get(photoKey)
  return path === undefined ? undefined : { path, read: () => read(photoKey) }
}

/** The picture, or why the card of the contact called `name` goes without it: nothing that is wrong with one photo is worth the other cards. */
export async function pictureOf(photo: SavedPhoto, name: string): Promise<Picture | Lack> {
  const without = `the card of ${JSON.stringify(name)} is without its photo`
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of photo.read()) {
      chunks.push(chunk)
      length += chunk.length
      if (length > largest)
        return { message: `${without}: ${photo.path} has more than ${largest / 1024 / 1024} MB, and stays a file beside it` }
    }
  } catch (error) {
    return {
      message: `${without}: ${Failure.from(error).message}`,
      hint: 'run holdall verify: it names every file that is damaged',
    }
  }
  const bytes = Buffer.concat(chunks)
  const type = typeOf(bytes)
  if (type === undefined) return { message: `${without}: ${photo.path} is no picture that programs know` }
  return { type, bytes }
}

/** By the first bytes, whatever the file is called: https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern */
function typeOf(bytes: Buffer): string | undefined {
  const starts = (signature: string, at = 0) => bytes.subarray(at, at + signature.length).toString('latin1') === signature
  if (starts('\xff\xd8\xff')) return 'image/jpeg'
  if (starts('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (starts('GIF87a') || starts('GIF89a')) return 'image/gif'
  if (starts('RIFF') && starts('WEBP', 8)) return 'image/webp'
  return undefined
}

/** Octets of a line after the first one, its blank apart: RFC 6350 3.2. */
const room = 74

/** PHOTO with the picture in it, as a data URI (RFC 6350 6.2.4), folded; in pieces of some 64 KB. */
export function* photoLine({ type, bytes }: Picture): Generator<string> {
  const property = `PHOTO:data:${type};base64,`
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
  const first = room + 1 - property.length
  let piece = property + content.slice(0, first)
  for (let at = first; at < content.length; at += room) {
    piece += `\r\n ${content.slice(at, at + room)}`
    if (piece.length < 65_536) continue
    yield piece
    piece = ''
  }
  yield `${piece}\r\n`
}

import type { FileHandle } from 'node:fs/promises'
import { type Ends, readAt } from './ends.ts'

/** A JSON document up to this size is parsed whole; of a longer one the ends are looked at. */
const parsed = 4 * 1024 * 1024

/** Bytes of a text looked at in one go. */
const piece = 1024 * 1024

/** How the text begins, without a byte order mark, blanks, an XML declaration and comments. */
export function opening({ head }: Pick<Ends, 'head'>): string {
  let text = head.toString('utf8').replace(/^\ufeff?\s*/u, '')
  for (;;) {
    const close = text.startsWith('<!--') ? '-->' : text.startsWith('<?xml') ? '?>' : undefined
    const end = close === undefined ? -1 : text.indexOf(close)
    if (close === undefined || end < 0) return text
    text = text.slice(end + close.length).trimStart()
  }
}

/** Whether it is a web page. */
export function isPage(ends: Pick<Ends, 'head'>): boolean {
  return /^<(!doctype\s+html|(html|head|body)[\s>])/i.test(opening(ends))
}

/** Resolves with what is wrong with a JSON document, or undefined. */
export async function inspectJson(handle: FileHandle, ends: Ends): Promise<string | undefined> {
  if (ends.size <= parsed) {
    try {
      JSON.parse((await readAt(handle, 0, ends.size)).toString('utf8').replace(/^\ufeff/, ''))
      return undefined
    } catch {
      return 'no JSON, or JSON that was cut off'
    }
  }
  const first = opening(ends).charAt(0)
  const last = ends.tail.toString('utf8').trimEnd().at(-1)
  const closed = (first === '{' && last === '}') || (first === '[' && last === ']')
  return closed ? undefined : 'no JSON, or JSON that was cut off'
}

/** Resolves with what is wrong with a text, or undefined: one in UTF-8 holds no NUL. Texts in UTF-16 begin with a byte order mark. */
export async function inspectText(handle: FileHandle, { head, size }: Ends): Promise<string | undefined> {
  const utf16 = head.length >= 2 && ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff))
  for (let position = 0; position < size && !utf16; position += piece) {
    if ((await readAt(handle, position, Math.min(piece, size - position))).includes(0)) return 'no text'
  }
  return undefined
}

/**
 * Resolves with what is wrong with captions in WebVTT, or undefined: they begin with that word, alone or with something after a blank, and are a text
 * (https://www.w3.org/TR/webvtt1/#file-structure).
 */
export async function inspectCaptions(handle: FileHandle, ends: Ends): Promise<string | undefined> {
  const begin = ends.head.toString('utf8', 0, 16)
  return /^\ufeff?WEBVTT(?![^ \t\r\n])/.test(begin) ? inspectText(handle, ends) : 'no WebVTT'
}

import { createReadStream } from 'node:fs'

/** A line of text longer than this is looked at no further, in characters: a photo in a card is one long line. */
const longest = 64 * 1024 * 1024

/** Lines of a UTF-8 text, without CR and LF. */
async function* linesOf(file: string): AsyncIterable<string> {
  let rest = ''
  for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: 256 * 1024 }) as AsyncIterable<string>) {
    const lines = chunk.split('\n')
    lines[0] = rest + lines[0]
    rest = (lines.pop() ?? '').slice(0, longest)
    for (const line of lines) yield line.replace(/\r$/, '')
  }
  if (rest !== '') yield rest
}

/** Resolves with what is wrong with JSON lines (https://jsonlines.org/), or undefined. */
export async function inspectJsonLines(file: string): Promise<string | undefined> {
  let number = 0
  for await (const line of linesOf(file)) {
    number++
    try {
      if (line.trim() !== '' && line.length < longest) JSON.parse(line)
    } catch {
      return `JSON lines of which line ${number} is none`
    }
  }
  return undefined
}

/**
 * Resolves with what is wrong with a file of vCards, or undefined: each begins, says its version, and ends. An address book of nobody has no card.
 * RFC 6350, 3.3 and 6.7.9.
 */
export async function inspectCards(file: string): Promise<string | undefined> {
  let inside = false
  let versioned = false
  for await (const line of linesOf(file)) {
    const word = line.replace(/^\ufeff/, '').toUpperCase()
    if (word.startsWith('BEGIN:VCARD')) {
      if (inside) return 'a file of contacts in which a card does not end'
      inside = true
      versioned = false
    } else if (word.startsWith('END:VCARD')) {
      if (!inside) return 'a file of contacts in which a card does not begin'
      if (!versioned) return 'a file of contacts in which a card does not say its version'
      inside = false
    } else if (inside && word.startsWith('VERSION:')) versioned = true
    else if (!inside && word.trim() !== '') return 'no file of contacts (vCard)'
  }
  return inside ? 'a file of contacts that was cut off' : undefined
}

/** Resolves with what is wrong with a calendar, or undefined: its parts lie in one another, the calendar outermost, and all end. RFC 5545, 3.4 and 3.6. */
export async function inspectCalendar(file: string): Promise<string | undefined> {
  const open: string[] = []
  let calendars = 0
  for await (const line of linesOf(file)) {
    const [, word, part = ''] = /^\ufeff?(BEGIN|END):([A-Za-z0-9-]+)\s*$/i.exec(line) ?? []
    if (word === undefined) {
      if (open.length === 0 && line.trim() !== '') return 'no calendar (iCalendar)'
      continue
    }
    const name = part.toUpperCase()
    if (word.toUpperCase() === 'BEGIN') {
      if (open.length === 0 && name !== 'VCALENDAR') return 'no calendar (iCalendar)'
      if (open.length === 0) calendars++
      open.push(name)
    } else if (open.pop() !== name) return `a calendar in which ${name} ends and had not begun`
  }
  if (open.length > 0) return 'a calendar that was cut off'
  return calendars === 0 ? 'no calendar (iCalendar)' : undefined
}

import { isPlace } from '../core/mail.ts'
import type { MailMessage } from './mail-plan.ts'

/**
 * The two headers that Google Takeout puts before each message of an mbox, so that programs that import such files find labels and conversations here as
 * well: `X-GM-THRID` in decimal (https://developers.google.com/workspace/gmail/imap/imap-extensions), `X-Gmail-Labels` with commas between and `Opened`, `Unread`, `Archived` as labels.
 */
export function takeoutHeaders({ thread, labels, flags }: Pick<MailMessage, 'thread' | 'labels' | 'flags'>): string {
  const all = new Set(labels)
  if (!labels.some(isPlace)) all.add('Archived')
  if (flags.flagged) all.add('Starred')
  all.add(flags.seen ? 'Opened' : 'Unread')
  return [
    thread === undefined ? '' : `X-GM-THRID: ${encodeHeader(decimal(thread))}\n`,
    `X-Gmail-Labels: ${encodeHeader([...all].map(quoteLabel).join(','))}\n`,
  ].join('')
}

/** The Gmail API writes thread ids in hexadecimal, IMAP and Takeout the same number in decimal. Other providers' names stay. */
function decimal(thread: string): string {
  return /^[0-9a-f]{1,16}$/i.test(thread) ? BigInt(`0x${thread}`).toString() : thread
}

/** Takeout quotes a label that holds a comma; what it does with a quotation mark in such a label is not known, and a backslash is what mail does elsewhere. */
function quoteLabel(label: string): string {
  return label.includes(',') ? `"${label.replace(/["\\]/g, '\\$&')}"` : label
}

/** Lines of a header may have 998 octets: https://www.rfc-editor.org/rfc/rfc5322#section-2.1.1 */
const longestLine = 900

/** The value as it stands, or in encoded words where it has other characters than printable ASCII: https://www.rfc-editor.org/rfc/rfc2047 */
export function encodeHeader(value: string): string {
  if (/^[ -~]*$/.test(value) && !value.includes('=?') && value.length <= longestLine) return value
  // 75 characters are the most for one encoded word, frame included.
  const room = 75 - '=?UTF-8?Q??='.length
  const words: string[] = ['']
  for (const character of value.toWellFormed()) {
    const encoded = character === ' ' ? '_' : /[!-~]/.test(character) && !/[=?_]/.test(character) ? character : octets(character)
    if (words.at(-1)!.length + encoded.length > room) words.push('')
    words[words.length - 1] += encoded
  }
  return words.map((word) => `=?UTF-8?Q?${word}?=`).join('\n ')
}

function octets(character: string): string {
  return [...Buffer.from(character)].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
}

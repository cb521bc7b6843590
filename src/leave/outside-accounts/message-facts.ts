import PostalMime, { addressParser, decodeWords } from 'postal-mime'
import { type Authentication, readAuthentication, returnHost } from './authentication.ts'
import { bodyStart, first, type HeaderFields, readHeaderFields } from './header-fields.ts'
import { organisationOf } from './organisation.ts'
import { type Link, linksIn, readPage } from './page-text.ts'

export interface Party {
  readonly name: string
  /** In small letters; '' where there is none. */
  readonly address: string
  readonly host: string
  readonly organisation: string
}

/** What the header of a message says; enough to tell most mail of people from that of services. */
export interface Envelope {
  readonly fields: HeaderFields
  readonly from: Party
  readonly replyTo: Party | undefined
  readonly to: readonly Party[]
  readonly subject: string
  readonly returnHost: string
  readonly authentication: Authentication
}

/** A whole message, as far as it is read. */
export interface MessageFacts extends Envelope {
  /** The subject, normalised as `body`. */
  readonly title: string
  /** What it says, normalised: NFKC, small letters, no blanks between Japanese characters, without quoted lines; at most 4000 UTF-16 units. */
  readonly body: string
  /** As written, for names: at most 4000 UTF-16 units. */
  readonly text: string
  readonly links: readonly Link[]
  readonly quotes: boolean
  readonly hasCalendar: boolean
}

export function readEnvelope(head: Buffer, own: ReadonlySet<string>): Envelope {
  const fields = readHeaderFields(head.subarray(0, bodyStart(head)))
  return {
    fields,
    from: partiesOf(first(fields, 'from'))[0] ?? nobody,
    replyTo: partiesOf(first(fields, 'reply-to'))[0],
    to: [...partiesOf(first(fields, 'to')), ...partiesOf(first(fields, 'cc'))],
    subject: decode(first(fields, 'subject')),
    returnHost: returnHost(fields),
    authentication: readAuthentication(fields, own),
  }
}

const nobody: Party = { name: '', address: '', host: '', organisation: '' }

function partiesOf(value: string): Party[] {
  if (value === '') return []
  return addressParser(value, { flatten: true }).map(({ name, address = '' }) => {
    const host = address.slice(address.lastIndexOf('@') + 1).toLowerCase()
    return {
      name: decode(name.slice(0, 1000)).slice(0, 200),
      address: address.toLowerCase(),
      host,
      organisation: organisationOf(host),
    }
  })
}

/** Encoded words (RFC 2047); one that names an unknown character set stays as it is. */
function decode(value: string): string {
  try {
    return decodeWords(value).replace(/\s+/g, ' ').trim()
  } catch {
    return value
  }
}

const longest = 4000

/** Reads the body. `head` may end anywhere: what is there counts. */
export async function readMessage(head: Buffer, envelope: Envelope): Promise<MessageFacts> {
  const { text, html, attachments } = await parse(head)
  const page = html === undefined ? undefined : readPage(html)
  // A plain part that only says "use a better program" is no text.
  const shown =
    text !== undefined && (page === undefined || text.trim().length * 3 > Math.min(page.text.trim().length, 600))
      ? text
      : (page?.text ?? '')
  const own = shown
    .split(/\r?\n/)
    .filter((line) => !/^\s*[>＞|]/.test(line))
    .join('\n')
  return {
    ...envelope,
    title: normalise(envelope.subject.slice(0, 500)),
    body: normalise(own.slice(0, 3 * longest)).slice(0, longest),
    text: own.slice(0, longest),
    links: page === undefined || page.links.length === 0 ? linksIn(text ?? '') : page.links,
    quotes: isQuoting(shown.slice(0, 20_000)),
    hasCalendar: attachments,
  }
}

async function parse(head: Buffer) {
  try {
    const mail = await PostalMime.parse(head, { maxHeadersSize: 512 * 1024, forceRfc822Attachments: true })
    return {
      text: mail.text,
      html: mail.html,
      attachments: mail.attachments.some(({ mimeType }) => /^(text\/calendar|application\/ics)/i.test(mimeType)),
    }
  } catch {
    // Nested beyond reason or cut off in an unlucky place: the header has to do.
    return { text: undefined, html: undefined, attachments: false }
  }
}

const japanese = '[\\u3000-\\u30ff\\u3400-\\u9fff\\uff00-\\uffef]'
const between = new RegExp(`(?<=${japanese})\\s+(?=${japanese})`, 'gu')

export const normalise = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, '')
    .replace(/[’‘]/g, "'")
    .replace(/\s+/g, ' ')
    .replace(between, '')
    .trim()

const isQuoting = (text: string): boolean =>
  /^[ \t]{0,20}>.{0,2000}\n[ \t]{0,20}>/m.test(text) ||
  /^[ \t]{0,20}-{2,40}[ \t]{0,9}(original message|forwarded message|転送|元のメッセージ|forwarded by)/im.test(text) ||
  /^begin forwarded message/im.test(text) ||
  /(^on .{5,120} wrote:|^.{5,80}(さん)?は書きました|^.{5,100}\d{1,2}:\d{2}.{0,60}<[^<>@\s]+@[^<>\s]+>:?\s*$)/im.test(text)

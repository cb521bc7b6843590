import PostalMime, { type Address } from 'postal-mime'

/** What the beginning of a message says, decoded and shortened; fields that are missing or empty are left out. */
export interface MailHeaders {
  readonly from?: string
  readonly to?: string
  readonly cc?: string
  readonly date?: string
  readonly subject?: string
  readonly messageId?: string
}

/** Headers of real mail are a few kilobytes; what goes on longer is looked at no further. Bytes. */
const mostOfHeaders = 256 * 1024
/** A newsletter's list of recipients is of no use in the metadata; the message has it. UTF-16 units. */
const longestValue = 1_000

/** Collects the header block from a message that comes in pieces. */
export interface HeaderCollector {
  push(bytes: Uint8Array): void
  read(): Promise<MailHeaders>
}

export function createHeaderCollector(): HeaderCollector {
  let block = Buffer.alloc(0)
  let whole = false
  return {
    push(bytes) {
      if (whole) return
      block = Buffer.concat([block, bytes.subarray(0, mostOfHeaders - block.length)])
      const end = endOfHeaders(block)
      whole = end !== undefined || block.length >= mostOfHeaders
      if (end !== undefined) block = block.subarray(0, end)
    },
    read: () => readHeaders(block),
  }
}

/** Where the first empty line begins; lines may end in CRLF, or in LF alone. */
function endOfHeaders(block: Buffer): number | undefined {
  if (block[0] === 0x0a || (block[0] === 0x0d && block[1] === 0x0a)) return 0
  const ends = [block.indexOf('\n\r\n', 0, 'latin1'), block.indexOf('\n\n', 0, 'latin1')].filter((at) => at >= 0)
  return ends.length === 0 ? undefined : Math.min(...ends) + 1
}

/** Reads a header block. Whatever it holds, it throws nothing: what cannot be read is left out. */
export async function readHeaders(block: Uint8Array): Promise<MailHeaders> {
  const fields = fieldsOf(Buffer.from(block.buffer, block.byteOffset, block.byteLength).toString('latin1'))
  const charset = /charset\s*=\s*"?([\w.:+-]+)/i.exec(fields.find((field) => /^content-type:/i.test(field)) ?? '')?.[1]
  const wanted = fields.filter((field) => /^(from|to|cc|date|subject|message-id):/i.test(field))
  const text = wanted.map((field) => fieldText(Buffer.from(field, 'latin1'), charset)).join('\r\n')
  try {
    const mail = await PostalMime.parse(`${text}\r\n\r\n`, { maxHeadersSize: 4 * mostOfHeaders })
    return Object.fromEntries(
      Object.entries({
        from: mail.from === undefined ? undefined : addressText([mail.from]),
        to: addressText(mail.to),
        cc: addressText(mail.cc),
        date: mail.date,
        subject: mail.subject,
        messageId: mail.messageId,
      }).flatMap(([name, value]) => {
        const plain = clip(oneLine(value ?? ''))
        return plain === '' ? [] : [[name, plain]]
      }),
    )
  } catch {
    return {}
  }
}

/** Each field with the lines that continue it. */
function fieldsOf(block: string): string[] {
  const fields: string[] = []
  for (const line of block.split(/\r?\n/)) {
    if (/^[ \t]/.test(line) && fields.length > 0) fields[fields.length - 1] += `\r\n${line}`
    else fields.push(line)
  }
  return fields
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * A field as text, where a program wrote it without encoding it as headers should be: ISO-2022-JP with its escapes, UTF-8
 * (https://www.rfc-editor.org/rfc/rfc6532), else what the message says of its body, else Windows-1252.
 */
function fieldText(bytes: Uint8Array, charset: string | undefined): string {
  const latin = Buffer.from(bytes).toString('latin1')
  const eightBit = bytes.some((byte) => byte >= 0x80)
  if (!eightBit) return /\u001b[$(]/.test(latin) ? new TextDecoder('iso-2022-jp').decode(bytes) : latin
  try {
    return strictUtf8.decode(bytes)
  } catch {
    // Another encoding then.
  }
  try {
    if (charset !== undefined && !/^utf-?8$/i.test(charset)) return new TextDecoder(charset).decode(bytes)
  } catch {
    // A name that nobody knows.
  }
  return new TextDecoder('windows-1252').decode(bytes)
}

/** `Name <address>, …`; a group by its name and members. */
function addressText(addresses: readonly Address[] | undefined): string | undefined {
  const one = (address: Address): string => {
    if (address.group !== undefined) return `${address.name}: ${address.group.map(one).join(', ')};`
    return address.name === '' ? (address.address ?? '') : address.address ? `${address.name} <${address.address}>` : address.name
  }
  return addresses?.map(one).join(', ')
}

/** Controls and runs of blanks become one blank. */
const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\s\u0000-\u001f\u007f-\u009f]+/gu, ' ')
    .trim()

const clip = (text: string): string => (text.length <= longestValue ? text : `${text.slice(0, longestValue - 1).toWellFormed()}…`)

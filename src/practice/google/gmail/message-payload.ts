import type { Json } from '../../serving/reply.ts'
import { mailBytes } from './mail-content.ts'
import type { MailMessage } from './mailbox-model.ts'

export type MailHeader = {
  readonly name: string
  readonly value: string
}

/** Where the body begins: behind the first empty line; at the end, if there is none. */
function split(bytes: Buffer): { readonly head: string; readonly body: Buffer } {
  const text = bytes.toString('latin1')
  if (/^\r?\n/.test(text)) return { head: '', body: bytes.subarray(text.indexOf('\n') + 1) }
  const found = /\r?\n\r?\n/.exec(text)
  if (found === null) return { head: text, body: bytes.subarray(bytes.length) }
  return { head: text.slice(0, found.index), body: bytes.subarray(found.index + found[0].length) }
}

/** Unfolded, in order; lines that are no headers are left out. */
export function headersOf(bytes: Buffer): MailHeader[] {
  return parseHead(split(bytes).head)
}

function parseHead(head: string): MailHeader[] {
  const headers: { name: string; value: string }[] = []
  for (const line of head.split(/\r?\n/)) {
    const last = headers.at(-1)
    if (/^[ \t]/.test(line) && last !== undefined) last.value += ` ${line.trim()}`
    else {
      const found = /^([!-9;-~]+)[ \t]*:(.*)$/.exec(line)
      if (found !== null) headers.push({ name: found[1]!, value: Buffer.from(found[2]!.trim(), 'latin1').toString() })
    }
  }
  return headers
}

/** The beginning of the text. */
export function snippetOf(start: Buffer): string {
  const { head, body } = split(start)
  const type = parseHead(head).find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? 'text/plain'
  if (!/^text\/plain/i.test(type)) return ''
  return body.toString().replace(/\s+/g, ' ').trim().slice(0, 120)
}

/** The tree of parts, as far as it can be made out. */
export function payloadOf(message: MailMessage): Json {
  return partOf(mailBytes(message.content), '', message)
}

function partOf(bytes: Buffer, partId: string, message: MailMessage): Json {
  const { head, body } = split(bytes)
  const headers = parseHead(head)
  const value = (wanted: string) => headers.find(({ name }) => name.toLowerCase() === wanted)?.value ?? ''
  const type = value('content-type')
  const mimeType = /^[\w.+-]+\/[\w.+-]+/.exec(type)?.[0].toLowerCase() ?? 'text/plain'
  const filename = /filename="?([^";]+)/i.exec(value('content-disposition'))?.[1] ?? ''
  const common = { partId, mimeType, filename, headers: headers.map(({ name, value }) => ({ name, value })) }
  const boundary = /boundary="?([^";]+)/i.exec(type)?.[1]
  if (mimeType.startsWith('multipart/') && boundary !== undefined) {
    const sections = body.toString('latin1').split(`--${boundary}`).slice(1)
    const parts = sections.filter((section) => !section.startsWith('--'))
    const below = (index: number) => (partId === '' ? String(index) : `${partId}.${index}`)
    return {
      ...common,
      body: { size: 0 },
      parts: parts.map((part, index) => partOf(Buffer.from(part.replace(/^\r?\n|\r?\n$/g, ''), 'latin1'), below(index), message)),
    }
  }
  const coding = value('content-transfer-encoding').toLowerCase()
  const data = coding === 'base64' ? Buffer.from(body.toString('latin1'), 'base64') : body
  // Ids of attachments change with each call.
  const attachment = filename !== '' || data.length > 64 * 1024
  return {
    ...common,
    body: attachment
      ? { attachmentId: `ANGjdJ${message.id}${partId}${Date.now().toString(36)}`, size: data.length }
      : { size: data.length, data: data.toString('base64url') },
  }
}

import { mailDate } from './compose-mail.ts'
import type { GeneratedMail } from './mail-content.ts'
import type { MailboxModel, MailMessage, MessageOptions } from './mailbox-model.ts'

/** A message of which a backup may trip, and why. */
export interface MailCase {
  readonly name: string
  /** Adds it; the last message that it returns is the one that the name speaks of. */
  add(model: MailboxModel): MailMessage
}

/** Who writes most of them. */
export const kenji = 'Kenji Mori <kenji@example.ac.jp>'
/** A quarter past seven of a day. */
export const at = (day: string) => Date.parse(`${day}T07:15:00Z`)
export const fromBase64 = (text: string) => Buffer.from(text, 'base64')
export const lines = (...parts: readonly string[]) => parts.join('\r\n')
export const bytes = (...parts: readonly (string | Uint8Array)[]) => Buffer.concat(parts.map((part) => Buffer.from(part)))

/** Headers in ASCII, of a message from Kenji. */
export const head = (day: string, subject: string | undefined, ...more: readonly string[]) =>
  lines(
    `Message-ID: <odd.${day}@example.ac.jp>`,
    `Date: ${mailDate(at(day))}`,
    `From: ${kenji}`,
    'To: hana@example.ac.jp',
    ...(subject === undefined ? [] : [`Subject: ${subject}`]),
    ...more,
  )
/** The plainest of bodies. */
export const plain = 'Content-Type: text/plain; charset=us-ascii'

/** A case of one message. */
export const simple = (name: string, day: string, content: Uint8Array | string, options: MessageOptions = {}): MailCase => ({
  name,
  add: (model) => model.add(content, { internalDate: at(day), ...options }),
})

/** A message with one attachment of `count` lines of base64, made while it is read. */
export function mailOfLines(day: string, subject: string, seed: number, count: number): GeneratedMail {
  const headers = lines(
    head(day, subject, 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="big"'),
    '',
    '--big',
    plain,
    '',
    'The recordings are attached.',
    '--big',
    'Content-Type: application/octet-stream; name="recording.bin"',
    'Content-Disposition: attachment; filename="recording.bin"',
    'Content-Transfer-Encoding: base64',
  )
  const tail = '--big--\r\n'
  return { size: headers.length + 4 + count * 78 + tail.length, seed, headers, tail }
}

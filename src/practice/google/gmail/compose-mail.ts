/** A message in the making: lines are joined with CRLF. Header values that are not ASCII become encoded words. */
export interface MailDraft {
  readonly from: string
  readonly to?: string
  readonly subject: string
  /** Milliseconds since 1970. */
  readonly date: number
  readonly text: string
  readonly html?: string
  readonly attachments?: readonly { readonly name: string; readonly type: string; readonly bytes: Uint8Array }[]
  /** Further header lines. */
  readonly headers?: readonly string[]
}

/** The date as in mail: `Tue, 05 Mar 2024 09:30:00 +0000`. */
export const mailDate = (time: number): string => new Date(time).toUTCString().replace('GMT', '+0000')

/** https://www.rfc-editor.org/rfc/rfc2047, in pieces of whole characters below 75 bytes. */
export function encodedWord(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text
  const words: string[] = []
  let word = ''
  for (const character of text) {
    if (Buffer.byteLength(word + character) > 45) {
      words.push(word)
      word = ''
    }
    word += character
  }
  return [...words, word].map((part) => `=?UTF-8?B?${Buffer.from(part).toString('base64')}?=`).join('\r\n ')
}

/** base64 in lines of 76. */
export const base64Lines = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('base64')
    .replace(/.{76}(?=.)/g, '$&\r\n')

const crlf = (text: string) => text.replace(/\r?\n/g, '\r\n')

/** One part with its own headers. */
const part = (type: string, text: string): string =>
  `Content-Type: ${type}; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${crlf(text)}`

const multipart = (kind: string, boundary: string, parts: readonly string[]): string =>
  [
    `Content-Type: multipart/${kind}; boundary="${boundary}"`,
    '',
    ...parts.flatMap((one) => [`--${boundary}`, one]),
    `--${boundary}--`,
    '',
  ].join('\r\n')

export function composeMail({ from, to = 'Hana <hana@example.ac.jp>', subject, date, text, ...more }: MailDraft): Buffer {
  const { html, attachments = [], headers = [] } = more
  const stamp = `${date.toString(36)}.${Buffer.byteLength(subject)}`
  const plain = part('text/plain', text)
  const body = html === undefined ? plain : multipart('alternative', `alt-${stamp}`, [plain, part('text/html', html)])
  const whole =
    attachments.length === 0
      ? body
      : multipart('mixed', `mix-${stamp}`, [
          body,
          ...attachments.map(({ name, type, bytes }) =>
            [
              `Content-Type: ${type}`,
              'Content-Transfer-Encoding: base64',
              `Content-Disposition: attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
              '',
              base64Lines(bytes),
            ].join('\r\n'),
          ),
        ])
  const address = /^(.*?) ?<(.+)>$/.exec(from)
  return Buffer.from(
    [
      ...headers,
      `Message-ID: <${stamp}@${from.replace(/^.*@|>$/g, '')}>`,
      `Date: ${mailDate(date)}`,
      `From: ${address === null ? from : `${encodedWord(address[1]!)} <${address[2]}>`}`,
      `To: ${to}`,
      `Subject: ${encodedWord(subject)}`,
      'MIME-Version: 1.0',
      whole,
    ].join('\r\n'),
  )
}

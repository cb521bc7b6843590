import { generated } from '../../content/generated.ts'

/**
 * A message made while it is read, so that 24 MB of it, or 200,000 of them, cost no memory: `headers` (with the beginning of the body, if it
 * should have one), an empty line, lines of base64 in any number, and `tail`; `size` bytes in all.
 */
export interface GeneratedMail {
  /** Bytes. */
  readonly size: number
  readonly seed: number
  /** CRLF between the lines, none at the end. */
  readonly headers: string
  /** The last bytes: the end of a multipart body. */
  readonly tail?: string
}

/** The bytes of a message: given, generated, or one of many ordinary messages, by number. */
export type MailContent = Uint8Array | GeneratedMail | { readonly synthetic: number; readonly size: number }

export function mailSize(content: MailContent): number {
  return content instanceof Uint8Array ? content.byteLength : content.size
}

const pieceBytes = 192 * 1024

/** The exact bytes, in pieces of at most some 600 KB. */
export function* readMail(content: MailContent): Generator<Uint8Array> {
  if (content instanceof Uint8Array) {
    for (let at = 0; at < content.byteLength; at += pieceBytes) yield content.subarray(at, at + pieceBytes)
    return
  }
  const { size, seed, headers, tail = '' } = 'synthetic' in content ? syntheticMail(content.synthetic, content.size) : content
  const end = Buffer.from(tail)
  let left = size - end.length
  const start = Buffer.from(`${headers}\r\n\r\n`)
  if (start.length > left) throw new Error(`practice mailbox: a message of ${size} bytes is too small for its headers`)
  yield start
  left -= start.length
  for (let block = 0; left > 0; block += 1) {
    for (const piece of blockOf(seed, block)) {
      if (left <= 0) break
      yield piece.subarray(0, left)
      left -= piece.length
    }
  }
  yield end
}

/** All of it in memory; for small messages and tests. */
export function mailBytes(content: MailContent): Buffer {
  return Buffer.concat([...readMail(content)])
}

/** The first bytes, up to `most`: what headers and snippet are read from. */
export function mailStart(content: MailContent, most = 256 * 1024): Buffer {
  const pieces: Uint8Array[] = []
  let size = 0
  for (const piece of readMail(content)) {
    pieces.push(piece)
    size += piece.byteLength
    if (size >= most) break
  }
  return Buffer.concat(pieces).subarray(0, most)
}

const lineBytes = 78
const noiseLines = 4096
let noise: Buffer | undefined

/** Lines of base64, 76 characters and CRLF, made once. */
function noiseOf(): Buffer {
  noise ??= Buffer.from(
    Buffer.from(generated(57 * noiseLines, 1).bytes())
      .toString('base64')
      .replace(/.{76}/g, '$&\r\n'),
  )
  return noise
}

/** A line that says which message and which part of it, then the noise from a line of its own on. */
function blockOf(seed: number, block: number): Buffer[] {
  const stamp = Buffer.from(`message ${seed} block ${block}`.padEnd(57)).toString('base64')
  const from = (Math.imul(seed * 31 + block + 1, 0x9e3779b1) >>> 0) % noiseLines
  const whole = noiseOf()
  return [Buffer.from(`${stamp}\r\n`), whole.subarray(from * lineBytes), whole.subarray(0, from * lineBytes)]
}

/** Milliseconds between one synthetic message and the next. */
export const syntheticGapMs = 600_000
export const syntheticStart = Date.parse('2012-04-01T00:00:00Z')

function syntheticMail(index: number, size: number): GeneratedMail {
  const date = new Date(syntheticStart + index * syntheticGapMs).toUTCString().replace('GMT', '+0000')
  const headers = [
    `Received: from mail.example.net by mx.example.com with ESMTPS id ${index.toString(36)}; ${date}`,
    `Message-ID: <synthetic.${index}@example.net>`,
    `Date: ${date}`,
    `From: Sender ${index % 97} <sender${index % 97}@example.net>`,
    'To: Hana <hana@example.ac.jp>',
    `Subject: Message ${index}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=us-ascii',
  ]
  return { size, seed: index, headers: headers.join('\r\n') }
}

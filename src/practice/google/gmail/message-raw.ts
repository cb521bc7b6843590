import { constants, createGzip } from 'node:zlib'
import type { Exchange, Json } from '../../serving/reply.ts'
import { mailBytes, mailSize, readMail } from './mail-content.ts'
import type { MailMessage } from './mailbox-model.ts'

/** Some answers carry the padding of base64url, most do not. */
const padding = ({ number, content }: MailMessage): string =>
  number % 4 === 3 ? '='.repeat((3 - (mailSize(content) % 3)) % 3) : ''

/** A character that base64url does not have, in the middle of the text. */
const spoilt = (text: string): string => {
  const middle = text.length >> 1
  return `${text.slice(0, middle)}*${text.slice(middle + 1)}`
}

/** `raw` of a small message. */
export function rawText(message: MailMessage, bad: boolean): string {
  const text = mailBytes(message.content).toString('base64url') + padding(message)
  return bad ? spoilt(text) : text
}

interface RawAnswer {
  /** Fields in front of `raw`, and behind it. */
  readonly before: Json
  readonly message: MailMessage
  readonly bad: boolean
  readonly after: Json
}

/** Sends a large message while it is read and encoded, compressed where the client takes that; as with all answers of unknown length, in chunks. */
export async function sendRaw({ outlet, headers }: Exchange, answer: RawAnswer): Promise<void> {
  const zipped = /\bgzip\b/.test(String(headers['accept-encoding'] ?? ''))
  outlet.head(200, {
    'Content-Type': 'application/json; charset=UTF-8',
    'Cache-Control': 'no-cache, no-store, max-age=0, must-revalidate',
    Vary: 'Origin, X-Origin, Referer',
    ...(zipped ? { 'Content-Encoding': 'gzip' } : {}),
  })
  const pieces = outlet.tampering.truncatedJson ? firstHalf(answer) : jsonOf(answer)
  if (!zipped) {
    for (const piece of pieces) if (!(await outlet.write(Buffer.from(piece, 'latin1')))) return
    return outlet.end()
  }
  // Base64 has no repetitions to look for; shorter codes for its 64 characters are all there is to gain.
  const gzip = createGzip({ level: 1, strategy: constants.Z_HUFFMAN_ONLY, chunkSize: 256 * 1024 })
  const compressed = gzip[Symbol.asyncIterator]()
  // A destroyed one may forget whom it owes an answer.
  const closed = new Promise<void>((resolve) => gzip.once('close', resolve))
  const feed = async () => {
    for (const piece of pieces) {
      if (gzip.destroyed) return
      await Promise.race([closed, new Promise<void>((resolve) => gzip.write(piece, 'latin1', () => resolve()))])
    }
    gzip.end()
  }
  const fed = feed()
  for (let next = await compressed.next(); next.done !== true; next = await compressed.next()) {
    if (!(await outlet.write(next.value as Buffer))) {
      gzip.destroy()
      await fed
      return
    }
  }
  await fed
  await outlet.end()
}

/** The JSON in pieces; all of it is ASCII. */
function* jsonOf({ before, message, bad, after }: RawAnswer): Generator<string> {
  const inner = (value: Json) => ascii(JSON.stringify(value).slice(1, -1))
  const start = inner(before)
  yield `{${start}${start === '' ? '' : ','}"raw":"`
  let toSpoil = bad
  for (const text of encoded(message)) {
    yield toSpoil ? spoilt(text) : text
    toSpoil = false
  }
  const end = inner(after)
  yield `${padding(message)}"${end === '' ? '' : ','}${end}}`
}

function* firstHalf(answer: RawAnswer): Generator<string> {
  let left = mailSize(answer.message.content) >> 1
  for (const piece of jsonOf(answer)) {
    yield piece.slice(0, left)
    left -= piece.length
    if (left <= 0) return
  }
}

const ascii = (text: string): string =>
  text.replace(/[\u0080-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** base64url of the bytes, in pieces of whole groups of three, without padding. */
function* encoded({ content }: MailMessage): Generator<string> {
  let rest = Buffer.alloc(0)
  for (const piece of readMail(content)) {
    const all = rest.length === 0 ? Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength) : Buffer.concat([rest, piece])
    const whole = all.length - (all.length % 3)
    rest = Buffer.from(all.subarray(whole))
    if (whole > 0) yield all.toString('base64url', 0, whole)
  }
  if (rest.length > 0) yield rest.toString('base64url')
}

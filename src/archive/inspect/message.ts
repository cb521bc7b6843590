import { createReadStream } from 'node:fs'
import type { Ends } from './ends.ts'

/**
 * Resolves with what is wrong with a mail message, or undefined: it begins with header fields (RFC 5322, 2.2), and one of several parts has the line that
 * ends the last of them (RFC 2046, 5.1.1). Header fields beyond the first 64 KiB are not looked at.
 */
export async function inspectMessage(file: string, { head }: Pick<Ends, 'head'>): Promise<string | undefined> {
  const text = head.toString('latin1')
  const end = /\r?\n\r?\n/.exec(text)
  const header = text.slice(0, end?.index ?? text.length)
  // Some programs leave their own line in front, as mailboxes have it.
  if (!/^(>?From .*\r?\n)?[\x21-\x39\x3b-\x7e]+[ \t]*:/.test(header)) return 'no mail message'
  const unfolded = header.replace(/\r?\n[ \t]+/g, ' ')
  const type = /^Content-Type:\s*multipart\/[^\r\n]*$/im.exec(unfolded)?.[0]
  const [, quoted, plain] = /;\s*boundary\s*=\s*(?:"((?:[^"\\]|\\.)+)"|([^\s;"]+))/i.exec(type ?? '') ?? []
  const boundary = quoted?.replace(/\\(.)/g, '$1') ?? plain
  if (boundary === undefined) return undefined
  return (await holds(file, Buffer.from(`\n--${boundary}--`, 'latin1')))
    ? undefined
    : 'a message that was cut off: its last part does not end'
}

/** Whether the bytes stand anywhere in the file. */
async function holds(file: string, wanted: Buffer): Promise<boolean> {
  let rest = Buffer.alloc(0)
  for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
    const bytes = Buffer.concat([rest, chunk])
    if (bytes.includes(wanted)) return true
    rest = bytes.subarray(Math.max(0, bytes.length - wanted.length + 1))
  }
  return false
}

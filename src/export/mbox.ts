import { rename, stat } from 'node:fs/promises'
import path from 'node:path'
import { ahead } from './ahead.ts'
import type { ExportContext } from './export-mail.ts'
import { lineFeeds } from './line-feeds.ts'
import type { MailMessage } from './mail-plan.ts'
import { createMboxFile } from './mbox-file.ts'
import { fromLine, mboxrd } from './mboxrd.ts'
import { isUnreadable, messageBytes } from './message-bytes.ts'
import { takeoutHeaders } from './takeout-headers.ts'

/** Small messages that are read while one is written: opening a file costs more than reading it. */
const readAhead = 8

/**
 * Writes messages, in the order given, into one mbox of the kind mboxrd with LF line ends. The final name stands for a whole file only; one of that name is
 * replaced, but kept under another where this time a message is missing. Throws what the target's disk throws, and the signal's reason.
 */
export async function writeMbox(context: ExportContext, name: string, messages: Iterable<MailMessage>): Promise<void> {
  const { signal } = context
  const target = path.join(context.to, name)
  const mbox = await createMboxFile(target)
  let missing = 0
  try {
    for await (const { message, first, rest } of ahead(messages, readAhead, (one) => begin(context, one), close)) {
      const [line, quote] = [lineFeeds(), mboxrd()]
      mbox.begin()
      try {
        signal.throwIfAborted()
        if (first instanceof Error) throw first
        await mbox.append(Buffer.from(fromLine(message.received) + takeoutHeaders(message)))
        for (let chunk = first; !chunk.done; chunk = await rest.next()) await mbox.append(quote.push(line.push(chunk.value)))
        await mbox.append(quote.push(line.end()))
        await mbox.append(quote.end())
        context.written(message)
      } catch (error) {
        if (!isUnreadable(error)) throw error
        missing++
        await mbox.takeBack()
        context.damaged(message, error)
      } finally {
        await rest.return?.()
      }
    }
    if (missing > 0) await keepEarlier(target, context.now())
    await mbox.finish()
  } catch (error) {
    await mbox.discard()
    throw error
  }
}

/** Opens a message and reads its first chunk, which for most is all of it. */
async function begin(context: ExportContext, message: MailMessage) {
  const rest = messageBytes(context.absolute(message.path), message, context.signal)[Symbol.asyncIterator]()
  try {
    return { message, rest, first: await rest.next() }
  } catch (error) {
    return { message, rest, first: error instanceof Error ? error : new Error(String(error)) }
  }
}

/** Gives up what was begun: the file is closed. */
async function close({ rest }: Awaited<ReturnType<typeof begin>>): Promise<void> {
  await rest.return?.()
}

/** The earlier file may hold the only copy of what the archive lost since. */
async function keepEarlier(target: string, now: number): Promise<void> {
  const { dir, name, ext } = path.parse(target)
  const stamp = new Date(now).toISOString().slice(0, 19).replace(/[T:]/g, '-')
  const there = await stat(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return undefined
  })
  if (there !== undefined) await rename(target, path.join(dir, `${name} (before ${stamp})${ext}`))
}

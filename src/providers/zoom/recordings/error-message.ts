import { z } from 'zod'
import type { HttpResponse } from '../../../core/transport.ts'
import { lengthOf } from './byte-range.ts'

/**
 * An error of Zoom's download host, which comes with a status of success and would pass for a chat or a summary:
 * https://github.com/ricardorodrigues-ca/zoom-recording-downloader/issues/35
 */
const errorMessage = z.object({ status: z.literal(false), errorCode: z.number(), errorMessage: z.string() })

/** No such message is longer, bytes. */
const longest = 2048

/** The bytes of an answer as they come; undefined where all of them are an error message. Throws what the transport throws. */
export async function withoutError(answer: HttpResponse): Promise<AsyncIterable<Uint8Array> | undefined> {
  if ((lengthOf(answer) ?? 0) > longest) return answer.body
  const rest = answer.body[Symbol.asyncIterator]()
  const head: Uint8Array[] = []
  let length = 0
  while (length <= longest) {
    const next = await rest.next()
    if (next.done === true) return isError(Buffer.concat(head)) ? undefined : inOrder(head)
    head.push(next.value)
    length += next.value.byteLength
  }
  return inOrder(head, rest)
}

/** Given up before the first of it was asked for, it gives up the rest as well, which a generator would not. */
function inOrder(head: Uint8Array[], rest?: AsyncIterator<Uint8Array>): AsyncIterable<Uint8Array> {
  const iterator: AsyncIterator<Uint8Array> = {
    async next() {
      const value = head.shift()
      if (value !== undefined) return { done: false, value }
      return (await rest?.next()) ?? { done: true, value: undefined }
    },
    async return() {
      head.length = 0
      await rest?.return?.()
      return { done: true, value: undefined }
    },
  }
  return { [Symbol.asyncIterator]: () => iterator }
}

function isError(body: Uint8Array): boolean {
  try {
    return errorMessage.safeParse(JSON.parse(Buffer.from(body).toString('utf8'))).success
  } catch {
    return false
  }
}

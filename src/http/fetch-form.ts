import { Failure } from '../core/failure.ts'
import type { HttpRequest, HttpResponse, Transport } from '../core/transport.ts'

/** `Transport.fetch`: what gaxios takes as `fetchImplementation`, Graph's client as its fetch. Their own retries must be off. */
export function fetchForm(send: Transport['send']): Transport['fetch'] {
  return (cost) => async (input, init) => {
    const asked = typeof input === 'string' || input instanceof URL ? undefined : input
    const url = new URL(typeof input === 'string' ? input : input instanceof URL ? input.href : input.url)
    const method = (init?.method ?? asked?.method ?? 'GET').toUpperCase()
    const price = cost({ method, url })
    const headers = Object.fromEntries(new Headers(init?.headers ?? asked?.headers))
    // Both libraries always ask for gzip; a file's length, ranges and checksum are those of its plain form.
    if (price.expects === 'stream') headers['accept-encoding'] = 'identity'
    const signal = init?.signal ?? asked?.signal
    const body = await bytesOf(init?.body ?? (asked === undefined || asked.body === null ? undefined : await asked.arrayBuffer()))
    if (init?.body instanceof URLSearchParams) headers['content-type'] ??= 'application/x-www-form-urlencoded;charset=UTF-8'
    const request: HttpRequest = {
      method,
      url: url.href,
      headers,
      ...(body !== undefined && { body }),
      ...price,
      accepts: init?.redirect === 'manual' ? [301, 302, 303, 304, 307, 308] : [304],
      ...(signal != null && { signal }),
    }
    return response(await send(request), method)
  }
}

async function bytesOf(body: unknown): Promise<string | Uint8Array | undefined> {
  if (body === undefined || body === null) return undefined
  if (typeof body === 'string' || body instanceof Uint8Array) return body
  if (body instanceof URLSearchParams) return body.toString()
  if (body instanceof Blob) return new Uint8Array(await body.arrayBuffer())
  if (body instanceof ArrayBuffer) return new Uint8Array(body)
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength)
  throw new Failure('bug', 'a request body must be text or bytes that can be sent again')
}

const withoutBody = new Set([204, 205, 304])

function response(answer: HttpResponse, method: string): Response {
  const empty = withoutBody.has(answer.status) || method === 'HEAD'
  if (empty) answer.cancel()
  const result = new Response(empty ? null : webStream(answer), { status: answer.status, headers: answer.headers })
  Object.defineProperty(result, 'url', { value: answer.url })
  // What the libraries read of a listing. By way of the stream its text would be copied three times more, page after page.
  if (!empty) Object.defineProperty(result, 'text', { value: () => answer.text() })
  return result
}

function webStream(answer: HttpResponse): ReadableStream<Uint8Array> {
  let iterator: AsyncIterator<Uint8Array> | undefined
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        iterator ??= answer.body[Symbol.asyncIterator]()
        const { done, value } = await iterator.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      async cancel() {
        answer.cancel()
      },
    },
    { highWaterMark: 0 },
  )
}

import { expect, test } from 'vitest'
import type { Content } from '../../../../src/core/source.ts'
import type { HttpRequest, HttpResponse } from '../../../../src/core/transport.ts'
import { download } from '../../../../src/providers/zoom/recordings/download.ts'
import { drain, failureOf } from '../../../contracts/content.ts'
import { never } from '../../../contracts/listed.ts'

type Reply = { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: string }

/** A storage that answers one request after the other. */
function storage(...replies: Reply[]) {
  const requests: HttpRequest[] = []
  let cancelled = 0
  let ended = 0
  const send = async (request: HttpRequest): Promise<HttpResponse> => {
    requests.push(request)
    const { status = 200, headers = {}, body = '' } = replies[requests.length - 1] ?? {}
    return {
      status,
      headers,
      url: 'https://ssrweb.zoom.us/x',
      text: async () => body,
      cancel: () => void cancelled++,
      body: (async function* () {
        try {
          for (let at = 0; at < body.length; at += 1000) yield Buffer.from(body.slice(at, at + 1000))
        } finally {
          ended++
        }
      })(),
    }
  }
  const get = (from = 0, version?: string) =>
    download({ transport: { send } }, 'https://zoom.us/rec/download/x', {
      from,
      signal: never,
      ...(version !== undefined && { version }),
    })
  return { get, requests, cancelled: () => cancelled, ended: () => ended }
}

const whole: Reply = { headers: { etag: '"one"', 'content-length': '6' }, body: 'abcdef' }
const tail = (headers: Record<string, string>): Reply => ({ status: 206, headers, body: 'def' })

test('a range is asked for with the version that it continues', async () => {
  const at = storage(tail({ etag: '"one"', 'content-range': 'bytes 3-5/6' }))
  const content = (await at.get(3, '"one" 6')) as Content
  expect(at.requests[0]!.headers).toMatchObject({ range: 'bytes=3-', 'if-range': '"one"' })
  expect(content).toMatchObject({ from: 3, size: 6, version: '"one" 6' })
  expect((await drain(content)).toString()).toBe('def')
})

test.each<[string, Record<string, string>]>([
  ['other bytes, by a storage that does not know If-Range', { etag: '"two"', 'content-range': 'bytes 3-5/6' }],
  ['another length', { etag: '"one"', 'content-range': 'bytes 3-6/7' }],
  ['another place', { etag: '"one"', 'content-range': 'bytes 2-5/6' }],
  ['no place', { etag: '"one"' }],
  ['no version', { 'content-range': 'bytes 3-5/6' }],
])('%s: from the start', async (_, headers) => {
  const at = storage(tail(headers), whole)
  const content = (await at.get(3, '"one" 6')) as Content
  expect(content.from).toBe(0)
  expect((await drain(content)).toString()).toBe('abcdef')
  expect(at.requests[1]!.headers).not.toHaveProperty('range')
  expect(at.cancelled()).toBe(1)
})

test.each<[string, Record<string, string>]>([
  ['a weak ETag', { etag: 'W/"one"', 'content-length': '6' }],
  ['none', { 'content-length': '6' }],
  ['no length', { etag: '"one"' }],
  ['a length of what is packed', { etag: '"one"', 'content-length': '6', 'content-encoding': 'gzip' }],
])('with %s there is nothing to continue by', async (_, headers) => {
  const content = (await storage({ ...whole, headers }).get()) as Content
  expect(content.version).toBeUndefined()
})

test('without a version the whole is asked for, whatever is there already', async () => {
  const at = storage(whole)
  expect(((await at.get(3)) as Content).from).toBe(0)
  expect(at.requests[0]!.headers).not.toHaveProperty('range')
})

test('a part where the whole was asked for is refused', async () => {
  const at = storage(tail({ 'content-range': 'bytes 3-5/6' }), tail({ 'content-range': 'bytes 3-5/6' }))
  expect((await failureOf(at.get())).kind).toBe('corrupt')
  expect(at.cancelled()).toBe(2)
})

test('an error message is told from what only looks like one, however long; what is not read is given up', async () => {
  const error = '{"status":false,"errorCode":124,"errorMessage":"Forbidden"}'
  expect(await storage({ body: error }).get()).toBe('error')
  expect(await storage({ body: error, headers: { 'content-length': `${error.length}` } }).get()).toBe('error')
  for (const body of ['', '{', '{"status":false}', `[${error}]`, `${error}\n${'x'.repeat(5000)}`]) {
    const at = storage({ body })
    expect((await drain((await at.get()) as Content)).toString()).toBe(body)
    expect(at.ended()).toBe(1)
  }
  const long = storage({ body: 'x'.repeat(5000) })
  await ((await long.get()) as Content).bytes[Symbol.asyncIterator]().return?.()
  expect(long.ended()).toBe(1)
})

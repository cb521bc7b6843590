import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { Failure } from '../../src/core/failure.ts'
import { createBandwidth } from '../../src/http/bandwidth.ts'
import { createBody } from '../../src/http/body.ts'
import { jumpingClock, manualClock } from './clocks.ts'
import { connect, length, rejection } from './connect.ts'
import { serve } from './serve.ts'

const onePlace = { budgets: [{ id: 'requests', unitsPerSecond: 1000, burst: 1000, concurrency: 1 }] }

test('a large body comes whole, in the chunks of the network, with its backlog bounded', async () => {
  const chunk = Buffer.alloc(1 << 20, 97)
  let written = 0
  const server = await serve(async (_, response) => {
    response.writeHead(200, { 'content-length': 64 << 20 })
    for (; written < 64; written++) if (!response.write(chunk)) await new Promise((resolve) => response.once('drain', resolve))
    response.end()
  })
  const { stream } = connect()
  const answer = await stream(server.origin)
  const iterator = answer.body[Symbol.asyncIterator]()
  const first = await iterator.next()
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(written, 'a reader who waits makes the server wait').toBeLessThan(40)
  let bytes = first.done ? 0 : first.value.byteLength
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) bytes += next.value.byteLength
  expect(bytes).toBe(64 << 20)
})

test.each<[string, (body: AsyncIterable<Uint8Array>, cancel: () => void) => unknown]>([
  ['read to its end', (body) => length(body)],
  ['cancelled', (_, cancel) => cancel()],
  ['cancelled twice', (_, cancel) => [cancel(), cancel()]],
  ['returned before its first chunk', (body) => body[Symbol.asyncIterator]().return?.()],
  [
    'left in the middle',
    async (body) => {
      for await (const _ of body) break
    },
  ],
])('the place in the budget is held until the body is %s', async (_, end) => {
  const server = await serve((_, response) => response.end('x'.repeat(100_000)))
  const { stream } = connect(onePlace)
  const first = await stream(`${server.origin}/1`)
  const second = stream(`${server.origin}/2`)
  await new Promise((resolve) => setTimeout(resolve, 60))
  expect(server.asked).toEqual(['GET /1'])
  await end(first.body, first.cancel)
  expect(await length((await second).body)).toBe(100_000)
})

test('the place is free again after a body broke, a failure, and an abort', async () => {
  const server = await serve((request, response) => {
    if (request.url === '/404') return response.writeHead(404).end()
    if (request.url === '/ok') return response.end('fine')
    response.writeHead(200, { 'content-length': 10 })
    response.write('12345')
    if (request.url === '/cut') setTimeout(() => response.destroy(), 20)
    return undefined
  })
  const { stream, transport } = connect(onePlace)
  await rejection(stream(`${server.origin}/404`))
  await rejection((await stream(`${server.origin}/cut`)).text())
  const controller = new AbortController()
  const hanging = await transport.send({
    method: 'GET',
    url: `${server.origin}/hang`,
    expects: 'stream',
    signal: controller.signal,
  })
  const read = rejection(hanging.text())
  const reason = new Error('stop')
  controller.abort(reason)
  expect(await read).toBe(reason)
  expect(await (await stream(`${server.origin}/ok`)).text()).toBe('fine')
})

test.each([
  ['with a length', { 'content-length': '100000' }],
  ['in chunks', { 'transfer-encoding': 'chunked' }],
])('a body %s that ends early gives what came, then a failure', async (_, headers) => {
  const server = await serve((_, response) => {
    response.writeHead(200, headers)
    response.write('x'.repeat(5000), () => response.socket?.end())
  })
  const answer = await connect().stream(server.origin)
  let bytes = 0
  const failure = await rejection(
    (async () => {
      for await (const chunk of answer.body) bytes += chunk.byteLength
    })(),
  )
  expect(failure).toBeInstanceOf(Failure)
  expect(failure.kind).toBe('transient')
  expect(bytes).toBe(5000)
})

test('a server that says nothing, or stops in the middle, is left after the stall timeout', async () => {
  const server = await serve((request, response) => {
    if (request.url === '/headers') return
    response.writeHead(200, { 'content-length': 10 })
    response.write('12345')
  })
  const { get, stream } = connect({ clock: jumpingClock(), limits: { stallMs: 200, retryForMs: 1 } })
  const silent = await rejection(get(`${server.origin}/headers`))
  expect(silent.kind).toBe('transient')
  expect(silent.message).toContain('sent nothing')
  const stalled = await rejection((await stream(`${server.origin}/body`)).text())
  expect(stalled.kind).toBe('transient')
  expect(stalled.message).toContain('sent nothing')
})

test('a slow reader is no stall', async () => {
  const server = await serve((_, response) => {
    response.end(Buffer.alloc(8 << 20))
  })
  const answer = await connect({ limits: { stallMs: 150 } }).stream(server.origin)
  let bytes = 0
  for await (const chunk of answer.body) {
    if (bytes === 0) await new Promise((resolve) => setTimeout(resolve, 600))
    bytes += chunk.byteLength
  }
  expect(bytes).toBe(8 << 20)
})

const text = JSON.stringify({ a: 'ü'.repeat(5000) })
const packed = { gzip: gzipSync(text), 'x-gzip': gzipSync(text), deflate: deflateSync(text), br: brotliCompressSync(text) }

test.each(Object.entries(packed))('%s is unpacked when the answer says so, as a whole and as a stream', async (coding, bytes) => {
  const server = await serve((_, response) => {
    response.writeHead(200, { 'content-encoding': coding, 'content-length': bytes.length })
    response.end(bytes)
  })
  const { get, transport } = connect(onePlace)
  const whole = await get(server.origin)
  expect(await whole.text()).toBe(text)
  expect(whole.headers['content-length']).toBe(String(Buffer.byteLength(text)))
  expect(whole.headers).not.toHaveProperty('content-encoding')
  const headers = { 'Accept-Encoding': 'gzip' }
  const stream = await transport.send({ method: 'GET', url: server.origin, headers, expects: 'stream' })
  expect(stream.headers).not.toHaveProperty('content-length')
  expect(await stream.text()).toBe(text)
  const given = await transport.send({ method: 'GET', url: server.origin, headers, expects: 'stream' })
  given.cancel()
  expect(await (await get(server.origin)).text()).toBe(text)
})

test('a file that is asked for as it is comes as it is, even if the server calls it packed', async () => {
  const server = await serve((request, response) => {
    expect(request.headers['accept-encoding']).toBe('identity')
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': packed.gzip.length })
    response.end(packed.gzip)
  })
  const answer = await connect().stream(server.origin)
  expect(answer.headers['content-length']).toBe(String(packed.gzip.length))
  expect(await length(answer.body)).toBe(packed.gzip.length)
})

test('a damaged or cut packed answer is a failure, never a short text', async () => {
  const cut = packed.gzip.subarray(0, packed.gzip.length - 12)
  const server = await serve((request, response) => {
    const bytes = request.url === '/cut' ? cut : Buffer.from('this is no gzip')
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': bytes.length })
    response.end(bytes)
  })
  const { get, transport } = connect({ clock: jumpingClock() })
  for (const path of ['/cut', '/damaged']) {
    expect((await rejection(get(server.origin + path))).kind).toBe('corrupt')
    const headers = { 'accept-encoding': 'gzip' }
    const stream = await transport.send({ method: 'GET', url: server.origin + path, headers, expects: 'stream' })
    const failure = await rejection(stream.text())
    expect(failure).toBeInstanceOf(Failure)
    expect(failure.kind).toBe('corrupt')
  }
})

test('a packed stream whose connection breaks is a broken connection', async () => {
  const server = await serve((_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': packed.gzip.length })
    response.write(packed.gzip.subarray(0, 20), () => response.socket?.end())
  })
  const headers = { 'accept-encoding': 'gzip' }
  const stream = await connect().transport.send({ method: 'GET', url: server.origin, headers, expects: 'stream' })
  expect((await rejection(stream.text())).kind).toBe('transient')
})

test('an answer of more than 64 MiB where a page was expected is refused', async () => {
  const server = await serve(async (_, response) => {
    response.on('error', () => {})
    const chunk = Buffer.alloc(1 << 20)
    for (let index = 0; index < 70 && !response.destroyed; index++) {
      if (response.write(chunk)) continue
      await new Promise<void>((resolve) => {
        const go = () => {
          response.off('drain', go).off('close', go)
          resolve()
        }
        response.on('drain', go).on('close', go)
      })
    }
    response.end()
  })
  const { get } = connect({ clock: jumpingClock(), limits: { retryForMs: 1 } })
  expect((await rejection(get(server.origin))).message).toContain('64 MiB')
})

test('HEAD keeps the length that it was told, 304 and 204 have no body', async () => {
  const server = await serve((request, response) => {
    if (request.url === '/304') return response.writeHead(304, { etag: '"a"' }).end()
    if (request.url === '/204') return response.writeHead(204).end()
    return response.writeHead(200, { 'content-length': 12_345 }).end()
  })
  const { transport } = connect(onePlace)
  const head = await transport.send({ method: 'HEAD', url: server.origin })
  expect(head.headers['content-length']).toBe('12345')
  expect(await (await transport.send({ method: 'GET', url: `${server.origin}/204` })).text()).toBe('')
  const same = await transport.send({ method: 'GET', url: `${server.origin}/304`, accepts: [304] })
  expect([same.status, same.headers.etag, await same.text()]).toEqual([304, '"a"', ''])
  // What has no content, or is here as a whole, holds no place even if nobody reads it.
  await transport.send({ method: 'HEAD', url: server.origin, expects: 'stream' })
  await transport.send({ method: 'GET', url: `${server.origin}/204`, expects: 'stream' })
  expect((await transport.send({ method: 'GET', url: `${server.origin}/204` })).status).toBe(204)
})

test('the bandwidth limit holds a stream back, and its wait hears the signal', async () => {
  const server = await serve((_, response) => response.end(Buffer.alloc(1_000_000)))
  const clock = jumpingClock()
  const limited = connect({ bandwidth: createBandwidth({ bytesPerSecond: 100_000, clock }) })
  const began = clock.now()
  expect(await length((await limited.stream(server.origin)).body)).toBe(1_000_000)
  expect(clock.now() - began).toBeGreaterThan(9000)
  expect(clock.now() - began).toBeLessThan(10_100)

  const still = manualClock()
  const controller = new AbortController()
  const held = connect({ bandwidth: createBandwidth({ bytesPerSecond: 100, clock: still }), signal: controller.signal })
  const read = rejection((await held.stream(server.origin)).text())
  await expect.poll(() => still.sleeping).toBe(1)
  const reason = new Error('stop')
  controller.abort(reason)
  expect(await read).toBe(reason)
})

test('a body is read once', async () => {
  const feed = createBody({ resume: () => {}, giveUp: () => {} })
  feed.end()
  await length(feed.body)
  expect(() => feed.body[Symbol.asyncIterator]()).toThrow(Failure)
})

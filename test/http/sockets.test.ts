import { gzipSync } from 'node:zlib'
import axios from 'axios'
import { drive } from 'googleapis/build/src/apis/drive/index.js'
import { expect, test } from 'vitest'
import { Failure } from '../../src/core/failure.ts'
import { axiosThrough } from '../../src/http/axios-through.ts'
import { jumpingClock } from './clocks.ts'
import { connect, length, rejection } from './connect.ts'
import { serve } from './serve.ts'

const json = { 'content-type': 'application/json' }
const onePlace = { budgets: [{ id: 'requests', unitsPerSecond: 1000, burst: 1000, concurrency: 1 }] }

const echo = () =>
  serve((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      response.writeHead(200, { ...json, 'x-seen': 'yes' })
      response.end(JSON.stringify({ method: request.method, url: request.url, body, type: request.headers['content-type'] }))
    })
  })

test('fetch: addresses, requests, methods, bodies, headers, and a real Response', async () => {
  const server = await echo()
  const costs: string[] = []
  const fetch = connect().transport.fetch(({ method, url }) => {
    costs.push(`${method} ${url.pathname}`)
    return { cost: 2 }
  })
  const answer = await fetch(new URL('/a?x=1', server.origin))
  expect(answer).toBeInstanceOf(Response)
  expect([answer.ok, answer.url, answer.headers.get('x-seen')]).toEqual([true, `${server.origin}/a?x=1`, 'yes'])
  expect(await answer.json()).toEqual({ method: 'GET', url: '/a?x=1', body: '' })
  const posted = await fetch(`${server.origin}/b`, { method: 'post', body: new URLSearchParams({ q: 'ü' }) })
  expect(await posted.json()).toMatchObject({
    method: 'POST',
    body: 'q=%C3%BC',
    type: expect.stringContaining('form-urlencoded'),
  })
  const request = new Request(`${server.origin}/c`, { method: 'PUT', body: 'text', headers: { 'content-type': 'text/x' } })
  expect(await (await fetch(request)).json()).toMatchObject({ method: 'PUT', body: 'text', type: 'text/x' })
  for (const body of [new TextEncoder().encode('bytes'), new TextEncoder().encode('bytes').buffer, new Blob(['bytes'])]) {
    expect(await (await fetch(`${server.origin}/d`, { method: 'POST', body })).json()).toMatchObject({ body: 'bytes' })
  }
  expect(costs).toEqual(['GET /a', 'POST /b', 'PUT /c', 'POST /d', 'POST /d', 'POST /d'])
})

test('fetch: 304 and a wanted redirect are answers, other statuses Failures', async () => {
  const server = await serve((request, response) => response.writeHead(Number(request.url?.slice(1)), { location: '/304' }).end())
  const fetch = connect(onePlace).transport.fetch(() => ({}))
  expect((await fetch(`${server.origin}/304`)).status).toBe(304)
  expect((await fetch(`${server.origin}/302`, { redirect: 'manual' })).status).toBe(302)
  expect((await fetch(`${server.origin}/302`)).status).toBe(304)
  expect(await rejection(fetch(`${server.origin}/404`))).toBeInstanceOf(Failure)
})

test('fetch: a streamed body asks for no packing, holds its place, and gives it back when it is cancelled', async () => {
  const server = await serve((_, response) => response.end(Buffer.alloc(1 << 20)))
  const fetch = connect(onePlace).transport.fetch(() => ({ expects: 'stream' }))
  const answer = await fetch(`${server.origin}/1`, { headers: { 'Accept-Encoding': 'gzip' } })
  const next = fetch(`${server.origin}/2`)
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(server.asked).toEqual(['GET /1'])
  expect(server.requests[0]?.headers['accept-encoding']).toBe('identity')
  await answer.body?.cancel()
  expect((await (await next).arrayBuffer()).byteLength).toBe(1 << 20)
})

test("Google's library: packed pages, retries of ours alone, Failures to be found in its errors, streams", async () => {
  let count = 0
  const server = await serve((request, response) => {
    if (request.url?.includes('alt=media')) return response.end(Buffer.alloc(300_000))
    if (request.url?.includes('/missing')) return response.writeHead(404, json).end('{"error":{"message":"no"}}')
    count += 1
    if (count < 3) return response.writeHead(503).end()
    const page = gzipSync(JSON.stringify({ files: [{ name: 'ü' }] }))
    return response.writeHead(200, { ...json, 'content-encoding': 'gzip', 'content-length': page.length }).end(page)
  })
  const { transport, events } = connect({ clock: jumpingClock(), ...onePlace })
  const google = drive({
    version: 'v3',
    rootUrl: `${server.origin}/`,
    retry: false,
    fetchImplementation: transport.fetch(({ url }) => ({ expects: url.searchParams.get('alt') === 'media' ? 'stream' : 'json' })),
  })
  expect((await google.files.list()).data).toEqual({ files: [{ name: 'ü' }] })
  expect(count).toBe(3)
  expect(events).toHaveLength(2)
  const error = await rejection(google.files.get({ fileId: 'missing' }))
  expect(error.cause).toBeInstanceOf(Failure)
  expect((error.cause as Failure).kind).toBe('gone')
  const media = await google.files.get({ fileId: '1', alt: 'media' }, { responseType: 'stream' })
  expect(await length(media.data as unknown as AsyncIterable<Uint8Array>)).toBe(300_000)
})

test('axios: addresses, parameters, json both ways, headers, own methods', async () => {
  const server = await echo()
  const client = axiosThrough(connect().transport)
  const answer = await client.post('/a', { q: 1 }, { baseURL: server.origin, params: { x: ['1', '2'] }, through: { cost: 3 } })
  expect(answer.data).toEqual({
    method: 'POST',
    url: '/a?x%5B%5D=1&x%5B%5D=2',
    body: '{"q":1}',
    type: expect.stringContaining('application/json'),
  })
  expect([answer.status, answer.headers['x-seen']]).toEqual([200, 'yes'])
  const propfind = await client.request({ method: 'PROPFIND', url: `${server.origin}/d`, data: '<q/>', responseType: 'text' })
  expect(JSON.parse(propfind.data)).toMatchObject({ method: 'PROPFIND', body: '<q/>' })
  const bytes = await client.get<Buffer>(server.origin, { responseType: 'arraybuffer' })
  expect(JSON.parse(bytes.data.toString())).toMatchObject({ method: 'GET' })
})

test('axios: streams that give back their place, Failures as they are, accepted statuses, aborts', async () => {
  const server = await serve((request, response) => {
    if (request.url === '/hang') return undefined
    if (request.url === '/404') return response.writeHead(404).end('no')
    return response.end(Buffer.alloc(1 << 20))
  })
  const client = axiosThrough(connect(onePlace).transport)
  const first = await client.get<NodeJS.ReadableStream & { destroy(): void }>(server.origin, { responseType: 'stream' })
  first.data.destroy()
  const second = await client.get<AsyncIterable<Uint8Array>>(server.origin, { responseType: 'stream' })
  expect(await length(second.data)).toBe(1 << 20)
  const failure = await rejection(client.get(`${server.origin}/404`))
  expect(failure).toBeInstanceOf(Failure)
  expect(failure.kind).toBe('gone')
  expect((await client.get(`${server.origin}/404`, { through: { accepts: [404] } })).status).toBe(404)
  const controller = new AbortController()
  const hanging = rejection(client.get(`${server.origin}/hang`, { signal: controller.signal }))
  await expect.poll(() => server.asked.at(-1)).toBe('GET /hang')
  const reason = new Error('stop')
  controller.abort(reason)
  expect(await hanging).toBe(reason)
  expect(axios.isAxiosError(failure)).toBe(false)
})

import { describe, expect, test } from 'vitest'
import type { Item } from '../../../src/core/item.ts'
import { type Answer, entry, multistatus, stub } from './stub.ts'

const item = (details = {}): Item => ({
  id: 'a b.bin',
  kind: 'file',
  version: '"v1"',
  name: 'a b.bin',
  parts: [{ key: 'file', name: 'a b.bin', size: 10 }],
  details: { href: '/dav/a%20b.bin', contentType: 'application/octet-stream', ...details },
})

async function fetchWith(answers: Answer[], options: { from?: number; version?: string } = {}, of = item()) {
  const left = [...answers]
  const { source, requests, cancelled } = stub(() => left.shift() ?? { status: 500 })
  const outcome = await source.fetch(of, of.parts[0]!, { from: 0, signal: new AbortController().signal, ...options }).then(
    (content) => ({ content }),
    (failure: unknown) => ({ failure }),
  )
  return { ...outcome, requests, cancelled: cancelled() }
}

const whole: Answer = { status: 200, headers: { 'content-length': '10', etag: '"v1"' }, body: '0123456789' }
const rest: Answer = {
  status: 206,
  headers: { 'content-range': 'bytes 4-9/10', 'content-length': '6', etag: '"v1"' },
  body: '456789',
}
const resume = { from: 4, version: '"v1"' }

describe('the request', () => {
  test('asks for the server’s own bytes of the path, unpacked', async () => {
    const { requests } = await fetchWith([whole])
    expect(requests).toEqual([
      expect.objectContaining({
        method: 'GET',
        url: 'https://dav.example/dav/a%20b.bin',
        headers: { 'accept-encoding': 'identity' },
        expects: 'stream',
        budget: 'downloads',
      }),
    ])
  })
  test('asks for the rest only if it is the rest of the same', async () => {
    const { requests, content } = { content: undefined, ...(await fetchWith([rest], resume)) }
    expect(requests[0]!.headers).toMatchObject({ range: 'bytes=4-', 'if-range': '"v1"' })
    expect(content).toMatchObject({ from: 4, size: 10, version: '"v1"' })
  })
  test('asks for everything where the version of the earlier bytes is not known', async () => {
    const { requests, content } = { content: undefined, ...(await fetchWith([whole], { from: 4 })) }
    expect(requests[0]!.headers).not.toHaveProperty('range')
    expect(content).toMatchObject({ from: 0 })
  })
})

describe('the answer to a range', () => {
  const again: [string, Answer][] = [
    ['416', { status: 416, headers: { 'content-range': 'bytes */3' } }],
    ['206 from elsewhere', { ...rest, headers: { ...rest.headers, 'content-range': 'bytes 0-9/10' } }],
    ['206 without Content-Range', { ...rest, headers: { etag: '"v1"' } }],
    ['206 of another content', { ...rest, headers: { ...rest.headers, etag: '"v2"' } }],
    ['206 with a weak etag', { ...rest, headers: { ...rest.headers, etag: 'W/"v1"' } }],
    ['206 of a packed form', { ...rest, headers: { ...rest.headers, 'content-encoding': 'gzip' } }],
  ]
  test.each(again)('%s: everything is asked for anew', async (_, first) => {
    const { requests, content, cancelled } = { content: undefined, ...(await fetchWith([first, whole], resume)) }
    expect(requests).toHaveLength(2)
    expect(requests[1]!.headers).not.toHaveProperty('range')
    expect(cancelled).toBe(1)
    expect(content).toMatchObject({ from: 0, size: 10 })
  })
  test('200: everything comes', async () => {
    expect(await fetchWith([{ ...whole, headers: { ...whole.headers, etag: '"v2"' } }], resume)).toMatchObject({
      content: { from: 0, version: '"v2"' },
    })
  })
  test('206 by date', async () => {
    const then = 'Sun, 06 Nov 1994 08:49:37 GMT'
    const answer = { ...rest, headers: { 'content-range': 'bytes 4-9/10', 'last-modified': then } }
    expect(await fetchWith([answer], { from: 4, version: then })).toMatchObject({ content: { from: 4 } })
    const later = { ...rest, headers: { 'content-range': 'bytes 4-9/10', 'last-modified': 'Sun, 06 Nov 1994 08:49:38 GMT' } }
    expect(await fetchWith([later, whole], { from: 4, version: then })).toMatchObject({ content: { from: 0 } })
  })
})

describe('what a resume may rely on', () => {
  const old = 'Sun, 06 Nov 1994 08:49:37 GMT'
  test.each([
    [{ etag: '"x"' }, '"x"'],
    [{ etag: 'W/"x"', 'last-modified': old, date: 'Sun, 06 Nov 1994 08:50:37 GMT' }, old],
    // Changed within a minute: it may change again under the same date.
    [{ etag: 'W/"x"', 'last-modified': old, date: 'Sun, 06 Nov 1994 08:50:36 GMT' }, undefined],
    [{ 'last-modified': old }, undefined],
    [{ etag: 'W/"x"' }, undefined],
    [{ etag: '"x"', 'content-encoding': 'gzip' }, undefined],
    [{}, undefined],
  ])('%j', async (headers, version) => {
    const { content } = { content: undefined, ...(await fetchWith([{ ...whole, headers }])) }
    expect(content?.version).toBe(version)
  })
})

describe('what is not the file', () => {
  const page: Answer = { headers: { 'content-type': 'text/html; charset=utf-8', 'content-length': '99' }, body: '<html>' }
  test('a web page', async () => {
    expect(await fetchWith([page])).toMatchObject({ failure: { kind: 'corrupt' }, cancelled: 1 })
    expect(await fetchWith([{ ...page, headers: { 'content-type': 'text/html' } }])).toMatchObject({
      failure: { kind: 'corrupt' },
    })
  })
  test('another length under the version that was listed; under a newer one it is the newer content', async () => {
    const short: Answer = { ...whole, headers: { 'content-length': '4', etag: '"v1"' }, body: '0123' }
    const listed = item({ etag: '"v1"' })
    expect(await fetchWith([short], {}, listed)).toMatchObject({ failure: { kind: 'corrupt' }, cancelled: 1 })
    const newer: Answer = { ...short, headers: { 'content-length': '4', etag: '"v2"' } }
    const now = (size: number): Answer => ({
      status: 207,
      body: multistatus(
        entry('/dav/a%20b.bin', `<getetag>"v2"</getetag><getcontentlength>${size}</getcontentlength><resourcetype/>`),
      ),
    })
    const { requests, ...outcome } = await fetchWith([newer, now(4), newer], {}, listed)
    expect(outcome).toMatchObject({ content: { size: 4, version: '"v2"' } })
    expect(requests.map(({ method }) => method)).toEqual(['GET', 'PROPFIND', 'GET'])
    // Cut short on its way, by somebody who also changed the length that it states.
    expect(await fetchWith([newer, now(10), newer], {}, listed)).toMatchObject({ failure: { kind: 'corrupt' }, cancelled: 2 })
  })
  test('a web page that was listed as one, or has the length of the file, is the file', async () => {
    expect(await fetchWith([page], {}, item({ contentType: 'text/html' }))).toHaveProperty('content')
    expect(await fetchWith([{ ...page, headers: { ...page.headers, 'content-length': '10' } }])).toHaveProperty('content')
  })
  test('an answer from another host', async () => {
    const { failure } = { failure: undefined, ...(await fetchWith([{ ...whole, url: 'https://evil.example/a' }])) }
    expect(failure).toMatchObject({ kind: 'forbidden', message: expect.stringContaining('https://evil.example') })
  })
  test('404 is gone only if the server does not name it any more', async () => {
    expect(await fetchWith([{ status: 404 }, { status: 404 }])).toMatchObject({ failure: { kind: 'gone' } })
    expect(await fetchWith([{ status: 404 }, { status: 207, body: multistatus(entry('/dav/a%20b.bin')) }])).toMatchObject({
      failure: { kind: 'corrupt' },
    })
  })
  test('a checksum that comes with the bytes is handed on', async () => {
    expect(await fetchWith([{ ...whole, headers: { 'oc-checksum': `MD5:${'a'.repeat(32)}` } }])).toMatchObject({
      content: { checksums: [{ algorithm: 'md5', value: 'a'.repeat(32) }] },
    })
  })
})

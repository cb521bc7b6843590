import { describe, expect, test } from 'vitest'
import { Failure } from '../../../../src/core/failure.ts'
import type { Item } from '../../../../src/core/item.ts'
import type { Content } from '../../../../src/core/source.ts'
import type { HttpRequest, HttpResponse, Transport } from '../../../../src/core/transport.ts'
import type { DriveApi } from '../../../../src/providers/google/drive/api.ts'
import { createFetch } from '../../../../src/providers/google/drive/fetch.ts'
import { createResourceKeys } from '../../../../src/providers/google/drive/resource-keys.ts'
import type { DriveContent, Operation } from '../../../../src/providers/google/drive/schema.ts'

const endpoints = {
  drive: 'https://api.test/',
  docs: 'https://docs.test/',
  usercontent: 'https://content.test/',
  userinfo: 'https://id.test/me',
}
const signal = AbortSignal.timeout(10_000)

interface Reply {
  status?: number
  headers?: Record<string, string>
  body?: string
}
interface World {
  reply: (request: HttpRequest) => Reply | Failure
  content?: () => DriveContent
  key?: string
  startDownload?: () => Operation | Failure
  operation?: (name: string) => Operation | Failure
  links?: Record<string, string>
}

function open(world: World) {
  const requests: HttpRequest[] = []
  const asked: string[] = []
  let given = 0
  const send = async (request: HttpRequest): Promise<HttpResponse> => {
    requests.push(request)
    const reply = world.reply(request)
    if (reply instanceof Failure) throw reply
    const { status = 200, headers = {}, body = '' } = reply
    const bytes = new TextEncoder().encode(body)
    return {
      status,
      headers,
      url: request.url,
      body: (async function* () {
        yield bytes
      })(),
      text: async () => body,
      cancel: () => {
        given += 1
      },
    }
  }
  const keys = createResourceKeys()
  const answer = async <T>(name: string, value: T | Failure | undefined): Promise<T> => {
    asked.push(name)
    if (value === undefined) throw new Error(`${name} was not expected`)
    if (value instanceof Failure) throw value
    return value
  }
  const unused = () => Promise.reject(new Error('not expected here'))
  const api: DriveApi = {
    keys,
    content: () => answer('content', world.content?.()),
    findKey: async ({ id }) => {
      if (world.key !== undefined) keys.learn({ id, resourceKey: world.key })
      return answer('key', world.key !== undefined)
    },
    startDownload: () => answer('download', world.startDownload?.()),
    operation: (name) => answer(`operation ${name}`, world.operation?.(name)),
    exportLinks: () => answer('links', world.links),
    storage: async () => ({ used: undefined, trash: undefined }),
    rootId: unused,
    drives: unused,
    startToken: unused,
    changes: unused,
    files: unused,
    ids: unused,
    children: unused,
    foreignFolders: unused,
    folder: unused,
  }
  const transport: Transport = { send, fetch: () => () => Promise.reject(new Error('not expected here')) }
  return {
    fetch: createFetch({ account: 'google', settings: {}, endpoints, transport }, api),
    requests,
    asked,
    cancelled: () => given,
  }
}

const part = { key: 'file', name: 'x.bin', size: 5, checksums: [{ algorithm: 'md5', value: 'aa' }] } as const
const stored: Item = {
  id: 'f/1',
  kind: 'file',
  version: 'md5:aa',
  name: 'x.bin',
  parent: 'P',
  parts: [part],
  details: { mimeType: 'application/octet-stream' },
}
const now = (md5Checksum: string, size: number): DriveContent => ({ md5Checksum, size })
async function text({ bytes }: Content): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

describe('stored files', () => {
  test('are asked for once, plain, and come with what the listing knew', async () => {
    const { fetch, requests, asked } = open({ reply: () => ({ body: 'hello', headers: { 'content-length': '5' } }) })
    const content = await fetch(stored, part, { from: 0, signal })
    expect(await text(content)).toBe('hello')
    expect(content).toMatchObject({ from: 0, size: 5, version: 'md5:aa', checksums: part.checksums })
    expect(requests).toMatchObject([
      {
        url: 'https://api.test/drive/v3/files/f%2F1?alt=media&supportsAllDrives=true',
        expects: 'stream',
        cost: 200,
        headers: { 'accept-encoding': 'identity' },
      },
    ])
    expect(requests[0]!.headers).not.toHaveProperty('range')
    expect(asked).toEqual([])
  })

  test('go on where the content is still the same', async () => {
    const { fetch, requests } = open({
      content: () => now('aa', 5),
      reply: () => ({ status: 206, body: 'lo', headers: { 'content-range': 'bytes 3-4/5', 'content-length': '2' } }),
    })
    expect(await fetch(stored, part, { from: 3, version: 'md5:aa', signal })).toMatchObject({
      from: 3,
      size: 5,
      version: 'md5:aa',
    })
    expect(requests[0]!.headers?.range).toBe('bytes=3-')
  })

  test('start again where it changed, with the new checksums', async () => {
    const { fetch, requests } = open({
      content: () => now('bb', 6),
      reply: () => ({ body: 'hello!', headers: { 'content-length': '6' } }),
    })
    expect(await fetch(stored, part, { from: 3, version: 'md5:aa', signal })).toMatchObject({
      from: 0,
      size: 6,
      version: 'md5:bb',
      checksums: [{ algorithm: 'md5', value: 'bb' }],
    })
    expect(requests[0]!.headers).not.toHaveProperty('range')
  })

  test('start again where the server ignores the range', async () => {
    const { fetch } = open({ content: () => now('aa', 5), reply: () => ({ body: 'hello', headers: { 'content-length': '5' } }) })
    expect(await fetch(stored, part, { from: 3, version: 'md5:aa', signal })).toMatchObject({ from: 0, size: 5 })
  })

  test('start again after a 416', async () => {
    const { fetch, requests } = open({
      content: () => now('aa', 5),
      reply: ({ headers }) => (headers?.range === undefined ? { body: 'hello' } : { status: 416 }),
    })
    expect(await fetch(stored, part, { from: 3, version: 'md5:aa', signal })).toMatchObject({ from: 0 })
    expect(requests).toHaveLength(2)
  })

  test.each(['bytes 2-4/5', 'bytes 3-4/9', 'bytes 3-4/*', 'bytes 4-3/5', undefined])(
    'refuse another range than was asked for: %s',
    async (range) => {
      const { fetch, cancelled } = open({
        content: () => now('aa', 5),
        reply: () => ({ status: 206, body: 'lo', headers: range === undefined ? {} : { 'content-range': range } }),
      })
      await expect(fetch(stored, part, { from: 3, version: 'md5:aa', signal })).rejects.toMatchObject({ kind: 'corrupt' })
      expect(cancelled()).toBe(1)
    },
  )

  test('replaced since the listing: what it is now is asked for', async () => {
    const { fetch } = open({
      content: () => now('bb', 7),
      reply: () => ({ body: 'goodbye', headers: { 'content-length': '7' } }),
    })
    expect(await fetch(stored, part, { from: 0, signal })).toMatchObject({
      size: 7,
      version: 'md5:bb',
      checksums: [{ algorithm: 'md5', value: 'bb' }],
    })
  })

  test('a second attempt from the start asks what it is now', async () => {
    const { fetch, asked } = open({
      content: () => now('cc', 5),
      reply: () => ({ body: 'HELLO', headers: { 'content-length': '5' } }),
    })
    await fetch(stored, part, { from: 0, signal })
    expect(await fetch(stored, part, { from: 0, signal })).toMatchObject({ version: 'md5:cc' })
    expect(asked).toEqual(['content'])
  })

  test('a web page is no file, unless the file is one', async () => {
    const reply = () => ({ body: '<html>', headers: { 'content-type': 'text/html; charset=utf-8' } })
    await expect(open({ reply }).fetch(stored, part, { from: 0, signal })).rejects.toMatchObject({ kind: 'corrupt' })
    const page = { ...stored, details: { mimeType: 'text/html' } }
    expect(await text(await open({ reply }).fetch(page, part, { from: 0, signal }))).toBe('<html>')
  })

  test('a 404 of an item that wants its key is asked again with it', async () => {
    const reply = ({ headers }: HttpRequest) =>
      headers?.['x-goog-drive-resource-keys'] === 'f/1/0-key' ? { body: 'hello' } : new Failure('gone', 'not there')
    const { fetch, requests } = open({ reply, key: '0-key' })
    expect(await text(await fetch(stored, part, { from: 0, signal }))).toBe('hello')
    expect(requests).toHaveLength(2)
    await expect(open({ reply }).fetch(stored, part, { from: 0, signal })).rejects.toMatchObject({ kind: 'gone' })
  })

  test('the daily limit on many files in a row is the account’s', async () => {
    const limit = () => new Failure('throttled', 'limit', { retryAfter: Date.now() + 7_200_000 })
    const { fetch } = open({ reply: limit })
    const stops: string[] = []
    for (const id of ['a', 'a', 'b', 'c']) {
      stops.push(
        await fetch({ ...stored, id }, part, { from: 0, signal }).then(
          () => 'none',
          (error: unknown) => Failure.from(error).stops,
        ),
      )
      // A second attempt of the same file would ask for its content first.
      if (id === 'a' && stops.length === 2) expect(stops[1]).toBe('item')
    }
    expect(stops.at(-1)).toBe('source')
  })
})

describe('documents', () => {
  const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
  const document: Item = {
    ...stored,
    id: 'd',
    version: 'edited:t',
    details: { mimeType: 'application/vnd.google-apps.document' },
  }
  const form = { key: 'docx', name: 'x.docx', format: 'zip' } as const
  const tooLarge = new Failure('unexportable', 'too large', { reason: 'too-large' })
  const isExport = ({ url }: HttpRequest) => url.includes('/export?mimeType=')

  test('are exported, without a version to go on from', async () => {
    const { fetch, requests } = open({ reply: () => ({ body: 'PK' }) })
    const content = await fetch(document, form, { from: 0, signal })
    expect(await text(content)).toBe('PK')
    expect(content).toMatchObject({ from: 0 })
    expect(content.version).toBeUndefined()
    expect(requests[0]!.url).toBe(`https://api.test/drive/v3/files/d/export?mimeType=${encodeURIComponent(docx)}`)
  })

  test('too large ones are prepared, waited for by trying later, and fetched', async () => {
    const jobs: Operation[] = [
      { name: 'op', done: false },
      { name: 'op', done: true, response: { downloadUri: 'https://content.test/big' } },
    ]
    const { fetch, requests, asked } = open({
      reply: (request) => (isExport(request) ? tooLarge : { body: 'PKbig' }),
      startDownload: () => ({ name: 'op', done: false }),
      operation: () => jobs.shift()!,
    })
    for (const _ of [1, 2]) {
      const failure = await fetch(document, form, { from: 0, signal }).then(() => undefined, Failure.from)
      expect(failure).toMatchObject({ kind: 'throttled', stops: 'item' })
      expect(failure!.retryAfter! - Date.now()).toBeGreaterThan(8_000)
    }
    const content = await fetch(document, form, { from: 0, signal })
    expect(await text(content)).toBe('PKbig')
    expect(content.resume).toBe('op')
    expect(asked).toEqual(['download', 'operation op', 'operation op'])
    expect(requests.filter(isExport)).toHaveLength(1)
  })

  test('an export prepared earlier is used again, and made anew where it expired', async () => {
    const ready: Operation = { name: 'op', done: true, response: { downloadUri: 'https://content.test/big' } }
    const again = open({ reply: () => ({ body: 'PK' }), operation: () => ready })
    await again.fetch(document, form, { from: 0, resume: 'op', signal })
    expect(again.asked).toEqual(['operation op'])
    const expired = open({
      reply: () => ({ body: 'PK' }),
      operation: () => new Failure('gone', 'expired'),
      startDownload: () => ({ ...ready, name: 'op2' }),
    })
    expect(await expired.fetch(document, form, { from: 0, resume: 'op', signal })).toMatchObject({ resume: 'op2' })
  })

  test('where none can be prepared, the export link is the last way', async () => {
    const { fetch, requests } = open({
      reply: (request) => (isExport(request) ? tooLarge : { body: 'PK', headers: { 'content-type': docx } }),
      startDownload: () => ({ done: true, error: { code: 3 } }),
      links: { [docx]: 'https://docs.test/export?id=d' },
    })
    expect(await text(await fetch(document, form, { from: 0, signal }))).toBe('PK')
    expect(requests.at(-1)).toMatchObject({ url: 'https://docs.test/export?id=d', budget: 'docs' })
  })

  test.each([
    ['no link', {}],
    ['a link to another host', { [docx]: 'https://elsewhere.test/export' }],
  ])('with %s it stays too large', async (_, links: Record<string, string>) => {
    const { fetch, requests } = open({ reply: () => tooLarge, startDownload: () => ({ done: true, error: { code: 9 } }), links })
    await expect(fetch(document, form, { from: 0, signal })).rejects.toMatchObject({ kind: 'unexportable', reason: 'too-large' })
    expect(requests).toHaveLength(1)
  })

  test('a web page from an export link is refused', async () => {
    const { fetch } = open({
      reply: (request) => (isExport(request) ? tooLarge : { body: '<html>', headers: { 'content-type': 'text/html' } }),
      startDownload: () => new Failure('unexportable', 'no', { reason: 'no-export' }),
      links: { [docx]: 'https://docs.test/export' },
    })
    await expect(fetch(document, form, { from: 0, signal })).rejects.toMatchObject({ kind: 'corrupt' })
  })

  test.each([
    [2, 'transient'],
    [8, 'transient'],
    [13, 'transient'],
    [14, 'transient'],
    [16, 'signin'],
  ])('a job that failed with code %i is %s', async (code, kind) => {
    const { fetch } = open({ reply: () => tooLarge, startDownload: () => ({ done: true, error: { code } }) })
    await expect(fetch(document, form, { from: 0, signal })).rejects.toMatchObject({ kind })
  })

  test('videos of Google Vids are never asked of the export', async () => {
    const video = { ...document, details: { mimeType: 'application/vnd.google-apps.vid' } }
    const { fetch, requests } = open({
      reply: () => ({ body: 'mp4' }),
      startDownload: () => ({ name: 'op', done: true, response: { downloadUri: 'https://content.test/v' } }),
    })
    await fetch(video, { key: 'mp4', format: 'mp4' }, { from: 0, signal })
    expect(requests.map(({ url }) => url)).toEqual(['https://content.test/v'])
  })

  test.each(['signin', 'gone', 'throttled', 'forbidden'] as const)(
    'a failure of kind %s is no reason for another way',
    async (kind) => {
      const { fetch, asked } = open({ reply: () => new Failure(kind, 'no') })
      await expect(fetch(document, form, { from: 0, signal })).rejects.toMatchObject({ kind })
      expect(asked.filter((name) => name !== 'key')).toEqual([])
    },
  )
})

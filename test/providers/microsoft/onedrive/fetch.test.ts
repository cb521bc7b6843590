import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { Failure } from '../../../../src/core/failure.ts'
import type { Item } from '../../../../src/core/item.ts'
import type { Content } from '../../../../src/core/source.ts'
import type { HttpRequest, HttpResponse } from '../../../../src/core/transport.ts'
import { createFetch } from '../../../../src/providers/microsoft/onedrive/fetch.ts'
import { download } from '../../../../src/providers/microsoft/onedrive/schema.ts'
import { drain, failureOf } from '../../../contracts/content.ts'
import { never } from '../../../contracts/listed.ts'

const address = 'https://contoso-my.sharepoint.com/download.aspx?tempauth=v1%2Esecret'
const bytes = Buffer.from('the bytes of the file')

interface Script {
  readonly name?: string
  /** What Graph says of the file, one after the other; the last one for ever. */
  readonly states?: readonly object[]
  /** What the storage answers, one after the other. */
  readonly answers: readonly { status?: number; headers?: Record<string, string>; body?: Uint8Array }[]
  readonly address?: () => Promise<string>
}

/** A file named `name`, asked for once. */
function fetchAt({ name = 'a.bin', states = [{}], answers, address: more }: Script) {
  const asked: HttpRequest[] = []
  let questions = 0
  let left = [...answers]
  const api: Parameters<typeof createFetch>[1] = {
    ownDrive: async () => ({ id: 'b!own', type: 'business', root: '01ROOT' }),
    async file() {
      const state = states[Math.min(questions++, states.length - 1)]
      return download.parse({
        id: '01A',
        name,
        size: bytes.length,
        cTag: 'one',
        file: { mimeType: 'application/octet-stream' },
        '@microsoft.graph.downloadUrl': address,
        ...state,
      })
    },
    address: more ?? (async () => address),
  }
  const send = async (request: HttpRequest): Promise<HttpResponse> => {
    asked.push(request)
    const [{ status = 200, headers = {}, body = bytes } = {}, ...rest] = left
    left = rest
    if (status >= 400 && !request.accepts?.includes(status)) throw new Failure('forbidden', `status ${status}`)
    return {
      status,
      headers: { 'content-length': String(body.length), ...headers },
      url: request.url,
      body: (async function* () {
        yield body
      })(),
      text: async () => '',
      cancel: () => {},
    }
  }
  const connection = {
    account: 'microsoft',
    settings: {},
    endpoints: { graph: 'https://graph.microsoft.com/' },
    transport: { send, fetch: () => fetch },
  }
  const item: Item = { id: '01A', kind: 'file', version: 'v', name, parts: [{ key: 'file', name }], details: {} }
  const work = (options: { from?: number; version?: string } = {}): Promise<Content> =>
    createFetch(connection, api)(item, item.parts[0]!, { from: 0, signal: never, ...options })
  return { asked, work, questions: () => questions }
}

describe('asking for bytes', () => {
  test('goes to the address as it is, without the sign-in, plain', async () => {
    const { asked, work } = fetchAt({ answers: [{}] })
    const content = await work()
    expect(Buffer.compare(await drain(content), bytes)).toBe(0)
    expect(content).toMatchObject({ from: 0, size: bytes.length, version: 'tag:one' })
    expect(asked).toEqual([
      expect.objectContaining({
        url: address,
        credentials: 'none',
        budget: 'graph',
        headers: { 'accept-encoding': 'identity', 'user-agent': expect.stringMatching(/^NONISV\|/) },
      }),
    ])
  })

  test.each([
    'http://contoso-my.sharepoint.com/x',
    'https://user:password@contoso-my.sharepoint.com/x',
    'ftp://x/',
    'nonsense',
    '',
  ])('an address like %j is not asked at all', async (odd) => {
    const { asked, work } = fetchAt({ states: [{ '@microsoft.graph.downloadUrl': odd }], answers: [{}] })
    const failure = await failureOf(work())
    expect(failure.kind).toBe('corrupt')
    expect(failure.message).not.toContain('sharepoint')
    expect(asked).toEqual([])
  })

  test('goes on with a range where the content is still the same, else from the start', async () => {
    const rest = {
      status: 206,
      headers: { 'content-range': `bytes 4-${bytes.length - 1}/${bytes.length}` },
      body: bytes.subarray(4),
    }
    const same = fetchAt({ answers: [rest] })
    expect(await same.work({ from: 4, version: 'tag:one' })).toMatchObject({ from: 4, size: bytes.length })
    expect(same.asked[0]!.headers).toMatchObject({ range: 'bytes=4-' })
    const other = fetchAt({ answers: [{}] })
    expect(await other.work({ from: 4, version: 'tag:zero' })).toMatchObject({ from: 0, version: 'tag:one' })
    expect(other.asked[0]!.headers).not.toHaveProperty('range')
  })

  test('no range on an empty file, nor from its end', async () => {
    for (const [size, from] of [
      [0, 0],
      [0, 5],
      [bytes.length, bytes.length],
    ] as const) {
      const { asked, work } = fetchAt({ states: [{ size }], answers: [{ body: bytes.subarray(0, size) }] })
      await work({ from, version: 'tag:one' })
      expect(asked[0]!.headers).not.toHaveProperty('range')
    }
  })

  test.each(['bytes 0-20/21', 'bytes 5-20/21', 'bytes */21', 'bytes 4-21/21', 'bytes 4-3/21', ''])(
    'another part than was asked for (%j) is refused',
    async (range) => {
      const { work } = fetchAt({ answers: [{ status: 206, headers: { 'content-range': range } }] })
      expect((await failureOf(work({ from: 4, version: 'tag:one' }))).kind).toBe('corrupt')
    },
  )

  test('after a 416 it starts again', async () => {
    const { asked, work } = fetchAt({ answers: [{ status: 416 }, {}] })
    expect(await work({ from: 4, version: 'tag:one' })).toMatchObject({ from: 0 })
    expect(asked).toHaveLength(2)
    const whole = fetchAt({ answers: [{ status: 416 }, {}] })
    expect((await failureOf(whole.work())).kind).toBe('corrupt')
    expect(whole.asked).toHaveLength(1)
  })

  test('replaced between two addresses: its bytes are never joined', async () => {
    const { work, questions } = fetchAt({ states: [{}, { cTag: 'two' }], answers: [{ status: 401 }, {}] })
    expect((await failureOf(work({ from: 4, version: 'tag:one' }))).kind).toBe('changed')
    expect(questions()).toBe(2)
  })

  test('refused twice: no third time', async () => {
    for (const status of [401, 404, 410]) {
      const { asked, work } = fetchAt({ answers: [{ status }, { status }, {}] })
      expect(await failureOf(work())).toMatchObject({ kind: 'transient', stops: 'item' })
      expect(asked).toHaveLength(2)
    }
  })
})

describe('what an answer must be', () => {
  const packed = gzipSync(bytes)
  test('packed although it was not asked for, with the length of the packed form: refused, also for an Office file', async () => {
    for (const name of ['a.bin', 'a.docx']) {
      const { work } = fetchAt({ name, answers: [{ headers: { 'content-encoding': 'gzip' }, body: packed }] })
      expect((await failureOf(work())).kind, name).toBe('corrupt')
    }
  })

  test('labelled as packed, with the length of the file: it is a packed file', async () => {
    const { work } = fetchAt({
      name: 'a.tar.gz',
      states: [{ size: packed.length }],
      answers: [{ headers: { 'content-encoding': 'gzip' }, body: packed }],
    })
    expect(Buffer.compare(await drain(await work()), packed)).toBe(0)
  })

  test('a web page is no file, unless the file is one', async () => {
    const html = { headers: { 'content-type': 'text/html; charset=utf-8' } }
    expect((await failureOf(fetchAt({ answers: [html] }).work())).kind).toBe('corrupt')
    expect((await fetchAt({ name: 'a.html', answers: [html] }).work()).from).toBe(0)
    expect((await fetchAt({ states: [{ file: { mimeType: 'text/html' } }], answers: [html] }).work()).from).toBe(0)
  })

  test('another length than stated: doubtful for an Office file, decided by a checksum, else a change', async () => {
    const longer = { body: Buffer.concat([bytes, bytes]) }
    const office = await fetchAt({ name: 'a.xlsx', answers: [longer] }).work()
    expect(office).toMatchObject({ size: bytes.length * 2, doubtful: { size: bytes.length } })
    // Where the answer does not say how long it is, what the listing says must not be asked of it.
    const unsaid = await fetchAt({ name: 'a.xlsx', answers: [{ ...longer, headers: { 'content-length': '' } }] }).work()
    expect(unsaid).not.toHaveProperty('size')
    expect(unsaid).toMatchObject({ doubtful: { size: bytes.length } })
    const hashes = { quickXorHash: Buffer.alloc(20, 1).toString('base64') }
    const checked = await fetchAt({ states: [{ file: { hashes } }], answers: [longer] }).work()
    expect(checked).toMatchObject({ size: bytes.length * 2, checksums: [{ algorithm: 'quickxor' }] })
    expect(checked).not.toHaveProperty('doubtful')
    expect((await failureOf(fetchAt({ answers: [longer] }).work())).kind).toBe('changed')
  })
})

describe('what Graph says instead of an address', () => {
  test.each([
    [{ malware: {} }, 'unexportable'],
    [{ deleted: {} }, 'gone'],
    [{ file: null, folder: {} }, 'changed'],
  ])('%j is %s', async (state, kind) => {
    expect((await failureOf(fetchAt({ states: [state], answers: [] }).work())).kind).toBe(kind)
  })

  test('nothing, and refuses the content: downloads are forbidden', async () => {
    const refuses = (failure: Failure) => async () => {
      throw failure
    }
    const without = { states: [{ '@microsoft.graph.downloadUrl': undefined }], answers: [] }
    const forbidden = fetchAt({ ...without, address: refuses(new Failure('forbidden', 'no')) })
    expect(await failureOf(forbidden.work())).toMatchObject({ kind: 'unexportable', reason: 'download-forbidden' })
    const locked = fetchAt({ ...without, address: refuses(new Failure('forbidden', 'no', { stops: 'source' })) })
    expect(await failureOf(locked.work())).toMatchObject({ kind: 'forbidden', stops: 'source' })
    // Sections of notebooks: refused in one way or another, 503 for ever among them; but not where everything is.
    for (const kind of ['bug', 'transient', 'forbidden'] as const) {
      const section = fetchAt({ ...without, name: 'a.one', address: refuses(new Failure(kind, 'status 400')) })
      const reason = kind === 'forbidden' ? 'download-forbidden' : 'elsewhere'
      expect(await failureOf(section.work()), kind).toMatchObject({ kind: 'unexportable', reason })
      const other = fetchAt({ ...without, name: 'a.txt', address: refuses(new Failure('bug', 'status 400')) })
      expect((await failureOf(other.work())).kind).toBe('bug')
    }
    const down = fetchAt({ ...without, name: 'a.one', address: refuses(new Failure('transient', 'no', { stops: 'source' })) })
    expect((await failureOf(down.work())).kind).toBe('transient')
  })
})

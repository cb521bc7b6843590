import type { Connection } from '../../../src/core/provider.ts'
import type { Page } from '../../../src/core/source.ts'
import type { HttpRequest, HttpResponse, Transport } from '../../../src/core/transport.ts'
import { webdav } from '../../../src/providers/webdav/provider.ts'

export interface Answer {
  readonly status?: number
  readonly headers?: Record<string, string>
  /** Default: where the request went. */
  readonly url?: string
  readonly body?: string | Uint8Array
}

/** A transport that answers what it is told, explains failures as the provider does, and keeps the requests. */
export function stub(answer: (request: HttpRequest) => Answer) {
  const requests: HttpRequest[] = []
  let cancelled = 0
  const transport: Transport = {
    send: async (request) => {
      request.signal?.throwIfAborted()
      requests.push(request)
      const { status = 200, headers = {}, url = request.url, body = '' } = answer(request)
      const head = { status, headers, url }
      const bytes = Buffer.from(body)
      if ((status < 200 || status > 299) && !request.accepts?.includes(status))
        throw webdav.explain(head, bytes.toString(), request)
      const response: HttpResponse = {
        ...head,
        body: (async function* () {
          yield bytes
        })(),
        text: async () => bytes.toString(),
        cancel: () => {
          cancelled++
        },
      }
      return response
    },
    fetch: () => {
      throw new Error('not used')
    },
  }
  const connection: Connection = {
    account: 'home',
    settings: { url: 'https://dav.example/dav/', username: 'me', insecure: false },
    endpoints: { dav: 'https://dav.example/dav/' },
    transport,
  }
  return { connection, source: webdav.sources[0]!.open(connection, {}), requests, cancelled: () => cancelled }
}

/** An entry of a listing: href, then the properties as XML. */
export const entry = (href: string, properties = '', status = 'HTTP/1.1 200 OK') =>
  `<response><href>${href}</href><propstat><prop>${properties}</prop><status>${status}</status></propstat></response>`
export const dir = '<resourcetype><collection/></resourcetype>'
export const multistatus = (...entries: string[]) =>
  `<multistatus xmlns="DAV:" xmlns:o="http://owncloud.org/ns" xmlns:n="http://nextcloud.org/ns">${entries.join('')}</multistatus>`

/** What a listing says, in short: ids, gone ids, unread ids with the kind of failure. */
export async function said(pages: AsyncIterable<Page>) {
  const all: Page[] = []
  let error: unknown
  try {
    for await (const page of pages) all.push(page)
  } catch (thrown) {
    error = thrown
  }
  return {
    pages: all,
    ids: all.flatMap((page) => page.items.map((item) => item.id)),
    items: new Map(all.flatMap((page) => page.items.map((item) => [item.id, item] as const))),
    gone: all.flatMap((page) => page.gone ?? []),
    unread: all.flatMap((page) =>
      (page.unread ?? []).map(({ id, failure }) => (failure === undefined ? id : `${id}: ${failure.kind}`)),
    ),
    messages: all.flatMap((page) => (page.unread ?? []).map(({ failure }) => failure?.message ?? '')),
    error,
  }
}

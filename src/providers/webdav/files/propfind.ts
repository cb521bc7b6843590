import type { AxiosInstance } from 'axios'
import type { HttpResponse } from '../../../core/transport.ts'
import { otherHost } from '../explain.ts'
import { requestPath } from './href.ts'
import { propfindBody } from './multistatus.ts'

/** Where a PROPFIND goes. */
export interface Server {
  readonly client: AxiosInstance
  /** Scheme, host and port. */
  readonly origin: string
  readonly signal: AbortSignal
}

/**
 * Asks a folder for its properties, and with depth 1 for its entries'. `base` is the path that answered, after redirects (folders without
 * their slash), with a slash at its end. `ask` is the body. Without `Depth` the standard means "infinity", which most servers refuse.
 */
export async function propfind(
  { client, origin, signal }: Server,
  path: string,
  depth: '0' | '1',
  what: string,
  ask = propfindBody,
): Promise<{ base: string; body: AsyncIterable<Uint8Array> }> {
  const folder = path.endsWith('/') ? path : `${path}/`
  const { data } = await client.request<HttpResponse>({
    method: 'PROPFIND',
    url: origin + requestPath(depth === '1' ? folder : path),
    headers: { depth, 'content-type': 'application/xml; charset=utf-8', accept: 'application/xml, text/xml' },
    data: ask,
    signal,
  })
  const elsewhere = otherHost(data, origin, `${what}: the server`)
  if (elsewhere !== undefined) {
    data.cancel()
    throw elsewhere
  }
  const answered = new URL(data.url).pathname
  // Where nothing was redirected the server's own bytes are kept: URL would change some.
  const base =
    answered === new URL(origin + requestPath(folder)).pathname ? folder : answered.endsWith('/') ? answered : `${answered}/`
  return { base, body: data.body }
}

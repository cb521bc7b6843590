import { Readable } from 'node:stream'
import axios, { AxiosHeaders, type AxiosInstance, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios'
import { Failure } from '../core/failure.ts'
import type { HttpRequest, Transport } from '../core/transport.ts'

declare module 'axios' {
  interface AxiosRequestConfig {
    /** What the transport wants to know of a request besides. */
    through?: Pick<HttpRequest, 'budget' | 'cost' | 'credentials' | 'expects' | 'accepts'>
  }
}

/**
 * An axios whose requests go through the transport: its addresses, parameters and transformations, our network, limits, sign-in and retries.
 * `responseType: 'stream'` gives a Readable and counts as `expects: 'stream'`; errors are Failures, statuses outside 2xx answers only where
 * `through.accepts` names them (`validateStatus` is not asked). `maxRedirects`, `auth`, `proxy` and `timeout` have no effect.
 */
export function axiosThrough(transport: Transport): AxiosInstance {
  const instance = axios.create({ adapter: (config) => exchange(config, transport, (given) => instance.getUri(given)) })
  instance.interceptors.response.use(undefined, (error: unknown) => {
    // It puts an error of its own in the place of the signal's reason.
    const signal =
      axios.isCancel(error) && 'config' in error ? (error.config as InternalAxiosRequestConfig | undefined)?.signal : undefined
    throw signal instanceof AbortSignal && signal.aborted ? signal.reason : error
  })
  return instance
}

async function exchange(
  config: InternalAxiosRequestConfig,
  transport: Transport,
  address: (config: InternalAxiosRequestConfig) => string,
): Promise<AxiosResponse> {
  const stream = config.responseType === 'stream'
  const body = bytesOf(config.data)
  const answer = await transport.send({
    method: (config.method ?? 'get').toUpperCase(),
    url: address(config),
    headers: headersOf(config.headers),
    ...(body !== undefined && { body }),
    expects: stream ? 'stream' : 'json',
    ...(config.signal instanceof AbortSignal && { signal: config.signal }),
    ...config.through,
  })
  return {
    data: stream
      ? Readable.from(answer.body, { objectMode: false })
      : config.responseType === 'arraybuffer'
        ? await bytes(answer.body)
        : await answer.text(),
    status: answer.status,
    statusText: '',
    headers: new AxiosHeaders(answer.headers),
    config,
    request: { responseURL: answer.url },
  }
}

function headersOf(headers: AxiosHeaders): Record<string, string> {
  const result: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers.toJSON())) {
    if (value !== null && value !== undefined) result[name] = String(value)
  }
  return result
}

function bytesOf(data: unknown): string | Uint8Array | undefined {
  if (data === undefined || data === null) return undefined
  if (typeof data === 'string' || data instanceof Uint8Array) return data
  if (data instanceof ArrayBuffer) return new Uint8Array(data)
  throw new Failure('bug', 'a request body must be text or bytes that can be sent again')
}

async function bytes(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks)
}

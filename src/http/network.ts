import { X509Certificate } from 'node:crypto'
import { createSecureContext, getCACertificates } from 'node:tls'
import { Agent, type Dispatcher, fetch as fetchThrough, Pool, ProxyAgent } from 'undici'
import { Failure } from '../core/failure.ts'
import { networkFailure } from './network-failure.ts'
import { bypassesProxy } from './no-proxy.ts'
import { redactUrl } from './redact.ts'

export interface NetworkOptions {
  /** The values of HTTP_PROXY, HTTPS_PROXY and NO_PROXY; empty strings count as absent. */
  readonly proxies?: { readonly http?: string; readonly https?: string; readonly no?: string }
  /** PEM texts trusted besides Node's own roots (those of NODE_EXTRA_CA_CERTS are among its own already). */
  readonly ca?: readonly string[]
  /** For one connection to come about, TLS included. Default 10 s. */
  readonly connectTimeoutMs?: number
}

/** The connections of a run: kept alive, through the person's proxy, with the person's certificates. */
export interface Network {
  readonly dispatcher: Dispatcher
  /**
   * The web's fetch over the same connections: unsigned, not retried, not limited. For the sign-in flows. Throws a Failure where no answer
   * comes (offline, transient, settings).
   */
  readonly fetch: typeof fetch
  /** Ends all connections at once, those in use too. */
  close(): Promise<void>
}

/** Throws a Failure of kind `settings` for a proxy address or a certificate that cannot be used. */
export function createNetwork(options: NetworkOptions = {}): Network {
  const timeout = options.connectTimeoutMs ?? 10_000
  const trust = trusted(options.ca ?? [])
  const shared = {
    connectTimeout: timeout,
    // One TCP connection for all would put a stalled download in everyone's way, and node:http2 costs more CPU a byte.
    allowH2: false,
    keepAliveTimeout: 10_000,
  }
  const direct = new Agent({ ...shared, connect: { timeout, ...trust } })
  const proxy = (address: string | undefined, variable: string) => {
    if (address === undefined || address === '') return undefined
    return new ProxyAgent({
      ...shared,
      uri: proxyAddress(address, variable),
      requestTls: { timeout, allowH2: false, ...trust },
      proxyTls: { timeout, allowH2: false, ...trust },
      // Without it a proxy that takes the connection and says nothing holds a request for five minutes.
      clientFactory: (origin, pool) => new Pool(origin, { ...pool, allowH2: false, headersTimeout: timeout * 3 }),
    })
  }
  const http = proxy(options.proxies?.http, 'HTTP_PROXY')
  const https = proxy(options.proxies?.https, 'HTTPS_PROXY')
  const no = options.proxies?.no ?? ''

  const routes = new Map<string, Dispatcher | undefined>()
  const route = (origin: string): Dispatcher | undefined => {
    if (!routes.has(origin)) {
      const url = new URL(origin)
      if (routes.size >= 1000) routes.clear()
      routes.set(origin, bypassesProxy(url, no) ? undefined : url.protocol === 'https:' ? https : http)
    }
    return routes.get(origin)
  }
  const dispatcher =
    http === undefined && https === undefined
      ? direct
      : direct.compose((dispatch) => (request, handler) => {
          const by = request.origin === undefined ? undefined : route(String(request.origin))
          return by === undefined ? dispatch(request, handler) : by.dispatch(request, handler)
        })

  const plain = async (input: Parameters<typeof fetchThrough>[0], init?: Parameters<typeof fetchThrough>[1]) => {
    try {
      return await fetchThrough(input, { ...init, dispatcher })
    } catch (error) {
      // undici says "fetch failed" and hides why in the cause.
      if (init?.signal?.aborted || !(error instanceof TypeError) || !(error.cause instanceof Error)) throw error
      const url = new URL(typeof input === 'string' ? input : input instanceof URL ? input.href : input.url)
      const what = `${init?.method ?? 'GET'} ${redactUrl(url)}`
      // A refusal of the proxy stands one deeper still, below "Request was cancelled".
      const reason = error.cause.cause instanceof Error ? error.cause.cause : error.cause
      throw networkFailure(reason, { what, host: url.host, known: false, stallMs: 300_000 })
    }
  }
  return {
    dispatcher,
    // undici's own types of the same web standard differ from Node's in names only.
    fetch: plain as unknown as typeof fetch,
    close: async () => {
      await Promise.all([direct.destroy(), http?.destroy(), https?.destroy()])
    },
  }
}

/** A ready context: with the plain list every new connection would read some 150 certificates again. */
function trusted(ca: readonly string[]) {
  if (ca.length === 0) return {}
  const extra = ca.flatMap(certificatesIn)
  return { secureContext: createSecureContext({ ca: [...getCACertificates('default'), ...extra] }) }
}

/** Node takes a text without certificates, or with damaged ones, for an empty list and says nothing. */
function certificatesIn(text: string): string[] {
  const found = text.match(/-----BEGIN (TRUSTED )?CERTIFICATE-----[^-]+-----END (TRUSTED )?CERTIFICATE-----/g) ?? []
  try {
    if (found.length === 0) throw new Error('it holds no certificate')
    return found.map((pem) => new X509Certificate(pem).toString())
  } catch (cause) {
    throw new Failure('settings', 'the certificates of network.ca could not be read', {
      hint: 'network.ca must name a file in PEM form (-----BEGIN CERTIFICATE-----)',
      cause,
    })
  }
}

/** The message leaves the value out: it may hold a password. */
function proxyAddress(address: string, variable: string): string {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `http://${address}`
  if (URL.canParse(text) && /^(https?|socks5?):$/.test(new URL(text).protocol)) return text
  throw new Failure('settings', `${variable} is not the address of a proxy`, { hint: `set ${variable} to http://HOST:PORT` })
}

import { createHash, randomBytes } from 'node:crypto'
import { type INetworkModule, PublicClientApplication } from '@azure/msal-node'
import { Client } from '@microsoft/microsoft-graph-client'
import { Agent, fetch, type RequestInit, type Response } from 'undici'
import { makeCertificate } from '../../../src/practice/certificate.ts'
import { createOneDriveModel } from '../../../src/practice/microsoft/drive/model.ts'
import type { OneDriveModel } from '../../../src/practice/microsoft/drive/one-drive-model.ts'
import {
  type PracticeMicrosoft,
  type PracticeMicrosoftOptions,
  startPracticeMicrosoft,
} from '../../../src/practice/microsoft/practice-microsoft.ts'

export type Entry = Record<string, unknown> & { id: string; name?: string }
export interface Collection {
  value: Entry[]
  '@odata.nextLink'?: string
  '@odata.deltaLink'?: string
}

export interface Started {
  readonly microsoft: PracticeMicrosoft
  readonly model: OneDriveModel
  readonly ca: string
  /** Plain fetch that trusts the practice certificate and follows no redirects. */
  get(url: string, init?: RequestInit): Promise<Response>
  /** A call of Graph with a fresh bearer: path and query below /v1.0/, or a whole link. */
  call(path: string, init?: CallOptions): Promise<Response>
  json(path: string, init?: CallOptions): Promise<Collection & Entry>
  /** Status and codes of a refusal. */
  refusal(path: string, init?: CallOptions): Promise<{ status: number; code: string; message: string }>
  /** All pages of a delta from a path or link on: entries, and the link for the next time. */
  delta(path: string, init?: CallOptions): Promise<{ pages: Entry[][]; link: string }>
  /** The official libraries against it. */
  msal(tenant?: string): PublicClientApplication
  graph(scopes?: string[]): Client
  [Symbol.asyncDispose](): Promise<void>
}

interface CallOptions {
  readonly scopes?: readonly string[]
  readonly headers?: Record<string, string>
  readonly method?: string
}

let certificate: ReturnType<typeof makeCertificate> | undefined

export async function start(options: Partial<PracticeMicrosoftOptions> = {}): Promise<Started> {
  certificate ??= makeCertificate()
  const tls = await certificate
  const model = options.model ?? createOneDriveModel()
  const microsoft = await startPracticeMicrosoft({ tls, model, ...options })
  const dispatcher = new Agent({ connect: { ca: tls.ca } })
  const get: Started['get'] = (url, init = {}) => fetch(url, { redirect: 'manual', ...init, dispatcher })
  const call: Started['call'] = (path, { scopes = ['Files.Read'], headers = {}, method = 'GET' } = {}) =>
    get(path.startsWith('https:') ? path : `${microsoft.endpoints.graph}v1.0/${path}`, {
      method,
      headers: { authorization: `Bearer ${microsoft.issueTokens(scopes).accessToken}`, ...headers },
    })
  const json: Started['json'] = async (path, init) => {
    const response = await call(path, init)
    const body = await response.json()
    if (response.status !== 200) throw new Error(`${response.status} ${JSON.stringify(body)}`)
    return body as Collection & Entry
  }
  return {
    microsoft,
    model,
    ca: tls.ca,
    get,
    call,
    json,
    async refusal(path, init) {
      const response = await call(path, init)
      const { error } = (await response.json()) as { error: { code: string; message: string; innerError: { date: string } } }
      if (!/^\d{4}-/.test(error.innerError.date)) throw new Error('no innerError')
      return { status: response.status, code: error.code, message: error.message }
    },
    async delta(path, init) {
      const pages: Entry[][] = []
      for (let next: string | undefined = path; next !== undefined; ) {
        const page: Collection = await json(next, init)
        pages.push(page.value)
        if (page['@odata.deltaLink'] !== undefined) return { pages, link: page['@odata.deltaLink'] }
        next = page['@odata.nextLink']
      }
      throw new Error('a delta without an end')
    },
    msal(tenant = microsoft.tenant) {
      return new PublicClientApplication({
        auth: {
          clientId: microsoft.client.id,
          authority: `${microsoft.endpoints.authority}${tenant}`,
          knownAuthorities: [new URL(microsoft.endpoints.authority).host],
        },
        system: { networkClient: networkModule(get) },
      })
    },
    graph(scopes = ['Files.Read']) {
      return Client.initWithMiddleware({
        baseUrl: microsoft.endpoints.graph,
        middleware: {
          async execute(context) {
            const url = typeof context.request === 'string' ? context.request : context.request.url
            const asked = Object.fromEntries(new Headers(context.options?.headers as Record<string, string> | undefined))
            const headers = { ...asked, authorization: `Bearer ${microsoft.issueTokens(scopes).accessToken}` }
            context.response = (await get(url, { headers })) as unknown as globalThis.Response
          },
        },
      })
    },
    async [Symbol.asyncDispose]() {
      await dispatcher.destroy()
      await microsoft.close()
    },
  }
}

/** How MSAL lets its requests be made by others. */
function networkModule(get: Started['get']): INetworkModule {
  const send = async <T>(url: string, method: string, options?: { headers?: Record<string, string>; body?: string }) => {
    const { headers = {}, body } = options ?? {}
    const response = await get(url, { method, headers, ...(body === undefined ? {} : { body }) })
    return { headers: Object.fromEntries(response.headers), body: (await response.json()) as T, status: response.status }
  }
  return {
    sendGetRequestAsync: (url, options) => send(url, 'GET', options),
    sendPostRequestAsync: (url, options) => send(url, 'POST', options),
  }
}

export function pkce(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

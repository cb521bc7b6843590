import { createHash, randomBytes } from 'node:crypto'
import { Agent, fetch, type RequestInit, type Response } from 'undici'
import { makeCertificate } from '../../../src/practice/certificate.ts'
import { createRecordingsModel, type RecordingsModel } from '../../../src/practice/zoom/model.ts'
import { type PracticeZoom, type PracticeZoomOptions, startPracticeZoom } from '../../../src/practice/zoom/practice-zoom.ts'

export const redirect = 'http://127.0.0.1:49152/callback'

export interface Started {
  readonly zoom: PracticeZoom
  readonly model: RecordingsModel
  /** Moves the service's clock, in milliseconds. */
  advance(by: number): void
  /** Plain fetch that trusts the practice certificate and follows no redirects. */
  get(url: string, init?: RequestInit): Promise<Response>
  /** A call of the API with a bearer of all the app's scopes: path and query below /v2/. */
  call(path: string, init?: RequestInit): Promise<Response>
  /** Status and body of that. */
  answer(path: string, init?: RequestInit): Promise<{ status: number; body: Body; headers: Headers }>
  token(): string
  [Symbol.asyncDispose](): Promise<void>
}

type Headers = Response['headers']
export type Body = Record<string, unknown>

export const now = Date.parse('2024-06-15T03:04:05Z')

let certificate: ReturnType<typeof makeCertificate> | undefined

export async function start(options: Partial<PracticeZoomOptions> = {}): Promise<Started> {
  certificate ??= makeCertificate()
  const tls = await certificate
  const model = options.model ?? createRecordingsModel()
  let time = now
  const zoom = await startPracticeZoom({ tls, model, now: () => time, ...options })
  const dispatcher = new Agent({ connect: { ca: tls.ca } })
  const get: Started['get'] = (url, init = {}) => fetch(url, { redirect: 'manual', ...init, dispatcher })
  let bearer: string | undefined
  const token = () => {
    bearer ??= zoom.issueTokens().accessToken
    return bearer
  }
  const call: Started['call'] = (path, init = {}) => {
    const { headers = { authorization: `Bearer ${token()}` }, ...rest } = init
    return get(zoom.endpoints.api + path, { ...rest, headers })
  }
  return {
    zoom,
    model,
    advance: (by) => {
      time += by
    },
    get,
    call,
    async answer(path, init) {
      const response = await call(path, init)
      return { status: response.status, body: (await response.json()) as Body, headers: response.headers }
    },
    token,
    async [Symbol.asyncDispose]() {
      await dispatcher.destroy()
      await zoom.close()
    },
  }
}

export function pkce(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

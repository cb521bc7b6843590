import { createHash, randomBytes } from 'node:crypto'
import { Agent as HttpsAgent } from 'node:https'
import { auth, drive, type drive_v3 } from 'googleapis/build/src/apis/drive/index.js'
import { Agent, fetch, type RequestInit, type Response } from 'undici'
import { makeCertificate } from '../../../src/practice/certificate.ts'
import type { DriveModel } from '../../../src/practice/google/drive-model.ts'
import { createDriveModel } from '../../../src/practice/google/model.ts'
import {
  type PracticeGoogle,
  type PracticeGoogleOptions,
  startPracticeGoogle,
} from '../../../src/practice/google/practice-google.ts'

export const driveReadonly = 'https://www.googleapis.com/auth/drive.readonly'

export interface Started {
  readonly google: PracticeGoogle
  readonly model: DriveModel
  readonly ca: string
  /** Plain fetch that trusts the practice certificate and follows no redirects. */
  get(url: string, init?: RequestInit): Promise<Response>
  /** A call of the Drive API with a fresh bearer: path and query below /drive/v3/. */
  call(
    path: string,
    init?: { scopes?: string[]; headers?: Record<string, string>; method?: string; email?: string },
  ): Promise<Response>
  /** Status, reason and message of a refusal. */
  refusal(
    path: string,
    init?: Parameters<Started['call']>[1],
  ): Promise<{ status: number; reason: string | undefined; location: string | undefined }>
  /** The official library against it. */
  library(scopes?: string[]): drive_v3.Drive
  [Symbol.asyncDispose](): Promise<void>
}

let certificate: ReturnType<typeof makeCertificate> | undefined

export async function start(options: Partial<PracticeGoogleOptions> = {}): Promise<Started> {
  certificate ??= makeCertificate()
  const tls = await certificate
  const model = options.model ?? createDriveModel()
  const google = await startPracticeGoogle({ tls, model, ...options })
  const dispatcher = new Agent({ connect: { ca: tls.ca } })
  const agent = new HttpsAgent({ ca: tls.ca, keepAlive: true })
  const get: Started['get'] = (url, init = {}) => fetch(url, { redirect: 'manual', ...init, dispatcher })
  const call: Started['call'] = (path, { scopes = [driveReadonly], headers = {}, method = 'GET', email } = {}) =>
    get(`${google.endpoints.drive}drive/v3/${path}`, {
      method,
      headers: { authorization: `Bearer ${google.issueTokens(scopes, email).accessToken}`, ...headers },
    })
  return {
    google,
    model,
    ca: tls.ca,
    get,
    call,
    async refusal(path, init) {
      const response = await call(path, init)
      const body = (await response.json()) as { error?: { errors?: { reason: string; location?: string }[] } }
      return { status: response.status, reason: body.error?.errors?.[0]?.reason, location: body.error?.errors?.[0]?.location }
    },
    library(scopes = [driveReadonly]) {
      const client = new auth.OAuth2()
      client.setCredentials({ access_token: google.issueTokens(scopes).accessToken, expiry_date: Date.now() + 3_000_000 })
      return drive({ version: 'v3', auth: client, rootUrl: google.endpoints.drive, agent, retry: false })
    },
    async [Symbol.asyncDispose]() {
      await dispatcher.destroy()
      agent.destroy()
      await google.close()
    },
  }
}

export function pkce(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

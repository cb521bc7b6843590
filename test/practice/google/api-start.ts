import { Agent } from 'node:https'
import { auth } from 'googleapis/build/src/apis/drive/index.js'
import { type Started, start } from './start.ts'

export const scope = (names: string): string[] => names.split(' ').map((name) => `https://www.googleapis.com/auth/${name}`)

export interface ApiError {
  readonly code: number
  readonly message: string
  readonly status?: string
  readonly errors?: readonly { readonly reason: string; readonly domain: string; readonly location?: string }[]
  readonly details?: readonly { readonly reason: string }[]
}

export interface StartedApi extends Started {
  /** What the official client of an API is made with. */
  options(
    api: 'people' | 'calendar' | 'tasks',
    scopes?: string[],
  ): { auth: InstanceType<typeof auth.OAuth2>; rootUrl: string; agent: Agent; retry: false }
  /** The body of an answer to a GET with a fresh bearer; `path` is below the API's root. */
  json(path: string, scopes?: string[]): Promise<{ status: number; body: Record<string, unknown> & { error?: ApiError } }>
}

/** A practice Google and, for one API of it, clients that trust it. */
export async function startApi(
  api: 'people' | 'calendar' | 'tasks',
  scopes: string[],
  options: Parameters<typeof start>[0],
): Promise<StartedApi> {
  const started = await start(options)
  const { google, ca, get } = started
  const agent = new Agent({ ca, keepAlive: true })
  const below = { people: 'v1/', calendar: 'calendar/v3/', tasks: 'tasks/v1/' }[api]
  return {
    ...started,
    options(of, given = scopes) {
      const client = new auth.OAuth2()
      client.setCredentials({ access_token: google.issueTokens(given).accessToken, expiry_date: Date.now() + 3_000_000 })
      return { auth: client, rootUrl: google.endpoints[of], agent, retry: false }
    },
    async json(path, given = scopes) {
      const { accessToken } = google.issueTokens(given)
      const response = await get(google.endpoints[api] + below + path, { headers: { authorization: `Bearer ${accessToken}` } })
      return { status: response.status, body: (await response.json()) as Record<string, unknown> }
    },
    async [Symbol.asyncDispose]() {
      agent.destroy()
      await started[Symbol.asyncDispose]()
    },
  }
}

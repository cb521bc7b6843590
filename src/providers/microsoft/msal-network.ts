import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node'
import { Failure, type FailureKind } from '../../core/failure.ts'
import type { LibraryParty } from '../../core/provider.ts'
import { type EntraContext, entraFailure, readEntraError } from './sign-in-errors.ts'

export interface MsalNetworkOptions {
  readonly party: Pick<LibraryParty, 'fetch' | 'clock'>
  readonly context: EntraContext
  /** Ends requests and waits. Absent: they end by themselves. */
  readonly signal?: AbortSignal | undefined
}

export interface MsalNetwork {
  readonly client: INetworkModule
  /** What went wrong last: MSAL keeps of most errors no more than that there was one. */
  failure(): unknown
}

/**
 * MSAL's socket: the program's own network instead of the global fetch, with a time limit for every request (MSAL has none for POST), and each error of the
 * server explained at once. An answer of 429 or 5xx never reaches MSAL, which would refuse the same request by itself for a minute or more
 * (msal-common, ThrottlingUtils).
 */
export function msalNetwork(options: MsalNetworkOptions): MsalNetwork {
  const { party, context, signal } = options
  let last: unknown
  /** Seconds between two questions about a device code. */
  let interval = usualInterval

  const ask = async (url: string, method: 'GET' | 'POST', { headers, body }: NetworkRequestOptions): Promise<Answer> => {
    const limit = AbortSignal.timeout(method === 'POST' ? 60_000 : 30_000)
    const { host } = new URL(url)
    try {
      const answer = await party.fetch(url, {
        method,
        headers: headers ?? {},
        ...(body === undefined ? {} : { body }),
        redirect: 'manual',
        signal: signal === undefined ? limit : AbortSignal.any([limit, signal]),
      })
      return await read(answer, host)
    } catch (error) {
      if (signal?.aborted) throw signal.reason
      if (error instanceof Failure) throw error
      if (limit.aborted) throw new Failure('transient', `${host} did not answer the sign-in in time`)
      throw new Failure('transient', `the answer of ${host} to the sign-in broke off`)
    }
  }

  const read = async (answer: Response, host: string): Promise<Answer> => {
    const { status } = answer
    const headers = Object.fromEntries(answer.headers)
    if (status === 429 || status >= 500) {
      await answer.body?.cancel()
      const at = momentOf(headers['retry-after'], party.clock.now())
      throw new Failure(status === 429 ? 'throttled' : 'transient', `${host} could not sign in just now (status ${status})`, {
        hint: 'run the same command again in a few minutes',
        ...(at === undefined ? {} : { retryAfter: at }),
      })
    }
    const body = parse(await textOf(answer, host))
    if (body === undefined || (status >= 300 && readEntraError(body) === undefined)) {
      throw new Failure('corrupt', `${host} answered the sign-in with something else than tokens (status ${status})`, {
        hint: 'if this network has a login page, open it in a browser first, then run the same command again',
      })
    }
    return { status, headers, body }
  }

  /**
   * A question about a device code, after the wait that it wants: MSAL's own wait cannot be stopped, and never grows. It ends on all but
   * `authorization_pending`.
   */
  const poll = async (url: string, request: NetworkRequestOptions): Promise<Answer> => {
    await party.clock.sleep(interval * 1000, signal)
    try {
      const answer = await ask(url, 'POST', request)
      if (readEntraError(answer.body)?.error !== 'slow_down') return answer
      interval += 5 // RFC 8628 §3.5
    } catch (error) {
      if (!(error instanceof Failure) || !passing.has(error.kind)) throw error
      interval = Math.min(longestInterval, interval * 2) // §3.5 asks for that when the connection fails
    }
    return pending
  }

  const explained = async (answer: Answer): Promise<Answer> => {
    const error = readEntraError(answer.body)
    if (error === undefined || error.error === 'authorization_pending') return answer
    throw entraFailure(error, context)
  }

  const send = async <T>(work: () => Promise<Answer>): Promise<NetworkResponse<T>> => {
    try {
      return (await explained(await work())) as NetworkResponse<T>
    } catch (error) {
      last = error
      throw error
    }
  }

  return {
    client: {
      sendGetRequestAsync: <T>(url: string, request: NetworkRequestOptions = {}) => send<T>(() => ask(url, 'GET', request)),
      sendPostRequestAsync: <T>(url: string, request: NetworkRequestOptions = {}) =>
        send<T>(async () => {
          if (deviceGrants.has(new URLSearchParams(request.body ?? '').get('grant_type') ?? '')) return poll(url, request)
          const answer = await ask(url, 'POST', request)
          if (!('device_code' in answer.body)) return answer
          // RFC 8628 §3.2: five seconds where the server names no interval.
          interval = Math.max(1, Number('interval' in answer.body && answer.body.interval) || usualInterval)
          return { ...answer, body: { ...answer.body, interval: 0 } }
        }),
    },
    failure: () => last,
  }
}

interface Answer {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: object
}

/** https://www.rfc-editor.org/rfc/rfc8628#section-3.4; MSAL writes the short one, which Entra takes too. */
const deviceGrants = new Set(['urn:ietf:params:oauth:grant-type:device_code', 'device_code'])

const passing: ReadonlySet<FailureKind> = new Set(['transient', 'throttled', 'offline'])

const pending: Answer = { status: 400, headers: {}, body: { error: 'authorization_pending' } }

const usualInterval = 5
const longestInterval = 60

const mostBytes = 512 * 1024

async function textOf(answer: Response, host: string): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of answer.body ?? []) {
    length += chunk.byteLength
    if (length > mostBytes) throw new Failure('corrupt', `the answer of ${host} to the sign-in is too long to be one`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined // the message would quote the text, and the text may hold tokens
  }
}

function momentOf(header: string | undefined, now: number): number | undefined {
  const seconds = Number(header ?? Number.NaN)
  if (Number.isFinite(seconds)) return now + seconds * 1000
  const at = Date.parse(header ?? '')
  return Number.isNaN(at) ? undefined : Math.max(at, now)
}

/** One request as it was answered. Secrets (tokens, codes, signatures) are left out of it. */
export interface LoggedRequest {
  /** The real host that the practice server stands for. */
  readonly host: string
  readonly method: string
  readonly path: string
  /** Decoded; the values of secret parameters are `…`. */
  readonly query: Readonly<Record<string, string>>
  readonly range?: string
  /** Milliseconds since 1970, by the server's clock. */
  readonly time: number
  /** 0 until the answer begins. */
  status: number
  /** Bytes of the body sent, as they went over the wire (compressed, if they were). */
  bytes: number
  /** What a form asked for: `grant_type` at the token endpoint. */
  detail?: string
  /** The method called, e.g. `files.list` of Drive or `gmail.users.messages.list`, and its price in quota units. */
  call?: string
  units?: number
}

const secret = new Set([
  'access_token',
  'oauth_token',
  'token',
  'code',
  'state',
  'code_challenge',
  'sig',
  'key',
  'nonce',
  'login_hint',
  'client_info',
  'tempauth',
  'refresh_token',
  'client_secret',
  'code_verifier',
  'device_code',
  'user_code',
  'Policy',
  'Signature',
])

export interface RequestLog {
  readonly requests: LoggedRequest[]
  /** What no client may do: a bearer where it does not belong, a token in an address. */
  readonly violations: string[]
  /** All requests since the start or the last reset, also those that `requests` no longer holds. */
  count(): number
  begin(
    request: Pick<LoggedRequest, 'host' | 'method' | 'path' | 'time'>,
    query: URLSearchParams,
    range: string | undefined,
  ): LoggedRequest
  reset(): void
}

const most = 200_000

export function createRequestLog(): RequestLog {
  const requests: LoggedRequest[] = []
  const violations: string[] = []
  let total = 0
  return {
    requests,
    violations,
    count: () => total,
    begin(request, query, range) {
      const shown = Object.fromEntries([...query].map(([name, value]) => [name, secret.has(name) ? '…' : value]))
      const entry: LoggedRequest = { ...request, query: shown, ...(range === undefined ? {} : { range }), status: 0, bytes: 0 }
      total += 1
      if (requests.length >= most) requests.splice(0, most / 2)
      requests.push(entry)
      return entry
    },
    reset() {
      requests.length = 0
      violations.length = 0
      total = 0
    },
  }
}

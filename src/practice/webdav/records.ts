/** What the server remembers of a request; never a credential. */
export type SeenRequest = {
  readonly method: string
  /** Decoded, below the base, without a slash at the end (the root is `/`); undefined: not readable or not below the base. */
  readonly path: string | undefined
  readonly depth: string | undefined
  readonly range: string | undefined
  readonly ifRange: string | undefined
  /** 0 until the answer has begun. */
  status: number
  /** Bytes of body sent. */
  bytes: number
}

export type Records = {
  /** The last requests, oldest first; at most 100,000. */
  readonly requests: SeenRequest[]
  /** What no careful client does: passwords where they do not belong, writing, nonce counts used twice. One line each. */
  readonly violations: string[]
  /** Faults of the practice server itself; a test that sees any must fail. */
  readonly errors: unknown[]
  readonly counters: {
    requests: number
    bytes: number
    wrongPasswords: number
    inFlight: number
    mostInFlight: number
    readonly byMethod: Record<string, number>
    readonly byStatus: Record<number, number>
  }
}

const logLimit = 100_000

export function createRecords(): Records {
  return {
    requests: [],
    violations: [],
    errors: [],
    counters: { requests: 0, bytes: 0, wrongPasswords: 0, inFlight: 0, mostInFlight: 0, byMethod: {}, byStatus: {} },
  }
}

export function recordStart({ requests, counters }: Records, seen: SeenRequest): void {
  if (requests.length >= logLimit) requests.splice(0, logLimit / 10)
  requests.push(seen)
  counters.requests++
  counters.byMethod[seen.method] = (counters.byMethod[seen.method] ?? 0) + 1
  counters.inFlight++
  counters.mostInFlight = Math.max(counters.mostInFlight, counters.inFlight)
}

export function recordEnd({ counters }: Records, seen: SeenRequest): void {
  counters.inFlight--
  counters.bytes += seen.bytes
  counters.byStatus[seen.status] = (counters.byStatus[seen.status] ?? 0) + 1
}

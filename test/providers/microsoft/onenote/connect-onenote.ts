import { type Clock, systemClock } from '../../../../src/core/clock.ts'
import type { RunEvent } from '../../../../src/core/events.ts'
import { Failure } from '../../../../src/core/failure.ts'
import type { Budget, Connection } from '../../../../src/core/provider.ts'
import type { Source } from '../../../../src/core/source.ts'
import type { Credentials } from '../../../../src/core/transport.ts'
import { createConnectivity } from '../../../../src/http/connectivity.ts'
import { createNetwork } from '../../../../src/http/network.ts'
import { createTransport, type TransportLimits } from '../../../../src/http/transport.ts'
import { makeCertificate } from '../../../../src/practice/certificate.ts'
import { budgets as real } from '../../../../src/providers/microsoft/limits.ts'
import { openOneNote } from '../../../../src/providers/microsoft/onenote/source.ts'
import { microsoft } from '../../../../src/providers/microsoft/provider.ts'
import { type OneNoteStart, startOneNote } from '../../../practice/microsoft/onenote/start-onenote.ts'

let certificate: ReturnType<typeof makeCertificate> | undefined

/** 2026-03-02, noon UTC: no test runs over the end of a day. */
export const today = Date.parse('2026-03-02T12:00:00Z')

const swift = real.map((budget) => ({ ...budget, unitsPerSecond: 1e6, burst: 1e6 }))

export type ConnectOptions = OneNoteStart & {
  readonly limits?: TransportLimits
  /** Default: the provider's, without the waiting. */
  readonly budgets?: readonly Budget[]
  /** The transport's, and the practice service's. */
  readonly clock?: Clock
  /** Milliseconds since 1970, for the source. */
  readonly now?: () => number
}

/** The source at a practice OneNote, through the program's own transport over TLS, without the waiting of its budget, and retrying nothing unless told to. */
export async function connectOneNote({
  limits,
  budgets = swift,
  clock = systemClock,
  now = () => today,
  ...start
}: ConnectOptions = {}) {
  certificate ??= makeCertificate()
  const { key, cert, ca } = await certificate
  const practice = await startOneNote({ ...start, clock, tls: { key, cert } })
  const network = createNetwork({ ca: [ca] })
  const stop = new AbortController()
  const events: RunEvent[] = []
  const endpoints = { ...microsoft.endpoints({}), graph: practice.root }
  const credentials: Credentials = {
    sign: async ({ headers }) => ({ ...headers, authorization: 'Bearer practice' }),
    renew: async () => {
      throw new Failure('signin', 'the sign-in ended')
    },
  }
  const connection = (): Connection => ({
    account: 'microsoft',
    settings: {},
    endpoints,
    transport: createTransport({
      account: 'microsoft',
      network,
      budgets,
      credentials,
      credentialOrigins: microsoft.credentialOrigins(endpoints),
      explain: microsoft.explain,
      connectivity: createConnectivity({ clock }),
      clock,
      emit: (event) => events.push(event),
      signal: stop.signal,
      limits: limits ?? { retryForMs: 0, offlineForMs: 0, backoffMs: 1, stallMs: 10_000 },
    }),
  })
  return {
    ...practice,
    connection,
    events,
    open: (): Source => openOneNote(connection(), { skipUnchangedSections: true }, now),
    close: async () => {
      stop.abort(new Error('the test is over'))
      await network.close()
      await practice.close()
    },
  }
}
export type ConnectedOneNote = Awaited<ReturnType<typeof connectOneNote>>

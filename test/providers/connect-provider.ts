import { type Clock, systemClock } from '../../src/core/clock.ts'
import type { RunEvent } from '../../src/core/events.ts'
import { Failure } from '../../src/core/failure.ts'
import type { Budget, Connection, Provider } from '../../src/core/provider.ts'
import type { SourceSettings } from '../../src/core/source.ts'
import type { Credentials } from '../../src/core/transport.ts'
import { createConnectivity } from '../../src/http/connectivity.ts'
import type { KeptLevels } from '../../src/http/kept-levels.ts'
import { createNetwork, type Network } from '../../src/http/network.ts'
import { createTransport, type TransportLimits } from '../../src/http/transport.ts'
import { makeCertificate } from '../../src/practice/certificate.ts'

let certificate: ReturnType<typeof makeCertificate> | undefined

/** One certificate for all servers of a test file: making it takes longer than most tests. */
export const practiceCertificate = (): ReturnType<typeof makeCertificate> => (certificate ??= makeCertificate())

/** A bearer token; what a renewal brings, where it does not end the sign-in. */
export function bearer(first: string, renew?: () => string): Credentials {
  let token = first
  return {
    sign: async ({ headers }) => ({ ...headers, authorization: `Bearer ${token}` }),
    renew: async () => {
      if (renew === undefined) throw new Failure('signin', 'the sign-in ended')
      token = renew()
    },
  }
}

export interface ConnectedAs {
  readonly account: string
  readonly endpoints: Connection['endpoints']
  readonly credentials: Credentials
  /** The account's own settings; default none. */
  readonly settings?: SourceSettings
  /** Default: the provider's own. */
  readonly budgets?: readonly Budget[] | undefined
  readonly clock?: Clock
  /** Default: nothing is tried again. */
  readonly limits?: TransportLimits | undefined
  readonly kept?: KeptLevels | undefined
  /** Default: one that trusts `ca`; closed at the end in any case. */
  readonly network?: Network | undefined
  readonly ca?: string | undefined
  /** What closes with it. */
  readonly server?: { close(): Promise<void> }
}

/** A provider through the program's own transport. Each connection has a transport of its own, as each run has. */
export function connectProvider(provider: Provider, as: ConnectedAs) {
  const { account, endpoints, credentials, settings = {}, budgets = provider.budgets, clock = systemClock, limits, server } = as
  const network = as.network ?? createNetwork(as.ca === undefined ? {} : { ca: [as.ca] })
  const stop = new AbortController()
  const events: RunEvent[] = []
  const connection = (): Connection => ({
    account,
    settings,
    endpoints,
    transport: createTransport({
      account,
      network,
      budgets,
      credentials,
      credentialOrigins: provider.credentialOrigins(endpoints),
      explain: provider.explain,
      restAfter: provider.restAfter,
      connectivity: createConnectivity({ clock }),
      clock,
      emit: (event) => events.push(event),
      signal: stop.signal,
      kept: as.kept,
      limits: limits ?? { retryForMs: 0, offlineForMs: 0, backoffMs: 1, stallMs: 10_000 },
    }),
  })
  return {
    connection,
    events,
    close: async () => {
      stop.abort(new Error('the test is over'))
      await network.close()
      await server?.close()
    },
  }
}

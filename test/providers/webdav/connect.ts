import { systemClock } from '../../../src/core/clock.ts'
import type { RunEvent } from '../../../src/core/events.ts'
import type { Connection } from '../../../src/core/provider.ts'
import type { Source } from '../../../src/core/source.ts'
import { createConnectivity } from '../../../src/http/connectivity.ts'
import { createNetwork, type Network } from '../../../src/http/network.ts'
import { createTransport } from '../../../src/http/transport.ts'
import { webdav } from '../../../src/providers/webdav/provider.ts'
import { passwordCredentials } from '../../../src/signin/password-credentials.ts'

export interface Address {
  readonly url: string
  readonly username: string
  readonly password: string
}

/** The provider at a server, through the program's own transport, which retries nothing here. */
export function connect({ url, username, password }: Address, options: { ca?: string; network?: Network } = {}) {
  const network = options.network ?? createNetwork(options.ca === undefined ? {} : { ca: [options.ca] })
  const stop = new AbortController()
  const events: RunEvent[] = []
  const connection = (): Connection => {
    const endpoints = webdav.endpoints({ url, username, insecure: false })
    const transport = createTransport({
      account: 'home',
      network,
      budgets: webdav.budgets,
      credentials: passwordCredentials({ account: 'home', username, password }),
      credentialOrigins: webdav.credentialOrigins(endpoints),
      explain: webdav.explain,
      connectivity: createConnectivity({ clock: systemClock }),
      clock: systemClock,
      emit: (event) => events.push(event),
      signal: stop.signal,
      limits: { retryForMs: 0, offlineForMs: 0, backoffMs: 1, stallMs: 10_000 },
    })
    return { account: 'home', settings: { url, username, insecure: false }, endpoints, transport }
  }
  return {
    connection,
    open: (): Source => webdav.sources[0]!.open(connection(), {}),
    events,
    close: async () => {
      stop.abort(new Error('the test is over'))
      await network.close()
    },
  }
}

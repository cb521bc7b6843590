import type { Source } from '../../../src/core/source.ts'
import type { Network } from '../../../src/http/network.ts'
import { webdav } from '../../../src/providers/webdav/provider.ts'
import { passwordCredentials } from '../../../src/signin/password-credentials.ts'
import { connectProvider } from '../connect-provider.ts'

export interface Address {
  readonly url: string
  readonly username: string
  readonly password: string
}

/** The provider at a server, through the program's own transport, which retries nothing here. */
export function connect({ url, username, password }: Address, options: { ca?: string; network?: Network } = {}) {
  const connected = connectProvider(webdav, {
    account: 'home',
    settings: { url, username, insecure: false },
    endpoints: webdav.endpoints({ url, username, insecure: false }),
    credentials: passwordCredentials({ account: 'home', username, password }),
    ...options,
  })
  return { ...connected, open: (): Source => webdav.sources[0]!.open(connected.connection(), {}) }
}

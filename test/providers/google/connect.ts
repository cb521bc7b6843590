import { systemClock } from '../../../src/core/clock.ts'
import type { RunEvent } from '../../../src/core/events.ts'
import { Failure } from '../../../src/core/failure.ts'
import type { Budget, Connection } from '../../../src/core/provider.ts'
import type { Source, SourceSettings } from '../../../src/core/source.ts'
import type { Credentials } from '../../../src/core/transport.ts'
import { createConnectivity } from '../../../src/http/connectivity.ts'
import { createNetwork } from '../../../src/http/network.ts'
import { createTransport, type TransportLimits } from '../../../src/http/transport.ts'
import { makeCertificate } from '../../../src/practice/certificate.ts'
import { createDriveModel } from '../../../src/practice/google/model.ts'
import { type PracticeGoogleOptions, startPracticeGoogle } from '../../../src/practice/google/practice-google.ts'
import { google as provider } from '../../../src/providers/google/provider.ts'

export const driveReadonly = 'https://www.googleapis.com/auth/drive.readonly'

let certificate: ReturnType<typeof makeCertificate> | undefined

export type ConnectOptions = Partial<PracticeGoogleOptions> & {
  limits?: TransportLimits
  scopes?: string[]
  /** Default: the provider's own. */
  budgets?: readonly Budget[]
}

/** The provider at a practice Google, through the program's own transport over TLS, which retries nothing unless told to. */
export async function connect(options: ConnectOptions = {}) {
  certificate ??= makeCertificate()
  const { key, cert, ca } = await certificate
  const {
    limits,
    budgets = provider.budgets,
    scopes = ['openid', 'https://www.googleapis.com/auth/userinfo.email', driveReadonly],
    ...rest
  } = options
  const model = options.model ?? createDriveModel()
  const practice = await startPracticeGoogle({ tls: { key, cert }, ...rest, model })
  const network = createNetwork({ ca: [ca] })
  const stop = new AbortController()
  const events: RunEvent[] = []
  const { accessToken } = practice.issueTokens(scopes)
  const credentials: Credentials = {
    sign: async ({ headers }) => ({ ...headers, authorization: `Bearer ${accessToken}` }),
    renew: async () => {
      throw new Failure('signin', 'the sign-in ended')
    },
  }
  const connection = (): Connection => {
    const transport = createTransport({
      account: 'google',
      network,
      budgets,
      credentials,
      credentialOrigins: provider.credentialOrigins({ ...practice.endpoints }),
      explain: provider.explain,
      connectivity: createConnectivity({ clock: systemClock }),
      clock: systemClock,
      emit: (event) => events.push(event),
      signal: stop.signal,
      limits: limits ?? { retryForMs: 0, offlineForMs: 0, backoffMs: 1, stallMs: 10_000 },
    })
    return { account: 'google', settings: {}, endpoints: { ...practice.endpoints }, transport }
  }
  return {
    practice,
    model,
    connection,
    open: (settings: SourceSettings = {}): Source => provider.sources[0]!.open(connection(), settings),
    events,
    close: async () => {
      stop.abort(new Error('the test is over'))
      await network.close()
      await practice.close()
    },
  }
}
export type Connected = Awaited<ReturnType<typeof connect>>

import { systemClock } from '../../../../src/core/clock.ts'
import type { RunEvent } from '../../../../src/core/events.ts'
import { Failure } from '../../../../src/core/failure.ts'
import type { Budget, Connection } from '../../../../src/core/provider.ts'
import type { Source, SourceSettings } from '../../../../src/core/source.ts'
import type { Credentials } from '../../../../src/core/transport.ts'
import { createConnectivity } from '../../../../src/http/connectivity.ts'
import { createNetwork } from '../../../../src/http/network.ts'
import { createTransport, type TransportLimits } from '../../../../src/http/transport.ts'
import { makeCertificate } from '../../../../src/practice/certificate.ts'
import { createOneDriveModel } from '../../../../src/practice/microsoft/drive/model.ts'
import { type PracticeMicrosoftOptions, startPracticeMicrosoft } from '../../../../src/practice/microsoft/practice-microsoft.ts'
import { onedrive } from '../../../../src/providers/microsoft/onedrive/source.ts'
import { microsoft } from '../../../../src/providers/microsoft/provider.ts'

let certificate: ReturnType<typeof makeCertificate> | undefined

export type OneDriveOptions = Partial<PracticeMicrosoftOptions> & {
  readonly limits?: TransportLimits
  readonly scopes?: readonly string[]
}

/** The real ones are slow on purpose. */
const budgets: readonly Budget[] = ['graph', 'storage', 'onenote'].map((id) => ({
  id,
  unitsPerSecond: 10_000,
  burst: 10_000,
  concurrency: 8,
}))

/** OneDrive at a practice Microsoft, through the program's own transport over TLS, which retries nothing unless told to. */
export async function connectOneDrive(options: OneDriveOptions = {}) {
  certificate ??= makeCertificate()
  const { key, cert, ca } = await certificate
  const { limits, scopes = ['User.Read', 'Files.Read'], ...rest } = options
  const model = options.model ?? createOneDriveModel()
  const practice = await startPracticeMicrosoft({ tls: { key, cert }, ...rest, model })
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
      account: 'microsoft',
      network,
      budgets,
      credentials,
      credentialOrigins: microsoft.credentialOrigins({ ...practice.endpoints }),
      explain: microsoft.explain,
      connectivity: createConnectivity({ clock: systemClock }),
      clock: systemClock,
      emit: (event) => events.push(event),
      signal: stop.signal,
      limits: limits ?? { retryForMs: 0, offlineForMs: 0, backoffMs: 1, stallMs: 10_000 },
    })
    return { account: 'microsoft', settings: {}, endpoints: { ...practice.endpoints }, transport }
  }
  return {
    practice,
    model,
    events,
    connection,
    open: (settings: SourceSettings = {}): Source => onedrive.open(connection(), settings),
    close: async () => {
      stop.abort(new Error('the test is over'))
      await network.close()
      await practice.close()
    },
  }
}
export type ConnectedOneDrive = Awaited<ReturnType<typeof connectOneDrive>>

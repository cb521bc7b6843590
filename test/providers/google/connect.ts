import type { Budget } from '../../../src/core/provider.ts'
import type { Source, SourceSettings } from '../../../src/core/source.ts'
import type { TransportLimits } from '../../../src/http/transport.ts'
import { createDriveModel } from '../../../src/practice/google/model.ts'
import { type PracticeGoogleOptions, startPracticeGoogle } from '../../../src/practice/google/practice-google.ts'
import { google as provider } from '../../../src/providers/google/provider.ts'
import { bearer, connectProvider, practiceCertificate } from '../connect-provider.ts'

export const driveReadonly = 'https://www.googleapis.com/auth/drive.readonly'

export type ConnectOptions = Partial<PracticeGoogleOptions> & {
  limits?: TransportLimits
  scopes?: string[]
  /** Default: the provider's own. */
  budgets?: readonly Budget[]
}

/** The provider at a practice Google, through the program's own transport over TLS, which retries nothing unless told to. */
export async function connect(options: ConnectOptions = {}) {
  const { key, cert, ca } = await practiceCertificate()
  const {
    limits,
    budgets,
    scopes = ['openid', 'https://www.googleapis.com/auth/userinfo.email', driveReadonly],
    ...rest
  } = options
  const model = options.model ?? createDriveModel()
  const practice = await startPracticeGoogle({ tls: { key, cert }, ...rest, model })
  const connected = connectProvider(provider, {
    account: 'google',
    endpoints: { ...practice.endpoints },
    credentials: bearer(practice.issueTokens(scopes).accessToken),
    budgets,
    limits,
    ca,
    server: practice,
  })
  return {
    ...connected,
    practice,
    model,
    open: (settings: SourceSettings = {}): Source => provider.sources[0]!.open(connected.connection(), settings),
  }
}
export type Connected = Awaited<ReturnType<typeof connect>>

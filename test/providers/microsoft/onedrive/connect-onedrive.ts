import type { Clock } from '../../../../src/core/clock.ts'
import type { Budget } from '../../../../src/core/provider.ts'
import type { Source, SourceSettings } from '../../../../src/core/source.ts'
import type { TransportLimits } from '../../../../src/http/transport.ts'
import { createOneDriveModel } from '../../../../src/practice/microsoft/drive/model.ts'
import { type PracticeMicrosoftOptions, startPracticeMicrosoft } from '../../../../src/practice/microsoft/practice-microsoft.ts'
import { budgets as real } from '../../../../src/providers/microsoft/limits.ts'
import { onedrive } from '../../../../src/providers/microsoft/onedrive/source.ts'
import { microsoft } from '../../../../src/providers/microsoft/provider.ts'
import { bearer, connectProvider, practiceCertificate } from '../../connect-provider.ts'

export type OneDriveOptions = Partial<PracticeMicrosoftOptions> & {
  readonly limits?: TransportLimits
  readonly scopes?: readonly string[]
  /** Default: the provider's, without the waiting. */
  readonly budgets?: readonly Budget[]
  /** The transport's. */
  readonly clock?: Clock
}

/** The real ones are slow on purpose. */
const swift: readonly Budget[] = real.map((budget) => ({ ...budget, unitsPerSecond: 10_000, burst: 10_000, concurrency: 8 }))

/** OneDrive at a practice Microsoft, through the program's own transport over TLS, which retries nothing unless told to. */
export async function connectOneDrive(options: OneDriveOptions = {}) {
  const { key, cert, ca } = await practiceCertificate()
  const { limits, scopes = ['User.Read', 'Files.Read'], budgets = swift, clock, ...rest } = options
  const model = options.model ?? createOneDriveModel()
  const practice = await startPracticeMicrosoft({
    tls: { key, cert },
    ...rest,
    settings: { wantsDecoration: true, ...rest.settings },
    model,
  })
  const connected = connectProvider(microsoft, {
    account: 'microsoft',
    endpoints: { ...practice.endpoints },
    credentials: bearer(practice.issueTokens(scopes).accessToken),
    budgets,
    ...(clock && { clock }),
    limits,
    ca,
    server: practice,
  })
  return {
    ...connected,
    practice,
    model,
    open: (settings: SourceSettings = {}): Source => onedrive.open(connected.connection(), settings),
  }
}
export type ConnectedOneDrive = Awaited<ReturnType<typeof connectOneDrive>>

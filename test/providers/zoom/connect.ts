import type { Budget, Connection } from '../../../src/core/provider.ts'
import type { Source, SourceSettings } from '../../../src/core/source.ts'
import type { HttpRequest, HttpResponse } from '../../../src/core/transport.ts'
import type { TransportLimits } from '../../../src/http/transport.ts'
import { createRecordingsModel } from '../../../src/practice/zoom/model.ts'
import { type PracticeZoomOptions, startPracticeZoom } from '../../../src/practice/zoom/practice-zoom.ts'
import { openClips } from '../../../src/providers/zoom/clips/source.ts'
import { budgets as own } from '../../../src/providers/zoom/limits.ts'
import { zoom } from '../../../src/providers/zoom/provider.ts'
import { recordingSettings } from '../../../src/providers/zoom/recordings/settings.ts'
import { openRecordings } from '../../../src/providers/zoom/recordings/source.ts'
import { bearer, connectProvider, practiceCertificate } from '../connect-provider.ts'

/** The provider's budgets, without the waiting. */
export const swift: readonly Budget[] = own.map((budget) => ({ ...budget, unitsPerSecond: 1e6, burst: 1e6 }))

/** What day it is at the practice Zoom, and for the source. */
export const today = Date.parse('2024-06-15T03:00:00Z')

export interface ConnectOptions extends Partial<PracticeZoomOptions> {
  readonly limits?: TransportLimits
  readonly scopes?: readonly string[]
  readonly budgets?: readonly Budget[]
  /** Stands in for the 300 that the source asks for. */
  readonly pageSize?: number
  /** Our own clock. */
  readonly clock?: () => number
  /** Whether answers say what time it is at Zoom; default true. */
  readonly tellsTime?: boolean
  /** What a refresh brings; default: the sign-in has ended. */
  readonly renew?: () => string
}

/** The provider at a practice Zoom, through the program's own transport over TLS, which retries nothing unless told to. */
export async function connect(options: ConnectOptions = {}) {
  const { key, cert, ca } = await practiceCertificate()
  const { limits, budgets = swift, scopes, pageSize, renew, tellsTime = true, ...rest } = options
  const now = options.now ?? (() => today)
  const clock = options.clock ?? now
  const model = options.model ?? createRecordingsModel({ createdAt: Date.parse('2024-01-05T00:00:00Z') })
  const practice = await startPracticeZoom({ tls: { key, cert }, now, ...rest, model })
  const connected = connectProvider(zoom, {
    account: 'zoom',
    endpoints: { ...practice.endpoints },
    credentials: bearer(practice.issueTokens(scopes).accessToken, renew),
    budgets,
    limits,
    ca,
    server: practice,
  })
  const connection = (): Connection => {
    const { transport, ...rest } = connected.connection()
    const send = async (request: HttpRequest): Promise<HttpResponse> => {
      const answer = await transport.send(pageSize === undefined ? request : withPages(request, pageSize))
      const { date: _, ...headers } = answer.headers
      return { ...answer, headers: tellsTime ? { ...headers, date: new Date(now()).toUTCString() } : headers }
    }
    return { ...rest, transport: { ...transport, send } }
  }
  return {
    ...connected,
    practice,
    model,
    connection,
    /** `from` unless told otherwise is the year of most tests, so that no listing asks for the eleven years before. */
    open: (settings: SourceSettings = {}): Source =>
      openRecordings(connection(), recordingSettings.parse({ from: '2024-01-01', ...settings }), clock),
    openClips: (): Source => openClips(connection(), clock),
    /** What the practice Zoom saw that no client may do, and mistakes of its own. */
    complaints: () => [...practice.violations, ...practice.errors],
  }
}
export type Connected = Awaited<ReturnType<typeof connect>>

function withPages(request: HttpRequest, size: number): HttpRequest {
  const url = new URL(request.url)
  if (!url.searchParams.has('page_size')) return request
  url.searchParams.set('page_size', String(size))
  return { ...request, url: url.href }
}

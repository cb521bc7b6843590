import { type Clock, systemClock } from '../../../../src/core/clock.ts'
import type { Budget } from '../../../../src/core/provider.ts'
import type { Source } from '../../../../src/core/source.ts'
import type { KeptLevels } from '../../../../src/http/kept-levels.ts'
import type { TransportLimits } from '../../../../src/http/transport.ts'
import { explainAt } from '../../../../src/providers/microsoft/errors.ts'
import { budgets as real } from '../../../../src/providers/microsoft/limits.ts'
import { openOneNote } from '../../../../src/providers/microsoft/onenote/source.ts'
import { microsoft } from '../../../../src/providers/microsoft/provider.ts'
import { type OneNoteStart, startOneNote } from '../../../practice/microsoft/onenote/start-onenote.ts'
import { bearer, connectProvider, practiceCertificate } from '../../connect-provider.ts'

/** 2026-03-02, noon UTC: no test runs over the end of a day. */
export const today = Date.parse('2026-03-02T12:00:00Z')

const swift = real.map((budget) => ({ ...budget, unitsPerSecond: 1e6, burst: 1e6 }))

export type ConnectOptions = OneNoteStart & {
  readonly limits?: TransportLimits
  /** Default: the provider's, without the waiting. */
  readonly budgets?: readonly Budget[]
  readonly kept?: KeptLevels
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
  kept,
  ...start
}: ConnectOptions = {}) {
  const { key, cert, ca } = await practiceCertificate()
  const practice = await startOneNote({ ...start, clock, tls: { key, cert } })
  const connected = connectProvider(
    { ...microsoft, explain: (...answer) => explainAt(clock.now(), ...answer) },
    {
      account: 'microsoft',
      endpoints: { ...microsoft.endpoints({}), graph: practice.root },
      credentials: bearer('practice'),
      budgets,
      clock,
      limits,
      kept,
      ca,
      server: practice,
    },
  )
  return {
    ...practice,
    ...connected,
    open: (): Source => openOneNote(connected.connection(), { skipUnchangedSections: true }, now),
  }
}
export type ConnectedOneNote = Awaited<ReturnType<typeof connectOneNote>>

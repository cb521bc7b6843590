import type { Clock } from '../core/clock.ts'
import type { Reporter } from '../core/events.ts'
import type { Summary } from './run.ts'

/** So many waits in a row after which nothing was saved: the cap is not what keeps it. */
const fruitlessWaits = 3

export interface SitOut {
  readonly clock: Clock
  readonly emit: Reporter
  readonly signal: AbortSignal
  /** One run over all sources. */
  run(): Promise<Summary>
}

/**
 * Runs, and runs again when a daily cap that ended a source is over, until no cap is left or nothing moves any more. Other failures end it at once:
 * they want the person. When the person stops it during a wait, the last summary is an interrupted one.
 */
export async function sitOutCaps({ clock, emit, signal, run }: SitOut): Promise<Summary> {
  let fruitless = 0
  for (;;) {
    const summary = await run()
    const until = capEnds(summary, clock.now())
    if (until === undefined) return summary
    fruitless = Object.values(summary.sources).some(({ saved }) => saved > 0) ? 0 : fruitless + 1
    if (fruitless >= fruitlessWaits) return summary
    emit({
      event: 'notice',
      level: 'info',
      message: `a daily limit is used up: waiting until ${new Date(until).toISOString().slice(0, 16).replace('T', ' ')} UTC, then it goes on by itself`,
      hint: 'Ctrl-C ends the wait and loses nothing',
    })
    try {
      await clock.sleep(until - clock.now(), signal)
    } catch (error) {
      if (!signal.aborted) throw error
      return { ...summary, status: 130, interrupted: true }
    }
  }
}

/** When the first cap is over, in milliseconds since 1970; undefined where waiting would not help. */
function capEnds({ status, failures, interrupted }: Summary, now: number): number | undefined {
  if (interrupted || status !== 3) return undefined
  const ends = [...failures.values()].flatMap(({ kind, retryAfter }) =>
    kind === 'throttled' && retryAfter !== undefined && retryAfter > now ? [retryAfter] : [],
  )
  return ends.length === 0 ? undefined : Math.min(...ends)
}

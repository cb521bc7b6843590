import { Failure } from '../core/failure.ts'
import { lastDisplayed, rememberDisplayed } from '../journal/last-displayed.ts'
import type { OpenSource } from './open-source.ts'
import type { Run } from './run-context.ts'

/** What decides nothing is not waited for longer, in milliseconds. */
const longestMs = 60_000

/**
 * Reads the totals that the provider shows of a source, once a run, and keeps them beside what is known. A refusal is a remark of the run and nothing more:
 * what was read before stays, with its time. Never throws.
 */
export async function noteDisplayed(run: Run, { name, source }: OpenSource, signal: AbortSignal): Promise<void> {
  if (source.displayed === undefined || lastDisplayed(run.journal, name)?.run === run.n) return
  const late = AbortSignal.timeout(longestMs)
  try {
    const totals = await source.displayed(AbortSignal.any([signal, late]))
    rememberDisplayed(run.journal, name, { read: run.clock.now(), run: run.n, totals })
  } catch (error) {
    if (signal.aborted) return
    const why = late.aborted ? `there was no answer within ${longestMs / 1000} seconds` : Failure.from(error).message
    run.emit({
      event: 'notice',
      level: 'info',
      source: name,
      message: `the totals that the service itself shows could not be read: ${why}`,
    })
  }
}

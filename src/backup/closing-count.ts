import { Failure } from '../core/failure.ts'
import type { Source } from '../core/source.ts'
import type { OpenSource } from './open-source.ts'
import type { Run } from './run-context.ts'

/** Ids named in a message. */
const named = 5

export interface ClosingCount {
  readonly ids: number
  /** Ids that are there by the other road and that the journal does not know, or takes for gone; the first ones of `unknown`. */
  readonly unknown: number
  readonly examples: readonly string[]
}

/**
 * How a source is counted when a run ends. Everything, by its other road, where something changed since a count came out, or none ever did; else what this run's
 * listing asked for, where the source says that this costs no more than the listing; else not at all, and the count before stands, with its time.
 */
export function roadOf(
  { source }: OpenSource,
  due: boolean,
  signal: AbortSignal,
): ReturnType<NonNullable<Source['recountListed']>> | undefined {
  if (source.recount === undefined) return undefined
  return due ? { everything: true, ids: source.recount(signal) } : source.recountListed?.(signal)
}

/**
 * Whether everything is to be counted: nothing was counted yet, something changed since, or the time of the count before (ISO 8601) lies in the future, so
 * that it was made under a clock that ran ahead and states no time. `now` in milliseconds.
 */
export function isDue(before: string | undefined, changed: boolean, now: number): boolean {
  return before === undefined || changed || !(Date.parse(before) <= now)
}

/** Holds every id that the other road names against the journal; nothing is kept in memory but counts. */
export async function closingCount(
  run: Run,
  n: number,
  road: AsyncIterable<readonly string[]>,
  signal: AbortSignal,
): Promise<ClosingCount> {
  let ids = 0
  let unknown = 0
  const examples: string[] = []
  for await (const page of road) {
    for (const id of page) {
      ids++
      const row = run.journal.find(n, id)
      // 'gone' by the word of a download alone is a fate that the run names; what the listing called gone is not there to be counted.
      if (row !== undefined && row.vanished === null) continue
      unknown++
      if (examples.length < named) examples.push(id)
    }
    signal.throwIfAborted()
  }
  return { ids, unknown, examples }
}

/** What a count that does not come out means: said, and every stream is listed anew by the next run. */
export function countFailure(run: Run, n: number, count: ClosingCount): Failure {
  for (const stream of run.journal.streams(n)) run.journal.forgetCursor(n, stream)
  return new Failure(
    'unlisted',
    `the closing count found ${count.unknown} items that the listing had not named (${count.examples.join(', ')})`,
    {
      hint: 'run holdall backup again: it lists everything anew',
    },
  )
}

import { Failure } from '../core/failure.ts'
import { type State, states, type Tally } from '../core/state.ts'
import type { LastDisplayed } from '../journal/last-displayed.ts'

/** What an item's not being saved comes from, with how many share it. */
export interface ReasonCount {
  readonly state: State
  readonly count: number
}

/** What the journal knows of a source; times are milliseconds since 1970. */
export interface SourceFacts {
  /** ACCOUNT/SOURCE. */
  readonly source: string
  readonly tally: Tally
  /** When it was last listed to its end; undefined: never. */
  readonly listed: number | undefined
  /** When the closing count, by another road, found everything known; undefined: there is no other road, or it is not counted yet. */
  readonly counted: number | undefined
  /** What kept it from being finished. */
  readonly failure: { readonly kind: string; readonly message: string; readonly hint?: string | undefined } | undefined
  /** Something changed since that has not been counted and brought home to the end. */
  readonly unsettled: boolean
  /** Whether the settings name it; one that they do not is kept as it is. */
  readonly configured: boolean
  /** Totals that the provider showed: they stand beside ours, and decide nothing. Absent: there are none. */
  readonly displayed?: LastDisplayed
}

/**
 * - `complete`: every item known is saved
 * - `complete-but`: nothing is pending or failed, but some items cannot be or were not to be saved
 * - `not-complete`: something is pending or failed, or it is not known whether anything is missing
 */
export type Verdict = 'complete' | 'complete-but' | 'not-complete'

/** Why a source is not complete, one or more of these. */
export type Obstacle = 'never-listed' | 'failure' | 'unsettled' | 'pending' | 'failed'

export interface SourceStatement extends SourceFacts {
  readonly verdict: Verdict
  readonly obstacles: readonly Obstacle[]
  /** "As of then nothing older is missing": of the closing count where there is one, else of the listing; undefined where that cannot be said. */
  readonly asOf: number | undefined
  /** Whether `asOf` comes from the closing count. */
  readonly countedTwice: boolean
  /** It was listed or counted under a clock that ran ahead: the time of that lies in the future, and says nothing. */
  readonly clockAhead: boolean
}

export interface Statement {
  readonly verdict: Verdict
  /** Items that are not saved and never will be: not exportable, left out, gone first. */
  readonly butFor: number
  readonly total: Tally
  readonly sources: readonly SourceStatement[]
}

/** States of items that nobody will save any more, and that do not make a source incomplete. */
const settledStates = ['unexportable', 'excluded', 'gone'] as const satisfies readonly State[]

/**
 * The completeness statement: what `backup`, `status` and `report` say. No source at all is never complete. `now` in milliseconds since 1970, where it is known: what
 * was listed or counted later than that was so under a wrong clock. Throws a Failure of kind `bug` where the counts of a source do not add up.
 */
export function makeStatement(facts: readonly SourceFacts[], now = Number.POSITIVE_INFINITY): Statement {
  const sources = facts.map((one) => stateSource(one, now))
  const total = sumOf(sources.map(({ tally }) => tally))
  const butFor = settledStates.reduce((sum, state) => sum + total[state], 0)
  const open = sources.length === 0 || sources.some(({ verdict }) => verdict === 'not-complete')
  return { verdict: open ? 'not-complete' : butFor > 0 ? 'complete-but' : 'complete', butFor, total, sources }
}

function stateSource(facts: SourceFacts, now: number): SourceStatement {
  const { tally, listed, counted, failure } = facts
  const sum = states.reduce((all, state) => all + tally[state], 0)
  if (sum !== tally.items) throw new Failure('bug', `${facts.source}: the states of ${tally.items} items add up to ${sum}`)
  const obstacles: Obstacle[] = [
    ...(listed === undefined ? ['never-listed' as const] : []),
    ...(failure === undefined ? [] : ['failure' as const]),
    ...(facts.unsettled && failure === undefined && listed !== undefined ? ['unsettled' as const] : []),
    ...(tally.pending > 0 ? ['pending' as const] : []),
    ...(tally.failed > 0 ? ['failed' as const] : []),
  ]
  const clockAhead = (listed ?? 0) > now || (counted ?? 0) > now
  const whole = listed !== undefined && failure === undefined && !facts.unsettled
  const verdict =
    obstacles.length > 0 ? 'not-complete' : settledStates.some((state) => tally[state] > 0) ? 'complete-but' : 'complete'
  return {
    ...facts,
    verdict,
    obstacles,
    asOf: whole && !clockAhead ? (counted ?? listed) : undefined,
    countedTwice: whole && !clockAhead && counted !== undefined,
    clockAhead,
  }
}

/** Holds what a report lists by reason against the counts. Throws a Failure of kind `bug` where an item is in one and not in the other. */
export function checkReasons(source: string, tally: Tally, reasons: readonly ReasonCount[]): void {
  for (const state of states.filter((one) => one !== 'saved' && one !== 'unchanged')) {
    const sum = reasons.reduce((all, reason) => all + (reason.state === state ? reason.count : 0), 0)
    if (sum !== tally[state])
      throw new Failure('bug', `${source}: ${tally[state]} items are ${state}, but their reasons add up to ${sum}`)
  }
}

export function sumOf(tallies: readonly Tally[]): Tally {
  const sum = (key: keyof Tally) => tallies.reduce((all, tally) => all + tally[key], 0)
  return {
    items: sum('items'),
    bytes: sum('bytes'),
    saved: sum('saved'),
    unchanged: sum('unchanged'),
    unexportable: sum('unexportable'),
    excluded: sum('excluded'),
    gone: sum('gone'),
    pending: sum('pending'),
    failed: sum('failed'),
  }
}

import type { Budget } from '../core/provider.ts'

/** How fast a budget is drawn on now, and what was learned of how fast it may be. */
export interface Pace {
  /** Units per second in force. */
  readonly rate: number
  /** Units per second at the last refusal; undefined before the first. */
  readonly limit: number | undefined
  /** After a halving: up to here it recovers quickly. */
  readonly known: number
  /** Good requests to come before the rate rises again. */
  readonly calm: number
  /** Good requests wanted for each refusal, so that trying for more costs few. */
  readonly calmEach: number
  /** By how much the rate rises while a window's worth of units is spent, as a share of it. */
  readonly growth: number
  /** The share of a window's worth that was spent at this growth. */
  readonly grown: number
}

export type PaceOutcome =
  /** `heldUp`: the request had waited for units, so that a higher rate would be used. */
  { readonly outcome: 'fine'; readonly cost: number; readonly heldUp: boolean } | Refusal

export interface Refusal {
  readonly outcome: 'throttled'
  /** The first since a success; a further try after that; or sent before the last one was heard, and so refused together with it. */
  readonly refusal: 'first' | 'again' | 'together'
  /** Units per second that there evidently were, where the budget has a window. */
  readonly measured: number | undefined
}

type Rates = Pick<Budget, 'unitsPerSecond' | 'most' | 'windowMs'>

export const firstPace = ({ unitsPerSecond }: Rates): Pace => ({
  rate: unitsPerSecond,
  limit: undefined,
  known: 0,
  calm: calmAtLeast,
  calmEach: calmAtLeast,
  growth: slowest,
  grown: 0,
})

/**
 * The next pace. A refusal tells how much there was, where that can be measured; the rate is then a little below it, and half as high
 * elsewhere, from where it soon comes back to just below what was refused. There it stays for hundreds of good requests, longer where the
 * limit proves to be a lasting one, and then it rises slowly, and faster the longer nothing is refused: past the documented rate too, where
 * the budget allows that, because a quota may be larger, or be larger again. So of hundreds of requests one is refused, and a quota
 * that has grown is found within minutes. (The shape is that of CUBIC, https://www.rfc-editor.org/rfc/rfc9438.)
 */
export function nextPace(pace: Pace, happened: PaceOutcome, budget: Rates): Pace {
  const most = Math.max(budget.unitsPerSecond, budget.most ?? 0)
  return happened.outcome === 'fine' ? afterSuccess(pace, happened, budget, most) : afterRefusal(pace, happened, budget)
}

function afterSuccess(
  pace: Pace,
  { cost, heldUp }: { readonly cost: number; readonly heldUp: boolean },
  { unitsPerSecond, windowMs = minute }: Rates,
  most: number,
): Pace {
  const { rate, known, calm, growth } = pace
  if (rate < known) return { ...pace, rate: Math.min(known, rate + (unitsPerSecond * recovery * cost) / rate) }
  if (calm > 0) return { ...pace, calm: calm - 1 }
  if (!heldUp || rate >= most) return pace
  const window = windowMs / 1000
  const grown = pace.grown + cost / (rate * window)
  const risen = { ...pace, rate: Math.min(most, rate + (growth * cost) / window) }
  return grown < 1 ? { ...risen, grown } : { ...risen, grown: 0, growth: Math.min(fastest, growth * 2) }
}

function afterRefusal(pace: Pace, { refusal, measured }: Refusal, { unitsPerSecond }: Rates): Pace {
  const { rate, calm, calmEach } = pace
  const least = unitsPerSecond / 64
  if (refusal !== 'first') {
    // Where nothing is measured, going slower is all there is to try.
    const slower = measured === undefined && refusal === 'again' ? Math.max(least, rate / 2) : rate
    return { ...pace, rate: slower, calm: Math.min(calmInAll, calm + calmEach), growth: slowest, grown: 0 }
  }
  const limit = measured === undefined ? rate : Math.min(rate, Math.max(measured, rate / 2))
  const same = pace.limit !== undefined && Math.abs(limit - pace.limit) < pace.limit * 0.05
  const each = same ? Math.min(calmAtMost, calmEach * 2) : calmAtLeast
  return {
    rate: Math.max(least, measured === undefined ? rate / 2 : limit * margin),
    limit,
    known: measured === undefined ? limit * 0.9 : 0,
    calm: each,
    calmEach: each,
    growth: slowest,
    grown: 0,
  }
}

const minute = 60_000
/** What is left free below a measured limit. */
export const margin = 0.98
const calmAtLeast = 200
const calmAtMost = 400
const calmInAll = 1000
/** Of the documented rate, for each second's worth of units. */
const recovery = 1 / 20
const slowest = 0.15
const fastest = 0.6

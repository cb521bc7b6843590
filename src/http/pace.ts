/** How fast a budget is drawn on now. */
export interface Pace {
  /** Units per second that the provider allows. */
  readonly full: number
  /** Units per second in force. */
  readonly rate: number
  /** When the rate was changed last, milliseconds. */
  readonly changedAt: number
}

export interface PaceOutcome {
  readonly outcome: 'fine' | 'throttled'
  readonly at: number
}

export const fullPace = (unitsPerSecond: number): Pace => ({
  full: unitsPerSecond,
  rate: unitsPerSecond,
  changedAt: Number.NEGATIVE_INFINITY,
})

/**
 * The next pace: half as fast after a throttling, a step up after a success. At most one change in a second, since the requests that were in
 * flight together are refused together; so a halved budget is at full speed again after ten good seconds.
 */
export function nextPace(pace: Pace, { outcome, at }: PaceOutcome): Pace {
  // A clock that was set back must not freeze the pace.
  if (at >= pace.changedAt && at - pace.changedAt < stepMs) return pace
  if (outcome === 'throttled') return { ...pace, rate: Math.max(pace.rate / 2, pace.full / slowest), changedAt: at }
  if (pace.rate === pace.full) return pace
  return { ...pace, rate: Math.min(pace.full, pace.rate + pace.full / steps), changedAt: at }
}

const stepMs = 1000
const steps = 20
const slowest = 64

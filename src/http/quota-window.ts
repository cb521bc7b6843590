import type { Budget } from '../core/provider.ts'
import { margin, type Pace } from './pace.ts'
import { nearTurn, restUntil } from './rest.ts'
import { createSpent } from './spent.ts'

/** A quota that is counted over a window (a minute), as far as our own requests tell it. All times in milliseconds since 1970. */
export interface QuotaWindow {
  add(units: number, at: number): void
  /** Gives back what was added for `at`: it was refused. */
  remove(units: number, at: number): void
  /** At a refusal: units per second that there evidently were. */
  evident(now: number): number
  /** Until when to rest after a refusal; `before` is the pace that it met, `inARow` counts refusals without a success between them. */
  restUntil(now: number, before: Pace, inARow: number): number
  /** Until when the window has no room for `cost`, by what was learned of it; not after `now` where it has. */
  fullUntil(cost: number, now: number, pace: Pace): number
  /** Units per second at which to go on: what a rest left over in the window is made up for. */
  rate(now: number, pace: Pace): number
}

export function createQuotaWindow({ unitsPerSecond }: Budget, windowMs: number, restMs: number): QuotaWindow {
  const spent = createSpent(windowMs)
  const seconds = windowMs / 1000
  const whole = (now: number) => spent.since(now - windowMs, now)
  return {
    add: spent.add,
    remove: spent.remove,
    evident(now) {
      // Near the end of the clock's window it was probably that one, which knows nothing of what was spent before its beginning.
      const turnedAt = Math.floor(now / windowMs) * windowMs
      return (now - turnedAt > windowMs * (1 - nearTurn) ? spent.since(turnedAt, now) : whole(now)) / seconds
    },
    restUntil: (now, { rate, limit = unitsPerSecond }, inARow) =>
      restUntil({
        now,
        windowMs,
        inARow,
        spent: whole(now),
        freeAt: (units) => spent.freeAt(units, now),
        documented: unitsPerSecond * seconds,
        expected: Math.min(rate, limit) * seconds,
        restMs,
      }),
    fullUntil(cost, now, { rate, limit }) {
      if (limit === undefined) return now
      // What was spent before a rest lies close together, and so does the room that it leaves.
      const over = whole(now) + cost - Math.max(cost, rate * seconds)
      return over <= 0 ? now : spent.freeAt(over, now)
    },
    rate(now, { rate, limit }) {
      const behind = limit !== undefined && whole(now) / seconds < Math.min(rate, limit * margin) * 0.98
      return behind ? rate * 1.25 : rate
    },
  }
}

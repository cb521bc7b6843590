export interface RefusalSeen {
  readonly now: number
  readonly windowMs: number
  /** Refusals in a row without a success, this one counted. */
  readonly inARow: number
  /** Units of the last window. */
  readonly spent: number
  /** When so many of them lie a window back. */
  freeAt(units: number): number
  /** Units of a window at the documented rate. */
  readonly documented: number
  /** Units of a window as there were expected to be, by what is documented or was learned. */
  readonly expected: number
  /** The shortest rest, milliseconds. */
  readonly restMs: number
}

/**
 * Until when a quota of a window (a minute) rests after a refusal that does not say for how long. Providers do not tell whether the window is
 * one of the clock or the last sixty seconds at any moment (Calendar: https://developers.google.com/workspace/calendar/api/guides/quota says
 * the latter), so this waits for what helps in both cases: shortly where only a little too much was asked, until the turn of the minute where
 * that is near or the next try is refused too, and for both where there is much less than was expected.
 */
export function restUntil({ now, windowMs, inARow, spent, freeAt, documented, expected, restMs }: RefusalSeen): number {
  const turn = (Math.floor(now / windowMs) + 1) * windowMs + slackMs
  if (inARow > 2) return Math.min(turn, now + restMs * 2 ** Math.min(16, inARow - 1))
  if (inARow === 2) return turn
  // A refusal at the very beginning says more about requests at once than about the quota.
  const muchLess = spent > documented / 4 && spent < expected * 0.9
  if (muchLess) return Math.max(turn, freeAt(spent / 20))
  return turn - now <= windowMs * nearTurn ? turn : Math.max(now + restMs, freeAt(spent / 60))
}

/** The end of a window, as a share of it: a refusal there may well come from its end. */
export const nearTurn = 0.12
/** Clocks are not quite the same. */
const slackMs = 1000

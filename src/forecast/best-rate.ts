/** Short enough to show what a line can, long enough to be no accident. Milliseconds. */
export const peakMs = 30_000

/** The best rate of a growing amount over windows of one length. */
export interface BestRate {
  /** The amount so far at a time (milliseconds). */
  note(at: number, amount: number): void
  /** A second, at best; undefined before the first window is over. */
  best(): number | undefined
}

export function createBestRate(windowMs: number): BestRate {
  let from: { readonly at: number; readonly amount: number } | undefined
  let best: number | undefined
  return {
    note(at, amount) {
      // A clock that was set back, and a computer that slept, begin a window anew.
      if (from === undefined || at < from.at || at - from.at > windowMs * 2) from = { at, amount }
      else if (at - from.at >= windowMs) {
        best = Math.max(best ?? 0, ((amount - from.amount) / (at - from.at)) * 1000)
        from = { at, amount }
      }
    },
    best: () => best,
  }
}

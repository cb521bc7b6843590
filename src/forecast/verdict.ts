/** Whether the work will be done in time. */
export type Verdict = 'fits' | 'tight' | 'impossible'

/** Of the time that there is, so much may be needed for "fits": forecasts err by a tenth, and a computer is switched off now and then. */
export const comfortable = 0.8

/**
 * `neededMs`: what the work takes at the least (a plan, by the quotas) or as measured (a run); `thereMs`: until the date, milliseconds.
 * `uncertain`: something that could make it longer was not measured; then nothing fits by more than half.
 */
export function verdictOf(neededMs: number, thereMs: number, uncertain: boolean): Verdict {
  if (neededMs === 0) return 'fits'
  if (neededMs > thereMs) return 'impossible'
  return neededMs <= thereMs * (uncertain ? comfortable / 2 : comfortable) ? 'fits' : 'tight'
}

/** As {@link verdictOf}, where what the work takes lies between two times: what may come to nothing is not called a fit, and what may yet be met not impossible. */
export function verdictBetween(leastMs: number, mostMs: number, thereMs: number): Verdict {
  const [best, worst] = [verdictOf(leastMs, thereMs, false), verdictOf(mostMs, thereMs, false)]
  return best === worst ? best : 'tight'
}

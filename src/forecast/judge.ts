import type { Estimate, Job } from './estimate.ts'
import { estimate } from './estimate.ts'
import { comfortable, type Verdict, verdictOf } from './verdict.ts'

/** An estimate held against a date. */
export interface Judgement {
  readonly verdict: Verdict
  /** Milliseconds until the date. */
  readonly thereMs: number
  /** Bytes a second that the line has to bring on average, where it was not measured. */
  readonly neededRate: number | undefined
  /** Bytes a second from which on it fits, where nothing but the line that was not measured decides that. */
  readonly fitsFrom: number | undefined
  /** Sources that would be done by themselves in the time there is, and those that would not: what share of each. */
  readonly sources: readonly { readonly source: string; readonly share: number }[]
}

/** So slow a line is rare (8 Mbit/s): what would not fit with it is not called a fit before the line was measured. Bytes a second. */
export const slowLine = 1_000_000
/** What many have at home today (100 Mbit/s). Bytes a second. */
export const quickLine = 12_500_000

/** When it ends over a slow and over a quick line, milliseconds, where the line was not measured. */
export function overLines(jobs: readonly Job[], whole: Estimate): { readonly slow: number; readonly quick: number } | undefined {
  if (whole.unmeasuredBytes === 0) return undefined
  return { slow: estimate(jobs, slowLine).ms, quick: estimate(jobs, quickLine).ms }
}

export function judge(jobs: readonly Job[], whole: Estimate, bytesPerSecond: number | undefined, thereMs: number): Judgement {
  const unmeasured = whole.unmeasuredBytes > 0
  const cautious = unmeasured ? estimate(jobs, slowLine).ms : whole.ms
  const verdict = verdictOf(whole.ms, thereMs, false)
  const doubtful = verdict === 'fits' && verdictOf(cautious, thereMs, unmeasured) !== 'fits'
  const room = thereMs * comfortable - whole.countMs
  return {
    verdict: doubtful ? 'tight' : verdict,
    fitsFrom: doubtful && room > 0 ? (whole.unmeasuredBytes / room) * 1000 : undefined,
    thereMs,
    neededRate: unmeasured && thereMs > 0 ? (whole.unmeasuredBytes / thereMs) * 1000 : undefined,
    sources: jobs
      .filter(({ items }) => items > 0)
      .map((job) => ({ source: job.source, share: shareOf(estimate([job], bytesPerSecond).ms, thereMs) })),
  }
}

const shareOf = (ms: number, thereMs: number) => (ms <= thereMs ? 1 : Math.max(0, thereMs) / ms)

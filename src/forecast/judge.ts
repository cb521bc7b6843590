import type { Estimate, Job } from './estimate.ts'
import { estimate } from './estimate.ts'
import { type Verdict, verdictOf } from './verdict.ts'

/** An estimate held against a date. */
export interface Judgement {
  readonly verdict: Verdict
  /** Milliseconds until the date. */
  readonly thereMs: number
  /** Bytes a second that the line has to bring on average, where it was not measured. */
  readonly neededRate: number | undefined
  /** Sources that would be done by themselves in the time there is, and those that would not: what share of each. */
  readonly sources: readonly { readonly source: string; readonly share: number }[]
}

/** So slow a line is rare (8 Mbit/s): what would not fit with it is not called a fit before the line was measured. Bytes a second. */
const slowLine = 1_000_000

export function judge(jobs: readonly Job[], whole: Estimate, bytesPerSecond: number | undefined, thereMs: number): Judgement {
  const unmeasured = whole.unmeasuredBytes > 0
  const cautious = unmeasured ? estimate(jobs, slowLine).ms : whole.ms
  const verdict = verdictOf(whole.ms, thereMs, false)
  return {
    verdict: verdict === 'fits' && verdictOf(cautious, thereMs, unmeasured) !== 'fits' ? 'tight' : verdict,
    thereMs,
    neededRate: unmeasured && thereMs > 0 ? (whole.unmeasuredBytes / thereMs) * 1000 : undefined,
    sources: jobs
      .filter(({ items }) => items > 0)
      .map((job) => ({ source: job.source, share: shareOf(estimate([job], bytesPerSecond).ms, thereMs) })),
  }
}

const shareOf = (ms: number, thereMs: number) => (ms <= thereMs ? 1 : Math.max(0, thereMs) / ms)

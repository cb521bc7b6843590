import type { WorkCost } from '../core/cost.ts'
import type { Budget } from '../core/provider.ts'
import type { Pace } from './pace.ts'

/** What is to be done in one source, and what is known of how fast that goes. */
export interface Job {
  /** ACCOUNT/SOURCE. */
  readonly source: string
  readonly account: string
  readonly cost: WorkCost
  readonly budgets: readonly Budget[]
  readonly items: number
  /** Parts to fetch. */
  readonly parts: number
  /** Bytes, those of unknown size as a sample puts them. */
  readonly bytes: number
  /** How fast it went in an earlier run. */
  readonly pace?: Pace | undefined
  /** How long listing it whole took, milliseconds: when all is there, it is counted by listing it once more. */
  readonly listingMs?: number | undefined
}

/** Something that holds the work back, and for how long at the least. Milliseconds. */
export type Limit =
  /** Units of a quota come back so fast. */
  | {
      readonly kind: 'quota'
      readonly account: string
      readonly budget: string
      readonly units: number
      readonly perSecond: number
      readonly ms: number
      readonly sources: readonly string[]
    }
  /** A quota has so many units a day. */
  | {
      readonly kind: 'daily'
      readonly account: string
      readonly budget: string
      readonly units: number
      readonly perDay: number
      readonly ms: number
      readonly sources: readonly string[]
    }
  /** The line, as it was measured. */
  | {
      readonly kind: 'bytes'
      readonly bytes: number
      readonly perSecond: number
      readonly ms: number
      readonly sources: readonly string[]
    }
  /** A source as a whole, as it was measured. */
  | {
      readonly kind: 'pace'
      readonly items: number
      readonly bytes: number
      readonly ms: number
      readonly sources: readonly string[]
    }

export interface Estimate {
  /** Milliseconds: no sooner, since the longest limit binds and everything else goes on beside it; the closing count after it is in it. */
  readonly ms: number
  /** Of `ms`: the closing count, as far as an earlier listing tells. */
  readonly countMs: number
  /** Longest first; those that hold nothing back are left out. */
  readonly limits: readonly Limit[]
  /** Bytes whose time is not counted, because no line was measured yet. */
  readonly unmeasuredBytes: number
}

const day = 86_400_000

/**
 * The earliest end of the work, as its quotas and what was measured allow it. Pure. `bytesPerSecond`: of the line, as an earlier run measured it, or as the
 * person limits it.
 */
export function estimate(jobs: readonly Job[], bytesPerSecond: number | undefined): Estimate {
  const limits = [...quotaLimits(jobs), ...jobs.flatMap(paceLimit)]
  const bytes = jobs.reduce((sum, job) => sum + job.bytes, 0)
  if (bytesPerSecond !== undefined && bytes > 0)
    limits.push({
      kind: 'bytes',
      bytes,
      perSecond: bytesPerSecond,
      ms: (bytes / bytesPerSecond) * 1000,
      sources: jobs.filter((job) => job.bytes > 0).map(({ source }) => source),
    })
  const binding = limits.filter(({ ms }) => ms > 0).toSorted((a, b) => b.ms - a.ms)
  const unmeasuredBytes =
    bytesPerSecond === undefined ? jobs.filter(({ pace }) => pace === undefined).reduce((sum, job) => sum + job.bytes, 0) : 0
  const countMs = Math.max(0, ...jobs.filter(({ items }) => items > 0).map(({ listingMs = 0 }) => listingMs))
  return { ms: (binding[0]?.ms ?? 0) + countMs, countMs, limits: binding, unmeasuredBytes }
}

function paceLimit({ source, pace, items, bytes }: Job): Limit[] {
  if (pace === undefined || items === 0) return []
  const ms = pace.perItemMs * items + pace.perByteMs * bytes
  return [{ kind: 'pace', items, bytes, ms, sources: [source] }]
}

/** By account and budget; sources of one account may draw on the same. */
function quotaLimits(jobs: readonly Job[]): Limit[] {
  const drawn = new Map<string, { account: string; budget: Budget; units: number; measured: boolean; sources: string[] }>()
  for (const job of jobs) {
    if (job.parts === 0) continue
    for (const charge of job.cost.part) {
      const budget = job.budgets.find(({ id }) => id === charge.budget)
      if (budget === undefined) continue
      const key = `${job.account}/${budget.id}`
      const one = drawn.get(key) ?? { account: job.account, budget, units: 0, measured: true, sources: [] }
      one.units += charge.units * job.parts
      one.measured &&= job.pace !== undefined
      one.sources.push(job.source)
      drawn.set(key, one)
    }
  }
  return [...drawn.values()].flatMap(({ account, budget, units, measured, sources }): Limit[] => {
    const { id, unitsPerSecond, burst, perDay } = budget
    const common = { account, budget: id, units, sources }
    const rate: Limit = {
      kind: 'quota',
      ...common,
      perSecond: unitsPerSecond,
      ms: (Math.max(0, units - burst) / unitsPerSecond) * 1000,
    }
    // What was measured is what there is: some have a larger quota than the documented one.
    const limits: Limit[] = measured ? [] : [rate]
    if (perDay !== undefined && units > perDay)
      limits.push({ kind: 'daily', ...common, perDay, ms: Math.floor((units - 1) / perDay) * day })
    return limits
  })
}

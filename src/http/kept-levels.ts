import type { Budget } from '../core/provider.ts'

/** What was left of a budget after the last request that any process sent. `at` in milliseconds since 1970. */
export interface Level {
  readonly units: number
  readonly at: number
}

/** Where the levels of an account's slow budgets stand between two processes. Neither method throws: without it a quota is kept by one process alone. */
export interface KeptLevels {
  read(budget: string): Level | undefined
  write(budget: string, level: Level): void
}

/** Buckets that take longer to fill than this outlast a process, milliseconds: a new one that began with a full bucket could exceed the quota. */
const outlasts = 60_000

export const isKept = ({ burst, unitsPerSecond }: Budget): boolean => (burst / unitsPerSecond) * 1000 > outlasts

/** What there is of a level by now; of one that lies in the future (a clock that was set back) no more than it says. */
export const levelNow = ({ units, at }: Level, now: number, rate: number): number => units + (Math.max(0, now - at) / 1000) * rate

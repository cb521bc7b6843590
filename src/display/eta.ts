/** How fast something goes: amounts and times of the past, older ones counting ever less. A value; `nextPace` makes the next. */
export interface Pace {
  /** Wall clock of the last sample, in milliseconds, and what was done then, in any unit. */
  readonly at: number
  readonly done: number
  /** Weighted amount done, and the weighted milliseconds that it took. */
  readonly amount: number
  readonly time: number
  /** Milliseconds since anything moved. */
  readonly stillMs: number
}

export interface PaceOptions {
  /** A sample this old weighs 1/e. Milliseconds. */
  readonly memoryMs: number
  /** From here on standing still says nothing about the speed afterwards, and is not counted. Milliseconds. */
  readonly stillAfterMs: number
}

/** For "how long yet": the last minute counts most; half a minute's stall at most. */
export const remainingPace: PaceOptions = { memoryMs: 60_000, stillAfterMs: 30_000 }
/** For "how fast now": a few seconds, and a stall shows. */
export const currentPace: PaceOptions = { memoryMs: 5_000, stillAfterMs: Number.POSITIVE_INFINITY }

/** Samples further apart than this were not missed by standing still but by a computer that slept. Milliseconds. */
const asleepMs = 15_000
/** A speed is not believed before this much of it was seen. Milliseconds. */
const warmUpMs = 3_000

export function nextPace(pace: Pace | undefined, at: number, done: number, { memoryMs, stillAfterMs }: PaceOptions): Pace {
  if (pace === undefined) return { at, done, amount: 0, time: 0, stillMs: 0 }
  const passed = at - pace.at
  if (passed < 0 || passed > asleepMs) return { ...pace, at, done }
  const more = Math.max(0, done - pace.done)
  const stillMs = more > 0 ? 0 : pace.stillMs + passed
  if (stillMs > stillAfterMs) return { ...pace, at, done, stillMs }
  const kept = Math.exp(-passed / memoryMs)
  return { at, done, amount: pace.amount * kept + more, time: pace.time * kept + passed, stillMs }
}

/** Units a second; undefined before enough was seen. */
export function rateOf(pace: Pace | undefined): number | undefined {
  return pace === undefined || pace.time < warmUpMs / 2 ? undefined : (pace.amount / pace.time) * 1000
}

/** Milliseconds until `left` units are done; undefined where nobody can tell: too early, or nothing moves. */
export function remainingMs(pace: Pace | undefined, left: number, { stillAfterMs }: PaceOptions): number | undefined {
  if (left <= 0) return 0
  if (pace === undefined || pace.time < warmUpMs || pace.amount <= 0 || pace.stillMs > stillAfterMs) return undefined
  return (left * pace.time) / pace.amount
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** As exact as a guess deserves, so that the number does not flutter: 10 s, then whole minutes, five minutes, hours. Milliseconds, never 0. */
export function roundGuess(ms: number): number {
  const step = ms < 2 * minute ? 10 * second : ms < hour ? minute : ms < 6 * hour ? 5 * minute : hour
  return Math.max(1, Math.ceil(ms / step)) * step
}

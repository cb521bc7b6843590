import type { Clock } from '../../src/core/clock.ts'

/** A clock that goes on only when told, or when somebody sleeps. */
export const sleepersClock = (start = 1_800_000_000_000): Clock & { slept: number[]; advance(ms: number): void } => {
  let time = start
  const slept: number[] = []
  return {
    slept,
    now: () => time,
    advance: (ms) => {
      time += ms
    },
    sleep: async (ms, signal) => {
      signal?.throwIfAborted()
      slept.push(ms)
      time += ms
    },
  }
}

import type { Clock } from '../../src/core/clock.ts'

/** A clock that a test moves; sleepers wake in order. */
export function manualClock(
  start = Date.parse('2026-03-01T00:00:00Z'),
): Clock & { advance(ms: number): Promise<void>; sleepers(): number } {
  let now = start
  let sleeping: { until: number; wake: () => void }[] = []
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const sleeper = { until: now + ms, wake: resolve }
        sleeping.push(sleeper)
        signal?.addEventListener('abort', () => {
          sleeping = sleeping.filter((one) => one !== sleeper)
          reject(signal.reason)
        })
      }),
    async advance(ms) {
      now += ms
      const due = sleeping.filter((one) => one.until <= now)
      sleeping = sleeping.filter((one) => one.until > now)
      for (const one of due) one.wake()
      // Lets what follows the sleep run.
      await new Promise((resolve) => setImmediate(resolve))
    },
    sleepers: () => sleeping.length,
  }
}

import type { Clock } from '../../src/core/clock.ts'

interface Sleeper {
  readonly at: number
  wake(): void
}

/** Time that stands still until the test moves it. */
export interface ManualClock extends Clock {
  /** Moves on, waking sleepers in order, with a turn of the event loop after each. */
  advance(ms: number): Promise<void>
  /** Sets the time without waking anyone: a machine that was asleep. */
  jump(ms: number): void
  readonly sleeping: number
}

const start = Date.UTC(2026, 10, 24, 12)
const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

function sleepers() {
  const waiting = new Set<Sleeper>()
  const earliest = () =>
    [...waiting].reduce<Sleeper | undefined>((best, one) => (best === undefined || one.at < best.at ? one : best), undefined)
  const sleep = (at: number, signal: AbortSignal | undefined) =>
    new Promise<void>((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const settle = () => {
        waiting.delete(sleeper)
        signal?.removeEventListener('abort', abort)
      }
      const abort = () => {
        settle()
        reject(signal?.reason)
      }
      const sleeper: Sleeper = {
        at,
        wake: () => {
          settle()
          resolve()
        },
      }
      waiting.add(sleeper)
      signal?.addEventListener('abort', abort, { once: true })
    })
  return { waiting, earliest, sleep }
}

export function manualClock(): ManualClock {
  const { waiting, earliest, sleep } = sleepers()
  let now = start
  return {
    now: () => now,
    sleep: (ms, signal) => sleep(now + ms, signal),
    advance: async (ms) => {
      const end = now + ms
      await turn()
      for (let next = earliest(); next !== undefined && next.at <= end; next = earliest()) {
        now = Math.max(now, next.at)
        next.wake()
        await turn()
      }
      now = Math.max(now, end)
      await turn()
    },
    jump: (ms) => {
      now += ms
    },
    get sleeping() {
      return waiting.size
    },
  }
}

/** Time that jumps to the next sleeper by itself, so that waits cost none; `slept` are the waits in milliseconds. */
export function jumpingClock(): Clock & {
  readonly slept: readonly number[] /** Each wait takes so much longer. */
  oversleepMs: number
} {
  const { earliest, sleep } = sleepers()
  const slept: number[] = []
  let now = start
  const clock = {
    slept,
    oversleepMs: 0,
    now: () => now,
    sleep: (ms: number, signal?: AbortSignal) => {
      slept.push(ms)
      const done = sleep(now + ms + clock.oversleepMs, signal)
      setImmediate(() => {
        const next = earliest()
        if (next === undefined) return
        now = Math.max(now, next.at)
        next.wake()
      })
      return done
    },
  }
  return clock
}

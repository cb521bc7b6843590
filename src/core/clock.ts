/** Time, handed in everywhere it matters so that a test can move it. */
export interface Clock {
  /** Wall clock, milliseconds since 1970. Deadlines are kept in it, because it goes on while a laptop sleeps. */
  now(): number
  /** Resolves after `ms` milliseconds; rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const abort = () => {
        clearTimeout(timer)
        reject(signal?.reason)
      }
      const timer = setTimeout(
        () => {
          signal?.removeEventListener('abort', abort)
          resolve()
        },
        Math.min(ms, 0x7fffffff),
      )
      signal?.addEventListener('abort', abort, { once: true })
    }),
}

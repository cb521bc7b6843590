import type { Clock } from '../core/clock.ts'

/** A limit of bytes per second that all transfers of a run share. */
export interface Bandwidth {
  /** Books `bytes` that arrived; a promise where the receiver has to wait before it takes more. Rejects with the signal's reason. */
  take(bytes: number, signal: AbortSignal): Promise<void> | undefined
}

export interface BandwidthOptions {
  readonly bytesPerSecond: number
  readonly clock: Clock
}

/**
 * Bytes are booked one behind the other on one line of time. Each transfer has one chunk booked at a time, so that they take turns and
 * each gets its share.
 */
export function createBandwidth({ bytesPerSecond, clock }: BandwidthOptions): Bandwidth {
  let free = Number.NEGATIVE_INFINITY
  return {
    take(bytes, signal) {
      const now = clock.now()
      // A clock that was set back, or a long sleep, must not turn into a long wait.
      free = Math.min(Math.max(free, now), now + longestMs) + (bytes / bytesPerSecond) * 1000
      return free - now < shortestMs ? undefined : clock.sleep(free - now, signal)
    },
  }
}

/** Timers are coarser than the time of one small chunk: short waits are left to add up. */
const shortestMs = 10
const longestMs = 600_000

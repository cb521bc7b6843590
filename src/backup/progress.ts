import type { Part } from '../core/item.ts'
import { isUnsized } from './record.ts'

/** Counts of a source while it runs, for bars and forecasts; the journal has the truth. */
export interface Progress {
  listing: boolean
  items: number
  done: number
  failed: number
  bytes: number
  /** Bytes still to come, as far as sizes are known. */
  bytesLeft: number
  /** Parts still to come of which they are not; those of this run that came, and their bytes. */
  unsizedLeft: number
  unsizedDone: number
  unsizedBytes: number
}

export function createProgress(): Progress {
  const nothing = { items: 0, done: 0, failed: 0, bytes: 0, bytesLeft: 0 }
  return { listing: true, ...nothing, unsizedLeft: 0, unsizedDone: 0, unsizedBytes: 0 }
}

/** Counts what comes in. */
export function counting(progress: Progress): {
  received(bytes: number, part: Part): void
  arrived(part: Part): void
} {
  return {
    received(bytes, part) {
      progress.bytes += bytes
      if (isUnsized(part)) progress.unsizedBytes += bytes
      else progress.bytesLeft = Math.max(0, progress.bytesLeft - bytes)
    },
    arrived(part) {
      if (!isUnsized(part)) return
      progress.unsizedDone += 1
      progress.unsizedLeft = Math.max(0, progress.unsizedLeft - 1)
    },
  }
}

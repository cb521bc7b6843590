/** One step on the disk should take no longer than this on average, in milliseconds, to be waited for in place. */
const promptMs = 2
/** How many steps the last one counts for in the average. */
const weight = 1 / 16
/** After a slow spell so many steps are taken beside, before it is tried again. */
const restSteps = 512
/** Bytes of a buffer: 64 KiB to 1 MiB were measured alike, one write for each network chunk is dear. */
export const bufferBytes = 256 * 1024
/** Buffers kept for the next file. */
const keptBuffers = 32

/**
 * How a run waits for its disk. A step of a local disk ends in the page cache after microseconds, and handing it to another thread and back costs ten
 * times as much as the step; a disk that is slow or far away would stall everything meanwhile. So steps are taken in place for as long as they are quick.
 */
export interface Disk {
  /** `now` while the disk is quick, else `later`: the same step, in place or in a thread. Throws or rejects with what the step does. */
  step<T>(now: () => T, later: () => Promise<T>): T | Promise<T>
  /** A buffer of {@link bufferBytes}, of any content. */
  borrow(): Buffer
  /** Nobody reads or writes it any more. */
  giveBack(buffer: Buffer): void
}

export function createDisk(milliseconds: () => number = () => performance.now()): Disk {
  const buffers: Buffer[] = []
  let average = 0
  let rest = 0
  return {
    step(now, later) {
      if (rest > 0) {
        rest--
        return later()
      }
      const began = milliseconds()
      try {
        return now()
      } finally {
        average += (milliseconds() - began - average) * weight
        if (average > promptMs) {
          average = 0
          rest = restSteps
        }
      }
    },
    borrow: () => buffers.pop() ?? Buffer.allocUnsafeSlow(bufferBytes),
    giveBack(buffer) {
      if (buffers.length < keptBuffers) buffers.push(buffer)
    },
  }
}

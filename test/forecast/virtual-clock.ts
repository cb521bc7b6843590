import type { Clock } from '../../src/core/clock.ts'

interface Sleeper {
  readonly at: number
  readonly number: number
  wake(): void
}

/** Time that jumps from one sleeper to the next, for hours of work in a second: sleepers in a heap, a turn of the event loop for each moment. */
export interface VirtualClock extends Clock {
  /** Goes on until `ended` says so, or nobody sleeps any more. */
  run(ended: () => boolean): Promise<void>
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

export function virtualClock(start: number): VirtualClock {
  const heap: Sleeper[] = []
  let now = start
  let number = 0
  const before = (a: Sleeper, b: Sleeper) => a.at < b.at || (a.at === b.at && a.number < b.number)
  const swap = (a: number, b: number) => {
    const one = heap[a]!
    heap[a] = heap[b]!
    heap[b] = one
  }
  const push = (sleeper: Sleeper) => {
    let at = heap.push(sleeper) - 1
    while (at > 0 && before(heap[at]!, heap[(at - 1) >> 1]!)) {
      swap(at, (at - 1) >> 1)
      at = (at - 1) >> 1
    }
  }
  const pop = (): Sleeper | undefined => {
    const first = heap[0]
    const last = heap.pop()
    if (first === undefined || last === undefined || heap.length === 0) return first
    heap[0] = last
    for (let at = 0; ; ) {
      const left = 2 * at + 1
      let least = at
      if (left < heap.length && before(heap[left]!, heap[least]!)) least = left
      if (left + 1 < heap.length && before(heap[left + 1]!, heap[least]!)) least = left + 1
      if (least === at) return first
      swap(at, least)
      at = least
    }
  }
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        const abort = () => reject(signal?.reason)
        signal?.addEventListener('abort', abort, { once: true })
        push({
          at: now + Math.max(0, ms),
          number: number++,
          wake: () => {
            signal?.removeEventListener('abort', abort)
            resolve()
          },
        })
      }),
    async run(ended) {
      await turn()
      while (!ended()) {
        const next = pop()
        if (next === undefined) return
        now = Math.max(now, next.at)
        next.wake()
        while (heap[0] !== undefined && heap[0].at <= now) pop()!.wake()
        await turn()
      }
    },
  }
}

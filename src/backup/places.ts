/** One that wants places: a source of the account. */
export interface Applicant {
  /** Items that it still has to take: among those that hold equally many places the smallest goes first. */
  left(): number
}

/** Bounds what is downloaded at once for an account. */
export interface Places {
  /** Runs `work` as soon as there is a place; what one applicant hands in runs in its order. */
  take<T>(applicant: Applicant, work: () => Promise<T>): Promise<T>
}

/**
 * A free place goes to the applicant that holds the fewest. In one queue for all, each place would in the end be held by the slowest: a source that waits for
 * its quota with eight downloads would bring down the others to its own pace.
 */
export function createPlaces(count: number): Places {
  const held = new Map<Applicant, number>()
  const waiting = new Map<Applicant, (() => void)[]>()
  let free = count

  function next(): void {
    if (free === 0) return
    const [applicant] = [...waiting.keys()].toSorted((a, b) => (held.get(a) ?? 0) - (held.get(b) ?? 0) || a.left() - b.left())
    if (applicant === undefined) return
    const queue = waiting.get(applicant)!
    const start = queue.shift()!
    if (queue.length === 0) waiting.delete(applicant)
    free -= 1
    held.set(applicant, (held.get(applicant) ?? 0) + 1)
    start()
  }

  return {
    async take(applicant, work) {
      await new Promise<void>((resolve) => {
        const queue = waiting.get(applicant) ?? []
        queue.push(resolve)
        waiting.set(applicant, queue)
        next()
      })
      try {
        return await work()
      } finally {
        free += 1
        held.set(applicant, held.get(applicant)! - 1)
        next()
      }
    },
  }
}

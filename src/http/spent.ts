/** What was spent on a quota in the last window. */
export interface Spent {
  add(units: number, at: number): void
  /** Gives back what was added for `at`: the provider refused it. */
  remove(units: number, at: number): void
  /** Units spent since `since`, at most a window ago. */
  since(since: number, now: number): number
  /** When so many of the units spent lie a window back. */
  freeAt(units: number, now: number): number
}

/** Counts in steps of a sixtieth of the window; `windowMs` in milliseconds. */
export function createSpent(windowMs: number): Spent {
  const stepMs = windowMs / steps
  /** Units by step, oldest first. */
  const units = new Map<number, number>()
  const stepOf = (at: number) => Math.floor(at / stepMs)
  const forget = (now: number) => {
    // Steps that are still to come are of a clock that was set back.
    for (const step of units.keys()) if (step <= stepOf(now) - steps || step > stepOf(now)) units.delete(step)
  }
  return {
    add(more, at) {
      forget(at)
      units.set(stepOf(at), (units.get(stepOf(at)) ?? 0) + more)
    },
    remove(less, at) {
      const had = units.get(stepOf(at))
      if (had !== undefined) units.set(stepOf(at), Math.max(0, had - less))
    },
    since(since, now) {
      forget(now)
      let sum = 0
      for (const [step, spent] of units) if (step >= stepOf(since)) sum += spent
      return sum
    },
    freeAt(wanted, now) {
      forget(now)
      let sum = 0
      for (const [step, spent] of units) {
        sum += spent
        if (sum >= wanted) return (step + 1) * stepMs + windowMs
      }
      return now
    },
  }
}

const steps = 60

import type { Clock } from '../core/clock.ts'
import { Failure } from '../core/failure.ts'
import type { Budget } from '../core/provider.ts'
import { isKept, type KeptLevels, levelNow } from './kept-levels.ts'
import { firstPace, nextPace } from './pace.ts'
import { createQuotaWindow } from './quota-window.ts'

/** A budget at work: who may send now. */
export interface Limiter {
  /**
   * Waits, first come first served, until a place is free and `cost` units are there. Throws a Failure of kind `throttled` at once where the
   * budget is closed for longer than the patience, and the signal's reason.
   */
  enter(cost: number, signal: AbortSignal): Promise<Place>
  /** Nobody enters before `until` (wall clock, milliseconds), because of `failure`. False where it is closed as long already. */
  close(until: number, failure: Failure): boolean
}

export interface Place {
  /** The request succeeded: in the long run the pace rises. */
  succeeded(): void
  /** The request was refused for the pace, which becomes slower. Returns until when the budget should rest, where the answer does not say. */
  refused(): number
  /** Gives the place back; more than once does no harm. */
  leave(): void
}

export interface LimiterOptions {
  readonly budget: Budget
  readonly clock: Clock
  /** How long a closed budget is waited for, milliseconds. */
  readonly patienceMs: number
  /** How long a budget rests at least after a refusal that does not say for how long, milliseconds. */
  readonly restMs: number
  /** What other processes left of slow budgets, those before this one and those beside it. */
  readonly kept?: KeptLevels | undefined
}

interface Waiter {
  readonly cost: number
  /** It had to wait for units, not only for a place. */
  heldUp: boolean
  enter(): void
  refuse(failure: Failure): void
}

export function createLimiter({ budget, clock, patienceMs, restMs, kept: levels }: LimiterOptions): Limiter {
  const queue = new Set<Waiter>()
  const window = budget.windowMs === undefined ? undefined : createQuotaWindow(budget, budget.windowMs, restMs)
  const kept = isKept(budget) ? levels : undefined
  let pace = firstPace(budget)
  /** How many entered so far, how many had when the last refusal was heard, and how many refusals came since the last success after it. */
  let entered = 0
  let refusedAt = 0
  let inARow = 0
  let units = budget.burst
  let countedAt = clock.now()
  let places = Math.max(1, Math.floor(budget.concurrency))
  let closed: { readonly until: number; readonly failure: Failure } | undefined
  let timer: AbortController | undefined

  const refill = (now: number) => {
    // Nothing comes back while it is closed, so that it does not open with a rush.
    const from = closed === undefined ? countedAt : Math.max(countedAt, closed.until)
    if (now > from) units = Math.min(budget.burst, units + ((now - from) / 1000) * (window?.rate(now, pace) ?? pace.rate))
    countedAt = now
    const level = kept?.read(budget.id)
    if (level !== undefined) units = Math.min(units, levelNow(level, now, pace.rate))
  }
  const refusal = (now: number): Failure | undefined => {
    if (closed === undefined || closed.until - now <= patienceMs) return undefined
    const { message, hint, stops } = closed.failure
    return new Failure('throttled', message, {
      ...(hint !== undefined && { hint }),
      stops,
      retryAfter: closed.until,
      cause: closed.failure,
    })
  }
  /** Milliseconds until `cost` units are there; what costs more than the budget ever holds goes when it is full. */
  const delay = (cost: number, now: number): number => {
    if (closed !== undefined && closed.until > now) return closed.until - now
    if (closed !== undefined) closed = undefined
    const missing = Math.min(cost, budget.burst) - units
    const full = window?.fullUntil(cost, now, pace) ?? now
    if (full > now) return Math.max(1, full - now)
    // Parts of a unit that rounding left over are not worth a timer.
    return missing <= 1e-6 ? 0 : Math.max(1, (missing / pace.rate) * 1000)
  }
  const setPace = (next: typeof pace, now: number) => {
    if (next.rate !== pace.rate) refill(now)
    pace = next
  }
  const take = (cost: number, heldUp: boolean): Place => {
    units -= cost
    places -= 1
    entered += 1
    const number = entered
    const at = clock.now()
    // Before the request goes: a process that dies after it has spent it.
    kept?.write(budget.id, { units, at })
    window?.add(cost, at)
    let held = true
    return {
      succeeded: () => {
        if (number > refusedAt) inARow = 0
        setPace(nextPace(pace, { outcome: 'fine', cost, heldUp }, budget), clock.now())
      },
      refused: () => {
        const now = clock.now()
        window?.remove(cost, at)
        const before = pace
        const together = number <= refusedAt
        if (!together) inARow += 1
        const refusal = together ? 'together' : inARow === 1 ? 'first' : 'again'
        setPace(nextPace(pace, { outcome: 'throttled', refusal, measured: window?.evident(now) }, budget), now)
        refusedAt = entered
        return together && closed !== undefined ? closed.until : (window?.restUntil(now, before, inARow) ?? now + restMs)
      },
      leave: () => {
        if (!held) return
        held = false
        places += 1
        pump()
      },
    }
  }
  const pump = () => {
    timer?.abort(woken)
    timer = undefined
    const now = clock.now()
    refill(now)
    for (const waiter of queue) {
      const refused = refusal(now)
      if (refused !== undefined) {
        queue.delete(waiter)
        waiter.refuse(refused)
        continue
      }
      if (places === 0) return
      const wait = delay(waiter.cost, now)
      if (wait > 0) {
        waiter.heldUp = true
        const current = new AbortController()
        timer = current
        clock.sleep(wait, current.signal).then(
          () => pump(),
          () => {
            // Someone pumped before.
          },
        )
        return
      }
      queue.delete(waiter)
      waiter.enter()
    }
  }

  return {
    enter(cost, signal) {
      if (signal.aborted) return Promise.reject(signal.reason)
      const now = clock.now()
      refill(now)
      const refused = refusal(now)
      if (refused !== undefined) return Promise.reject(refused)
      if (queue.size === 0 && places > 0 && delay(cost, now) === 0) return Promise.resolve(take(cost, false))
      return new Promise((resolve, reject) => {
        const settle = () => {
          signal.removeEventListener('abort', abort)
          queue.delete(waiter)
        }
        const abort = () => {
          settle()
          pump()
          reject(signal.reason)
        }
        const waiter: Waiter = {
          cost,
          heldUp: false,
          enter: () => {
            settle()
            resolve(take(cost, waiter.heldUp))
          },
          refuse: (failure) => {
            settle()
            reject(failure)
          },
        }
        signal.addEventListener('abort', abort, { once: true })
        queue.add(waiter)
        if (queue.size === 1) pump()
      })
    },
    close(until, failure) {
      if (closed !== undefined && closed.until >= until) return false
      const now = clock.now()
      if (until <= now) return false
      refill(now)
      units = 0
      closed = { until, failure }
      pump()
      return true
    },
  }
}

const woken = new Error('pumped')

import type { Clock } from '../core/clock.ts'
import type { Reporter } from '../core/events.ts'
import { Failure } from '../core/failure.ts'

/**
 * Whether the network answers at all: one for all accounts of a run. Where nothing answers, everyone waits here, one request at a time goes
 * out as a probe, and all go on as soon as anything answers anyone.
 */
export interface Connectivity {
  /** Bytes came; with `origin`: an answer began. */
  heard(origin?: string): void
  answeredBefore(origin: string): boolean
  /** The run waits; whoever wants to begin a request waits too. */
  readonly paused: boolean
  /** Nothing has answered anyone for a while (10 s), or ever. */
  quiet(): boolean
  /**
   * Resolves when it is time to try (again): something answered, or this request is the next probe. Throws a Failure of kind `offline` when
   * the pause has taken `forMs` (`forMsAtFirst` where nothing has answered in the whole run), and the signal's reason.
   */
  wait(waiting: Waiting): Promise<void>
}

export interface Waiting {
  readonly account: string
  readonly origin: string
  /** Why: absent for a request that only finds the run paused. */
  readonly failure?: Failure
  readonly forMs: number
  readonly forMsAtFirst: number
  readonly emit: Reporter
  readonly signal: AbortSignal
}

export interface ConnectivityOptions {
  readonly clock: Clock
}

interface Pause {
  readonly since: number
  readonly reason: string
  /** Accounts that were told. */
  readonly told: Map<string, Reporter>
  readonly probedAt: Map<string, number>
  intervalMs: number
  timer: AbortController | undefined
  /** Time waited, without that during which the machine slept: waking up is when the network comes back. */
  spentMs: number
  countedAt: number
}

interface Waiter extends Waiting {
  go(): void
  giveUp(failure: Failure): void
}

export function createConnectivity({ clock }: ConnectivityOptions): Connectivity {
  const origins = new Set<string>()
  const waiters = new Set<Waiter>()
  let heardAt: number | undefined
  let pause: Pause | undefined

  const resume = ({ since, told, timer }: Pause) => {
    pause = undefined
    timer?.abort(ended)
    for (const [account, emit] of told) emit({ event: 'resumed', account, afterMs: clock.now() - since })
    for (const waiter of [...waiters]) waiter.go()
  }

  const count = (current: Pause) => {
    const now = clock.now()
    current.spentMs += Math.max(0, Math.min(now - current.countedAt, longestCountedMs))
    current.countedAt = now
  }

  const overdue = ({ spentMs }: Pause, { forMs, forMsAtFirst }: Waiting) =>
    spentMs >= (heardAt === undefined ? Math.min(forMs, forMsAtFirst) : forMs)

  const giveUp = ({ spentMs, reason }: Pause, { failure }: Waiting) => {
    const minutes = Math.max(1, Math.round(spentMs / 60_000))
    return new Failure('offline', `nothing answered for ${minutes} min: ${failure?.message ?? reason}`, {
      hint: 'check the connection to the internet, then run the same command again; it goes on where it stopped',
      cause: failure,
    })
  }

  /** Lets one waiter try after the interval; the origin that was probed longest ago comes first, since only its server may be down. */
  const schedule = (current: Pause) => {
    if (current.timer !== undefined || waiters.size === 0) return
    const timer = new AbortController()
    current.timer = timer
    clock.sleep(current.intervalMs, timer.signal).then(
      () => {
        if (current.timer === timer) current.timer = undefined
        if (pause !== current) return
        count(current)
        for (const waiter of [...waiters]) if (overdue(current, waiter)) waiter.giveUp(giveUp(current, waiter))
        const last = (waiter: Waiter) => current.probedAt.get(waiter.origin) ?? Number.NEGATIVE_INFINITY
        const next = [...waiters].reduce<Waiter | undefined>(
          (best, waiter) => (best === undefined || last(waiter) < last(best) ? waiter : best),
          undefined,
        )
        if (next === undefined) return
        current.probedAt.set(next.origin, clock.now())
        current.intervalMs = Math.min(current.intervalMs * 2, longestMs)
        next.go()
        schedule(current)
      },
      () => {
        // Nobody waits any more.
      },
    )
  }

  return {
    heard(origin) {
      heardAt = clock.now()
      if (origin !== undefined && !origins.has(origin)) {
        if (origins.size >= mostOrigins) origins.clear()
        origins.add(origin)
      }
      if (pause !== undefined) resume(pause)
    },
    answeredBefore: (origin) => origins.has(origin),
    get paused() {
      return pause !== undefined
    },
    quiet: () => heardAt === undefined || clock.now() - heardAt >= quietMs,
    wait(waiting) {
      if (waiting.signal.aborted) return Promise.reject(waiting.signal.reason)
      pause ??= {
        since: clock.now(),
        reason: waiting.failure?.message ?? 'no network',
        told: new Map(),
        probedAt: new Map(),
        intervalMs: firstMs,
        timer: undefined,
        spentMs: 0,
        countedAt: clock.now(),
      }
      const current = pause
      count(current)
      if (overdue(current, waiting)) {
        // Someone new may try once: the network may be back long since.
        return waiting.failure === undefined ? Promise.resolve() : Promise.reject(giveUp(current, waiting))
      }
      if (!current.told.has(waiting.account)) {
        current.told.set(waiting.account, waiting.emit)
        waiting.emit({ event: 'paused', account: waiting.account, reason: waiting.failure?.message ?? current.reason })
      }
      return new Promise((resolve, reject) => {
        const leave = () => {
          waiters.delete(waiter)
          waiting.signal.removeEventListener('abort', abort)
          if (waiters.size > 0) return
          current.timer?.abort(ended)
          current.timer = undefined
        }
        const abort = () => {
          leave()
          reject(waiting.signal.reason)
        }
        const waiter: Waiter = {
          ...waiting,
          go: () => {
            leave()
            resolve()
          },
          giveUp: (failure) => {
            leave()
            reject(failure)
          },
        }
        waiters.add(waiter)
        waiting.signal.addEventListener('abort', abort, { once: true })
        schedule(current)
      })
    },
  }
}

const ended = new Error('the pause is over')
const quietMs = 10_000
const firstMs = 1000
const longestMs = 30_000
const longestCountedMs = 90_000
const mostOrigins = 1000

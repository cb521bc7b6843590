import type { Clock } from '../core/clock.ts'
import type { Reporter } from '../core/events.ts'
import { Failure } from '../core/failure.ts'
import type { Connectivity } from './connectivity.ts'
import { patienceWith } from './patience.ts'
import { redactUrl } from './redact.ts'
import type { Attempt, Step } from './step.ts'

export interface RetryOptions {
  readonly account: string
  readonly clock: Clock
  readonly connectivity: Connectivity
  readonly emit: Reporter
  /** Trying and waiting together, milliseconds; without the wait for the budget and for the network. */
  readonly retryForMs: number
  readonly offlineForMs: number
  readonly backoffMs: number
  /** From 0 up to 1. */
  readonly random: () => number
}

/**
 * Repeats what may succeed the next time, for a limited time: exponential backoff with full jitter
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/), or what Retry-After says. While nothing answers anyone it
 * waits for the network instead, which costs nothing of that time.
 */
export function retry(next: Step, options: RetryOptions): Step {
  const { account, clock, connectivity, emit, retryForMs, offlineForMs, backoffMs, random } = options

  const network = ({ request, signal }: Attempt, failure?: Failure) =>
    connectivity.wait({
      account,
      origin: new URL(request.url).origin,
      ...(failure !== undefined && { failure }),
      forMs: offlineForMs,
      forMsAtFirst: retryForMs,
      emit,
      signal,
    })

  return async (attempt) => {
    const { request, signal } = attempt
    let spentMs = 0
    let tries = 0
    if (connectivity.paused) await network(attempt)
    for (;;) {
      attempt.startedAt = clock.now()
      let failure: Failure
      try {
        return await next(attempt)
      } catch (error) {
        if (signal.aborted) throw signal.reason
        failure = Failure.from(error)
      }
      const patienceMs = patienceWith(failure, retryForMs)
      if (failure.kind === 'offline' && patienceMs > 0) {
        if (patienceMs === retryForMs && (connectivity.paused || connectivity.quiet())) {
          await network(attempt, failure)
          continue
        }
        // Others do answer: it is this server that is down.
        if (patienceMs === retryForMs) failure = new Failure('transient', failure.message, { ...hintOf(failure), cause: failure })
      }
      tries += 1
      spentMs += counted(clock.now() - attempt.startedAt)
      const leftMs = patienceMs - spentMs
      if (leftMs <= 0) throw failure
      const now = clock.now()
      if (failure.retryAfter !== undefined && failure.retryAfter - now > leftMs) throw asThrottled(failure)
      const inMs =
        failure.retryAfter === undefined
          ? Math.min(leftMs, random() * Math.min(longestMs, backoffMs * 2 ** (tries - 1)))
          : failure.retryAfter - now + random() * backoffMs
      const what = `${request.method} ${redactUrl(request.url)}`
      emit({ event: 'retry', account, what, reason: failure.message, attempt: tries, inMs: Math.round(inMs) })
      await clock.sleep(inMs, signal)
      spentMs += Math.min(Math.max(0, clock.now() - now), inMs + slackMs)
    }
  }
}

const longestMs = 64_000
const slackMs = 1000

/** Longer than a try can take, the machine was asleep (or its clock was set). */
const counted = (ms: number) => Math.max(0, Math.min(ms, 180_000))

const hintOf = ({ hint }: Failure) => (hint === undefined ? {} : { hint })

/** "Not before tomorrow" is a throttling, whatever the status said. */
function asThrottled(failure: Failure): Failure {
  if (failure.kind === 'throttled' || failure.retryAfter === undefined) return failure
  return new Failure('throttled', failure.message, { ...hintOf(failure), retryAfter: failure.retryAfter, cause: failure })
}

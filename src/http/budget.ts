import type { Clock } from '../core/clock.ts'
import type { Reporter } from '../core/events.ts'
import { Failure } from '../core/failure.ts'
import type { Budget, Provider } from '../core/provider.ts'
import type { KeptLevels } from './kept-levels.ts'
import { createLimiter } from './limiter.ts'
import type { Step } from './step.ts'

export interface SpendOptions {
  readonly account: string
  /** At least one; the first serves requests that name none. */
  readonly budgets: readonly Budget[]
  readonly clock: Clock
  readonly emit: Reporter
  readonly patienceMs: number
  /** What a good answer says of how much is left; see `Provider.restAfter`. */
  readonly restAfter?: Provider['restAfter'] | undefined
  /** How long a budget rests at least after a throttling that does not say for how long. */
  readonly restMs: number
  readonly kept?: KeptLevels | undefined
}

const nearlyUsed = new Failure('throttled', 'the service says that its limit is nearly used up')
/** Shorter pauses between requests are the ordinary pace, milliseconds. */
const worthTelling = 5000

/** Waits for the request's budget and holds a place in it until the body of the answer was read or given up. */
export function spendBudget(
  next: Step,
  { account, budgets, clock, emit, patienceMs, restMs, restAfter, kept }: SpendOptions,
): Step {
  const limiters = new Map(budgets.map((budget) => [budget.id, createLimiter({ budget, clock, patienceMs, restMs, kept })]))
  return async (attempt) => {
    const { request, signal } = attempt
    const budget = request.budget ?? budgets[0]?.id ?? ''
    const limiter = limiters.get(budget)
    if (limiter === undefined) throw new Failure('bug', `there is no budget of the name '${budget}'`)
    const place = await limiter.enter(request.cost ?? 1, signal)
    attempt.startedAt = clock.now()
    try {
      const answer = await next(attempt)
      answer.body.onClosed(place.leave)
      place.succeeded()
      const now = clock.now()
      const until = restAfter?.(answer, now)
      if (until !== undefined && limiter.close(until, nearlyUsed) && until - now >= worthTelling)
        emit({ event: 'throttled', account, budget, untilMs: until })
      return answer
    } catch (error) {
      if (error instanceof Failure && !signal.aborted) {
        const now = clock.now()
        const restUntil = error.kind === 'throttled' ? place.refused() : undefined
        const until = closesUntil(error, now, restUntil)
        if (until !== undefined && limiter.close(until, error)) emit({ event: 'throttled', account, budget, untilMs: until })
      }
      place.leave()
      throw error
    }
  }

  function closesUntil(failure: Failure, now: number, restUntil: number | undefined): number | undefined {
    if (restUntil !== undefined) return failure.retryAfter ?? restUntil
    // "Come back tomorrow" for one thing does not speak for all the others, unless it is a throttling.
    const { retryAfter } = failure
    return retryAfter !== undefined && retryAfter - now <= patienceMs ? retryAfter : undefined
  }
}

import type { HttpRequest } from '../../core/transport.ts'

/** How long a service rests that refuses for the pace and does not say for how long; one for each account. Times in milliseconds since 1970. */
export interface GrowingRest {
  /** A refusal came: until when to rest. What was on its way when the rest began is refused together with it, and does not lengthen it. */
  refused(now: number): number
  succeeded(): void
}

export interface GrowingRestOptions {
  /** Milliseconds. */
  readonly first: number
  readonly longest: number
}

/** Twice as long after each refusal that no success came before. */
export function createGrowingRest({ first, longest }: GrowingRestOptions): GrowingRest {
  let rest = 0
  let until = 0
  return {
    refused(now) {
      // A clock that was set back.
      const together = rest > 0 && now < until && until - now <= rest
      if (together) return until
      rest = rest === 0 ? first : Math.min(longest, rest * 2)
      until = now + rest
      return until
    },
    succeeded() {
      rest = 0
    },
  }
}

/** A symbol, which no copy of a request loses. */
const kept = Symbol('rest')

/** Says to which rest the refusals of a request belong: what explains answers sees the request alone. */
export const restsWith = (rest: GrowingRest, request: HttpRequest): HttpRequest => Object.assign({ ...request }, { [kept]: rest })

export const restOf = (request: HttpRequest & { readonly [kept]?: GrowingRest }): GrowingRest | undefined => request[kept]

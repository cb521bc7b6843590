import type { Failure, FailureKind } from '../core/failure.ts'

const own = new WeakMap<Failure, number>()

/** Says of a failure that the same request is worth trying for `ms` milliseconds at most; 0: not at all. */
export function worthTryingFor(ms: number, failure: Failure): Failure {
  own.set(failure, ms)
  return failure
}

/** How long the request that brought this failure may be tried again, milliseconds. */
export function patienceWith(failure: Failure, retryForMs: number): number {
  if (!failure.consequence.retry) return 0
  return Math.min(retryForMs, own.get(failure) ?? byKind[failure.kind] ?? retryForMs)
}

const byKind: Partial<Record<FailureKind, number>> = {
  // The same request with the same condition is refused again: whoever asked has to begin anew.
  changed: 0,
  // An answer that makes no sense is a hiccup of something on the way, or it will make no sense in five minutes either.
  corrupt: 20_000,
}

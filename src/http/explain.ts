import type { Clock } from '../core/clock.ts'
import { Failure } from '../core/failure.ts'
import type { Provider } from '../core/provider.ts'
import { readUpTo } from './collect.ts'
import { codingOf, decodeWhole } from './decode.ts'
import { retryAfter } from './retry-after.ts'
import { statusFailure } from './status.ts'
import type { Answer, Attempt, Step } from './step.ts'

export interface ExplainOptions {
  readonly explain: Provider['explain']
  readonly clock: Clock
}

/** Lets successes and accepted answers pass; for all others throws what the provider makes of them, else what the table of statuses says. */
export function explainFailures(next: Step, { explain, clock }: ExplainOptions): Step {
  return async (attempt) => {
    const answer = await next(attempt)
    const { status } = answer
    if ((status >= 200 && status < 300) || attempt.request.accepts?.includes(status)) return answer
    const { request } = attempt
    const { headers, url } = answer
    const { text, whole } = await beginning(answer, attempt)
    const failure = explain({ status, headers, url }, text, request) ?? statusFailure(answer, request, whole)
    const at = retryAfter(headers['retry-after'], clock.now())
    throw at === undefined || failure.retryAfter !== undefined || !failure.consequence.retry ? failure : dated(failure, at)
  }
}

const mostBytes = 64 * 1024

/** Enough of an error's body to explain it; a body that breaks explains as much as came. `whole`: false where it is known to have broken off. */
async function beginning(answer: Answer, { signal }: Attempt): Promise<{ readonly text: string; readonly whole: boolean }> {
  try {
    const { bytes, complete } = await readUpTo(answer.body, mostBytes)
    const coding = codingOf(answer.headers, {})
    const plain = coding === undefined ? bytes : await decodeWhole(bytes, coding, { most: 16 * mostBytes, partial: !complete })
    const text = Buffer.from(plain.buffer, plain.byteOffset, Math.min(plain.byteLength, mostBytes)).toString('utf8')
    return { text, whole: !complete || plain.byteLength > mostBytes || !breaksOff(text) }
  } catch (error) {
    if (signal.aborted || !(error instanceof Failure)) throw error
    return { text: '', whole: false }
  }
}

/** It begins as JSON does, and is none. */
function breaksOff(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false
  try {
    JSON.parse(text)
    return false
  } catch {
    return true
  }
}

function dated(failure: Failure, at: number): Failure {
  const { kind, message, hint, reason, stops, cause } = failure
  return new Failure(kind, message, {
    ...(hint !== undefined && { hint }),
    ...(reason !== undefined && { reason }),
    stops,
    ...(cause !== undefined && { cause }),
    retryAfter: at,
  })
}

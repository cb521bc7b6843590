import { type Answer, loginPage, plainAnswer } from './answer.ts'
import type { WebdavModel } from './model.ts'
import type { SeenRequest } from './records.ts'

/**
 * What goes wrong. Numbers of bytes count the body of this very answer.
 * `cut`: after so many bytes, or so many `<response>` elements of a listing, the connection breaks; with `quietly` the answer ends
 * instead as if it were whole, as a broken proxy does. `stall`: so many bytes, then silence. `wrongByteAt`: that byte is another
 * one. `wrongLength`: so many bytes more or fewer, with headers that agree. `change`: the tree changes before the answer is made.
 */
export type Fault =
  | { readonly status: number; readonly headers?: Answer['headers']; readonly message?: string }
  | { readonly cut: number; readonly unit?: 'bytes' | 'responses'; readonly quietly?: boolean }
  | { readonly stall: number }
  | { readonly wrongByteAt: number }
  | { readonly wrongLength: number }
  | { readonly html: true }
  | { readonly delay: number }
  | { readonly change: (model: WebdavModel) => void }

/** Which signed-in requests: all parts given must fit. `path` as in SeenRequest. */
export type FaultMatch = { readonly method?: string; readonly path?: string | RegExp } | ((request: SeenRequest) => boolean)

export type FaultRule = {
  readonly match: FaultMatch
  readonly do: Fault
  /** Requests that pass before the first is hit; default 0. */
  readonly after?: number
  /** Requests that are hit; default 1. */
  readonly times?: number
}

export type Faults = {
  /** Later rules come after earlier ones; one rule at most works on a request. `hits` counts. */
  add(rule: FaultRule): { readonly hits: number }
  clear(): void
  next(request: SeenRequest): Fault | undefined
}

export function createFaults(rules: readonly FaultRule[] = []): Faults {
  const states: { rule: FaultRule; seen: number; hits: number }[] = []
  const add = (rule: FaultRule) => {
    const state = { rule, seen: 0, hits: 0 }
    states.push(state)
    return state
  }
  rules.forEach(add)
  return {
    add,
    clear: () => {
      states.length = 0
    },
    next(request) {
      for (const state of states) {
        if (state.hits >= (state.rule.times ?? 1) || !matches(state.rule.match, request)) continue
        if (state.seen++ < (state.rule.after ?? 0)) continue
        state.hits++
        return state.rule.do
      }
      return undefined
    },
  }
}

function matches(match: FaultMatch, request: SeenRequest): boolean {
  if (typeof match === 'function') return match(request)
  if (match.method !== undefined && match.method !== request.method) return false
  if (match.path === undefined) return true
  if (typeof match.path === 'string') return match.path === request.path
  return request.path !== undefined && request.path.search(match.path) >= 0
}

/** The answer as the fault leaves it; `delay` and `change` work before the answer and do nothing here. */
export function bend(answer: Answer, fault: Fault | undefined): Answer {
  if (!fault) return answer
  if ('status' in fault) return plainAnswer(fault.status, fault.message ?? 'A fault on demand', fault.headers)
  if ('html' in fault) return loginPage()
  const body = answer.body ?? []
  if ('cut' in fault) {
    const shown = fault.unit === 'responses' ? firstResponses(body, fault.cut) : firstBytes(body, fault.cut)
    return fault.quietly ? { ...answer, length: undefined, body: shown } : { ...answer, body: shown, afterwards: 'break' }
  }
  if ('stall' in fault) return { ...answer, body: firstBytes(body, fault.stall), afterwards: 'stall' }
  if ('wrongByteAt' in fault) return { ...answer, body: withWrongByte(body, fault.wrongByteAt) }
  if ('wrongLength' in fault) {
    if (answer.length === undefined) return { ...answer, body: resized(body, fault.wrongLength, undefined) }
    const length = Math.max(0, answer.length + fault.wrongLength)
    return { ...answer, length, body: resized(body, fault.wrongLength, length) }
  }
  return answer
}

function* firstBytes(body: Iterable<Uint8Array>, count: number): Generator<Uint8Array, void, undefined> {
  let left = count
  for (const chunk of body) {
    if (left <= 0) return
    yield chunk.subarray(0, left)
    left -= chunk.length
  }
}

function* firstResponses(body: Iterable<Uint8Array>, count: number): Generator<Uint8Array, void, undefined> {
  const whole = Buffer.concat([...body]).toString()
  const ends = [...whole.matchAll(/<\/(?:\w+:)?response>/g)].map((found) => found.index + found[0].length)
  const first = whole.search(/<(?:\w+:)?response>/)
  yield Buffer.from(whole.slice(0, count === 0 ? first : (ends[count - 1] ?? whole.length)))
}

function* withWrongByte(body: Iterable<Uint8Array>, at: number): Generator<Uint8Array, void, undefined> {
  let offset = 0
  for (const chunk of body) {
    const inside = at - offset
    offset += chunk.length
    if (inside < 0 || inside >= chunk.length) yield chunk
    else {
      const copy = Buffer.from(chunk)
      copy[inside] = (copy[inside] ?? 0) ^ 0x01
      yield copy
    }
  }
}

function* resized(body: Iterable<Uint8Array>, by: number, length: number | undefined): Generator<Uint8Array, void, undefined> {
  if (by < 0) yield* firstBytes(body, length ?? Math.max(0, Buffer.concat([...body]).length + by))
  else {
    yield* body
    yield Buffer.alloc(by)
  }
}

import type { HttpRequest, HttpResponseHead } from '../core/transport.ts'
import type { Body } from './body.ts'

/** One try of a request on its way through the steps of the transport. */
export interface Attempt {
  readonly request: HttpRequest
  readonly signal: AbortSignal
  /** When the waiting for the budget was over; set by the budget, read by the retry. */
  startedAt: number
}

export interface Answer extends HttpResponseHead {
  readonly body: Body
}

/** A step of the transport wraps the next one and has its form. */
export type Step = (attempt: Attempt) => Promise<Answer>

/** One request on the wire; a redirect leads to another. */
export interface Hop {
  readonly method: string
  readonly url: URL
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array | undefined
  /** All hops so far had the origin that the request was meant for. */
  readonly trusted: boolean
}

export type HopStep = (hop: Hop, attempt: Attempt) => Promise<Answer>

import { randomUUID } from 'node:crypto'
import type { Json } from '../../serving/reply.ts'

export interface GraphErrorDetails {
  /** The more exact code inside. */
  readonly inner?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A refusal, thrown by whatever notices it and sent in Graph's envelope. */
export class GraphError extends Error {
  readonly status: number
  readonly code: string
  readonly details: GraphErrorDetails

  constructor(status: number, code: string, message: string, details: GraphErrorDetails = {}) {
    super(message)
    this.status = status
    this.code = code
    this.details = details
  }
}

/** https://learn.microsoft.com/graph/errors#error-resource-type */
export function graphErrorBody({ code, message, details }: GraphError, now: number, clientRequestId: string): Json {
  return {
    error: {
      code,
      message,
      innerError: {
        ...(details.inner === undefined ? {} : { code: details.inner }),
        date: new Date(now).toISOString().slice(0, 19),
        'request-id': randomUUID(),
        'client-request-id': clientRequestId,
      },
    },
  }
}

export const itemNotFound = () => new GraphError(404, 'itemNotFound', 'The resource could not be found.')
export const accessDenied = (message = 'Access denied') => new GraphError(403, 'accessDenied', message)
export const badRequest = (message: string) => new GraphError(400, 'BadRequest', message)
export const invalidRequest = (message: string) => new GraphError(400, 'invalidRequest', message)
export const noSegment = (segment: string) => badRequest(`Resource not found for the segment '${segment}'.`)

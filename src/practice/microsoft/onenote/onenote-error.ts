import type { Json } from '../../serving/reply.ts'

/** A refusal in OneNote's words: the code is a string of digits. https://learn.microsoft.com/graph/onenote-error-codes */
export class OneNoteError extends Error {
  readonly status: number
  readonly code: string
  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

export const refuse = (status: number, code: string, message: string): OneNoteError => new OneNoteError(status, code, message)

/** https://learn.microsoft.com/graph/onenote-error-codes#error-response-example */
export function errorBody({ code, message }: Pick<OneNoteError, 'code' | 'message'>, now: number): Json {
  const id = '00000000-0000-4000-8000-000000000000'
  const innerError = { date: new Date(now).toISOString().slice(0, 19), 'request-id': id, 'client-request-id': id }
  return { error: { code, message, innerError } }
}

export const notFound = () => refuse(404, '20102', 'The specified resource ID does not exist.')
export const badId = () => refuse(400, '20112', 'The entity ID or entity type is invalid.')
export const deleted = () => refuse(404, '20113', 'The resource specified in the request was deleted.')

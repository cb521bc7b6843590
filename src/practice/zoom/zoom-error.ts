import type { Json } from '../serving/reply.ts'

/** A refusal by the API: a status, and Zoom's own number and sentence in the body. https://developers.zoom.us/docs/api/errors/ */
export class ZoomError extends Error {
  readonly status: number
  readonly code: number
  readonly headers: Readonly<Record<string, string>>
  private readonly fields: readonly string[]

  constructor(
    status: number,
    code: number,
    message: string,
    headers: Readonly<Record<string, string>> = {},
    fields: readonly string[] = [],
  ) {
    super(message)
    this.status = status
    this.code = code
    this.headers = headers
    this.fields = fields
  }

  get body(): Json {
    const errors = this.fields.map((field) => ({ field, message: 'Invalid field.' }))
    return { code: this.code, message: this.message, ...(errors.length === 0 ? {} : { errors }) }
  }
}

export const invalidField = (field: string): ZoomError => new ZoomError(400, 300, 'Validation Failed.', {}, [field])
export const noRecording = (): ZoomError => new ZoomError(404, 3301, 'There is no recording for this meeting.')
export const noMeeting = (id: string): ZoomError => new ZoomError(404, 3001, `Meeting does not exist: ${id}.`)

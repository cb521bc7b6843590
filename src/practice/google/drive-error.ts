import type { Json } from '../serving/reply.ts'

export interface DriveErrorDetails {
  /** The parameter or header that is to blame. */
  readonly location?: string
  readonly locationType?: 'parameter' | 'header'
  readonly domain?: string
  /** `status` of the newer envelope (UNAUTHENTICATED …) and its `details`, where Drive adds them. */
  readonly status?: string
  readonly details?: readonly Json[]
  readonly headers?: Readonly<Record<string, string>>
}

/** A refusal, thrown by whatever notices it and sent in Google's envelope. Pages of the reasons: https://developers.google.com/workspace/drive/api/guides/handle-errors */
export class DriveError extends Error {
  readonly code: number
  readonly reason: string
  readonly details: DriveErrorDetails

  constructor(code: number, reason: string, message: string, details: DriveErrorDetails = {}) {
    super(message)
    this.code = code
    this.reason = reason
    this.details = details
  }

  envelope(): Json {
    const { location, locationType = 'parameter', domain = 'global', status, details } = this.details
    const place = location === undefined ? {} : { location, locationType }
    return {
      error: {
        code: this.code,
        message: this.message,
        errors: [{ message: this.message, domain, reason: this.reason, ...place }],
        ...(status === undefined ? {} : { status }),
        ...(details === undefined ? {} : { details }),
      },
    }
  }
}

export const invalidParameter = (location: string, message = 'Invalid Value'): DriveError =>
  new DriveError(400, 'invalid', message, { location })

export const notFound = (id: string): DriveError =>
  new DriveError(404, 'notFound', `File not found: ${id}.`, { location: 'fileId' })

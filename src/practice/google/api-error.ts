import type { Json } from '../serving/reply.ts'
import { DriveError, type DriveErrorDetails } from './drive-error.ts'

/** https://cloud.google.com/apis/design/errors#http_mapping */
const statuses: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  410: 'GONE',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
}

/** A refusal to throw. `status` of the newer envelope follows from the code unless the details give another. */
export function refusal(code: number, reason: string, message: string, details: DriveErrorDetails = {}): DriveError {
  return new DriveError(code, reason, message, details)
}

/** The body of an error as an API words it: with the older `errors`, with the newer `status` and `details`, or with both. */
export function envelopeOf(error: DriveError, form: 'errors' | 'status' | 'both'): Json {
  const { location, locationType = 'parameter', domain = 'global', details, status = statuses[error.code] } = error.details
  const place = location === undefined ? {} : { location, locationType }
  return {
    error: {
      code: error.code,
      message: error.message,
      ...(form === 'status' ? {} : { errors: [{ message: error.message, domain, reason: error.reason, ...place }] }),
      ...(form === 'errors' ? {} : { status }),
      ...(form === 'errors' || details === undefined ? {} : { details }),
    },
  }
}

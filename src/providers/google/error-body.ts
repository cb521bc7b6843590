import { z } from 'zod'

const detail = z.object({ reason: z.string().optional(), metadata: z.record(z.string(), z.string()).optional() }).catch({})
const envelope = z.object({
  error: z.union([
    z.string(),
    z.object({
      message: z.string().optional(),
      status: z.string().optional(),
      errors: z.array(z.object({ reason: z.string().optional(), location: z.string().optional() })).optional(),
      details: z.array(detail).optional(),
    }),
  ]),
})

/** What an error answer of a Google API says. */
export interface GoogleError {
  /** Machine-readable reasons, the most telling first; empty where there are none. */
  readonly reasons: readonly string[]
  /** The parameter that was refused. */
  readonly location?: string
  readonly message: string
  /** The API that refuses, as Google's console names it. */
  readonly service?: string
  /** The quota that is used up is one of a day. */
  readonly daily: boolean
}

/**
 * Reads both forms of error that Google's APIs use, of which one answer may hold either or both: the older `errors[].reason` and
 * the newer `status` with `details[].reason` (https://google.aip.dev/193); and the bare word of the OAuth endpoints.
 * undefined: the body is neither.
 */
export function readError(body: string): GoogleError | undefined {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    return undefined
  }
  const parsed = envelope.safeParse(json)
  if (!parsed.success) return undefined
  const { error } = parsed.data
  if (typeof error === 'string') return { reasons: [error], message: '', daily: false }
  const details = error.details ?? []
  const reasons = [...(error.errors ?? []), ...details, { reason: error.status }].flatMap(({ reason }) =>
    reason === undefined ? [] : [reason],
  )
  const location = error.errors?.find((entry) => entry.location !== undefined)?.location
  const daily = details.some(({ metadata }) => /PerDay|1\/d/.test(`${metadata?.quota_limit} ${metadata?.quota_unit}`))
  const service = details.find(({ metadata }) => metadata?.service !== undefined)?.metadata?.service
  return {
    reasons,
    message: error.message ?? '',
    daily,
    ...(location === undefined ? {} : { location }),
    ...(service === undefined ? {} : { service }),
  }
}

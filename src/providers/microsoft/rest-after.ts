import type { HttpResponseHead } from '../../core/transport.ts'

/** Longer than any window that is documented, seconds: a larger number is a mistake, and must not stop a run for days. */
const longestWindow = 3600

/**
 * The headers that Graph's files send once four fifths of what all users of an app may ask for in a minute are used ("RateLimit-Limit, RateLimit-Remaining,
 * RateLimit-Reset", the last one in seconds): what is left is spread over what is left of the time, and nothing left means a rest.
 * https://learn.microsoft.com/sharepoint/dev/general-development/how-to-avoid-getting-throttled-or-blocked-in-sharepoint-online#ratelimit-headers---preview
 */
export function restAfter({ headers }: Pick<HttpResponseHead, 'headers'>, now: number): number | undefined {
  const remaining = numberOf(headers['ratelimit-remaining'])
  const reset = numberOf(headers['ratelimit-reset'])
  if (remaining === undefined || reset === undefined || reset === 0 || reset > longestWindow) return undefined
  return now + (reset * 1000) / Math.max(1, remaining)
}

const numberOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined

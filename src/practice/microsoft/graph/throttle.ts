import type { LoggedRequest } from '../../serving/request-log.ts'
import { GraphError } from './graph-error.ts'

/**
 * What a request costs an app.
 * https://learn.microsoft.com/sharepoint/dev/general-development/how-to-avoid-getting-throttled-or-blocked-in-sharepoint-online#application-throttling
 */
export const resourceUnits = { item: 1, deltaWithToken: 1, download: 1, list: 2, deltaWithoutToken: 2, permissions: 5 } as const

export interface ThrottleSettings {
  /** Default: what an app has in a tenant of up to 1,000 licences. */
  readonly unitsPerMinute?: number
  /** Requests of a user in five minutes; default 3,000. */
  readonly requestsPerFiveMinutes?: number
  readonly status?: 429 | 503
  /** Whether the headers RateLimit-* are sent; default yes. */
  readonly headers?: boolean
}

export interface Throttle {
  /** undefined: no limit, which is how it starts. */
  set(settings: ThrottleSettings | undefined): void
  /** Counts a request, refused ones too; throws when there were too many. Returns the headers for its answer. */
  enter(log: LoggedRequest, units: number): Record<string, string>
}

const minute = 60_000

export function createThrottle(now: () => number): Throttle {
  let settings: ThrottleSettings | undefined
  let spent: { time: number; units: number }[] = []
  return {
    set(next) {
      settings = next
      spent = []
    },
    enter(log, units) {
      log.units = units
      if (settings === undefined) return {}
      const { unitsPerMinute = 1250, requestsPerFiveMinutes = 3000, status = 429, headers = true } = settings
      const time = now()
      spent = spent.filter((entry) => entry.time > time - 5 * minute)
      // "Throttled requests count towards usage limits": same page.
      spent.push({ time, units })
      const lastMinute = spent.filter((entry) => entry.time > time - minute)
      const used = lastMinute.reduce((sum, entry) => sum + entry.units, 0)
      const free = (from: readonly { time: number }[], life: number) =>
        Math.max(1, Math.ceil(((from[0]?.time ?? time) + life - time) / 1000))
      const overUnits = used > unitsPerMinute
      const overRequests = spent.length > requestsPerFiveMinutes
      const reset = overRequests ? free(spent, 5 * minute) : free(lastMinute, minute)
      // "The RateLimit headers are returned when usage reaches 80 % of the limit": same page.
      const told: Record<string, string> =
        headers && used >= unitsPerMinute * 0.8
          ? {
              'RateLimit-Limit': String(unitsPerMinute),
              'RateLimit-Remaining': String(Math.max(0, unitsPerMinute - used)),
              'RateLimit-Reset': String(reset),
            }
          : {}
      if (!overUnits && !overRequests) return told
      const [code, message] =
        status === 429
          ? ['activityLimitReached', 'The request has been throttled']
          : ['serviceNotAvailable', 'The server is busy']
      throw new GraphError(status, code ?? '', message ?? '', {
        inner: 'throttledRequest',
        headers: { ...told, 'Retry-After': String(reset) },
      })
    },
  }
}

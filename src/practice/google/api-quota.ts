import { refusal } from './api-error.ts'
import type { DriveError } from './drive-error.ts'

/** How an answer over the quota looks; all of these were seen from Gmail. */
export type QuotaAnswer = 'rateLimitExceeded' | 'userRateLimitExceeded' | 'resource exhausted' | 'retry after a time'

export interface ApiQuotaSettings {
  /** Default: what Google states for a project of today. */
  readonly unitsPerMinute?: number
  /** Requests of one user at the same time. Google states no figure; about ten has been seen. Default: no limit. */
  readonly concurrent?: number
  readonly answer?: QuotaAnswer
  /** Whether minutes begin with the clock's (default), or any 60 seconds count. */
  readonly window?: 'clock' | 'sliding'
}

export interface ApiQuota {
  /** undefined: no limit, which is how it starts. */
  set(settings: ApiQuotaSettings | undefined): void
  /** Throws when the user has too few units left, or too many requests under way. Returns what ends the request. */
  enter(user: string, units: number): () => void
}

const minute = 60_000

export function createApiQuota(now: () => number, host: string, unitsOfToday: number): ApiQuota {
  let settings: ApiQuotaSettings | undefined
  let spent = new Map<string, { time: number; units: number }[]>()
  let running = new Map<string, number>()
  const over = (limit: number): DriveError => {
    const usage = { domain: 'usageLimits' }
    const exceeded = `Quota exceeded for quota metric 'Queries' and limit 'Queries per minute per user' of service '${host}' for consumer 'project_number:000000000000'.`
    const info = {
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason: 'RATE_LIMIT_EXCEEDED',
      domain: 'googleapis.com',
      metadata: { service: host, quota_limit_value: String(limit) },
    }
    switch (settings?.answer) {
      case 'resource exhausted':
        return refusal(429, 'rateLimitExceeded', 'Resource has been exhausted (e.g. check quota).', { domain: 'global' })
      case 'retry after a time': {
        const end = new Date(Math.ceil((now() + 1) / minute) * minute).toISOString()
        return refusal(429, 'rateLimitExceeded', `User-rate limit exceeded.  Retry after ${end}`, usage)
      }
      case 'userRateLimitExceeded':
        return refusal(403, 'userRateLimitExceeded', 'User Rate Limit Exceeded', usage)
      default:
        return refusal(403, 'rateLimitExceeded', exceeded, { ...usage, details: [info] })
    }
  }
  return {
    set(next) {
      settings = next
      spent = new Map()
      running = new Map()
    },
    enter(user, units) {
      if (settings === undefined) return () => {}
      const { unitsPerMinute = unitsOfToday, concurrent = Number.POSITIVE_INFINITY, window = 'clock' } = settings
      const count = running
      const active = count.get(user) ?? 0
      if (active >= concurrent)
        throw refusal(429, 'rateLimitExceeded', 'Too many concurrent requests for user', { domain: 'global' })
      const time = now()
      const from = window === 'clock' ? Math.floor(time / minute) * minute : time - minute + 1
      const kept = (spent.get(user) ?? []).filter((entry) => entry.time >= from)
      spent.set(user, kept)
      if (kept.reduce((sum, entry) => sum + entry.units, units) > unitsPerMinute) throw over(unitsPerMinute)
      // Entries of one tenth of a second are enough, and few.
      const last = kept.at(-1)
      if (last !== undefined && time - last.time < 100) last.units += units
      else kept.push({ time, units })
      count.set(user, active + 1)
      return () => count.set(user, (count.get(user) ?? 1) - 1)
    },
  }
}

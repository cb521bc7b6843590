import type { Label } from './scopes.ts'
import { ZoomError } from './zoom-error.ts'

export type Plan = 'free' | 'pro' | 'business'

/** Calls in a second and in a day (UTC), for each label; undefined: no daily limit. */
export type Limits = Readonly<Record<Label, { readonly perSecond: number; readonly perDay?: number }>>

/** https://developers.zoom.us/docs/api/rate-limits/ (as of July 2026 in github.com/zoom/skills). */
export const planLimits: Readonly<Record<Plan, Limits>> = {
  free: {
    Light: { perSecond: 4, perDay: 6000 },
    Medium: { perSecond: 2, perDay: 2000 },
    Heavy: { perSecond: 1, perDay: 1000 },
  },
  pro: { Light: { perSecond: 30 }, Medium: { perSecond: 20 }, Heavy: { perSecond: 10, perDay: 30_000 } },
  business: { Light: { perSecond: 80 }, Medium: { perSecond: 60 }, Heavy: { perSecond: 40, perDay: 60_000 } },
}

export interface RateLimits {
  /** Whose limits hold from now on; undefined: answers state those of Business, and nothing is refused. */
  set(limits: Plan | Limits | undefined): void
  /** Another program of the account has used up the day, of one label or of all. */
  exhaustDay(label?: Label): void
  /** Counts a call. Returns the headers of its answer; throws 429. */
  count(label: Label): Readonly<Record<string, string>>
}

const dayMs = 86_400_000

export function createRateLimits(now: () => number): RateLimits {
  let limits: Limits | undefined
  const seconds = new Map<Label, { second: number; count: number }>()
  const days = new Map<Label, { day: number; count: number }>()
  const exhausted = new Map<Label, number>()
  const today = () => Math.floor(now() / dayMs)
  const daily = (label: Label, most: number) =>
    new ZoomError(
      429,
      429,
      'You have reached the maximum daily rate limit for this API. Refer to the response header for details on when you can make another request.',
      {
        'X-RateLimit-Category': label,
        'X-RateLimit-Type': 'Daily-limit',
        'X-RateLimit-Limit': String(most),
        'X-RateLimit-Remaining': '0',
        // An ISO 8601 date-time; the counters begin again at 00:00 UTC.
        'Retry-After': new Date((today() + 1) * dayMs).toISOString().replace('.000Z', 'Z'),
      },
    )
  return {
    set(chosen) {
      limits = typeof chosen === 'string' ? planLimits[chosen] : chosen
    },
    exhaustDay(label) {
      for (const each of label === undefined ? (['Light', 'Medium', 'Heavy'] as const) : [label]) exhausted.set(each, today())
    },
    count(label) {
      const { perSecond, perDay } = (limits ?? planLimits.business)[label]
      if (exhausted.get(label) === today()) throw daily(label, perDay ?? 60_000)
      const second = Math.floor(now() / 1000)
      const known = seconds.get(label)
      const inSecond = known?.second === second ? known : { second, count: 0 }
      seconds.set(label, inSecond)
      if (limits !== undefined && inSecond.count >= perSecond) {
        throw new ZoomError(429, 429, 'You have reached the maximum per-second rate limit for this API. Try again later.', {
          'X-RateLimit-Category': label,
          'X-RateLimit-Type': 'QPS',
          'X-RateLimit-Limit': String(perSecond),
          'X-RateLimit-Remaining': '0',
          'X-RateLimit-Reset': String(second + 1),
        })
      }
      const knownDay = days.get(label)
      const inDay = knownDay?.day === today() ? knownDay : { day: today(), count: 0 }
      days.set(label, inDay)
      if (limits !== undefined && perDay !== undefined && inDay.count >= perDay) throw daily(label, perDay)
      inSecond.count += 1
      inDay.count += 1
      return {
        'X-RateLimit-Category': label,
        'X-RateLimit-Type': 'QPS',
        'X-RateLimit-Limit': String(perSecond),
        'X-RateLimit-Remaining': String(Math.max(0, perSecond - inSecond.count)),
      }
    },
  }
}

import { DriveError } from './drive-error.ts'

/**
 * Prices in quota units, and units a minute for each user of a project made since May 2026.
 * https://developers.google.com/workspace/drive/api/guides/limits
 */
export const callUnits: Readonly<Record<string, number>> = {
  'about.get': 5,
  'changes.getStartPageToken': 5,
  'changes.list': 100,
  'drives.get': 5,
  'drives.list': 100,
  'files.download': 200,
  'files.export': 200,
  'files.get': 5,
  'files.get media': 200,
  'files.list': 100,
  'operations.get': 5,
  'permissions.create': 50,
  'permissions.list': 100,
  'permissions.update': 50,
}
export const unitsPerMinutePerUser = 325_000

export interface QuotaSettings {
  readonly unitsPerMinute: number
  /** How an answer over the quota looks: 403 `userRateLimitExceeded` (the default), or 429 `rateLimitExceeded`. */
  readonly answer?: 403 | 429
}

export interface Quota {
  /** undefined: no limit, which is how it starts. */
  set(settings: QuotaSettings | undefined): void
  /** Throws when the user has none left in this minute. */
  spend(user: string, units: number): void
}

export function createQuota(now: () => number): Quota {
  let settings: QuotaSettings | undefined
  const spent = new Map<string, { minute: number; units: number }>()
  return {
    set(next) {
      settings = next
      spent.clear()
    },
    spend(user, units) {
      if (settings === undefined) return
      const minute = Math.floor(now() / 60_000)
      const known = spent.get(user)
      const entry = known?.minute === minute ? known : { minute, units: 0 }
      spent.set(user, entry)
      if (entry.units + units > settings.unitsPerMinute) {
        throw settings.answer === 429
          ? new DriveError(429, 'rateLimitExceeded', 'Rate Limit Exceeded', { domain: 'usageLimits' })
          : new DriveError(403, 'userRateLimitExceeded', 'User Rate Limit Exceeded', { domain: 'usageLimits' })
      }
      entry.units += units
    },
  }
}

import { refuse } from './onenote-error.ts'

/** https://learn.microsoft.com/graph/throttling-limits#onenote-service-limits, delegated, for each app and user */
export const documentedLimits = { perMinute: 120, perHour: 400, atOnce: 5 } as const

export type OneNoteLimits = { readonly perMinute: number; readonly perHour: number; readonly atOnce: number }

/** Counts requests in sliding windows. A refusal carries no Retry-After: the same page says that OneNote sends none. */
export function createLimits(now: () => number) {
  let limits: OneNoteLimits | undefined
  let times: number[] = []
  let open = 0
  return {
    /** undefined: none are kept. */
    set(next: OneNoteLimits | undefined): void {
      limits = next
      times = []
    },
    /** Throws 429, or gives back what ends the request. */
    enter(): () => void {
      if (limits !== undefined) {
        const at = now()
        times = times.filter((time) => at - time < 3_600_000)
        const lastMinute = times.filter((time) => at - time < 60_000).length
        if (open >= limits.atOnce || lastMinute >= limits.perMinute || times.length >= limits.perHour) {
          throw refuse(
            429,
            '20166',
            'The application has issued too many requests on behalf of this user in a short period of time.',
          )
        }
        times.push(at)
      }
      open += 1
      return () => {
        open -= 1
      }
    },
  }
}

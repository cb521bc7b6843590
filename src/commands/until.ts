import { endOfDay, parseDeadline } from '../forecast/deadline.ts'
import type { Settings } from '../settings/settings.ts'
import type { Options } from './command.ts'

/** Until when the work has to be done, milliseconds since 1970. */
export interface Until {
  readonly at: number
  /** Whether the person said so, or the organisation's profile does. */
  readonly from: 'option' | 'profile'
}

/** `--until`, else the last day that the profile states, the earliest of the accounts chosen. Throws a Failure of kind `settings` for what is no date. */
export function untilOf(options: Options, settings: Settings, now: number): Until | undefined {
  if (typeof options.until === 'string') return { at: parseDeadline(options.until, now), from: 'option' }
  const general = settings.profile?.facts.lastDay
  const days = settings.accounts.flatMap(({ facts }) => facts?.lastDay ?? general ?? [])
  const ends = days.map(endOfDay).filter((at) => at !== undefined)
  return ends.length === 0 ? undefined : { at: Math.min(...ends), from: 'profile' }
}

export const untilOption = {
  flags: '--until <date>',
  description: 'the date by which it has to be done, e.g. 2027-03-31 or 2027-03-31T17:00+09:00',
} as const

import { Failure, type Said } from '../core/failure.ts'
import type { Localised } from '../core/language.ts'

const wanted = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?\s?(Z|[+-]\d\d:?\d\d)?)?$/i

/**
 * `2027-03-31` (to the end of that day), `2027-03-31 17:00` and `2027-03-31T17:00:00` (by this computer's clock), `2027-03-31T17:00+09:00` and `…Z` →
 * milliseconds since 1970. Throws a Failure of kind `settings` for anything else, and for a time that has passed.
 */
export function parseDeadline(text: string, now: number): number {
  const at = momentOf(text.trim())
  if (at === undefined) throw Failure.in('settings', noDate(text))
  if (at <= now) throw Failure.in('settings', passed(text))
  return at
}

const forms = '--until 2027-03-31, --until 2027-03-31T17:00, --until 2027-03-31T17:00+09:00'

const noDate = (text: string): Localised<Said> => ({
  en: { message: `--until ${JSON.stringify(text)} is no date`, hint: `these are: ${forms}` },
  ja: { message: `--until ${JSON.stringify(text)} は日付として読めません`, hint: `次のように書いてください: ${forms}` },
})

const passed = (text: string): Localised<Said> => ({
  en: { message: `--until ${text}: that time has passed`, hint: 'write a date that is still to come' },
  ja: { message: `--until ${text} はすでに過ぎています`, hint: 'これから来る日付を書いてください' },
})

/** The end of a day `YYYY-MM-DD` by this computer's clock, milliseconds since 1970; undefined for what is none. */
export function endOfDay(day: string): number | undefined {
  return /^\d{4}-\d\d-\d\d$/.test(day) ? momentOf(day) : undefined
}

function momentOf(text: string): number | undefined {
  const found = wanted.exec(text)
  if (found === null) return undefined
  const [, year, month, day, hour, minute, second = '0', zone] = found
  const date = [Number(year), Number(month) - 1, Number(day)] as const
  // 31 April would become 1 May, and month 0 the December before.
  const made = new Date(Date.UTC(...date))
  if (made.getUTCDate() !== date[2] || made.getUTCMonth() !== date[1]) return undefined
  if (hour === undefined) return new Date(date[0], date[1], date[2] + 1).getTime()
  const time = [Number(hour), Number(minute), Number(second)] as const
  if (time[0] > 23 || time[1] > 59 || time[2] > 59) return undefined
  if (zone === undefined) return new Date(...date, ...time).getTime()
  const offset = /^z$/i.test(zone) ? 0 : offsetOf(zone)
  if (Math.abs(offset) > furthestZone) return undefined
  return Date.UTC(...date, ...time) - offset * 60_000
}

/** No place's clock is further from UTC: https://data.iana.org/time-zones/tzdb/australasia (Kiribati). Minutes. */
const furthestZone = 14 * 60

/** `+09:00`, `-0330` → minutes. */
function offsetOf(zone: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(zone)!
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

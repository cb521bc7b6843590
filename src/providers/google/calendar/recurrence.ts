import ICAL from 'ical.js'
import { clean, contentLine, fold } from '../records/content-line.ts'
import {
  inFormOf,
  isUtc,
  lastSecond,
  localOf,
  type Moment,
  momentOf,
  timeIn,
  timeOf,
  written,
  type Zones,
  zoned,
  zonedSpan,
} from './moment.ts'
import type { EventTime } from './schema.ts'

export interface Recurrence {
  /** Content lines. */
  readonly lines: readonly string[]
  /** What is no rule or date that iCalendar knows, as it came. */
  readonly refused: readonly string[]
}

/**
 * The lines that Google delivers for a series, made to fit its start: UNTIL in UTC where the start has a zone (RFC 5545 3.3.10), dates in the
 * start's own form (3.8.5.1, 3.8.5.2). Rules themselves are copied.
 */
export function writeRecurrence(raw: readonly string[], start: Moment, zones: Zones): Recurrence {
  const lines: string[] = []
  const refused: string[] = []
  for (const line of raw) {
    const found = /^(?:([EX]*R?RULE)|([EXR]+DATE))((?:;[\w-]+=[^:;]*)*):(.+)$/i.exec(line.trim())
    const [, rule, date, parameters = '', value = ''] = found ?? []
    const written =
      rule !== undefined
        ? writeRule(rule, value, start)
        : date !== undefined
          ? writeDates(date, parameters, value, start, zones)
          : undefined
    if (written === undefined) refused.push(clean(line))
    else lines.push(written)
  }
  return { lines, refused }
}

function writeRule(name: string, value: string, start: Moment): string | undefined {
  if (!/^(?:RRULE|EXRULE)$/i.test(name) || !/^[\w=,;+-]+$/.test(value)) return undefined
  try {
    const { until, count } = ICAL.Recur.fromString(value)
    if (until && count) return undefined
  } catch {
    return undefined
  }
  const parts = value
    .toUpperCase()
    .split(';')
    .filter((part) => part !== '')
  const fitted = parts.map((part) => (part.startsWith('UNTIL=') ? `UNTIL=${fitUntil(part.slice(6), start)}` : part))
  return fold(`${name.toUpperCase()}:${fitted.join(';')}`)
}

function fitUntil(until: string, start: Moment): string {
  const moment = readDate(until)
  if (moment === undefined) return until
  if (start.form === 'date') return compact(localOf(moment).slice(0, 10))
  // The last day counts to its end.
  const local = moment.form === 'date' ? `${moment.date}T23:59:59` : localOf(moment)
  if (start.form === 'floating') return compact(local)
  const time = moment.form === 'utc' ? moment.time : timeIn(local, start)!
  return compact(new Date(Math.min(time, lastSecond)).toISOString().replace(/\.\d+Z$/, 'Z'))
}

/** The end of a series, milliseconds since 1970; undefined where it has none that is stated, or one that nobody lives to see. */
export function endOf(raw: readonly string[]): number | undefined {
  let end: number | undefined
  for (const line of raw) {
    if (!/^RRULE/i.test(line)) continue
    const until = readDate(/UNTIL=([0-9TZ]+)/i.exec(line)?.[1] ?? '')
    if (until === undefined || timeOf(until) >= zonedSpan.to) return undefined
    end = Math.max(end ?? Number.NEGATIVE_INFINITY, timeOf(until))
  }
  return end
}

function writeDates(name: string, parameters: string, value: string, start: Moment, zones: Zones): string | undefined {
  if (!/^(?:EXDATE|RDATE)$/i.test(name)) return undefined
  const zoneName = /;TZID="?([^;:"]+)/i.exec(parameters)?.[1]
  const zone = zoneName === undefined || isUtc(zoneName) ? undefined : zones(zoneName)
  const moments: Moment[] = []
  for (const text of value.split(',')) {
    const read = readDate(text.trim())
    if (read === undefined) return undefined
    const local = localOf(read)
    if (read.form === 'floating' && zone !== undefined) moments.push(inFormOf(zoned(zone.momentOf(local), zone), start))
    else if (read.form === 'floating' && zoneName !== undefined && isUtc(zoneName))
      moments.push(inFormOf({ form: 'utc', time: Date.parse(`${local}Z`), offset: 0 }, start))
    else moments.push(occurrenceAt(read, start))
  }
  return writeMoments(name.toLowerCase(), moments)
}

/** Occurrences that were taken out of a series. */
export function writeCancelled(cancelled: readonly EventTime[], start: Moment, zones: Zones): readonly string[] {
  const moments = cancelled.flatMap((stated) => {
    const moment = momentOf(stated, zones)
    return moment === undefined ? [] : [occurrenceAt(moment, start)]
  })
  if (moments.length === 0) return []
  return [
    writeMoments(
      'exdate',
      moments.toSorted((a, b) => timeOf(a) - timeOf(b)),
    ),
  ]
}

/** A day alone means the occurrence of that day. */
function occurrenceAt(moment: Moment, start: Moment): Moment {
  if (moment.form !== 'date' || start.form === 'date') return inFormOf(moment, start)
  return inFormOf({ form: 'floating', local: `${moment.date}${localOf(start).slice(10)}` }, start)
}

function writeMoments(name: string, moments: readonly Moment[]): string {
  const all = moments.map(written)
  const { type, tzid } = all[0]!
  const values = new Set(all.filter((one) => one.type === type).map(({ value }) => value))
  return contentLine([name, tzid === undefined ? {} : { tzid }, type, ...values])
}

/** A date, a time of UTC, or a time of no zone, in iCalendar's form. */
function readDate(text: string): Moment | undefined {
  const [, year, month, day, hours, minutes, seconds, utc] = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?$/i.exec(text) ?? []
  if (year === undefined) return undefined
  const date = `${year}-${month}-${day}`
  if (Number.isNaN(Date.parse(date))) return undefined
  if (hours === undefined) return { form: 'date', date }
  const local = `${date}T${hours}:${minutes}:${seconds}`
  const time = Date.parse(`${local}Z`)
  if (Number.isNaN(time)) return undefined
  return utc === undefined ? { form: 'floating', local } : { form: 'utc', time, offset: 0 }
}

const compact = (iso: string): string => iso.replace(/[-:]/g, '')

import type { ZoomUser } from '../identify.ts'
import { isUnfinished, removalOf } from './item.ts'
import type { RecordedMeeting } from './schema.ts'
import { dayAfter, dayOf, monthsBetween, type Window } from './windows.ts'

/** What an earlier listing learned of a year: of the folder, that is, in the meetings' own time zones. */
export interface YearNote {
  /** When it was asked for, milliseconds since 1970. */
  readonly asked: number
  /** The first day asked for, where the settings cut the year: what lies before it is not known. */
  readonly from?: string | undefined
  /** Something in it was not finished at Zoom. */
  readonly open?: boolean | undefined
  /** The first day on which Zoom will remove something of it. */
  readonly removal?: string | undefined
}
export type YearNotes = Readonly<Record<string, YearNote>>

export interface ListingPlan {
  /** Asked for, one after the other. */
  readonly windows: readonly Window[]
  /** Listed whole this time. */
  readonly asked: readonly string[]
  /** Not asked for this time: nothing in them can have changed, or it is not long since they were looked at. */
  readonly vouched: readonly string[]
}

export interface PlanOptions {
  /** By Zoom's clock, or by ours where it does not say; milliseconds since 1970. */
  readonly now: number
  /** The day on which the account began. */
  readonly start: string
  /** The person's own choice of the first day. */
  readonly from?: string
  readonly notes: YearNotes
}

const dayMs = 86_400_000
/** Transcripts and summaries come late; after so long a year counts as done, milliseconds. */
const settledAfter = 60 * dayMs
/** A year that is done is looked at again so seldom: what was restored from the trash may stand there; days. */
export const lookAgainDays = 7
/**
 * Zoom's first year. A recording may be older than the account that has it: what a person leaves behind is handed to somebody else
 * (https://support.zoom.com/hc/en/article?id=zm_kb&sysparm_article=KB0067925), and listings go by the day of the meeting.
 */
const zoomBegan = '2013-01-01'

/** The account's first day, by what Zoom says of the person; Zoom's own first day where it does not say. */
export function firstDay({ created_at, user_created_at }: ZoomUser): string {
  const times = [created_at, user_created_at]
    .map((text) => Date.parse(text ?? ''))
    .filter((time) => time >= Date.parse(zoomBegan))
  return times.length === 0 ? zoomBegan : dayOf(Math.min(...times))
}

/**
 * What a listing asks for, from the account's first day to tomorrow (a clock may be wrong), oldest first, since that is what rules of retention remove
 * first; then what is older than the account. A year's meetings may stand in the last month before it or the first one after it, by UTC.
 */
export function planListing({ now, start, from, notes }: PlanOptions): ListingPlan {
  const end = dayAfter(now)
  const first = from ?? zoomBegan
  const firstYear = Number(first.slice(0, 4))
  const years = Array.from({ length: Math.max(0, Number(end.slice(0, 4)) - firstYear + 1) }, (_, index) =>
    String(firstYear + index),
  )
  const cut = from !== undefined && !from.endsWith('-01-01')
  const asked = years.filter((year) => !isDone(year, notes[year], now) || (cut && year === String(firstYear)))
  const near = new Set(asked.flatMap((year) => monthsAround(Number(year))))
  const windows = monthsBetween(first, end).filter(({ from: day }) => near.has(day.slice(0, 7)))
  const [young, old] = [windows.filter(({ to }) => to >= start), windows.filter(({ to }) => to < start)]
  const earlier = notes[String(firstYear)]
  const hides = cut && earlier !== undefined && (earlier.from === undefined || earlier.from < from)
  const before = from === undefined ? [] : Object.keys(notes).filter((year) => year < first.slice(0, 4))
  return {
    windows: [...young, ...old.reverse()],
    asked,
    // Of a year that is cut more than before the settings hide a part that an earlier listing named, and that is not gone for that.
    vouched: [...years.filter((year) => !asked.includes(year)), ...before, ...(hides ? [String(firstYear)] : [])],
  }
}

function isDone(year: string, note: YearNote | undefined, now: number): boolean {
  if (note === undefined || note.open === true || note.from !== undefined) return false
  if (now - Date.UTC(Number(year) + 1, 0, 1) < settledAfter) return false
  if (note.removal !== undefined && note.removal <= dayOf(now)) return false
  // One that was asked for in the future was asked for under a wrong clock.
  return note.asked <= now + dayMs && now - note.asked < lookAgainDays * dayMs
}

function monthsAround(year: number): string[] {
  const months = Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, '0')}`)
  return [`${year - 1}-12`, ...months, `${year + 1}-01`]
}

/** What a meeting tells about its year. */
export function noteMeeting(notes: YearNotes, year: string, meeting: RecordedMeeting): YearNotes {
  const note = notes[year]
  if (note === undefined) return notes
  const removal = removalOf(meeting)
  const sooner = removal !== undefined && (note.removal === undefined || removal < note.removal) ? { removal } : {}
  return { ...notes, [year]: { ...note, ...sooner, ...(isUnfinished(meeting) && { open: true }) } }
}

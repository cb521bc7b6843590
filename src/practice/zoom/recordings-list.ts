import type { Json } from '../serving/reply.ts'
import { type ApiCall, oneOf, paged } from './api-call.ts'
import type { Meeting, RecordingsModel } from './model.ts'
import type { RecordedFile } from './recorded-file.ts'
import { day, meetingResource } from './resources.ts'
import { invalidField, ZoomError } from './zoom-error.ts'

/** "Recordings in trash are deleted after 30 days": https://support.zoom.com/hc/en/article?id=zm_kb&sysparm_article=KB0063839 */
const trashDays = 30
const dayMs = 86_400_000

interface Shown {
  readonly meeting: Meeting
  readonly files: readonly RecordedFile[]
}

/** https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording/GET/users/{userId}/recordings */
export function listRecordings(call: ApiCall): Json {
  const { model, query, now, roots, person } = call
  if (person.type === 1) throw new ZoomError(400, 200, `Only available for Paid account: ${person.accountId}.`)
  const { from, to } = windowOf(query, now)
  const trash = oneOf(query, 'trash', ['true', 'false']) === 'true'
  const trashType = oneOf(query, 'trash_type', ['meeting_recordings', 'recording_file']) ?? 'meeting_recordings'
  const onPremise = oneOf(query, 'mc', ['true', 'false']) === 'true'
  const source = oneOf(query, 'recording_source_type', ['cloud_recording_only', 'my_notes_recording_only'])
  const number = query.get('meeting_id')
  if (number !== null && !/^\d+$/.test(number)) throw invalidField('meeting_id')
  const own = person.id === model.me.id && source !== 'my_notes_recording_only'
  const all = own ? (trash ? inTrash(model, trashType, now) : inWindow(model, from, to, onPremise)) : []
  const shown = all.filter(({ meeting }) => number === null || String(meeting.number) === number)
  shown.sort((a, b) => b.meeting.start - a.meeting.start)
  const bound = [from, to, trash, trashType, onPremise, source, number].join(' ')
  const { page, fields } = paged(call, bound, shown)
  for (const { meeting } of page) if (meeting.vanishesAfterListing) call.afterwards(() => model.remove(meeting.uuid))
  return { from, to, ...fields, meetings: page.map(({ meeting, files }) => meetingResource(meeting, files, model, roots)) }
}

/**
 * "The maximum range can be a month. If you do not provide this value, this defaults to the current date." A wider range is not refused: it begins a month before
 * its end, and the answer says so (https://github.com/zoom/api/issues/36: 2017-08-02 … 2018-04-09 became 2018-03-09 … 2018-04-09).
 */
export function windowOf(query: URLSearchParams, now: number): { readonly from: string; readonly to: string } {
  const today = day(now)
  const from = dateOf(query, 'from') ?? today
  const to = dateOf(query, 'to') ?? today
  const earliest = monthBefore(to)
  return { from: from < earliest ? earliest : from, to }
}

function dateOf(query: URLSearchParams, name: string): string | undefined {
  const text = query.get(name)
  if (text === null) return undefined
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(time) || day(time) !== text) throw invalidField(name)
  return text
}

/** The same day of the month before, or that month's last day. */
function monthBefore(date: string): string {
  const [year = 0, month = 0, dayOfMonth = 0] = date.split('-').map(Number)
  const lastDay = new Date(Date.UTC(year, month - 1, 0)).getUTCDate()
  return day(Date.UTC(year, month - 2, Math.min(dayOfMonth, lastDay)))
}

function inWindow(model: RecordingsModel, from: string, to: string, onPremise: boolean): Shown[] {
  return model.meetings.flatMap((meeting) => {
    const days = [day(meeting.start), ...meeting.alsoOn]
    const listed = meeting.trashed === undefined && meeting.onPremise === onPremise
    const files = meeting.files.filter((file) => file.trashed === undefined)
    return listed && files.length > 0 && days.some((date) => from <= date && date <= to) ? [{ meeting, files }] : []
  })
}

/** Whole recordings, or single files of recordings that are not in the trash themselves; dates do not matter there. */
function inTrash(model: RecordingsModel, type: 'meeting_recordings' | 'recording_file', now: number): Shown[] {
  const fresh = (trashed: number | undefined) => trashed !== undefined && now - trashed < trashDays * dayMs
  return model.meetings.flatMap((meeting) => {
    if (type === 'meeting_recordings') return fresh(meeting.trashed) ? [{ meeting, files: meeting.files }] : []
    const files = meeting.trashed === undefined ? meeting.files.filter((file) => fresh(file.trashed)) : []
    return files.length > 0 ? [{ meeting, files }] : []
  })
}

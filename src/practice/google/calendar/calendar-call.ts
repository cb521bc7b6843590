import type { Json } from '../../serving/reply.ts'
import type { ApiCall } from '../api.ts'
import { refusal } from '../api-error.ts'
import type { DriveError } from '../drive-error.ts'
import { standardParameters } from '../drive-tables.ts'
import { makeSyncToken, readSyncToken } from '../sync-tokens.ts'
import type { SyncedRecord, SyncedRecords } from '../synced-records.ts'
import type { Calendar, CalendarEntry, CalendarModel } from './calendar-model.ts'

export type CalendarCall = ApiCall<CalendarModel>

// Reasons and words: https://developers.google.com/workspace/calendar/api/guides/errors
export const invalidValue = (location: string, message = 'Invalid Value'): DriveError =>
  refusal(400, 'invalid', message, { location })
const notFound = () => refusal(404, 'notFound', 'Not Found')
const fullSyncRequired = () =>
  refusal(410, 'fullSyncRequired', 'Sync token is no longer valid, a full sync is required.', {
    domain: 'calendar',
    location: 'syncToken',
  })

export const etagOf = ({ sequence }: SyncedRecord<unknown>): string => `"${String(sequence).padStart(16, '3')}"`

/** The calendar of the path, if it is in the person's list and still there. `primary` is another word for the first one's id. */
export function calendarOf({ model, path }: CalendarCall): {
  id: string
  entry: SyncedRecord<CalendarEntry>
  calendar: Calendar
} {
  const given = path.calendarId ?? ''
  const id = given === 'primary' ? model.email : given
  const entry = model.entries.get(id)
  const calendar = model.calendar(id)
  if (entry === undefined || calendar === undefined || entry.deleted || entry.value.vanished) throw notFound()
  return { id, entry, calendar }
}

export function refuseUnlessSignedUp({ model }: CalendarCall): void {
  if (!model.settings.signedUp) {
    throw refusal(403, 'notACalendarUser', 'The user must be signed up for Google Calendar.', { domain: 'calendar' })
  }
}

/** What a listing that can be synced consists of. */
export interface SyncedListing<T> {
  readonly kind: string
  /** What tells it from others: a calendar's id. */
  readonly name: string
  readonly records: SyncedRecords<T>
  readonly generation: number
  readonly size: number
  /** May not go along with `syncToken`. */
  readonly barred: readonly string[]
  /** May not be said to be false with it. */
  readonly alwaysTrue: readonly string[]
  /** Empty pages in between; 0: none. */
  readonly emptyPageEvery?: number
  wanted(record: SyncedRecord<T>, syncing: boolean): boolean
  shown(record: SyncedRecord<T>): Json
}

/**
 * A page of a listing, with `nextSyncToken` on the last one.
 * https://developers.google.com/workspace/calendar/api/guides/sync
 */
export function syncedPage<T>(call: CalendarCall, listing: SyncedListing<T>): Record<string, Json | undefined> {
  const { kind, records, size, generation, emptyPageEvery = 0 } = listing
  const point = syncPointOf(call, listing)
  const [after = point.since ?? 0, began = records.latest(), number = 1] = call.position() ?? []
  const items: Json[] = []
  let last = after
  let more = false
  const empty = emptyPageEvery > 0 && number % emptyPageEvery === 0
  for (const record of records.after(after)) {
    if (!listing.wanted(record, point.since !== undefined)) continue
    more = empty || items.length === size
    if (more) break
    items.push(listing.shown(record))
    last = record.sequence
  }
  const token = () => makeSyncToken({ ...point.place, sequence: began, fullAt: point.fullAt, generation })
  return {
    kind,
    etag: `"p${records.latest()}${generation}"`,
    ...(more ? { nextPageToken: call.nextPageToken([last, began, number + 1]) } : { nextSyncToken: token() }),
    items,
  }
}

function syncPointOf<T>(call: CalendarCall, { name, generation, barred, alwaysTrue }: SyncedListing<T>) {
  const { parameters, exchange, person, now } = call
  const free = ['syncToken', 'pageToken', ...standardParameters]
  const same = [...exchange.url.searchParams].filter(([key]) => !free.includes(key)).sort()
  const place = { listing: `calendar ${name} ${person.email}`, query: JSON.stringify(same) }
  const text = parameters.text('syncToken')
  if (text === undefined) return { since: undefined, fullAt: now, place }
  for (const key of barred) {
    if (parameters.list(key).length > 0) throw invalidValue(key, `Parameter ${key} cannot be specified together with syncToken`)
  }
  for (const key of alwaysTrue) {
    if (parameters.text(key) === 'false') throw invalidValue(key, `Parameter ${key} cannot be false together with syncToken`)
  }
  const point = readSyncToken(text, place)
  if (point === undefined) throw invalidValue('syncToken', 'Invalid sync token value.')
  if (point.generation !== generation) throw fullSyncRequired()
  // Other parameters than the first time give "undefined behavior": nothing that a client may build on.
  if (!point.sameQuery) exchange.violation('a sync with other parameters than those of the listing that it goes on from')
  return { since: point.sequence, fullAt: point.fullAt, place }
}

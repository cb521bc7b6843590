import type { Json } from '../../serving/reply.ts'
import type { SyncedRecord } from '../synced-records.ts'
import { etagOf } from './calendar-call.ts'
import { type CalendarEntry, type CalendarEvent, type CalendarModel, isCancelled } from './calendar-model.ts'

export interface EventView {
  readonly model: CalendarModel
  readonly calendarId: string
  readonly entry: CalendarEntry
  readonly maxAttendees: number | undefined
}

/** https://developers.google.com/workspace/calendar/api/v3/reference/events#resource */
export function eventResource(record: SyncedRecord<CalendarEvent>, view: EventView): Json {
  const { fields } = record.value
  const { id } = record
  const common = { kind: 'calendar#event', etag: etagOf(record), id }
  const { recurringEventId, originalStartTime, start, end } = fields
  // Nothing more is sure to be there of what is cancelled: https://developers.google.com/workspace/calendar/api/v3/reference/events#status
  if (isCancelled(record)) return { ...common, status: 'cancelled', recurringEventId, originalStartTime }
  const times = { status: 'confirmed', start, end, recurringEventId, originalStartTime, recurrence: fields.recurrence }
  const seesPrivate = ['writer', 'owner'].includes(view.entry.accessRole)
  const isPrivate = fields.visibility === 'private' || fields.visibility === 'confidential'
  if (view.entry.accessRole === 'freeBusyReader' || (isPrivate && !seesPrivate))
    return { ...common, ...times, visibility: 'private' }
  const updated = new Date(record.updated).toISOString()
  const organizer = organizerOf(view)
  const { attendees } = fields
  const cut = view.maxAttendees !== undefined && Array.isArray(attendees) && attendees.length > view.maxAttendees
  return {
    ...common,
    htmlLink: `https://www.google.com/calendar/event?eid=${Buffer.from(`${id} ${view.calendarId}`).toString('base64url')}`,
    created: updated,
    updated,
    creator: organizer,
    organizer,
    ...times,
    iCalUID: `${String(recurringEventId ?? id).replace(/_R\d+T?\d*$/, '')}@google.com`,
    sequence: 0,
    reminders: { useDefault: true },
    eventType: 'default',
    ...fields,
    ...(cut && Array.isArray(attendees) ? { attendeesOmitted: true, attendees: attendees.filter(isSelf) } : {}),
  }
}

const isSelf = (attendee: Json): boolean =>
  typeof attendee === 'object' && attendee !== null && 'self' in attendee && attendee.self === true

function organizerOf({ model, calendarId, entry }: EventView): Json {
  if (calendarId === model.email) return { email: model.email, displayName: model.name, self: true }
  return { email: calendarId, displayName: entry.summary, self: true }
}

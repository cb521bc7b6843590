import type { Json } from '../../serving/reply.ts'
import { refusal } from '../api-error.ts'
import { instant } from '../instant.ts'
import type { SyncedRecord } from '../synced-records.ts'
import { type CalendarCall, calendarOf, invalidValue, refuseUnlessSignedUp, syncedPage } from './calendar-call.ts'
import { type Calendar, type CalendarEvent, isCancelled } from './calendar-model.ts'
import { type EventView, eventResource } from './event-resource.ts'

const eventTypes = ['birthday', 'default', 'focusTime', 'fromGmail', 'outOfOffice', 'workingLocation']
/** https://developers.google.com/workspace/calendar/api/v3/reference/events/list#syncToken */
const barred = [
  'iCalUID',
  'orderBy',
  'privateExtendedProperty',
  'q',
  'sharedExtendedProperty',
  'timeMin',
  'timeMax',
  'updatedMin',
]
/** What this service would have to compute, and a copy of a calendar has no use for. */
const unknown = ['iCalUID', 'orderBy', 'privateExtendedProperty', 'q', 'sharedExtendedProperty', 'timeMin', 'timeMax', 'timeZone']
/** Not documented; about a month has been seen. */
const oldestUpdatedMinMs = 30 * 24 * 60 * 60 * 1000

function viewOf(call: CalendarCall): { view: EventView; calendar: Calendar; calendarId: string } {
  refuseUnlessSignedUp(call)
  const { id, entry, calendar } = calendarOf(call)
  if (entry.value.accessRole === 'freeBusyReader' && entry.value.freeBusy !== 'times') {
    throw refusal(403, 'requiredAccessLevel', 'You need to have reader access to this calendar.', { domain: 'calendar' })
  }
  const ownOnly = call.scopes
    .filter((scope) => scope.includes('/calendar'))
    .every((scope) => /calendar\.events\.owned|\.(acls|settings|calendars|calendarlist)(\.|$)/.test(scope))
  if (ownOnly && entry.value.accessRole !== 'owner') throw refusal(403, 'forbidden', 'Forbidden')
  const most = call.parameters.text('maxAttendees')
  if (most !== undefined && !/^[1-9]\d{0,8}$/.test(most)) throw invalidValue('maxAttendees')
  const maxAttendees = most === undefined ? undefined : Number(most)
  return { view: { model: call.model, calendarId: id, entry: entry.value, maxAttendees }, calendar, calendarId: id }
}

/** https://developers.google.com/workspace/calendar/api/v3/reference/events/list */
export function listEvents(call: CalendarCall): Json {
  const { parameters, model, now } = call
  const { view, calendar, calendarId } = viewOf(call)
  const size = Math.min(parameters.pageSize('maxResults', 250, 2500, 'most'), model.settings.pageLimit)
  const [showDeleted, hiddenInvitations] = [parameters.flag('showDeleted'), parameters.flag('showHiddenInvitations')]
  if (parameters.flag('singleEvents'))
    throw invalidValue('singleEvents', 'The practice Calendar does not expand series into single events')
  const types = parameters.list('eventTypes')
  for (const type of types) if (!eventTypes.includes(type)) throw invalidValue('eventTypes')
  const syncing = parameters.text('syncToken') !== undefined
  const foreign = syncing ? undefined : unknown.find((name) => parameters.list(name).length > 0)
  if (foreign !== undefined) throw invalidValue(foreign, `The practice Calendar does not know the parameter ${foreign}`)
  const since = parameters.text('updatedMin')
  const updatedMin = since === undefined ? undefined : instant(since)
  if (since !== undefined && updatedMin === undefined) throw invalidValue('updatedMin')
  if (updatedMin !== undefined && !syncing && now - updatedMin > oldestUpdatedMinMs) {
    throw refusal(410, 'updatedMinTooLongAgo', 'The requested minimum modification time lies too far in the past.', {
      domain: 'calendar',
      location: 'updatedMin',
    })
  }
  /** A cancelled occurrence is news of a series that goes on, whatever is asked for. */
  const ofLivingSeries = ({ value }: SyncedRecord<CalendarEvent>): boolean => {
    const series = calendar.events.get(String(value.fields.recurringEventId ?? ''))
    return series !== undefined && !isCancelled(series)
  }
  const wanted = (record: SyncedRecord<CalendarEvent>, news: boolean): boolean => {
    const { fields, hiddenInvitation } = record.value
    if (hiddenInvitation && !hiddenInvitations) return false
    if (types.length > 0 && !types.includes(String(fields.eventType ?? 'default'))) return false
    if (updatedMin !== undefined && record.updated < updatedMin) return false
    return !isCancelled(record) || news || updatedMin !== undefined || showDeleted || ofLivingSeries(record)
  }
  const { summary, description, timeZone, accessRole, defaultReminders } = view.entry
  const latest = [...calendar.events.after(calendar.events.latest() - 1)][0]
  const { kind, etag, nextPageToken, nextSyncToken, items } = syncedPage(call, {
    kind: 'calendar#events',
    name: calendarId,
    records: calendar.events,
    generation: calendar.generation,
    size,
    barred,
    alwaysTrue: ['showDeleted'],
    emptyPageEvery: model.settings.emptyPageEvery,
    wanted,
    shown: (record) => eventResource(record, view),
  })
  return {
    kind,
    etag,
    summary,
    description,
    updated: new Date(latest?.updated ?? 0).toISOString(),
    timeZone,
    accessRole,
    defaultReminders: defaultReminders ?? [],
    nextPageToken,
    nextSyncToken,
    items,
  }
}

/** https://developers.google.com/workspace/calendar/api/v3/reference/events/get */
export function getEvent(call: CalendarCall): Json {
  const { view, calendar } = viewOf(call)
  const record = calendar.events.get(call.path.eventId ?? '')
  if (record === undefined) throw refusal(404, 'notFound', 'Not Found')
  return eventResource(record, view)
}

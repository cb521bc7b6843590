import type { Json } from '../../serving/reply.ts'
import { refusal } from '../api-error.ts'
import type { SyncedRecord } from '../synced-records.ts'
import { type CalendarCall, calendarOf, etagOf, invalidValue, refuseUnlessSignedUp, syncedPage } from './calendar-call.ts'
import type { CalendarEntry } from './calendar-model.ts'

const roles = ['freeBusyReader', 'reader', 'writer', 'owner']
/** `writerWithoutPrivateAccess` is newer than the parameter `minAccessRole`. */
const rankOf = (role: string): number => roles.indexOf(role === 'writerWithoutPrivateAccess' ? 'writer' : role)

/** https://developers.google.com/workspace/calendar/api/v3/reference/calendarList/list */
export function listCalendars(call: CalendarCall): Json {
  refuseUnlessSignedUp(call)
  const { parameters, model } = call
  const size = parameters.pageSize('maxResults', 100, 250, 'most')
  const least = parameters.text('minAccessRole')
  if (least !== undefined && !roles.includes(least)) throw invalidValue('minAccessRole')
  const [showDeleted, showHidden] = [parameters.flag('showDeleted'), parameters.flag('showHidden')]
  parameters.flag('showOwnOrganizationOnly')
  return syncedPage(call, {
    kind: 'calendar#calendarList',
    name: 'list of calendars',
    records: model.entries,
    generation: model.generation(),
    size,
    barred: ['minAccessRole', 'showOwnOrganizationOnly'],
    alwaysTrue: ['showDeleted', 'showHidden'],
    wanted: ({ value, deleted }, syncing) =>
      (!deleted || showDeleted || syncing) &&
      (value.hidden !== true || showHidden || syncing) &&
      (least === undefined || rankOf(value.accessRole) >= rankOf(least)),
    shown: entryResource,
  })
}

/** https://developers.google.com/workspace/calendar/api/v3/reference/calendarList#resource */
function entryResource(record: SyncedRecord<CalendarEntry>): Json {
  const { id, value, deleted } = record
  const { vanished: _, freeBusy: __, ...shown } = value
  const common = { kind: 'calendar#calendarListEntry', etag: etagOf(record), id }
  if (deleted) return { ...common, deleted: true }
  return {
    ...common,
    colorId: '14',
    backgroundColor: '#9fe1e7',
    foregroundColor: '#000000',
    defaultReminders: [],
    conferenceProperties: { allowedConferenceSolutionTypes: ['hangoutsMeet'] },
    ...shown,
    selected: value.selected === false ? undefined : true,
    hidden: value.hidden === true ? true : undefined,
    primary: value.primary === true ? true : undefined,
  }
}

/** https://developers.google.com/workspace/calendar/api/v3/reference/calendars/get */
export function getCalendar(call: CalendarCall): Json {
  refuseUnlessSignedUp(call)
  const { id, entry } = calendarOf(call)
  const { summary, description, location, timeZone, dataOwner } = entry.value
  return {
    kind: 'calendar#calendar',
    etag: etagOf(entry),
    id,
    summary,
    description,
    location,
    timeZone,
    dataOwner,
    conferenceProperties: { allowedConferenceSolutionTypes: ['hangoutsMeet'] },
  }
}

/** https://developers.google.com/workspace/calendar/api/v3/reference/acl/list */
export function listRules(call: CalendarCall): Json {
  refuseUnlessSignedUp(call)
  const { id, entry, calendar } = calendarOf(call)
  if (entry.value.accessRole !== 'owner') throw refusal(403, 'forbidden', 'Forbidden')
  const showDeleted = call.parameters.flag('showDeleted')
  return syncedPage(call, {
    kind: 'calendar#acl',
    name: `rules of ${id}`,
    records: calendar.acl,
    generation: call.model.generation(),
    size: call.parameters.pageSize('maxResults', 100, 250, 'most'),
    barred: [],
    alwaysTrue: ['showDeleted'],
    wanted: ({ deleted }, syncing) => !deleted || showDeleted || syncing,
    shown: (record) => ({
      kind: 'calendar#aclRule',
      etag: etagOf(record),
      id: record.id,
      scope: { type: record.value.type, value: record.value.value },
      role: record.value.role,
    }),
  })
}

/** https://developers.google.com/workspace/calendar/api/v3/reference/settings/list */
export function listSettings(call: CalendarCall): Json {
  refuseUnlessSignedUp(call)
  const { parameters, model } = call
  return syncedPage(call, {
    kind: 'calendar#settings',
    name: 'settings',
    records: model.userSettings,
    generation: model.generation(),
    size: parameters.pageSize('maxResults', 100, 250, 'most'),
    barred: [],
    alwaysTrue: [],
    wanted: () => true,
    shown: (record) => ({ kind: 'calendar#setting', etag: etagOf(record), id: record.id, value: record.value }),
  })
}

/** https://developers.google.com/workspace/calendar/api/v3/reference/colors/get */
export function getColors(): Json {
  return {
    kind: 'calendar#colors',
    updated: '2012-02-14T00:00:00.000Z',
    calendar: { '14': { background: '#9fe1e7', foreground: '#1d1d1d' }, '2': { background: '#d06b64', foreground: '#1d1d1d' } },
    event: { '11': { background: '#dc2127', foreground: '#1d1d1d' } },
  }
}

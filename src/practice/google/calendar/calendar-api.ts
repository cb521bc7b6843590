import type { Api, ApiRoute } from '../api.ts'
import { refusal } from '../api-error.ts'
import { getCalendar, getColors, listCalendars, listRules, listSettings } from './calendar-lists.ts'
import type { CalendarModel } from './calendar-model.ts'
import { methodParameters, schemas } from './calendar-tables.ts'
import { getEvent, listEvents } from './events.ts'

// Of the reference page of each method, e.g. https://developers.google.com/workspace/calendar/api/v3/reference/acl/list#auth
const auth = (names: string) =>
  names.split(' ').map((name) => `https://www.googleapis.com/auth/calendar${name === '*' ? '' : `.${name}`}`)
const listScopes = auth('* calendarlist calendarlist.readonly readonly')
// Without app.created, events.freebusy and events.public.readonly, which show a part of the events only.
const eventScopes = auth('* events events.owned events.owned.readonly events.readonly readonly')
const aclScopes = auth('* acls acls.readonly')
const calendarScopes = auth('* calendars calendars.readonly readonly')
const settingScopes = auth('* readonly settings settings.readonly')
const colorScopes = auth('* calendarlist calendarlist.readonly events.owned events.owned.readonly readonly')

const route = (
  call: string,
  path: string,
  inPath: readonly string[],
  schema: string,
  scopes: readonly string[],
  answer: ApiRoute<CalendarModel>['answer'],
): ApiRoute<CalendarModel> => ({
  method: 'GET',
  path: new RegExp(`^/calendar/v3/${path.replaceAll('*', '([^/]+)')}$`),
  inPath,
  call,
  scopes,
  parameters: methodParameters[call] ?? [],
  repeated: ['eventTypes', 'privateExtendedProperty', 'sharedExtendedProperty'],
  units: 1,
  schema,
  answer,
})

const routes: readonly ApiRoute<CalendarModel>[] = [
  route('calendarList.list', 'users/me/calendarList', [], 'CalendarList', listScopes, listCalendars),
  route('settings.list', 'users/me/settings', [], 'Settings', settingScopes, listSettings),
  route('colors.get', 'colors', [], 'Colors', colorScopes, getColors),
  route('calendars.get', 'calendars/*', ['calendarId'], 'Calendar', calendarScopes, getCalendar),
  route('acl.list', 'calendars/*/acl', ['calendarId'], 'Acl', aclScopes, listRules),
  route('events.list', 'calendars/*/events', ['calendarId'], 'Events', eventScopes, listEvents),
  route('events.get', 'calendars/*/events/*', ['calendarId', 'eventId'], 'Event', eventScopes, getEvent),
]

/** https://developers.google.com/workspace/calendar/api */
export const calendarApi: Api<CalendarModel> = {
  name: 'calendar',
  host: 'www.googleapis.com',
  routes,
  schemas,
  envelope: 'errors',
  unitsPerMinute: 600,
  absent: () =>
    refusal(403, 'accessNotConfigured', 'Calendar API has not been used in project 000000000000 before or it is disabled.', {
      domain: 'usageLimits',
    }),
}

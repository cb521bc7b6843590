import type { Api, ApiRoute } from '../api.ts'
import { refusal } from '../api-error.ts'
import type { CalendarModel } from './calendar-model.ts'
import { schemas } from './calendar-tables.ts'

/** A stub: no methods yet. Parameters of each are in `methodParameters` of calendar-tables.ts. */
const routes: readonly ApiRoute<CalendarModel>[] = []

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

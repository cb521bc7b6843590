import { z } from 'zod'
import { Failure } from '../../../core/failure.ts'
import type { Item } from '../../../core/item.ts'
import type { Connection, SourceType } from '../../../core/provider.ts'
import type { Patch, Source } from '../../../core/source.ts'
import { type Answer, listAgain, listLog } from '../records/list-log.ts'
import { type CalendarApi, createCalendarApi } from './api.ts'
import { composeCalendars } from './compose.ts'
import { calendarItem, calendarName, closedCalendarItem, eventItem, eventItemId } from './item.ts'
import type { ListedCalendar } from './schema.ts'
import { sharingRight } from './sharing.ts'

const calendarSettings = z.object({
  sharing: z
    .boolean()
    .default(false)
    .describe('let `holdall leave` name with whom your calendars are shared; needs one more right to read'),
})

/** https://developers.google.com/workspace/calendar/api/v3/reference */
export const calendar: SourceType = {
  id: 'calendar',
  title: { en: 'Google Calendar', ja: 'Google カレンダー' },
  holds: 'calendar',
  features: { changeFeed: true, resumable: false, checksums: [], sizes: true, lastingIds: true },
  cost: { page: { budget: 'calendar', units: 1, items: 250 }, part: [{ budget: 'calendar', units: 1 }] },
  // Who else may see a calendar takes a right of its own that no backup needs: it is asked for where a person wants `holdall leave` to name them.
  scopes: (settings) => [
    'https://www.googleapis.com/auth/calendar.calendarlist.readonly',
    'https://www.googleapis.com/auth/calendar.events.readonly',
    ...(calendarSettings.parse(settings).sharing ? [sharingRight] : []),
  ],
  settings: calendarSettings,
  shape: () => 'calendars and events',
  open: (connection) => openCalendar(connection),
}

function openCalendar(connection: Connection): Source {
  const api = createCalendarApi(connection)
  return {
    async streams(signal) {
      signal.throwIfAborted()
      return (await api.calendars(signal)).map((listed) => ({ id: listed.id, title: calendarName(listed) }))
    },
    async *list(stream, since, _known, signal) {
      signal.throwIfAborted()
      const listed = (await api.calendars(signal)).find(({ id }) => id === stream.id)
      if (listed === undefined)
        throw new Failure('gone', `the calendar "${stream.title}" is not in the list any more`, { stops: 'stream' })
      let begun = false
      try {
        for await (const page of listLog((at) => askEvents(api, listed, at, signal), since, signal)) {
          begun = true
          yield page
        }
      } catch (error) {
        // Nothing of it is gone for that: there may be events of better days.
        if (begun || !isClosed(error)) throw error
        yield { items: [closedCalendarItem(listed)], cursor: listAgain }
      }
    },
    fetch: async () => {
      throw new Failure('bug', 'an event has no bytes of its own')
    },
    compose: composeCalendars,
  }
}

/** The owner deleted it, or shows this account no more than busy times: 404 or 403 for that calendar alone. */
function isClosed(error: unknown): boolean {
  return error instanceof Failure && error.stops === 'item' && (error.kind === 'gone' || error.kind === 'forbidden')
}

async function askEvents(
  api: CalendarApi,
  listed: ListedCalendar,
  at: { readonly page?: string; readonly sync?: string },
  signal: AbortSignal,
): Promise<Answer> {
  const { items: events, nextPageToken, nextSyncToken } = await api.events(listed.id, at, signal)
  // The calendar itself comes with the first page of each listing: its name may have changed.
  const items: Item[] = at.page === undefined ? [calendarItem(listed)] : []
  const patches: Patch[] = []
  const gone: string[] = []
  for (const event of events) {
    // A cancelled event of a series is an occurrence that was taken out, and belongs to what the series is.
    if (event.status !== 'cancelled' || event.recurringEventId !== undefined) {
      items.push(eventItem(listed.id, event))
      continue
    }
    // Of a deleted event little more than its id is left; what is known of it stays, marked.
    const id = eventItemId(listed.id, event.id)
    patches.push({ id, details: { status: 'cancelled' } })
    gone.push(id)
  }
  return { items, patches, gone, nextPage: nextPageToken, nextSync: nextSyncToken }
}

import type { z } from 'zod'
import { Failure } from '../../../core/failure.ts'
import type { Connection } from '../../../core/provider.ts'
import { answerOf, atFirstCall, libraryOptions } from '../client.ts'
import type { At } from '../records/list-log.ts'
import { calendarList, eventList, type ListedCalendar } from './schema.ts'
import { type AccessRule, accessRules } from './sharing.ts'

/** The calls of the Calendar API that we make. All throw a Failure. */
export interface CalendarApi {
  /** The calendars of the person's list, hidden ones included; asked for once a run. */
  calendars(signal: AbortSignal): Promise<readonly ListedCalendar[]>
  events(calendarId: string, at: At, signal: AbortSignal): Promise<z.infer<typeof eventList>>
  /** With whom a calendar is shared; only its owners may ask. */
  rules(calendarId: string, signal: AbortSignal): Promise<readonly AccessRule[]>
}

/** The largest pages: https://developers.google.com/workspace/calendar/api/v3/reference */
const most = { calendars: 250, events: 2500, rules: 250 } as const

export function createCalendarApi(connection: Connection): CalendarApi {
  const client = atFirstCall(async () => {
    const { calendar } = await import('googleapis/build/src/apis/calendar/index.js')
    return calendar({ version: 'v3', ...libraryOptions(connection, 'calendar', () => ({ budget: 'calendar', cost: 1 })) })
  })
  let calendars: Promise<readonly ListedCalendar[]> | undefined

  const listCalendars = async (signal: AbortSignal): Promise<readonly ListedCalendar[]> => {
    const all: ListedCalendar[] = []
    for (let page: string | undefined, first = true; first || page !== undefined; first = false) {
      const params = { maxResults: most.calendars, showHidden: true, ...(page !== undefined && { pageToken: page }) }
      const answer = await answerOf(
        'the list of calendars',
        client().then((api) => api.calendarList.list(params, { signal })),
        calendarList,
        signal,
      )
      all.push(...answer.items)
      if (page !== undefined && answer.nextPageToken === page)
        throw new Failure('unlisted', 'Google’s list of calendars goes round in a circle')
      page = answer.nextPageToken
    }
    return all
  }

  const listRules = async (calendarId: string, signal: AbortSignal): Promise<readonly AccessRule[]> => {
    const all: AccessRule[] = []
    const seen = new Set<string>()
    for (let page: string | undefined, first = true; first || page !== undefined; first = false) {
      const params = { calendarId, maxResults: most.rules, ...(page !== undefined && { pageToken: page }) }
      const answer = await answerOf(
        'the sharing of a calendar',
        client().then((api) => api.acl.list(params, { signal })),
        accessRules,
        signal,
      )
      all.push(...answer.items)
      page = answer.nextPageToken
      if (page !== undefined && seen.has(page))
        throw new Failure('unlisted', 'Google’s list of those who share a calendar goes round in a circle')
      if (page !== undefined) seen.add(page)
    }
    return all
  }

  return {
    rules: listRules,
    calendars(signal) {
      if (calendars === undefined) {
        const asked = listCalendars(signal)
        // A failure is not remembered.
        asked.catch(() => {
          if (calendars === asked) calendars = undefined
        })
        calendars = asked
      }
      return calendars
    },
    events(calendarId, { page, sync }, signal) {
      // Series stay series (singleEvents false), and all parameters are the same from page to page and from run to run.
      const params = {
        calendarId,
        maxResults: most.events,
        singleEvents: false,
        showHiddenInvitations: true,
        ...(page !== undefined && { pageToken: page }),
        ...(sync !== undefined && { syncToken: sync }),
      }
      return answerOf(
        'the list of events',
        client().then((api) => api.events.list(params, { signal })),
        eventList,
        signal,
      )
    },
  }
}

import type { Item } from '../../../core/item.ts'
import type { JsonObject } from '../../../core/json.ts'
import { plainObject, withoutKey, withoutParameters } from '../records/plain-json.ts'
import type { ListedCalendar, ListedEvent } from './schema.ts'

const calendarPrefix = 'calendar/'
const eventPrefix = 'event/'

/** Ids of events are unique within a calendar only: https://developers.google.com/workspace/calendar/api/v3/reference/events#id */
export const calendarItemId = (calendar: string): string => `${calendarPrefix}${encodeURIComponent(calendar)}`
export const eventItemId = (calendar: string, event: string): string =>
  `${eventPrefix}${encodeURIComponent(calendar)}/${encodeURIComponent(event)}`
/** What an item of this source is; undefined for anything else. */
export function identify(id: string): { readonly kind: 'calendar' | 'event'; readonly calendar: string } | undefined {
  if (id.startsWith(calendarPrefix)) return { kind: 'calendar', calendar: decodeURIComponent(id.slice(calendarPrefix.length)) }
  if (!id.startsWith(eventPrefix)) return undefined
  return { kind: 'event', calendar: decodeURIComponent(id.slice(eventPrefix.length, id.indexOf('/', eventPrefix.length))) }
}

export const calendarName = (entry: { summaryOverride?: string | undefined; summary?: string | undefined; id: string }): string =>
  entry.summaryOverride || entry.summary || entry.id

export function calendarItem(listed: ListedCalendar): Item {
  return {
    id: calendarItemId(listed.id),
    kind: 'record',
    version: listed.etag ?? '',
    name: calendarName(listed),
    parts: [],
    details: plainObject(listed),
  }
}

/** A calendar of the list whose events Google does not give. */
export function closedCalendarItem(listed: ListedCalendar): Item {
  return {
    ...calendarItem(listed),
    kind: 'file',
    unexportable: {
      reason: 'download-forbidden',
      message:
        'Google lists this calendar but does not give its events: its owner shows no more than when he or she is busy, or has deleted it.',
    },
  }
}

export function eventItem(calendar: string, listed: ListedEvent): Item {
  const modified = listed.updated === undefined ? Number.NaN : Date.parse(listed.updated)
  return {
    id: eventItemId(calendar, listed.id),
    kind: 'record',
    version: listed.etag ?? '',
    name: listed.summary || '(no title)',
    ...(!Number.isNaN(modified) && { modified }),
    parts: [],
    details: eventDetails(listed),
  }
}

/** Codes that open a meeting; never kept. https://developers.google.com/workspace/calendar/api/v3/reference/events#conferenceData.entryPoints */
const codes = new Set(['accessCode', 'passcode', 'password', 'pin', 'signature'])

/** The API's answer, without what opens meetings or files to anyone: codes, and addresses that hold one. */
function eventDetails(listed: ListedEvent): JsonObject {
  return plainObject(listed, (key, value) => {
    if (key === 'conferenceData' && value !== null && typeof value === 'object') return withoutCodes(value)
    if (key === 'fileUrl' && typeof value === 'string') return withoutKey(value)
    return value
  })
}

function withoutCodes(conference: object): JsonObject {
  return plainObject(conference, (key, value) => {
    if (codes.has(key)) return undefined
    return key === 'uri' && typeof value === 'string' ? withoutCode(value) : value
  })
}

/** Zoom and its like put the passcode into the address, and at the end of the number to dial (`,,,,*123456#`). */
function withoutCode(address: string): string {
  return withoutParameters(address, (name) => /^(?:pwd|pass(?:code|word)?|pin|tk)$/.test(name)).replace(
    /^(tel:[^,]*(?:,+\d+#)?),*\*\d+#$/,
    '$1',
  )
}

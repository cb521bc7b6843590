import { component, contentLine, type Property, uri, utcTime } from '../records/content-line.ts'
import { goneLine } from '../records/gone.ts'
import { inFormOf, isUtc, type Moment, momentOf, timeOf, written, type Zones } from './moment.ts'
import { type Recurrence, writeCancelled, writeRecurrence } from './recurrence.ts'
import type { Attendee, CalendarEntry, CalendarEvent, EventTime, Somebody } from './schema.ts'

/** What an event of a series must know of the others. */
export interface Series {
  /** Start of the series; absent where only occurrences of it are on this calendar. */
  start?: Moment
  uid?: string
  /** It is no longer there at Google, and with it all that belongs to it. */
  gone?: boolean
  /** Original starts of the occurrences that were taken out. */
  readonly cancelled: EventTime[]
}

export interface EventContext {
  readonly calendar: CalendarEntry
  readonly zones: Zones
  /** The series that the event begins or belongs to. */
  readonly series: Series | undefined
  /** The event is no longer there at Google. */
  readonly gone?: boolean
}

/** Events of two calendars may share an `iCalUID`, of one calendar only those of a series. */
export const uidOf = (event: CalendarEvent): string => event.iCalUID || `${event.recurringEventId ?? event.id}@google.com`

/**
 * An event as VEVENT (RFC 5545 3.6.1). Empty for an occurrence that was taken out, which is an EXDATE of its series, and for what has no time at
 * all, which only the JSON beside can hold. Times that iCalendar forbids (an end before the start) stand in X-GOOGLE-START and X-GOOGLE-END.
 *
 * What is gone at Google counts as cancelled, so that no calendar shows it as an appointment, and is marked. A gone occurrence of a series that goes
 * on stands by itself: as a part of the series it would cancel the date that the series has again at that time.
 */
export function writeEvent(event: CalendarEvent, { calendar, zones, series, gone: itself = false }: EventContext): string {
  const gone = itself || series?.gone === true
  const apart = itself && series?.start !== undefined && series.gone !== true
  const occurrence = event.recurringEventId !== undefined
  if (occurrence && event.status === 'cancelled' && series?.start !== undefined) return ''
  const start = momentOf(event.start, zones) ?? momentOf(event.originalStartTime, zones)
  if (start === undefined) return ''
  const lines: string[] = []
  const put = (...property: Property) => lines.push(contentLine(property))
  const text = (name: string, value: string | undefined, parameters: Property[1] = {}) => {
    if (value !== undefined && value !== '') put(name, parameters, 'text', value)
  }
  const moment = (name: string, at: Moment) => {
    const { type, value, tzid } = written(at)
    put(name, tzid === undefined ? {} : { tzid }, type, value)
  }

  if (occurrence && apart) text('uid', `${event.id}@google.com`)
  else text('uid', (occurrence ? series?.uid : undefined) ?? uidOf(event))
  put('dtstamp', {}, 'date-time', utcTime(event.updated) ?? utcTime(event.created) ?? '1970-01-01T00:00:00Z')
  const original = occurrence && !apart ? momentOf(event.originalStartTime, zones) : undefined
  if (original !== undefined) moment('recurrence-id', inFormOf(original, series?.start))
  moment('dtstart', start)
  writeEnd(event, start, zones, { moment, text })
  const unknown = unknownZone(event.start, zones)
  if (unknown !== undefined) {
    text('x-google-time-zone', unknown)
    text('x-google-start', event.start?.dateTime)
  }
  if (!occurrence && event.recurrence.length > 0) {
    const { lines: rules, refused }: Recurrence = writeRecurrence(event.recurrence, start, zones)
    lines.push(...rules, ...writeCancelled(series?.cancelled ?? [], start, zones))
    for (const line of refused) text('x-google-recurrence', line)
  }

  const created = utcTime(event.created)
  if (created !== undefined) put('created', {}, 'date-time', created)
  const updated = utcTime(event.updated)
  if (updated !== undefined) put('last-modified', {}, 'date-time', updated)
  if (Number.isInteger(event.sequence)) put('sequence', {}, 'integer', String(event.sequence))
  const status = { confirmed: 'CONFIRMED', tentative: 'TENTATIVE', cancelled: 'CANCELLED' }[event.status ?? '']
  text('status', gone ? 'CANCELLED' : status)
  if (gone) lines.push(goneLine)
  text('transp', { opaque: 'OPAQUE', transparent: 'TRANSPARENT' }[event.transparency ?? ''])
  text('class', { public: 'PUBLIC', private: 'PRIVATE', confidential: 'CONFIDENTIAL' }[event.visibility ?? ''])
  text('summary', event.summary)
  text('location', event.location)
  text('description', event.description)
  if (/<[a-z][^>]*>/i.test(event.description ?? '')) text('x-alt-desc', event.description, { fmttype: 'text/html' })
  if (event.htmlLink) put('url', {}, 'uri', uri(event.htmlLink))
  writePeople(event, put)
  writeLinks(event, put)
  text('x-google-event-type', event.eventType === 'default' ? undefined : event.eventType)
  text('x-google-color-id', event.colorId)
  if (event.source?.url)
    put('x-google-source', event.source.title ? { 'x-title': event.source.title } : {}, 'uri', uri(event.source.url))
  for (const scope of ['private', 'shared'] as const) {
    for (const [key, value] of Object.entries(event.extendedProperties?.[scope] ?? {}))
      put('x-google-property', { 'x-scope': scope, 'x-key': key }, 'text', value)
  }
  return component('VEVENT', [...lines, ...alarms(event, calendar, start)])
}

interface Writers {
  readonly moment: (name: string, at: Moment) => void
  readonly text: (name: string, value: string | undefined) => void
}

/** DTEND must come after DTSTART and be of its kind (RFC 5545 3.6.1, 3.8.2.2); without one, a time lasts no time and a date its day. */
function writeEnd(event: CalendarEvent, start: Moment, zones: Zones, { moment, text }: Writers): void {
  const end = momentOf(event.end, zones)
  const kind = ({ form }: Moment) => (form === 'zoned' ? 'utc' : form)
  const alike = end !== undefined && kind(end) === kind(start)
  if (event.endTimeUnspecified === true) text('x-google-end-time-unspecified', 'TRUE')
  else if (alike && timeOf(end) > timeOf(start)) moment('dtend', end)
  else if (!alike || timeOf(end) < timeOf(start) || end.form === 'date')
    text('x-google-end', event.end?.dateTime ?? event.end?.date)
}

function unknownZone(stated: EventTime | undefined, zones: Zones): string | undefined {
  const name = stated?.timeZone
  return name === undefined || isUtc(name) || zones(name) !== undefined ? undefined : name
}

type Put = (...property: Property) => unknown

const answers = { accepted: 'ACCEPTED', declined: 'DECLINED', tentative: 'TENTATIVE' } as const

function writePeople({ organizer, attendees, attendeesOmitted }: CalendarEvent, put: Put): void {
  // With an organizer and nobody invited, programs would take it for an invitation.
  if (organizer !== undefined && (attendees.length > 0 || organizer.self !== true))
    put('organizer', named(organizer), 'cal-address', address(organizer.email))
  for (const attendee of attendees) put('attendee', attendeeParameters(attendee), 'cal-address', address(attendee.email))
  if (attendeesOmitted === true) put('x-google-attendees-omitted', {}, 'text', 'TRUE')
}

function attendeeParameters(attendee: Attendee): Record<string, string> {
  return {
    ...named(attendee),
    ...(attendee.resource === true && { cutype: 'RESOURCE' }),
    role: attendee.organizer === true ? 'CHAIR' : attendee.optional === true ? 'OPT-PARTICIPANT' : 'REQ-PARTICIPANT',
    partstat: answers[attendee.responseStatus as keyof typeof answers] ?? 'NEEDS-ACTION',
    ...(attendee.comment && { 'x-response-comment': attendee.comment }),
    ...(attendee.additionalGuests && { 'x-num-guests': String(attendee.additionalGuests) }),
  }
}

const named = ({ displayName }: Somebody): Record<string, string> => (displayName ? { cn: displayName } : {})
/** Where the guest list is hidden there is no address; this is how calendars that have none write it. */
const address = (email: string | undefined): string => (email ? `mailto:${uri(email)}` : 'invalid:nomail')

function writeLinks({ attachments, conferenceData, hangoutLink }: CalendarEvent, put: Put): void {
  for (const { fileUrl, title, mimeType } of attachments) {
    // FILENAME: RFC 8607 4.2
    if (fileUrl) put('attach', { ...(mimeType && { fmttype: mimeType }), ...(title && { filename: title }) }, 'uri', uri(fileUrl))
  }
  const features: Readonly<Record<string, string>> = { video: 'VIDEO', phone: 'PHONE', sip: 'VIDEO' }
  for (const { entryPointType, uri: where, label } of conferenceData?.entryPoints ?? []) {
    // RFC 7986 5.11
    const feature = features[entryPointType ?? '']
    if (where) put('conference', { ...(feature && { feature }), ...(label && { label }) }, 'uri', uri(where))
  }
  if (hangoutLink) put('x-google-conference', {}, 'uri', uri(hangoutLink))
}

/** Reminders as displayed alarms: a program that reads the file need not send mail for them. The calendar's own are for events with a time. */
function alarms(event: CalendarEvent, calendar: CalendarEntry, start: Moment): string[] {
  const usual = event.reminders?.useDefault === true && start.form !== 'date' ? calendar.defaultReminders : []
  return [...(event.reminders?.overrides ?? []), ...usual].map(({ method, minutes }) =>
    component('VALARM', [
      contentLine(['action', {}, 'text', 'DISPLAY']),
      contentLine(['description', {}, 'text', event.summary || '(no title)']),
      contentLine(['trigger', {}, 'duration', minutes === 0 ? 'PT0S' : `-PT${minutes}M`]),
      ...(method === undefined || method === 'popup' ? [] : [contentLine(['x-google-method', {}, 'text', method])]),
    ]),
  )
}

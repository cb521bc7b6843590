import { z } from 'zod'
import { count, flag, listOf, text } from '../records/lenient.ts'

/** https://developers.google.com/workspace/calendar/api/v3/reference/calendarList */
export const listedCalendar = z.looseObject({
  id: z.string().min(1),
  etag: z.string().optional(),
  summary: z.string().optional(),
  summaryOverride: z.string().optional(),
})
export type ListedCalendar = z.infer<typeof listedCalendar>
export const calendarList = z.object({ items: z.array(listedCalendar), nextPageToken: z.string().optional() })

/** As listings answer; everything else is kept as it comes. https://developers.google.com/workspace/calendar/api/v3/reference/events */
export const listedEvent = z.looseObject({
  id: z.string().min(1),
  etag: z.string().optional(),
  status: z.string().optional(),
  summary: z.string().optional(),
  updated: z.string().optional(),
  recurringEventId: z.string().optional(),
})
export type ListedEvent = z.infer<typeof listedEvent>
export const eventList = z.object({
  items: z.array(listedEvent),
  nextPageToken: z.string().optional(),
  nextSyncToken: z.string().optional(),
})

const reminders = listOf(z.object({ method: text, minutes: z.number().int().nonnegative() }))

/** A calendar as its file is made of it. */
export const calendarEntry = z.object({
  id: z.string().catch(''),
  summary: text,
  summaryOverride: text,
  description: text,
  location: text,
  timeZone: text,
  backgroundColor: text,
  primary: flag,
  defaultReminders: reminders,
})
export type CalendarEntry = z.infer<typeof calendarEntry>

const eventTime = z.object({ date: text, dateTime: text, timeZone: text }).optional().catch(undefined)
export type EventTime = NonNullable<z.infer<typeof eventTime>>
const somebody = z.object({ email: text, displayName: text, self: flag }).optional().catch(undefined)
export type Somebody = NonNullable<z.infer<typeof somebody>>

const attendee = z.object({
  email: text,
  displayName: text,
  responseStatus: text,
  optional: flag,
  organizer: flag,
  resource: flag,
  comment: text,
  additionalGuests: count,
})
export type Attendee = z.infer<typeof attendee>

const properties = z.record(z.string(), z.string()).optional().catch(undefined)

/** An event as its VEVENT is made of it. */
export const calendarEvent = z.object({
  id: z.string().catch(''),
  status: text,
  iCalUID: text,
  summary: text,
  description: text,
  location: text,
  created: text,
  updated: text,
  htmlLink: text,
  hangoutLink: text,
  colorId: text,
  eventType: text,
  transparency: text,
  visibility: text,
  sequence: count,
  start: eventTime,
  end: eventTime,
  endTimeUnspecified: flag,
  recurringEventId: text,
  originalStartTime: eventTime,
  recurrence: listOf(z.string()),
  organizer: somebody,
  creator: somebody,
  attendees: listOf(attendee),
  attendeesOmitted: flag,
  reminders: z.object({ useDefault: flag, overrides: reminders }).optional().catch(undefined),
  attachments: listOf(z.object({ fileUrl: text, title: text, mimeType: text })),
  conferenceData: z
    .object({ entryPoints: listOf(z.object({ entryPointType: text, uri: text, label: text })) })
    .optional()
    .catch(undefined),
  extendedProperties: z.object({ private: properties, shared: properties }).optional().catch(undefined),
  source: z.object({ url: text, title: text }).optional().catch(undefined),
})
export type CalendarEvent = z.infer<typeof calendarEvent>

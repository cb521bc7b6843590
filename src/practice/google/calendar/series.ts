import type { CalendarModel } from './calendar-model.ts'
import { days, tokyo } from './times.ts'

/** Ids of series, and of what belongs to them. */
export interface PracticeSeries {
  readonly weekly: string
  readonly movedInstance: string
  readonly cancelledInstance: string
  readonly allDaySeries: string
  readonly endedSeries: string
  readonly followingSeries: string
}

/** Of occurrences; fixed, so that practising can be repeated with one archive. */
const updated = Date.parse('2024-11-30T10:11:12.345Z')
const at = (day: string) => ({ updated: Date.parse(`${day}T10:11:12.345Z`) })

/** Adds series with moved, renamed and cancelled occurrences, across changes of the clock, split in two, and without an end. */
export function addSeries(model: CalendarModel, calendarId: string): PracticeSeries {
  const weekly = model.addEvent(
    calendarId,
    {
      summary: 'Mathematics IV',
      location: 'Room 3; Building B, 2F',
      recurrence: ['RRULE:FREQ=WEEKLY;UNTIL=20241220T145959Z;BYDAY=TU'],
      ...tokyo('2024-10-01T10:25', '2024-10-01T12:10'),
    },
    at('2024-09-20'),
  )
  const occurrence = (day: string) => ({ dateTime: `${day}T10:25:00+09:00`, timeZone: 'Asia/Tokyo' })
  const movedInstance = model.changeInstance(
    calendarId,
    weekly,
    occurrence('2024-10-15'),
    {
      summary: 'Mathematics IV (moved)',
      ...tokyo('2024-10-16T13:00', '2024-10-16T14:45'),
    },
    updated,
  )
  const cancelledInstance = model.cancelInstance(calendarId, weekly, occurrence('2024-11-05'), updated)
  model.cancelInstance(calendarId, weekly, occurrence('2024-12-03'), updated)

  const allDaySeries = model.addEvent(
    calendarId,
    {
      summary: 'Reading week',
      recurrence: ['RRULE:FREQ=YEARLY;COUNT=5', 'RDATE;VALUE=DATE:20240910', 'EXDATE;VALUE=DATE:20250506'],
      ...days('2022-05-06', '2022-05-13'),
    },
    at('2022-04-01'),
  )
  model.cancelInstance(calendarId, allDaySeries, { date: '2024-05-06' }, updated)
  model.changeInstance(
    calendarId,
    allDaySeries,
    { date: '2023-05-06' },
    { summary: '読書週間', ...days('2023-05-08', '2023-05-15') },
    updated,
  )

  // "This and following" ends the old series and begins a new one, which keeps the iCalUID.
  const endedSeries = model.addEvent(
    calendarId,
    {
      summary: 'Choir',
      recurrence: ['RRULE:FREQ=WEEKLY;WKST=SU;UNTIL=20230930T215959Z;BYDAY=MO'],
      start: { dateTime: '2023-01-09T19:00:00+01:00', timeZone: 'Europe/Zurich' },
      end: { dateTime: '2023-01-09T21:00:00+01:00', timeZone: 'Europe/Zurich' },
    },
    at('2023-01-01'),
  )
  const followingSeries = model.addEvent(
    calendarId,
    {
      summary: 'Choir (new room)',
      recurrence: ['EXDATE;TZID=Europe/Zurich:20231225T190000,20240101T190000', 'RRULE:FREQ=WEEKLY;WKST=SU;BYDAY=MO'],
      start: { dateTime: '2023-10-02T19:00:00+02:00', timeZone: 'Europe/Zurich' },
      end: { dateTime: '2023-10-02T21:00:00+02:00', timeZone: 'Europe/Zurich' },
    },
    { id: `${endedSeries}_R20231002T170000`, ...at('2023-09-30') },
  )
  model.cancelInstance(calendarId, followingSeries, { dateTime: '2023-11-06T19:00:00+01:00', timeZone: 'Europe/Zurich' }, updated)

  // Across the days on which the clock changes, once in New York and once where it is half an hour.
  for (const [summary, timeZone, dateTime, end] of [
    ['Call home', 'America/New_York', '2024-03-01T02:30:00-05:00', '2024-03-01T03:00:00-05:00'],
    ['Lighthouse', 'Australia/Lord_Howe', '2024-03-29T01:45:00+11:00', '2024-03-29T02:15:00+11:00'],
  ] as const) {
    model.addEvent(
      calendarId,
      {
        summary,
        recurrence: ['RRULE:FREQ=DAILY;COUNT=20'],
        start: { dateTime, timeZone },
        end: { dateTime: end, timeZone },
      },
      at('2024-02-01'),
    )
  }
  // Invited to one occurrence of somebody's series: the series itself is not here.
  model.addEvent(
    calendarId,
    {
      summary: 'Faculty meeting (guest)',
      recurringEventId: 'abcdefabcdefabcdefabcdefab',
      originalStartTime: { dateTime: '2024-06-03T15:00:00+09:00', timeZone: 'Asia/Tokyo' },
      organizer: { email: 'dean@example.ac.jp', displayName: 'The Dean' },
      ...tokyo('2024-06-03T15:00', '2024-06-03T16:00'),
    },
    { id: 'abcdefabcdefabcdefabcdefab_20240603T060000Z', ...at('2024-05-20') },
  )
  return { weekly, movedInstance, cancelledInstance, allDaySeries, endedSeries, followingSeries }
}

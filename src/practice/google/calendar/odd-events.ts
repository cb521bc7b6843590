import type { CalendarModel, EventFields } from './calendar-model.ts'
import { days, tokyo } from './times.ts'

const at = (day: string) => ({ updated: Date.parse(`${day}T10:11:12.345Z`) })

const guests = (me: string): EventFields => ({
  organizer: { email: 'kenji@example.ac.jp', displayName: 'Mori, Kenji; "Ken"' },
  creator: { email: 'kenji@example.ac.jp' },
  attendees: [
    { email: 'kenji@example.ac.jp', displayName: 'Mori, Kenji; "Ken"', organizer: true, responseStatus: 'accepted' },
    { email: me, self: true, responseStatus: 'tentative', comment: 'Maybe;\nlate, though' },
    { email: 'olga@example.org', displayName: 'Ольга', optional: true, responseStatus: 'declined', additionalGuests: 2 },
    { email: 'c_room3@resource.calendar.google.com', displayName: 'Room 3', resource: true, responseStatus: 'accepted' },
    // Whoever hides the list of guests hides addresses too.
    { displayName: 'Somebody', responseStatus: 'needsAction' },
  ],
})

/** Adds single events: all kinds of content, and what no calendar should hold. */
export function addOddEvents(model: CalendarModel, calendarId: string) {
  const add = (fields: EventFields, day = '2024-08-01') => model.addEvent(calendarId, fields, at(day))
  add({ summary: 'Millennium', ...days('1999-12-31', '2000-01-02') }, '1999-11-11')
  add({ summary: 'Passport ends', ...days('2031-07-01', '2031-07-02') })
  add({
    summary: 'Group project',
    ...guests(model.email),
    ...tokyo('2024-11-11T13:00', '2024-11-11T14:30'),
    hangoutLink: 'https://meet.google.com/abc-defg-hij',
    conferenceData: {
      conferenceId: 'abc-defg-hij',
      conferenceSolution: { key: { type: 'hangoutsMeet' }, name: 'Google Meet', iconUri: 'https://example.org/meet.png' },
      entryPoints: [
        { entryPointType: 'video', uri: 'https://meet.google.com/abc-defg-hij', label: 'meet.google.com/abc-defg-hij' },
        { entryPointType: 'phone', uri: 'tel:+81-3-1234-5678', label: '+81 3-1234-5678', pin: '123456789', regionCode: 'JP' },
        { entryPointType: 'more', uri: 'https://tel.meet/abc-defg-hij?pin=1' },
      ],
    },
    attachments: [
      {
        fileUrl: 'https://docs.google.com/document/d/1practiceMinutes/edit?usp=drive_web&authuser=0',
        fileId: '1practiceMinutes',
        mimeType: 'application/vnd.google-apps.document',
        title: 'Minutes, "final"; v2',
        iconLink: 'https://example.org/icon.png',
      },
      {
        fileUrl: 'https://drive.google.com/open?id=1practicePlan',
        fileId: '1practicePlan',
        mimeType: 'application/pdf',
        title: 'plan.pdf',
      },
    ],
    reminders: {
      useDefault: false,
      overrides: [
        { method: 'popup', minutes: 0 },
        { method: 'email', minutes: 40_320 },
      ],
    },
  })
  add({ summary: 'No reminder', reminders: { useDefault: false }, ...tokyo('2024-11-12T13:00', '2024-11-12T14:30') })
  add({
    summary: 'Long words; and, commas \\ and "quotes"\nin the title',
    location: 'Room 1,\r\nBuilding; 2',
    description: `<b>HTML</b> &amp; more: <a href="https://example.org/?a=1&b=2">link</a>\n\n${'説明、長い。 '.repeat(430)}`,
    ...tokyo('2024-11-13T13:00', '2024-11-13T14:30'),
  })
  add({ summary: 'END:VEVENT', description: 'BEGIN:VALARM\r\nEND:VCALENDAR', ...days('2024-11-14', '2024-11-15') })
  // No title at all: that is how Google stores one left empty.
  add(days('2024-11-15', '2024-11-16'))
  add({ summary: 'Bell \u0007 and null \u0000 and 👩🏽‍💻', ...days('2024-11-16', '2024-11-17') })
  const endBeforeStart = add({
    summary: 'Ends before it starts',
    start: { dateTime: '2024-11-17T12:00:00+09:00', timeZone: 'Asia/Tokyo' },
    end: { dateTime: '2024-11-17T10:00:00+09:00', timeZone: 'Asia/Tokyo' },
  })
  add({ summary: 'All day, no day', ...days('2024-11-18', '2024-11-18') })
  add({ summary: 'Open end', endTimeUnspecified: true, ...tokyo('2024-11-18T10:00', '2024-11-18T11:00') })
  add({
    summary: 'In a zone that nobody knows',
    recurrence: ['RRULE:FREQ=WEEKLY;COUNT=3'],
    start: { dateTime: '2024-11-19T12:00:00+03:00', timeZone: 'Atlantis/Poseidonis' },
    end: { dateTime: '2024-11-19T13:00:00+03:00', timeZone: 'Atlantis/Poseidonis' },
  })
  add({
    summary: 'Flight to Zürich',
    eventType: 'fromGmail',
    source: { title: 'Booking', url: 'https://mail.google.com/?extsrc=cal' },
    start: { dateTime: '2025-03-30T10:55:00+09:00', timeZone: 'Asia/Tokyo' },
    end: { dateTime: '2025-03-30T17:40:00+02:00', timeZone: 'Europe/Zurich' },
  })
  add({ summary: 'UTC', start: { dateTime: '2024-11-20T12:00:00Z' }, end: { dateTime: '2024-11-20T13:00:00Z' } })
  add({ summary: 'Private', visibility: 'private', ...tokyo('2024-11-21T10:00', '2024-11-21T11:00') })
  add({
    summary: 'Perhaps',
    status: 'tentative',
    transparency: 'transparent',
    colorId: '11',
    ...days('2024-11-22', '2024-11-25'),
  })
  add({
    summary: 'Out of office',
    eventType: 'outOfOffice',
    outOfOfficeProperties: { autoDeclineMode: 'declineNone', declineMessage: 'Away, sorry' },
    ...tokyo('2024-12-28T00:00', '2025-01-05T00:00'),
  })
  add({
    summary: 'Office',
    eventType: 'workingLocation',
    transparency: 'transparent',
    workingLocationProperties: { type: 'homeOffice', homeOffice: {} },
    ...days('2024-12-02', '2024-12-03'),
  })
  add({
    summary: 'Think',
    eventType: 'focusTime',
    focusTimeProperties: { chatStatus: 'doNotDisturb' },
    ...tokyo('2024-12-03T09:00', '2024-12-03T11:00'),
  })
  add({
    summary: 'From a file',
    iCalUID: '040000008200E00074C5B7101A82E008@outlook, with; oddities',
    created: '1900-01-01T00:00:00.000Z',
    sequence: 7,
    extendedProperties: { private: { seat: '12A' }, shared: { app: 'x;y,z' } },
    ...tokyo('2021-04-01T10:00', '2021-04-01T11:00'),
  })
  for (const number of [1, 2]) add({ summary: 'Twice the same', description: `${number}`, ...days('2024-12-24', '2024-12-25') })
  const hiddenInvitation = model.addEvent(
    calendarId,
    { summary: 'You have won!', organizer: { email: 'spam@example.com' }, ...tokyo('2024-12-26T10:00', '2024-12-26T11:00') },
    { hiddenInvitation: true, ...at('2024-12-01') },
  )
  const thrownAway = add({ summary: 'Thrown away', ...days('2024-12-27', '2024-12-28') })
  model.removeEvent(calendarId, thrownAway)
  for (let number = 1; number <= 300; number += 1) {
    const day = new Date(Date.UTC(2022, 3, 1) + number * 86_400_000).toISOString().slice(0, 10)
    add({ summary: `Lunch ${number}`, ...tokyo(`${day}T12:00`, `${day}T13:00`) }, '2022-04-01')
  }
  return { endBeforeStart, hiddenInvitation }
}

import { describe, expect, test } from 'vitest'
import { composeCalendars } from '../../../src/providers/google/calendar/compose.ts'
import { calendarItem, calendarItemId, eventItem, eventItemId } from '../../../src/providers/google/calendar/item.ts'
import { listedCalendar, listedEvent } from '../../../src/providers/google/calendar/schema.ts'
import { badLines, occurrences, type ReadComponent, readCalendar, withParsers } from './records/python-reader.ts'
import { filesOf, rowsOf } from './records/rows.ts'

const me = 'me@example.ac.jp'
const entry = {
  id: me,
  etag: '"c"',
  summary: 'Work',
  timeZone: 'Europe/Zurich',
  defaultReminders: [{ method: 'popup', minutes: 10 }],
  backgroundColor: '#0088aa',
}
const event = <T extends object>(id: string, more: T) => ({
  id,
  etag: `"${id}"`,
  status: 'confirmed',
  iCalUID: `${id.replace(/_.*$/, '')}@google.com`,
  created: '2024-01-01T10:00:00.000Z',
  updated: '2024-02-01T10:00:00.123Z',
  summary: id,
  ...more,
})
const at = (local: string, zone?: string) => ({ dateTime: local, ...(zone !== undefined && { timeZone: zone }) })
const zurich = (local: string) => at(local, 'Europe/Zurich')

async function compose(events: readonly object[], calendars: readonly object[] = [entry], gone: readonly string[] = []) {
  const items = [
    ...events.map((one) => eventItem(me, listedEvent.parse(one))),
    ...calendars.map((one) => calendarItem(listedCalendar.parse(one))),
  ]
  const files = await filesOf(composeCalendars(rowsOf(items, { gone })))
  for (const [path, text] of files) if (path.endsWith('.ics')) expect(badLines(Buffer.from(text)), path).toEqual([])
  return files
}
const ics = async (...events: readonly object[]) => (await compose(events)).get('Work.ics')!
/** The lines of the event whose UID begins so, unfolded. */
function eventLines(text: string, nth = 0): string[] {
  const unfolded = text.replaceAll('\r\n ', '')
  return [...unfolded.matchAll(/BEGIN:VEVENT\r\n([\s\S]*?)END:VEVENT/g)][nth]![1]!.split('\r\n')
}
const find = (calendar: ReadComponent, name: string) => calendar.components.filter((one) => one.name === name)
const value = (of: ReadComponent, name: string) => of.properties[name]?.[0]?.value

describe('times', () => {
  const cases: [string, object, string[]][] = [
    [
      'in a zone',
      { start: zurich('2024-07-01T09:00:00+02:00'), end: zurich('2024-07-01T10:00:00+02:00') },
      ['DTSTART;TZID=Europe/Zurich:20240701T090000', 'DTEND;TZID=Europe/Zurich:20240701T100000'],
    ],
    [
      'in a zone, stated from elsewhere',
      { start: zurich('2024-07-01T07:00:00Z'), end: zurich('2024-07-01T08:00:00Z') },
      ['DTSTART;TZID=Europe/Zurich:20240701T090000', 'DTEND;TZID=Europe/Zurich:20240701T100000'],
    ],
    [
      'with an offset alone',
      { start: at('2024-07-01T09:00:00+02:00'), end: at('2024-07-01T10:00:00+02:00') },
      ['DTSTART:20240701T070000Z', 'DTEND:20240701T080000Z'],
    ],
    [
      'in UTC',
      { start: at('2024-07-01T09:00:00Z', 'UTC'), end: at('2024-07-01T10:00:00Z', 'UTC') },
      ['DTSTART:20240701T090000Z'],
    ],
    [
      'all day',
      { start: { date: '2024-07-01' }, end: { date: '2024-07-03' } },
      ['DTSTART;VALUE=DATE:20240701', 'DTEND;VALUE=DATE:20240703'],
    ],
    [
      'in a zone that nobody knows',
      { start: at('2024-07-01T09:00:00+02:00', 'Mars/Olympus'), end: at('2024-07-01T10:00:00+02:00', 'Mars/Olympus') },
      [
        'DTSTART:20240701T070000Z',
        'DTEND:20240701T080000Z',
        'X-GOOGLE-TIME-ZONE:Mars/Olympus',
        'X-GOOGLE-START:2024-07-01T09:00:00+02:00',
      ],
    ],
    [
      'in a zone that nobody knows, without offset',
      { start: at('2024-07-01T09:00:00', 'Mars/Olympus'), end: at('2024-07-01T10:00:00', 'Mars/Olympus') },
      ['DTSTART:20240701T090000', 'DTEND:20240701T100000', 'X-GOOGLE-TIME-ZONE:Mars/Olympus'],
    ],
    [
      'that end before they start',
      { start: zurich('2024-07-01T09:00:00+02:00'), end: zurich('2024-07-01T08:00:00+02:00') },
      ['DTSTART;TZID=Europe/Zurich:20240701T090000', 'X-GOOGLE-END:2024-07-01T08:00:00+02:00'],
    ],
    [
      'all day, that end before they start',
      { start: { date: '2024-07-03' }, end: { date: '2024-07-01' } },
      ['DTSTART;VALUE=DATE:20240703', 'X-GOOGLE-END:2024-07-01'],
    ],
    [
      'of a day that ends at an hour',
      { start: { date: '2024-07-03' }, end: at('2024-07-04T08:00:00Z') },
      ['DTSTART;VALUE=DATE:20240703', 'X-GOOGLE-END:2024-07-04T08:00:00Z'],
    ],
    [
      'whose end is a dummy',
      { start: at('2024-07-01T09:00:00Z'), end: at('2024-07-01T10:00:00Z'), endTimeUnspecified: true },
      ['X-GOOGLE-END-TIME-UNSPECIFIED:TRUE'],
    ],
    [
      'before there were zones',
      { start: zurich('0999-07-01T09:00:00+00:34'), end: zurich('0999-07-01T10:00:00+00:34') },
      ['DTSTART:09990701T082600Z', 'DTEND:09990701T092600Z'],
    ],
    [
      'after all time',
      { start: at('9999-12-31T22:00:00-10:00', 'Pacific/Honolulu'), end: at('9999-12-31T23:00:00-10:00', 'Pacific/Honolulu') },
      ['DTSTART:99991231T220000', 'DTEND:99991231T230000'],
    ],
    ['before the epoch', { start: { date: '1913-07-03' }, end: { date: '1913-07-04' } }, ['DTSTART;VALUE=DATE:19130703']],
  ]
  test.each(cases)('%s', async (_, times, lines) => {
    const found = eventLines(await ics(event('a', times)))
    for (const line of lines) expect(found).toContain(line)
    const ends = found.filter((line) => line.startsWith('DTEND'))
    expect(ends).toHaveLength(lines.some((line) => line.startsWith('X-GOOGLE-END')) ? 0 : 1)
  })

  withParsers('another parser reads them all without a complaint', async () => {
    const calendar = readCalendar(await ics(...cases.map(([, times], index) => event(`e${index}`, times))))
    const events = find(calendar, 'VEVENT')
    expect(events).toHaveLength(cases.length)
    for (const one of [calendar, ...events, ...find(calendar, 'VTIMEZONE')]) expect(one.errors).toEqual([])
  })

  test('no time at all: the JSON alone has it', async () => {
    const files = await compose([event('nothing', {}), event('odd', { start: { dateTime: 'soon' }, end: { date: 7 } })])
    expect(files.get('Work.ics')).not.toContain('VEVENT')
    expect(JSON.parse(files.get('Work.json')!).events.map(({ id }: { id: string }) => id)).toEqual(['nothing', 'odd'])
  })
})

describe('series', () => {
  const master = event('s1', {
    start: zurich('2024-03-25T09:00:00+01:00'),
    end: zurich('2024-03-25T10:00:00+01:00'),
    recurrence: ['RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20240429T215959Z', 'EXDATE;TZID=Europe/Zurich:20240408T090000'],
  })
  const moved = event('s1_20240415T070000Z', {
    recurringEventId: 's1',
    originalStartTime: at('2024-04-15T16:00:00+09:00', 'Asia/Tokyo'),
    start: zurich('2024-04-16T11:00:00+02:00'),
    end: zurich('2024-04-16T12:00:00+02:00'),
  })
  const cancelled = {
    id: 's1_20240422T070000Z',
    status: 'cancelled',
    recurringEventId: 's1',
    originalStartTime: zurich('2024-04-22T09:00:00+02:00'),
  }

  test('exceptions and cancelled occurrences are of the form of the series', async () => {
    const text = await ics(cancelled, moved, master)
    const unfolded = text.replaceAll('\r\n ', '')
    expect(unfolded).toContain('RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20240429T215959Z\r\n')
    expect(unfolded).toContain('EXDATE;TZID=Europe/Zurich:20240408T090000\r\n')
    expect(unfolded).toContain('EXDATE;TZID=Europe/Zurich:20240422T090000\r\n')
    expect(unfolded).toContain('RECURRENCE-ID;TZID=Europe/Zurich:20240415T090000\r\n')
    expect(unfolded.match(/UID:s1@google.com/g)).toHaveLength(2)
    expect(unfolded.match(/BEGIN:VEVENT/g)).toHaveLength(2)
  })

  withParsers('another program counts the same occurrences, summer time and all', async () => {
    const found = occurrences(await ics(master, cancelled), 20)
    expect(found['s1@google.com']).toEqual(['20240325T080000Z', '20240401T070000Z', '20240415T070000Z', '20240429T070000Z'])
  })

  withParsers('without end, years ahead', async () => {
    const weekly = event('w', { ...master, id: 'w', iCalUID: 'w@x', recurrence: ['RRULE:FREQ=WEEKLY'] })
    const found = occurrences(await ics(weekly), 600)['w@x']!
    const clocks = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Zurich', hour: '2-digit', weekday: 'short' })
    for (const start of found) {
      const [, y, mo, d, h] = /^(....)(..)(..)T(..)/.exec(start)!
      expect(clocks.format(Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h)))).toBe('Mon, 09')
    }
    expect(found.at(-1)!.startsWith('2035')).toBe(true)
  })

  const until: [string, object, string][] = [
    [
      'a date, for times in a zone',
      { recurrence: ['RRULE:FREQ=DAILY;UNTIL=20240401'] },
      'RRULE:FREQ=DAILY;UNTIL=20240401T215959Z',
    ],
    [
      'a local time, for times in a zone',
      { recurrence: ['RRULE:FREQ=DAILY;UNTIL=20240401T090000'] },
      'RRULE:FREQ=DAILY;UNTIL=20240401T070000Z',
    ],
    [
      'a time, for days',
      { start: { date: '2024-03-01' }, end: { date: '2024-03-02' }, recurrence: ['RRULE:FREQ=DAILY;UNTIL=20240401T220000Z'] },
      'RRULE:FREQ=DAILY;UNTIL=20240401',
    ],
    [
      'a time, for clocks of no zone',
      {
        start: at('2024-03-01T09:00:00', 'Mars/X'),
        end: at('2024-03-01T10:00:00', 'Mars/X'),
        recurrence: ['RRULE:FREQ=DAILY;UNTIL=20240401T220000Z'],
      },
      'RRULE:FREQ=DAILY;UNTIL=20240401T220000',
    ],
    [
      'the end of time',
      { start: at('2024-03-01T09:00:00-05:00', 'America/New_York'), recurrence: ['RRULE:FREQ=YEARLY;UNTIL=99991231'] },
      'RRULE:FREQ=YEARLY;UNTIL=99991231T235959Z',
    ],
    ['none', { recurrence: ['RRULE:FREQ=YEARLY;COUNT=3'] }, 'RRULE:FREQ=YEARLY;COUNT=3'],
  ]
  test.each(until)('UNTIL is %s', async (_, more, line) =>
    expect(eventLines(await ics(event('u', { ...master, ...more })))).toContain(line),
  )

  test.each([
    ['RDATE;VALUE=DATE:20240401,20240402', 'RDATE;TZID=Europe/Zurich:20240401T090000,20240402T090000'],
    ['EXDATE:20240401T070000Z', 'EXDATE;TZID=Europe/Zurich:20240401T090000'],
    ['EXDATE;TZID=Asia/Tokyo:20240401T160000', 'EXDATE;TZID=Europe/Zurich:20240401T090000'],
    ['EXDATE;TZID=Mars/Olympus:20240401T090000', 'EXDATE;TZID=Europe/Zurich:20240401T090000'],
    ['EXRULE:FREQ=MONTHLY', 'EXRULE:FREQ=MONTHLY'],
    [
      'RRULE:FREQ=WEEKLY\r\nATTENDEE:mailto:evil@example.com',
      'X-GOOGLE-RECURRENCE:RRULE:FREQ=WEEKLY\\nATTENDEE:mailto:evil@example.com',
    ],
    ['RRULE:FREQ=SOMETIMES', 'X-GOOGLE-RECURRENCE:RRULE:FREQ=SOMETIMES'],
    ['RRULE:FREQ=DAILY;COUNT=3;UNTIL=20240401', 'X-GOOGLE-RECURRENCE:RRULE:FREQ=DAILY\\;COUNT=3\\;UNTIL=20240401'],
    ['EXDATE:tomorrow', 'X-GOOGLE-RECURRENCE:EXDATE:tomorrow'],
    ['DTSTART:20240101', 'X-GOOGLE-RECURRENCE:DTSTART:20240101'],
  ])('%j becomes %s', async (raw, line) => {
    expect(eventLines(await ics(event('r', { ...master, recurrence: [raw] })))).toContain(line)
  })

  withParsers('an occurrence whose series is on another calendar stands by itself, cancelled ones too', async () => {
    const calendar = readCalendar(await ics(moved, cancelled))
    const [one, other] = find(calendar, 'VEVENT')
    expect(value(one!, 'RECURRENCE-ID')).toBe('20240415T160000')
    expect(value(other!, 'STATUS')).toBe('CANCELLED')
    expect(value(other!, 'RECURRENCE-ID')).toBe('20240422T090000')
  })

  test('all-day series', async () => {
    const days = event('d', {
      start: { date: '2024-03-01' },
      end: { date: '2024-03-02' },
      recurrence: ['RRULE:FREQ=DAILY', 'EXDATE;VALUE=DATE:20240303'],
    })
    const gone = { id: 'd_20240305', status: 'cancelled', recurringEventId: 'd', originalStartTime: { date: '2024-03-05' } }
    const lines = eventLines(await ics(days, gone))
    expect(lines).toContain('EXDATE;VALUE=DATE:20240303')
    expect(lines).toContain('EXDATE;VALUE=DATE:20240305')
  })
})

describe('everything else of an event', () => {
  const full = event('full', {
    start: zurich('2024-07-01T09:00:00+02:00'),
    end: zurich('2024-07-01T10:00:00+02:00'),
    summary: 'Grüße, 世界; \\ back🎓'.repeat(6),
    location: 'Room 1\r\nBEGIN:VEVENT\nUID:evil',
    description: '<b>Bold</b>\u0000\u0007 and\rmore\u2028lines',
    status: 'tentative',
    transparency: 'transparent',
    visibility: 'private',
    sequence: 3,
    htmlLink: 'https://www.google.com/calendar/event?eid=abc',
    hangoutLink: 'https://meet.google.com/abc',
    organizer: { email: 'prof@example.ac.jp', displayName: 'Prof "X"; the: first, one' },
    attendees: [
      { email: me, self: true, responseStatus: 'accepted' },
      { displayName: 'Somebody\r\nATTENDEE:mailto:evil@example.com', responseStatus: 'declined', optional: true },
      { email: 'room@resource.calendar.google.com', resource: true, responseStatus: 'tentative' },
    ],
    attachments: [
      { fileUrl: 'https://drive.google.com/open?id=1&resourcekey=0-secret', title: 'Plan, v2', mimeType: 'application/pdf' },
    ],
    conferenceData: {
      signature: 'sig-secret',
      entryPoints: [
        { entryPointType: 'video', uri: 'https://zoom.us/j/1?pwd=secret', passcode: 'secret1', label: 'zoom.us/j/1' },
        { entryPointType: 'phone', uri: 'tel:+41-44-1,,123#,,,,*987654#', pin: 'secret2' },
      ],
    },
    reminders: {
      overrides: [
        { method: 'email', minutes: 1440 },
        { method: 'popup', minutes: 0 },
      ],
    },
    extendedProperties: { private: { key: 'value\nnext' }, shared: { other: 'x' } },
    eventType: 'focusTime',
    colorId: '5',
    source: { url: 'https://example.com/a b', title: 'page' },
  })

  withParsers('is there, each thing in its place, and nothing is injected', async () => {
    const text = await ics(full)
    const calendar = readCalendar(text)
    const [one] = find(calendar, 'VEVENT')
    expect(one!.errors).toEqual([])
    expect(find(calendar, 'VEVENT')).toHaveLength(1)
    expect(value(one!, 'SUMMARY')).toBe('Grüße, 世界; \\ back🎓'.repeat(6))
    expect(value(one!, 'LOCATION')).toBe('Room 1\nBEGIN:VEVENT\nUID:evil')
    expect(value(one!, 'DESCRIPTION')).toBe('<b>Bold</b> and\nmore\nlines')
    expect(value(one!, 'STATUS')).toBe('TENTATIVE')
    expect(value(one!, 'TRANSP')).toBe('TRANSPARENT')
    expect(value(one!, 'CLASS')).toBe('PRIVATE')
    expect(value(one!, 'SEQUENCE')).toBe('3')
    expect(value(one!, 'DTSTAMP')).toBe('20240201T100000Z')
    expect(value(one!, 'ORGANIZER')).toBe('mailto:prof@example.ac.jp')
    const guests = one!.properties.ATTENDEE!
    expect(guests.map((guest) => [guest.value, guest.parameters.PARTSTAT, guest.parameters.ROLE])).toEqual([
      [`mailto:${me}`, 'ACCEPTED', 'REQ-PARTICIPANT'],
      ['invalid:nomail', 'DECLINED', 'OPT-PARTICIPANT'],
      ['mailto:room@resource.calendar.google.com', 'TENTATIVE', 'REQ-PARTICIPANT'],
    ])
    expect(one!.properties.ATTACH![0]!.value).toBe('https://drive.google.com/open?id=1')
    const alarms = find(one!, 'VALARM')
    expect(alarms.map((alarm) => value(alarm, 'TRIGGER'))).toEqual(['-P1D', 'P0D'])
    expect(one!.properties.CONFERENCE!.map((place) => place.value)).toEqual(['https://zoom.us/j/1', 'tel:+41-44-1,,123#'])
  })

  test('codes that open meetings and files are nowhere, whatever else of the answer is', async () => {
    const files = await compose([full])
    for (const text of files.values()) expect(text.replaceAll('\r\n ', '')).not.toMatch(/secret|987654/)
    const [kept] = JSON.parse(files.get('Work.json')!).events
    expect(kept).toMatchObject({
      id: 'full',
      etag: '"full"',
      extendedProperties: full.extendedProperties,
      location: full.location,
    })
  })

  test('default reminders are the calendar’s, for events with a time', async () => {
    const usual = { reminders: { useDefault: true } }
    const timed = await ics(event('a', { ...usual, start: at('2024-07-01T09:00:00Z'), end: at('2024-07-01T10:00:00Z') }))
    expect(timed).toContain('TRIGGER:-PT10M')
    expect(await ics(event('b', { ...usual, start: { date: '2024-07-01' }, end: { date: '2024-07-02' } }))).not.toContain(
      'VALARM',
    )
  })

  test('an organizer without guests is not written, times of imports without sense neither', async () => {
    const text = await ics(
      event('a', {
        created: '0000-12-31T00:00:00.000Z',
        organizer: { email: me, self: true },
        start: at('2024-07-01T09:00:00Z'),
        end: at('2024-07-01T09:00:00Z'),
      }),
    )
    expect(text).not.toMatch(/ORGANIZER|CREATED|DTEND/)
  })
})

describe('the file', () => {
  test('has each component that it names, and its bytes come from the data alone', async () => {
    const events = [
      event('a', { start: zurich('2024-07-01T09:00:00+02:00'), end: at('2024-07-01T17:00:00+09:00', 'Asia/Tokyo') }),
    ]
    const text = await ics(...events)
    expect(text.match(/TZID:(.*)/g)).toEqual(['TZID:Asia/Tokyo', 'TZID:Europe/Zurich'])
    expect(await ics(...events)).toBe(text)
    expect(text).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:/)
    expect(text).not.toContain('METHOD')
  })

  withParsers('of a calendar without events, and without a zone, is one all the same', async () => {
    for (const one of [entry, { id: 'x', summary: 'Work' }]) {
      const calendar = readCalendar((await compose([], [one])).get('Work.ics')!)
      expect(calendar.components.map(({ name }) => name)).toEqual(['VTIMEZONE'])
    }
  })

  test('calendars of one name are kept apart, whatever their order', async () => {
    const calendars = ['c', 'a', 'b'].map((id) => ({ id, summary: id === 'b' ? 'WORK' : 'Work' }))
    const names = async (order: readonly object[]) => [...(await compose([], order)).keys()].sort()
    const found = await names(calendars)
    expect(found).toHaveLength(6)
    expect(new Set(found.map((name) => name.toLowerCase())).size).toBe(6)
    expect(found).toContain('Work.ics')
    expect(await names(calendars.toReversed())).toEqual(found)
    expect(
      [
        ...(
          await compose(
            [],
            [
              { id: 'x', summary: 'a/b' },
              { id: 'y', summary: ' ' },
            ],
          )
        ).keys(),
      ].some((name) => name.includes('/')),
    ).toBe(false)
  })

  test('a field of another type than documented spoils nothing', async () => {
    const odd = event('odd', {
      start: { date: '2024-07-01' },
      end: { date: '2024-07-02' },
      attendees: 'none',
      location: 5,
      reminders: [],
      attachments: [1, { fileUrl: 'https://x.example/' }],
    })
    expect(eventLines(await ics(odd)).filter((line) => line.startsWith('ATTACH'))).toEqual(['ATTACH:https://x.example/'])
  })
})

describe('what is gone at Google', () => {
  const daily = event('daily', {
    start: zurich('2024-07-01T09:00:00+02:00'),
    end: zurich('2024-07-01T10:00:00+02:00'),
    recurrence: ['RRULE:FREQ=DAILY;COUNT=4'],
  })
  const moved = event('daily_2', {
    recurringEventId: 'daily',
    originalStartTime: zurich('2024-07-02T09:00:00+02:00'),
    start: zurich('2024-07-02T15:00:00+02:00'),
    end: zurich('2024-07-02T16:00:00+02:00'),
  })
  const out = event('daily_3', {
    status: 'cancelled',
    recurringEventId: 'daily',
    originalStartTime: zurich('2024-07-03T09:00:00+02:00'),
  })
  const single = event('single', { start: { date: '2024-01-01' }, end: { date: '2024-01-02' } })
  const days = (text: string) => occurrences(text, 9)['daily@google.com']
  const statuses = (text: string) =>
    Object.fromEntries(find(readCalendar(text), 'VEVENT').map((one) => [value(one, 'UID'), value(one, 'STATUS')]))
  const composed = async (...ids: readonly string[]) => {
    const gone = ids.map((id) => (id === 'calendar' ? calendarItemId(me) : eventItemId(me, id)))
    const files = await compose([moved, daily, out, single], [entry], gone)
    for (const one of readCalendar(files.get('Work.ics')!).components) expect(one.errors).toEqual([])
    return { text: files.get('Work.ics')!, json: JSON.parse(files.get('Work.json')!) }
  }

  withParsers('an event stays, cancelled and marked', async () => {
    const { text, json } = await composed('single')
    expect(statuses(text)).toEqual({ 'daily@google.com': 'CONFIRMED', 'single@google.com': 'CANCELLED' })
    expect(text.match(/X-HOLDALL-GONE:TRUE/g)).toHaveLength(1)
    expect(json.events.map((one: { goneAtSource?: true }) => one.goneAtSource)).toEqual([undefined, undefined, undefined, true])
  })

  withParsers('an occurrence that had been moved stands apart: the series has its date again', async () => {
    const { text } = await composed('daily_2')
    expect(statuses(text)).toEqual({
      'daily_2@google.com': 'CANCELLED',
      'daily@google.com': 'CONFIRMED',
      'single@google.com': 'CONFIRMED',
    })
    expect(text).not.toContain('RECURRENCE-ID')
    expect(days(text)).toEqual(['20240701T070000Z', '20240702T070000Z', '20240704T070000Z'])
  })

  withParsers('an occurrence that had been taken out, and is not any more, is a date again', async () => {
    expect((await composed('daily_3')).text).not.toContain('EXDATE')
    expect((await composed()).text).toContain('EXDATE')
  })

  withParsers('a series is cancelled with all that belongs to it, and stays as it was', async () => {
    for (const ids of [['daily'], ['daily', 'daily_2', 'daily_3']]) {
      const { text } = await composed(...ids)
      const events = find(readCalendar(text), 'VEVENT').map((one) => [value(one, 'UID'), value(one, 'STATUS')])
      expect(events).toEqual([
        ['daily@google.com', 'CANCELLED'],
        ['daily@google.com', 'CANCELLED'],
        ['single@google.com', 'CONFIRMED'],
      ])
      expect(text).toContain('RECURRENCE-ID')
      expect(text).toContain('EXDATE')
    }
  })

  withParsers('a calendar is marked itself; its events were not cancelled', async () => {
    const { text, json } = await composed('calendar', 'daily', 'daily_2', 'daily_3', 'single')
    expect(text).not.toContain('CANCELLED')
    expect(readCalendar(text).properties['X-HOLDALL-GONE']![0]!.value).toBe('TRUE')
    expect(text.match(/X-HOLDALL-GONE:TRUE/g)).toHaveLength(1)
    expect(text).toContain('EXDATE')
    expect(text).toContain('RECURRENCE-ID')
    expect(json.calendar.goneAtSource).toBe(true)
  })
})

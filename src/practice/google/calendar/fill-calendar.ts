import type { CalendarModel } from './calendar-model.ts'
import { addOddEvents } from './odd-events.ts'
import { addSeries, type PracticeSeries } from './series.ts'
import { days, tokyo } from './times.ts'

/** Ids of what tests come back to. */
export interface PracticeCalendar extends PracticeSeries {
  readonly primary: string
  readonly studies: string
  readonly twins: readonly string[]
  readonly hidden: string
  readonly shared: string
  readonly busyTimes: string
  readonly busyRefused: string
  readonly vanished: string
  readonly holidays: string
  readonly empty: string
  readonly endBeforeStart: string
  readonly hiddenInvitation: string
}

const at = (day: string) => ({ updated: Date.parse(`${day}T10:11:12.345Z`) })

/**
 * Fills the calendars of a student: her own, shared and subscribed ones, equal names, one hidden, one that its owner has deleted; events from 1999
 * to 2031 with every form of time, series with exceptions, guests, and what makes a writer of iCalendar stumble.
 */
export function fillPracticeCalendar(model: CalendarModel): PracticeCalendar {
  const primary = model.addCalendar(model.email, {
    primary: true,
    defaultReminders: [
      { method: 'popup', minutes: 10 },
      { method: 'email', minutes: 1440 },
    ],
  })
  const studies = model.addCalendar('講義 / Lectures: 2022–2025', {
    description: 'Rooms, exams;\nand "office hours", \\ all of them',
    location: 'Tokyo, Bunkyō',
    colorId: '2',
    dataOwner: model.email,
  })
  model.share(studies, { role: 'reader', type: 'user', value: 'kenji@example.ac.jp' })
  model.share(studies, { role: 'freeBusyReader', type: 'domain', value: 'example.ac.jp' })
  const twins = [1, 2].map((number) => {
    const twin = model.addCalendar('家族', { timeZone: 'Europe/Zurich' })
    model.addEvent(twin, { summary: `Grandmother ${number}`, ...days('2024-05-05', '2024-05-06') }, at('2024-01-01'))
    return twin
  })
  const hidden = model.addCalendar('Old club', { hidden: true, selected: false, timeZone: 'America/St_Johns' })
  model.addEvent(hidden, { summary: 'First meeting', ...days('1999-12-31', '2000-01-01') }, at('1999-12-01'))
  const shared = model.addCalendar('Robotics Lab', {
    accessRole: 'reader',
    dataOwner: 'mori@example.ac.jp',
    summaryOverride: 'Lab (Mori)',
  })
  model.addEvent(
    shared,
    { summary: 'Booking: arm 1', location: 'Lab, 2F', ...tokyo('2025-02-03T10:00', '2025-02-03T12:00') },
    at('2025-01-20'),
  )
  model.addEvent(
    shared,
    { summary: 'Nobody may read this', visibility: 'private', ...tokyo('2025-02-04T10:00', '2025-02-04T12:00') },
    at('2025-01-20'),
  )
  const busy = (freeBusy: 'times' | 'refused', summary: string) =>
    model.addCalendar(summary, { accessRole: 'freeBusyReader', freeBusy, dataOwner: 'dean@example.ac.jp' })
  const busyTimes = busy('times', 'Meeting room 3')
  model.addEvent(busyTimes, { summary: 'Secret', ...tokyo('2025-03-03T10:00', '2025-03-03T11:00') }, at('2025-01-20'))
  const busyRefused = busy('refused', 'dean@example.ac.jp')
  model.addEvent(busyRefused, { summary: 'Secret', ...tokyo('2025-03-03T10:00', '2025-03-03T11:00') }, at('2025-01-20'))
  const vanished = model.addCalendar('Deleted by its owner', { accessRole: 'reader', vanished: true })
  const holidays = model.addCalendar('日本の祝日', {
    id: 'ja.japanese#holiday@group.v.calendar.google.com',
    accessRole: 'reader',
  })
  for (const year of [2024, 2025, 2026])
    model.addEvent(
      holidays,
      { summary: '元日', transparency: 'transparent', visibility: 'public', ...days(`${year}-01-01`, `${year}-01-02`) },
      at('2023-06-01'),
    )
  const birthdays = model.addCalendar('Birthdays', {
    id: 'addressbook#contacts@group.v.calendar.google.com',
    accessRole: 'reader',
  })
  model.addEvent(
    birthdays,
    {
      summary: 'Aoi Suzuki – Birthday',
      eventType: 'birthday',
      birthdayProperties: { contact: 'people/c1', type: 'birthday' },
      recurrence: ['RRULE:FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=2'],
      ...days('2004-02-29', '2004-03-01'),
    },
    at('2022-06-01'),
  )
  const empty = model.addCalendar('../Nothing: in "it"?', {
    id: 'practice123@import.calendar.google.com',
    accessRole: 'reader',
    timeZone: 'UTC',
  })
  const series = addSeries(model, studies)
  const odd = addOddEvents(model, primary)
  for (const [id, value] of Object.entries(userSettings)) model.setSetting(id, value)
  return {
    primary,
    studies,
    twins,
    hidden,
    shared,
    busyTimes,
    busyRefused,
    vanished,
    holidays,
    empty,
    ...series,
    ...odd,
  }
}

const userSettings = {
  autoAddHangouts: 'true',
  dateFieldOrder: 'YMD',
  defaultEventLength: '60',
  format24HourTime: 'true',
  hideInvitations: 'false',
  locale: 'ja',
  showDeclinedEvents: 'true',
  timezone: 'Asia/Tokyo',
  weekStart: '1',
}

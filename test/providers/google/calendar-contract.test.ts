import { createCalendarModel } from '../../../src/practice/google/calendar/calendar-model.ts'
import { calendar } from '../../../src/providers/google/calendar/source.ts'
import { connectRecords } from './records/connect-records.ts'
import { recordContract } from './records/record-contract.ts'

for (const emptyPageEvery of [0, 2]) {
  recordContract(`Google Calendar${emptyPageEvery === 0 ? '' : ' that sends empty pages'}`, {
    features: calendar.features,
    isRecord: ({ id }) => id.startsWith('event/'),
    async start() {
      const model = createCalendarModel({ email: 'student@example.ac.jp' })
      model.settings.emptyPageEvery = emptyPageEvery
      const primary = model.addCalendar('Hana', { primary: true })
      model.addCalendar('Other')
      const at = await connectRecords(calendar, { calendar: model, pageSize: 12 })
      const ids = new Map<string, string>()
      const times = { start: { dateTime: '2025-03-10T09:00:00+09:00' }, end: { dateTime: '2025-03-10T10:00:00+09:00' } }
      return {
        ...at,
        add: async (name) => void ids.set(name, model.addEvent(primary, { summary: name, ...times })),
        change: async (name) => model.changeEvent(primary, ids.get(name)!, { location: 'elsewhere' }),
        rename: async (from, to) => model.changeEvent(primary, ids.get(from)!, { summary: to }),
        remove: async (name) => model.removeEvent(primary, ids.get(name)!),
        refuseTokens: () => {
          model.expireSyncTokens()
          at.practice.expirePageTokens()
        },
        fault: (action, skip) => at.fault(({ path }) => /\/(events|calendarList)$/.test(path), action, skip),
        heal: () => at.practice.clearFaults(),
      }
    },
  })
}

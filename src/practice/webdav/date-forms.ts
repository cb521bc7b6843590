import { type DateForm, dateForms, type WebdavQuirks } from './quirks.ts'

/** `getlastmodified` as servers write it; undefined for none. Forms seen: https://github.com/rclone/rclone/blob/master/backend/webdav/api/types.go */
export function listedDate(date: Date, id: number, wanted: WebdavQuirks['dates']): string | undefined {
  return write[wanted === 'various' ? (dateForms[id % dateForms.length] ?? 'rfc1123') : wanted](date)
}

const write: Record<DateForm, (date: Date) => string | undefined> = {
  rfc1123: (date) => date.toUTCString(),
  offset: (date) => date.toUTCString().replace('GMT', '+0000'),
  'one-digit-day': (date) => date.toUTCString().replace(/, 0/, ', '),
  iso8601: (date) => date.toISOString().replace(/\.\d+Z/, 'Z'),
  unix: (date) => {
    const [, day, month, year, time] = /, (\d\d) (\w+) (\d+) ([\d:]+)/.exec(date.toUTCString()) ?? []
    return `${date.toUTCString().slice(0, 3)} ${month} ${day} ${time} UTC ${year}`
  },
  // Five and a half hours east: a zone that whole-hour arithmetic gets wrong.
  'local-zone': (date) => new Date(date.getTime() + 5.5 * 3_600_000).toUTCString().replace('GMT', '+0530'),
  missing: () => undefined,
}

import type { Language } from '../core/language.ts'

/** Numbers, sizes and times as the people of one language write them. */
export interface Formats {
  /** A count: `1,234`. */
  number(count: number): string
  /** Bytes, 1000-based as disks and services count: `999 B`, `1.5 GB`; the same in both languages. */
  size(bytes: number): string
  /** Milliseconds, in at most two units: `20 s`, `3 min 20 s`, `3 d 4 h`; `20 秒`, `3 分 20 秒`, `3 日 4 時間`. */
  duration(ms: number): string
  /** ISO 8601 as people read it, always UTC: `2026-11-24 12:43 UTC`, `2026年11月24日 12:43 UTC`. */
  time(iso: string): string
  /** The day alone of an ISO 8601 time or date. */
  date(iso: string): string
}

const english = new Intl.NumberFormat('en')
const japanese = new Intl.NumberFormat('ja')

const japaneseDate = (iso: string) => `${iso.slice(0, 4)}年${Number(iso.slice(5, 7))}月${Number(iso.slice(8, 10))}日`

const sizes = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']

function size(bytes: number): string {
  if (bytes < 0) return `-${size(-bytes)}`
  let value = bytes
  let unit = 0
  // 999.5 would be shown as 1000; it is 1.0 of the next unit.
  while (unit < sizes.length - 1 && value >= (unit === 0 ? 1000 : 999.5)) {
    value /= 1000
    unit++
  }
  if (unit === 0) return `${Math.round(value)} B`
  return `${value < 99.95 ? value.toFixed(1) : value.toFixed(0)} ${sizes[unit]}`
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

type Units = Readonly<Record<'second' | 'minute' | 'hour' | 'day', string>>

const durationIn = (names: Units) => (ms: number) => {
  const whole = Math.max(0, ms)
  if (Math.round(whole / second) < 60) return `${Math.round(whole / second)} ${names.second}`
  if (Math.round(whole / second) < 3600) return two(whole, minute, names.minute, second, names.second)
  if (Math.round(whole / minute) < 24 * 60) return two(whole, hour, names.hour, minute, names.minute)
  return two(whole, day, names.day, hour, names.hour)
}

/** `large` and the rest in `small`, rounded once, so that 59.6 minutes never become `0 h 60 min`. */
function two(ms: number, large: number, largeName: string, small: number, smallName: string): string {
  const smalls = Math.round(ms / small)
  const per = large / small
  const rest = smalls % per
  return rest === 0 ? `${smalls / per} ${largeName}` : `${Math.floor(smalls / per)} ${largeName} ${rest} ${smallName}`
}

export const formats: Readonly<Record<Language, Formats>> = {
  en: {
    number: (count) => english.format(count),
    size,
    duration: durationIn({ second: 's', minute: 'min', hour: 'h', day: 'd' }),
    time: (iso) => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`,
    date: (iso) => iso.slice(0, 10),
  },
  ja: {
    number: (count) => japanese.format(count),
    size,
    duration: durationIn({ second: '秒', minute: '分', hour: '時間', day: '日' }),
    time: (iso) => `${japaneseDate(iso)} ${iso.slice(11, 16)} UTC`,
    date: japaneseDate,
  },
}

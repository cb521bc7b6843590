import type { Language } from '../core/language.ts'

/** Numbers and times as the people of one language write them. Sizes are the same in both: `1.5 GB`. */
export interface Formats {
  /** A count: `1,234`. */
  number(count: number): string
  /** ISO 8601 as people read it, always UTC: `2026-11-24 12:43 UTC`, `2026年11月24日 12:43 UTC`. */
  time(iso: string): string
  /** The day alone of an ISO 8601 time or date. */
  date(iso: string): string
}

const english = new Intl.NumberFormat('en')
const japanese = new Intl.NumberFormat('ja')

const japaneseDate = (iso: string) => `${iso.slice(0, 4)}年${Number(iso.slice(5, 7))}月${Number(iso.slice(8, 10))}日`

export const formats: Readonly<Record<Language, Formats>> = {
  en: {
    number: (count) => english.format(count),
    time: (iso) => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`,
    date: (iso) => iso.slice(0, 10),
  },
  ja: {
    number: (count) => japanese.format(count),
    time: (iso) => `${japaneseDate(iso)} ${iso.slice(11, 16)} UTC`,
    date: japaneseDate,
  },
}

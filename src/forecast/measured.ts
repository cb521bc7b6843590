import type { Journal } from '../journal/journal.ts'
import { lineMark, paceMark } from '../journal/marks.ts'
import type { Pace } from './pace.ts'

/** Measured over less than this, a pace says little of the hours to come. Milliseconds. */
const worthKeepingMs = 5 * 60_000

/** What an earlier run measured of a source. */
export function readPace(journal: Journal, source: string): Pace | undefined {
  const text = journal.mark(paceMark(source))
  if (text === undefined) return undefined
  const { perItemMs, perByteMs } = JSON.parse(text) as Partial<Pace>
  return typeof perItemMs === 'number' && typeof perByteMs === 'number' ? { perItemMs, perByteMs } : undefined
}

export function keepPace(journal: Journal, source: string, measured: { readonly pace: Pace; readonly observedMs: number }): void {
  if (measured.observedMs >= worthKeepingMs) journal.setMark(paceMark(source), JSON.stringify(measured.pace))
}

const listingMark = (source: string) => `listing ${source}`

/** How long listing a source whole took, milliseconds. */
export function readListing(journal: Journal, source: string): number | undefined {
  const ms = Number(journal.mark(listingMark(source)))
  return Number.isFinite(ms) && ms > 0 ? ms : undefined
}

export function keepListing(journal: Journal, source: string, ms: number): void {
  journal.setMark(listingMark(source), String(Math.round(ms)))
}

/** Bytes a second that the line brought for a minute, at best. */
export function readLine(journal: Journal): number | undefined {
  const rate = Number(journal.mark(lineMark))
  return Number.isFinite(rate) && rate > 0 ? rate : undefined
}

export function keepLine(journal: Journal, bytesPerSecond: number | undefined): void {
  if (bytesPerSecond !== undefined) journal.setMark(lineMark, String(Math.round(bytesPerSecond)))
}

import { describe, expect, test } from 'vitest'
import { createZone } from '../../../src/providers/google/calendar/time-zone.ts'
import { writeVtimezone } from '../../../src/providers/google/calendar/vtimezone.ts'
import { badLines, withParsers, wrongOffsets } from './records/python-reader.ts'

const zones = [
  'Europe/Zurich',
  'America/New_York',
  'Asia/Tokyo',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Asia/Jerusalem',
  'Africa/Casablanca',
  'America/Sao_Paulo',
  'Europe/Dublin',
  'Pacific/Apia',
  'Asia/Tehran',
]

describe('a zone', () => {
  test.each([
    ['Europe/Zurich', '2024-01-15T12:00:00Z', '2024-01-15T13:00:00'],
    ['Europe/Zurich', '2024-07-15T12:00:00Z', '2024-07-15T14:00:00'],
    ['Asia/Kolkata', '2024-07-15T12:00:00Z', '2024-07-15T17:30:00'],
    ['America/New_York', '1985-07-15T12:00:00Z', '1985-07-15T08:00:00'],
    ['Pacific/Apia', '2011-12-31T00:00:00Z', '2011-12-31T14:00:00'],
    ['Asia/Tokyo', '2090-01-01T00:00:00Z', '2090-01-01T09:00:00'],
  ])('%s at %s shows %s', (id, at, local) => {
    const zone = createZone(id)!
    expect(zone.localAt(Date.parse(at))).toBe(local)
    expect(zone.momentOf(local)).toBe(Date.parse(at))
  })

  test('an hour that comes twice is its first, one that is skipped counts by the offset before', () => {
    const zone = createZone('Europe/Zurich')!
    expect(new Date(zone.momentOf('2024-10-27T02:30:00')).toISOString()).toBe('2024-10-27T00:30:00.000Z')
    expect(new Date(zone.momentOf('2024-03-31T02:30:00')).toISOString()).toBe('2024-03-31T01:30:00.000Z')
  })

  test.each(['Mars/Olympus', '', 'Europe/Zurich:x'])('%j is none', (id) => expect(createZone(id)).toBeUndefined())
})

/** Days of the years, some hours apart, so that each week of the clock is touched. Seconds since 1970. */
function instants(from: number, to: number): number[] {
  const all: number[] = []
  for (let at = Date.UTC(from, 0, 2) / 1000; at < Date.UTC(to, 11, 30) / 1000; at += 3 * 86_400 + 7 * 3600) all.push(at)
  return all
}

/** Until when two machines' data are likely to agree: Morocco announces its clocks from year to year. */
const settled = (id: string) => (id === 'Africa/Casablanca' ? 2025 : 2036)

describe('VTIMEZONE', () => {
  for (const id of zones) {
    const zone = createZone(id)!
    withParsers(`of ${id}, for series without end: another program computes the offsets that the zone has`, () => {
      const text = writeVtimezone(zone, { from: Date.UTC(1998, 5, 1), to: Date.UTC(2026, 5, 1), open: true })
      expect(badLines(Buffer.from(text))).toEqual([])
      expect(wrongOffsets(text, id, instants(1998, settled(id)))).toEqual([])
    })
    withParsers(`of ${id}, for single events`, () => {
      const text = writeVtimezone(zone, { from: Date.UTC(2009, 5, 1), to: Date.UTC(2012, 5, 1), open: false })
      expect(text).not.toContain('RRULE')
      expect(wrongOffsets(text, id, instants(2009, 2012))).toEqual([])
    })
  }

  test('years to come are one rule where the zone has one', () => {
    const text = writeVtimezone(createZone('Europe/Zurich')!, {
      from: Date.UTC(2024, 5, 1),
      to: Date.UTC(2024, 6, 1),
      open: true,
    })
    expect(text).toContain('RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n')
    expect(text).toContain('RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n')
    expect(text.length).toBeLessThan(1000)
  })
})

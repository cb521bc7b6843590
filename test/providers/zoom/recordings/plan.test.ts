import { describe, expect, test } from 'vitest'
import { firstDay, noteMeeting, planListing, type YearNotes } from '../../../../src/providers/zoom/recordings/plan.ts'
import { middleToMiddle } from '../../../../src/providers/zoom/recordings/recount.ts'
import { recordedMeeting } from '../../../../src/providers/zoom/recordings/schema.ts'
import { coversWindow, halves, monthsBetween } from '../../../../src/providers/zoom/recordings/windows.ts'

const day = 86_400_000
const now = Date.parse('2024-06-15T03:00:00Z')
const start = '2022-04-20'
const notesFor = (years: readonly string[], asked = now - day): YearNotes =>
  Object.fromEntries(years.map((year) => [year, { asked }]))
const years = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => String(from + index))

describe('windows', () => {
  test('months from day to day, without a gap and without touching', () => {
    expect(monthsBetween('2024-01-20', '2024-03-02')).toEqual([
      { from: '2024-01-20', to: '2024-01-31' },
      { from: '2024-02-01', to: '2024-02-29' },
      { from: '2024-03-01', to: '2024-03-02' },
    ])
    expect(monthsBetween('2024-01-20', '2024-01-20')).toEqual([{ from: '2024-01-20', to: '2024-01-20' }])
    expect(monthsBetween('2024-01-20', '2024-01-19')).toEqual([])
  })

  test.each([monthsBetween, middleToMiddle])('%o: every day once, none longer than a month', (cut) => {
    for (const [from, to] of [
      ['2023-12-16', '2025-01-15'],
      ['2024-01-15', '2024-03-01'],
      ['2024-02-29', '2024-02-29'],
    ] as const) {
      const windows = cut(from, to)
      expect(windows[0]!.from).toBe(from)
      expect(windows.at(-1)!.to).toBe(to)
      for (const [index, window] of windows.entries()) {
        expect(window.from <= window.to).toBe(true)
        expect(Date.parse(window.to) - Date.parse(window.from)).toBeLessThan(31 * day)
        const next = windows[index + 1]
        if (next !== undefined) expect(Date.parse(next.from) - Date.parse(window.to)).toBe(day)
      }
    }
  })

  test('the two cuts share no edge inside', () => {
    const edges = new Set(
      monthsBetween('2023-01-01', '2024-12-31')
        .map(({ from }) => from)
        .slice(1),
    )
    for (const { from } of middleToMiddle('2023-01-01', '2024-12-31').slice(1)) expect(edges.has(from)).toBe(false)
  })

  test('halves', () => {
    expect(halves({ from: '2024-01-01', to: '2024-01-31' })).toEqual([
      { from: '2024-01-01', to: '2024-01-16' },
      { from: '2024-01-17', to: '2024-01-31' },
    ])
    expect(halves({ from: '2024-01-01', to: '2024-01-02' })).toEqual([
      { from: '2024-01-01', to: '2024-01-01' },
      { from: '2024-01-02', to: '2024-01-02' },
    ])
    expect(halves({ from: '2024-01-01', to: '2024-01-01' })).toBeUndefined()
  })

  test('an answer about fewer days than asked for is seen', () => {
    const window = { from: '2024-01-01', to: '2024-01-31' }
    const covers = (from?: string, to?: string, today = '2024-06-15') => coversWindow(window, { from, to }, today)
    expect(covers('2024-01-01', '2024-01-31')).toBe(true)
    expect(covers()).toBe(true)
    expect(covers('2024-01-08', '2024-01-31')).toBe(false)
    expect(covers('2024-01-01', '2024-01-30')).toBe(false)
    // Zoom does not look into the future.
    expect(covers('2024-01-01', '2024-01-20', '2024-01-20')).toBe(true)
  })
})

describe('planListing', () => {
  test('the first time: from the account’s first day to tomorrow, then backwards to Zoom’s first year', () => {
    const { windows, asked, vouched } = planListing({ now, start, notes: {} })
    expect(windows[0]).toEqual({ from: '2022-04-01', to: '2022-04-30' })
    expect(windows[26]).toEqual({ from: '2024-06-01', to: '2024-06-16' })
    expect(windows[27]).toEqual({ from: '2022-03-01', to: '2022-03-31' })
    expect(windows.at(-1)).toEqual({ from: '2013-01-01', to: '2013-01-31' })
    expect(asked).toEqual(years(2013, 2024))
    expect(vouched).toEqual([])
  })

  test('again: this year alone, with the months around it; the rest is vouched for', () => {
    const { windows, asked, vouched } = planListing({ now, start, notes: notesFor(years(2013, 2024)) })
    expect(asked).toEqual(['2024'])
    expect(vouched).toEqual(years(2013, 2023))
    expect(windows.map(({ from }) => from)).toEqual([
      '2023-12-01',
      ...monthsBetween('2024-01-01', '2024-06-16').map(({ from }) => from),
    ])
  })

  test('a year that has just ended is asked for again', () => {
    const soon = Date.parse('2024-02-01T00:00:00Z')
    expect(planListing({ now: soon, start, notes: notesFor(years(2013, 2024), soon) }).asked).toEqual(['2023', '2024'])
  })

  const asksAgain: [string, object, boolean][] = [
    ['not long ago', { asked: now - 6 * day }, false],
    ['a week ago', { asked: now - 7 * day }, true],
    ['something was not finished', { asked: now - day, open: true }, true],
    ['Zoom has removed something meanwhile', { asked: now - day, removal: '2024-06-15' }, true],
    ['Zoom will remove something', { asked: now - day, removal: '2024-06-16' }, false],
    ['under a clock that was wrong', { asked: now + 400 * day }, true],
  ]
  test.each(asksAgain)('an old year is asked for again when %s', (_, note, expected) => {
    const notes = { ...notesFor(years(2013, 2024)), 2020: note } as YearNotes
    expect(planListing({ now, start, notes }).asked.includes('2020')).toBe(expected)
  })

  test('a day set by the person; what lies before it is no more asked for, and not gone for that', () => {
    const first = planListing({ now, start, from: '2023-04-15', notes: {} })
    expect(first.windows[0]).toEqual({ from: '2023-04-15', to: '2023-04-30' })
    expect(first.windows).toHaveLength(15)
    expect(first.vouched).toEqual([])
    const vouchedWith = (from: string) =>
      planListing({ now, start, from, notes: { 2023: { asked: now, from: '2023-04-15' } } }).vouched
    expect(['2023-04-14', '2023-04-15', '2023-04-16'].map(vouchedWith)).toEqual([[], [], ['2023']])
    expect(
      planListing({ now, start, notes: { ...notesFor(years(2013, 2024)), 2020: { asked: now, from: '2020-04-15' } } }).asked,
    ).toEqual(['2020', '2024'])
    const later = planListing({ now, start, from: '2023-04-15', notes: notesFor(years(2013, 2024)) })
    expect(later.asked).toEqual(['2023', '2024'])
    expect(later.vouched).toEqual([...years(2013, 2022), '2023'])
    expect(planListing({ now, start, from: '2030-01-01', notes: {} }).windows).toEqual([])
  })
})

test('the account’s first day: the earlier of the two that Zoom states, else Zoom’s own', () => {
  expect(firstDay({ id: 'x', created_at: '2020-03-30T23:00:00Z', user_created_at: '2021-01-01T00:00:00Z' })).toBe('2020-03-30')
  expect(firstDay({ id: 'x', created_at: 'soon', user_created_at: '2021-01-01T00:00:00Z' })).toBe('2021-01-01')
  expect(firstDay({ id: 'x', created_at: '1970-01-01T00:00:00Z' })).toBe('2013-01-01')
  expect(firstDay({ id: 'x' })).toBe('2013-01-01')
})

test('what a meeting tells about its year', () => {
  const meeting = (fields: object) => recordedMeeting.parse({ uuid: 'u', ...fields })
  const done = { recording_files: [{ status: 'completed', download_url: 'https://zoom.us/rec/download/x' }] }
  const notes: YearNotes = { 2024: { asked: now } }
  expect(noteMeeting(notes, '2024', meeting(done))).toEqual(notes)
  expect(noteMeeting(notes, '2023', meeting({}))).toEqual(notes)
  expect(noteMeeting(notes, '2024', meeting({ recording_files: [{ status: 'processing' }] }))[2024]).toEqual({
    asked: now,
    open: true,
  })
  const removals = ['2024-09-01', '2024-08-01', '2024-10-01'].map((auto_delete_date) => meeting({ ...done, auto_delete_date }))
  expect(removals.reduce((all, one) => noteMeeting(all, '2024', one), notes)[2024]).toEqual({ asked: now, removal: '2024-08-01' })
})

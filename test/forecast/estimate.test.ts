import { describe, expect, test } from 'vitest'
import type { Budget } from '../../src/core/provider.ts'
import { endOfDay, parseDeadline } from '../../src/forecast/deadline.ts'
import { estimate, type Job } from '../../src/forecast/estimate.ts'
import { judge, overLines } from '../../src/forecast/judge.ts'
import { sampleOf } from '../../src/forecast/sample.ts'
import { verdictBetween, verdictOf } from '../../src/forecast/verdict.ts'
import { gmail } from '../../src/providers/google/gmail/source.ts'
import { budgets as google } from '../../src/providers/google/limits.ts'
import { providers } from '../../src/providers/index.ts'

const hour = 3_600_000

test('every price is one of a budget that there is', () => {
  for (const { id, budgets, sources } of providers) {
    for (const { id: source, cost } of sources) {
      for (const { budget, units } of [cost.page, ...cost.part]) {
        expect(
          budgets.map((one) => one.id),
          `${id}/${source}`,
        ).toContain(budget)
        expect(units).toBeGreaterThan(0)
      }
    }
  }
})

const mail = (messages: number, more: Partial<Job> = {}): Job => ({
  source: 'google/gmail',
  account: 'google',
  cost: gmail.cost,
  budgets: google,
  items: messages,
  parts: messages,
  bytes: messages * 50_000,
  ...more,
})

describe('the earliest end', () => {
  test('100,000 messages in four hours cannot be done under Gmail’s quota, however fast the line', () => {
    for (const line of [undefined, 1e6, 1e12]) {
      const whole = estimate([mail(100_000)], line)
      expect(judge([mail(100_000)], whole, line, 4 * hour).verdict).toBe('impossible')
    }
    const whole = estimate([mail(100_000)], 1e9)
    expect(whole.limits[0]).toMatchObject({ kind: 'quota', budget: 'gmail', units: 2_000_000 })
    expect(whole.ms / hour).toBeCloseTo(2_000_000 / (5840 / 60) / 3600, 1)
    const judgement = judge([mail(100_000)], whole, 1e9, 4 * hour)
    expect(judgement.sources[0]!.share).toBeCloseTo(4 / (whole.ms / hour), 2)
    expect(judge([mail(100_000)], whole, 1e9, 30 * hour).verdict).toBe('fits')
    expect(judge([mail(100_000)], whole, 1e9, 6 * hour).verdict).toBe('tight')
  })

  test('where the line was not measured, what would not fit with a slow one is not called a fit', () => {
    const jobs = [mail(1000, { bytes: 100e9 })]
    const whole = estimate(jobs, undefined)
    expect(whole.unmeasuredBytes).toBe(100e9)
    expect(judge(jobs, whole, undefined, 24 * hour)).toMatchObject({ verdict: 'tight', neededRate: 100e9 / (24 * 3600) })
    expect(judge(jobs, whole, undefined, 240 * hour).verdict).toBe('fits')
    expect(judge(jobs, whole, undefined, 24 * hour).fitsFrom).toBeCloseTo(100e9 / (24 * 3600 * 0.8), -3)
    // From that line on it fits indeed.
    const { fitsFrom } = judge(jobs, whole, undefined, 24 * hour)
    expect(judge(jobs, estimate(jobs, fitsFrom! * 1.001), fitsFrom! * 1.001, 24 * hour).verdict).toBe('fits')
    expect(judge(jobs, estimate(jobs, fitsFrom! * 0.99), fitsFrom! * 0.99, 24 * hour).verdict).toBe('tight')
    expect(overLines(jobs, whole)).toEqual({ slow: 1e8, quick: 8e6 })
    expect(overLines(jobs, estimate(jobs, 1e6))).toBeUndefined()
  })

  test('100,000 messages in four hours are never promised: any size, any line, any pace that the quota allows', () => {
    for (const bytes of [0, 1e6, 5e9, 500e9])
      for (const line of [undefined, 1, 1e5, 1e7, 1e15])
        for (const hours of [0.1, 1, 3.9, 4]) {
          const jobs = [mail(100_000, { bytes })]
          const { verdict, fitsFrom } = judge(jobs, estimate(jobs, line), line, hours * hour)
          expect(verdict, `${bytes} bytes at ${line} in ${hours} h`).toBe('impossible')
          expect(fitsFrom).toBeUndefined()
        }
  })

  test('the closing count takes as long as the listing took, and comes after', () => {
    const without = estimate([mail(10_000)], 1e9)
    const whole = estimate([mail(10_000, { listingMs: 600_000 })], 1e9)
    expect(whole).toMatchObject({ ms: without.ms + 600_000, countMs: 600_000 })
    // What is all there is not counted again for the plan's sake.
    expect(estimate([mail(0, { listingMs: 600_000 })], 1e9)).toMatchObject({ ms: 0, countMs: 0 })
    const jobs = [mail(10_000, { listingMs: 600_000 })]
    expect(judge(jobs, whole, 1e9, without.ms + 300_000).verdict).toBe('impossible')
  })

  test('the line binds where there are many bytes', () => {
    expect(estimate([mail(1000, { bytes: 100e9 })], 1e6).limits.map(({ kind }) => kind)).toEqual(['bytes', 'quota'])
  })

  test('a daily cap makes days of what seconds would allow', () => {
    const budget: Budget = { id: 'b', unitsPerSecond: 100, burst: 1, concurrency: 1, perDay: 1000 }
    const cost = { page: { budget: 'b', units: 1, items: 1 }, part: [{ budget: 'b', units: 1 }] }
    const job = { ...mail(2500), cost, budgets: [budget], bytes: 0 }
    expect(estimate([job], undefined).limits[0]).toMatchObject({ kind: 'daily', perDay: 1000, ms: 48 * hour })
    expect(estimate([{ ...job, parts: 1000, items: 1000 }], undefined).limits.map(({ kind }) => kind)).toEqual(['quota'])
  })

  test('sources of one account share a quota, those of different accounts do not', () => {
    const one = estimate([mail(10_000)], undefined).ms
    expect(estimate([mail(10_000), mail(10_000, { source: 'google/other' })], undefined).ms / one).toBeCloseTo(2, 1)
    expect(estimate([mail(10_000), mail(10_000, { source: 'b/gmail', account: 'b' })], undefined).ms).toBe(one)
  })

  test('what was measured stands in the place of what is documented', () => {
    const whole = estimate([mail(10_000, { pace: { perItemMs: 10, perByteMs: 0 } })], undefined)
    expect(whole).toMatchObject({ ms: 100_000, unmeasuredBytes: 0, limits: [{ kind: 'pace' }] })
  })

  test('nothing left fits always', () => {
    const whole = estimate([mail(0)], undefined)
    expect(whole).toMatchObject({ ms: 0, limits: [] })
    expect(verdictOf(0, -1, false)).toBe('fits')
    expect(verdictOf(1, 0, false)).toBe('impossible')
  })
})

describe('a date', () => {
  const now = Date.parse('2026-11-24T12:00:00Z')
  test.each([
    ['2027-03-31', new Date(2027, 3, 1).getTime()],
    ['2027-03-31 17:00', new Date(2027, 2, 31, 17).getTime()],
    ['2027-03-31T17:00:30', new Date(2027, 2, 31, 17, 0, 30).getTime()],
    ['2027-03-31T17:00Z', Date.parse('2027-03-31T17:00:00Z')],
    ['2027-03-31T17:00+09:00', Date.parse('2027-03-31T08:00:00Z')],
    ['2027-03-31T17:00-0330', Date.parse('2027-03-31T20:30:00Z')],
    ['2028-02-29', new Date(2028, 2, 1).getTime()],
    // The day that it is lasts until its end, by this computer's clock.
    ['2026-11-24', new Date(2026, 10, 25).getTime()],
    ['2026-11-24T12:00:01Z', Date.parse('2026-11-24T12:00:01Z')],
    [' 2027-03-31 ', new Date(2027, 3, 1).getTime()],
  ])('%s', (text, at) => {
    expect(parseDeadline(text, now)).toBe(at)
  })

  test.each([
    '2027-02-29',
    '2027-02-30',
    '2027-02-30T10:00Z',
    '2027-00-10',
    '2027-03-31T17:00+14:30',
    '2027-03-31T17:00+99:00',
    '2027-03-00',
    '2027-03-31T',
    '2027-3-1',
    '2027-03-31T17',
    '2027-13-01',
    '2027-04-31',
    '31.3.2027',
    '2027-03-31T25:00',
    'tomorrow',
    '',
    '2027-03-31T10:60',
  ])('%s is none', (text) => {
    expect(() => parseDeadline(text, now)).toThrow(
      expect.objectContaining({ kind: 'settings', message: expect.stringMatching(/no date/) }),
    )
  })

  test('one that has passed is a mistake', () => {
    for (const text of ['2026-11-23', '2026-11-24T11:59:59Z', '2026-11-24T12:00:00Z', '2026-11-24T20:00+09:00', '1999-12-31'])
      expect(() => parseDeadline(text, now), text).toThrow(/has passed/)
    expect(endOfDay('2026-11-23')).toBe(new Date(2026, 10, 24).getTime())
    expect(endOfDay('23.11.2026')).toBeUndefined()
  })
})

test('between two times: a fit that may come to nothing is none, and what may yet be met is not impossible', () => {
  expect(verdictBetween(1, 79, 100)).toBe('fits')
  expect(verdictBetween(1, 90, 100)).toBe('tight')
  expect(verdictBetween(1, 200, 100)).toBe('tight')
  expect(verdictBetween(90, 200, 100)).toBe('tight')
  expect(verdictBetween(101, 200, 100)).toBe('impossible')
})

test('a sample says a range, wider where few were looked at', () => {
  expect(sampleOf([], 'asked')).toBeUndefined()
  expect(sampleOf([100, 300], 'asked')).toEqual({ looked: 2, from: 'asked', mean: 200, least: 100, most: 400 })
  const many = sampleOf(
    Array.from({ length: 100 }, (_, n) => (n % 2 === 0 ? 100 : 300)),
    'saved',
  )!
  expect(many).toMatchObject({ looked: 100, from: 'saved', mean: 200 })
  expect(many.least).toBeCloseTo(200 - 2 * 10.05, 1)
  expect(many.most).toBeCloseTo(200 + 3 * 10.05, 1)
})

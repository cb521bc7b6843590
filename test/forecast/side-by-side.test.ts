import { expect, test } from 'vitest'
import type { RunEvent } from '../../src/core/events.ts'
import { createListingTime } from '../../src/forecast/listing-time.ts'
import { createMeanSize } from '../../src/forecast/mean-size.ts'
import { createOutlook } from '../../src/forecast/outlook.ts'
import { sideBySide } from '../../src/forecast/side-by-side.ts'

const only = Number.POSITIVE_INFINITY

test('what the line holds back goes faster when another ends, what a quota holds back does not', () => {
  const half = { byteRate: 50, ms: 100 }
  expect(sideBySide([{ source: 'a', ...half, most: only }]).get('a')).toBe(100)
  // Two of the same share end together.
  expect([
    ...sideBySide([
      { source: 'a', ...half, most: only },
      { source: 'b', ...half, most: only },
    ]).values(),
  ]).toEqual([100, 100])
  const longer = { byteRate: 50, ms: 300 }
  expect(
    sideBySide([
      { source: 'a', ...half, most: only },
      { source: 'b', ...longer, most: only },
    ]).get('b'),
  ).toBe(200)
  expect(
    sideBySide([
      { source: 'a', ...half, most: only },
      { source: 'b', ...longer, most: 1 },
    ]).get('b'),
  ).toBe(300)
  // A quota that is met on the way.
  expect(
    sideBySide([
      { source: 'a', ...half, most: only },
      { source: 'b', ...longer, most: 1.25 },
    ]).get('b'),
  ).toBe(260)
})

test('what one cannot use of the line is the others’', () => {
  const ends = sideBySide([
    { source: 'a', ms: 100, byteRate: 60, most: only },
    { source: 'b', ms: 400, byteRate: 20, most: 1 },
    { source: 'c', ms: 500, byteRate: 20, most: only },
  ])
  // From 100 on c has 80 of the line: four times as fast.
  expect(ends.get('c')).toBe(200)
  expect(ends.get('b')).toBe(400)
})

test('sizes that nobody told: the mean of what came, with how wrong it may be', () => {
  const sizes = createMeanSize()
  expect(sizes.mean()).toBeUndefined()
  for (let n = 0; n <= 30; n++) sizes.note(n * 20_000, n * 10, n * 10_000)
  expect(sizes.mean()).toEqual({ bytes: 1000, spread: 0 })
  const uneven = createMeanSize()
  let bytes = 0
  for (let n = 0; n <= 30; n++) {
    bytes += n % 10 === 9 ? 1_000_000 : 10_000
    uneven.note(n * 20_000, n * 10, bytes)
  }
  expect(uneven.mean()!.spread).toBeGreaterThan(0.4)
})

test('a listing is timed that was whole, from its first stream to its last', () => {
  let now = 1000
  const time = createListingTime({ now: () => now, sleep: () => Promise.resolve() })
  const at = (ms: number, source: string, state: 'started' | 'resumed' | 'page' | 'done', full = true) => {
    now = ms
    time.note({ event: 'listing', source, stream: 's', state, full, items: 0 } satisfies RunEvent)
  }
  at(1000, 'x/mail', 'started')
  at(2000, 'x/mail', 'started')
  at(3000, 'x/mail', 'done')
  at(61_000, 'x/mail', 'done')
  at(1000, 'x/news', 'started', false)
  at(2000, 'x/news', 'done', false)
  at(1000, 'x/resumed', 'resumed')
  at(2000, 'x/resumed', 'done')
  at(1000, 'x/cut', 'started')
  expect([...time.whole()]).toEqual([['x/mail', 60_000]])
})

test('a run counts in its closing count, and ends no sooner', () => {
  const remaining = (counts: ReadonlyMap<string, number>) => {
    const outlook = createOutlook({ counts })
    for (let at = 0; at <= 600_000; at += 2000) {
      const done = at / 1000
      outlook.note(at, {
        'x/mail': { listing: false, items: 1200, done, failed: 0, bytes: done * 100, bytesLeft: (1200 - done) * 100 },
      })
    }
    return outlook.remaining()!
  }
  expect(remaining(new Map()).ms).toBeCloseTo(600_000, -4)
  expect(remaining(new Map([['x/mail', 300_000]])).ms).toBeCloseTo(900_000, -4)
})

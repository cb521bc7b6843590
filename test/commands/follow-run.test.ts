import { expect, test } from 'vitest'
import { followRun, remainderText } from '../../src/commands/follow-run.ts'
import type { RunEvent } from '../../src/core/events.ts'
import { wordsOf } from '../../src/language/words.ts'
import { memoryJournal } from '../journal/memory-journal.ts'

const minute = 60_000
const start = Date.UTC(2026, 10, 24, 12)

/** A run that takes `perMinute(minute)` items of 10,000 a minute, told every two seconds. */
function go(until: number | undefined, minutes: number, perMinute: (minute: number) => number, language: 'en' | 'ja' = 'en') {
  let now = start
  const told: RunEvent[] = []
  const clock = { now: () => now, sleep: () => Promise.resolve() }
  const followed = followRun({ clock, emit: (event) => told.push(event), words: wordsOf(language), until })
  let done = 0
  for (; now < start + minutes * minute; now += 2000) {
    done += perMinute((now - start) / minute) / 30
    const counts = { listing: false, items: 10_000, done: Math.floor(done), failed: 0, bytes: Math.floor(done) * 1000 }
    followed.emit({
      event: 'progress',
      sources: {
        'x/mail': {
          ...counts,
          bytesLeft: 0,
          unsizedLeft: 10_000 - Math.floor(done),
          unsizedDone: Math.floor(done),
          unsizedBytes: counts.bytes,
        },
      },
    })
  }
  const notices = told.flatMap((one) => (one.event === 'notice' ? [`${one.level}: ${one.message}`] : []))
  return { followed, notices, progress: told.filter(({ event }) => event === 'progress').length }
}

test('a run with a date says whether it fits, once, and again when that changes', () => {
  // 100 a minute are 100 minutes for all; from minute 20 on it is 30 a minute.
  const { notices, followed } = go(start + 200 * minute, 45, (at) => (at < 20 ? 100 : 30))
  expect(notices[0]).toMatch(
    /^info: it will be done in time: as measured it ends about 2026-11-24 13:[34]\d UTC, and there is time until 2026-11-24 15:20 UTC$/,
  )
  expect(notices.at(-1)).toMatch(/^warning: it will not be done in time/)
  expect(notices.length).toBeLessThanOrEqual(3)
  expect(followed.forecast()).toMatchObject({ verdict: 'impossible' })
})

test('without a date nothing is said, and what was measured is kept for plans', () => {
  const { notices, followed, progress } = go(undefined, 12, () => 100)
  expect(notices).toEqual([])
  expect(progress).toBe(12 * 30)
  const { journal } = memoryJournal()
  followed.keep(journal)
  expect(JSON.parse(journal.mark('pace x/mail')!)).toMatchObject({ perItemMs: expect.closeTo(600, -1) })
  // Small things under a quota say nothing of the line.
  expect(journal.mark('line')).toBeUndefined()
})

test('a few minutes are no measure for later plans', () => {
  const { journal } = memoryJournal()
  go(undefined, 4, () => 100).followed.keep(journal)
  expect(journal.mark('pace x/mail')).toBeUndefined()
})

test('a date that passes is told once', () => {
  const { notices } = go(start + 5 * minute, 10, () => 100, 'ja')
  expect(notices.filter((one) => one.includes('過ぎました'))).toHaveLength(1)
})

test('what remains, source by source', () => {
  const until = Date.UTC(2026, 11, 1)
  const remains = [
    { source: 'x/mail', items: 2, bytes: 0, unsized: 2 },
    { source: 'x/drive', items: 0, bytes: 0, unsized: 0 },
    { source: 'x/films', items: 1, bytes: 5_000_000, unsized: 0 },
  ]
  expect(remainderText(remains, until, wordsOf('en'))).toBe(
    [
      'Not taken yet (there is time until 2026-12-01 00:00 UTC):',
      '  x/mail: 2 items, 0 B and 2 files of unknown size',
      '  x/films: 1 item, 5.0 MB',
      'holdall backup --until 2026-12-01T00:00Z goes on where this ended. What it may not reach in time you find in the report, to get it by hand.',
      '',
    ].join('\n'),
  )
  expect(remainderText([], until, wordsOf('ja'))).toContain('残っているものはありません')
})

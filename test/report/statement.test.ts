import { describe, expect, test } from 'vitest'
import { Failure } from '../../src/core/failure.ts'
import type { Tally } from '../../src/core/state.ts'
import { checkReasons, makeStatement, type SourceFacts, sumOf } from '../../src/report/statement.ts'

function tally(counts: Partial<Tally>): Tally {
  const all = { bytes: 0, saved: 0, unchanged: 0, unexportable: 0, excluded: 0, gone: 0, pending: 0, failed: 0, ...counts }
  const { saved, unchanged, unexportable, excluded, gone, pending, failed } = all
  return { items: saved + unchanged + unexportable + excluded + gone + pending + failed, ...all }
}

const facts = (more: Partial<SourceFacts> = {}): SourceFacts => ({
  source: 'home/files',
  tally: tally({ saved: 3, unchanged: 4, bytes: 70 }),
  listed: 2000,
  counted: undefined,
  failure: undefined,
  unsettled: false,
  configured: true,
  ...more,
})

describe('the verdict of one source', () => {
  test.each<[string, Partial<SourceFacts>, string, string[]]>([
    ['all saved', {}, 'complete', []],
    ['nothing there', { tally: tally({}) }, 'complete', []],
    ['not exportable', { tally: tally({ saved: 1, unexportable: 2 }) }, 'complete-but', []],
    ['left out', { tally: tally({ excluded: 1 }) }, 'complete-but', []],
    ['gone first', { tally: tally({ saved: 1, gone: 1 }) }, 'complete-but', []],
    ['one pending', { tally: tally({ saved: 1_000_000, pending: 1 }) }, 'not-complete', ['pending']],
    ['one failed', { tally: tally({ saved: 1_000_000, failed: 1 }) }, 'not-complete', ['failed']],
    ['never listed', { tally: tally({}), listed: undefined }, 'not-complete', ['never-listed']],
    ['never listed, though things were saved', { listed: undefined }, 'not-complete', ['never-listed']],
    ['a failure', { failure: { kind: 'signin', message: 'signed out' } }, 'not-complete', ['failure']],
    ['changed and not counted', { unsettled: true }, 'not-complete', ['unsettled']],
    [
      'everything at once',
      { tally: tally({ pending: 1, failed: 1, gone: 1 }), failure: { kind: 'unlisted', message: 'm' }, unsettled: true },
      'not-complete',
      ['failure', 'pending', 'failed'],
    ],
  ])('%s', (_, more, verdict, obstacles) => {
    const [source] = makeStatement([facts(more)]).sources
    expect({ verdict: source!.verdict, obstacles: source!.obstacles }).toEqual({ verdict, obstacles })
  })
})

describe('since when nothing older is missing', () => {
  test.each<[string, Partial<SourceFacts>, number | undefined, boolean]>([
    ['the listing, where there is no other road', {}, 2000, false],
    ['the closing count', { counted: 1500 }, 1500, true],
    ['nobody knows after a failure', { counted: 1500, failure: { kind: 'offline', message: 'm' } }, undefined, false],
    ['nobody knows before the count', { counted: 1500, unsettled: true }, undefined, false],
    ['nobody knows without a listing', { listed: undefined, counted: 1500 }, undefined, false],
  ])('%s', (_, more, asOf, countedTwice) => {
    const [source] = makeStatement([facts(more)]).sources
    expect({ asOf: source!.asOf, countedTwice: source!.countedTwice }).toEqual({ asOf, countedTwice })
  })

  test.each<[string, Partial<SourceFacts>, number, number | undefined]>([
    ['a count of the past', { counted: 1500 }, 2000, 1500],
    ['a count of this moment', { counted: 2000 }, 2000, 2000],
    ['a count of the future', { listed: 1500, counted: 2001 }, 2000, undefined],
    ['a listing of the future', {}, 1999, undefined],
  ])('%s: no time is stated that has not come', (_, more, now, asOf) => {
    const [source] = makeStatement([facts(more)], now).sources
    expect({ asOf: source!.asOf, ahead: source!.clockAhead }).toEqual({ asOf, ahead: asOf === undefined })
    expect(source!.countedTwice).toBe(asOf !== undefined)
    // The items are there all the same.
    expect(source!.verdict).toBe('complete')
  })
})

describe('the whole', () => {
  test('one source that is not complete makes the whole not complete', () => {
    const statement = makeStatement([facts(), facts({ source: 'a/b', tally: tally({ pending: 1 }) })])
    expect(statement.verdict).toBe('not-complete')
  })

  test('adds up, and counts what will never be saved', () => {
    const statement = makeStatement([
      facts({ tally: tally({ saved: 1, unexportable: 2, bytes: 5 }) }),
      facts({ source: 'a/b', tally: tally({ unchanged: 3, excluded: 4, gone: 5, bytes: 6 }) }),
    ])
    expect(statement).toMatchObject({ verdict: 'complete-but', butFor: 11, total: { items: 15, bytes: 11 } })
  })

  test('no source at all is never complete', () => {
    expect(makeStatement([]).verdict).toBe('not-complete')
  })

  test('counts that do not add up are a fault', () => {
    const wrong = { ...tally({ saved: 1 }), items: 2 }
    expect(() => makeStatement([facts({ tally: wrong })])).toThrow(Failure)
    expect(() => makeStatement([facts({ tally: wrong })])).toThrow(/home\/files: the states of 2 items add up to 1/)
  })

  test('reasons that do not add up are a fault', () => {
    const counts = tally({ saved: 9, failed: 3, gone: 1 })
    const good = [
      { state: 'failed', count: 1 },
      { state: 'failed', count: 2 },
      { state: 'gone', count: 1 },
    ] as const
    expect(() => checkReasons('a/b', counts, good)).not.toThrow()
    expect(() => checkReasons('a/b', counts, good.slice(1))).toThrow(/a\/b: 3 items are failed, but their reasons add up to 2/)
    expect(() => checkReasons('a/b', counts, [...good, { state: 'pending', count: 1 }])).toThrow(/0 items are pending/)
  })

  test('a sum of tallies is a tally', () => {
    expect(sumOf([])).toEqual(tally({}))
    expect(sumOf([tally({ saved: 1, failed: 2, bytes: 3 }), tally({ pending: 4 })])).toEqual(
      tally({ saved: 1, failed: 2, bytes: 3, pending: 4 }),
    )
  })
})

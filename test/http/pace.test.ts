import { describe, expect, test } from 'vitest'
import { firstPace, nextPace, type Pace, type PaceOutcome } from '../../src/http/pace.ts'
import { type RefusalSeen, restUntil } from '../../src/http/rest.ts'
import { createSpent } from '../../src/http/spent.ts'

const fine: PaceOutcome = { outcome: 'fine', cost: 20, heldUp: true }
const idle: PaceOutcome = { ...fine, heldUp: false }
const refused = (refusal: 'first' | 'again' | 'together', measured?: number): PaceOutcome => ({
  outcome: 'throttled',
  refusal,
  measured,
})
const times = (count: number, what: PaceOutcome) => Array.from({ length: count }, () => what)
const open = { unitsPerSecond: 100, most: 1000, windowMs: 60_000 }
const closed = { unitsPerSecond: 100 }

describe('pace', () => {
  const after = (steps: readonly PaceOutcome[], budget: typeof open | typeof closed) =>
    steps.reduce<Pace>((pace, what) => nextPace(pace, what, budget), firstPace(budget)).rate
  test.each<[string, readonly PaceOutcome[], typeof open | typeof closed, number]>([
    ['is the documented one at first', [], open, 100],
    ['and stays so for 200 good requests', times(200, fine), open, 100],
    ['and for ever where nothing allows more', times(5000, fine), closed, 100],
    ['and for ever where nobody waits', times(5000, idle), open, 100],
    ['rises by 15 % with the units of the next minute', times(200 + 300, fine), open, 115],
    ['up to what the budget allows', times(20_000, fine), open, 1000],
    ['is just below what was there at a refusal', [refused('first', 80)], open, 78.4],
    ['halves at most, since little may have been tried', [refused('first', 2)], open, 49],
    ['is not above itself because a window held a burst', [refused('first', 120)], open, 98],
    ['takes refusals together as one', [refused('first', 80), ...times(9, refused('together', 3))], open, 78.4],
    ['does not fall while a rest proves too short', [refused('first', 80), ...times(9, refused('again', 3))], open, 78.4],
    ['stays there for 200 good requests', [refused('first', 80), ...times(200, fine)], open, 78.4],
    ['and 200 for each that was refused with it', [refused('first', 80), refused('together'), ...times(400, fine)], open, 78.4],
    ['rises after that', [refused('first', 80), ...times(200, fine), ...times(235, fine)], open, 78.4 * 1.15],
    [
      'stays twice as long at a limit that lasts',
      [refused('first', 80), ...times(230, fine), refused('first', 80), ...times(400, fine)],
      open,
      78.4,
    ],
    ['halves where nothing is measured', [refused('first')], closed, 50],
    ['and again', [refused('first'), refused('again')], closed, 25],
    ['but once for those together', [refused('first'), ...times(9, refused('together'))], closed, 50],
    ['recovers soon', [refused('first'), ...times(5, { ...idle, cost: 50 })], closed, 71.4],
    ['to just below what was refused', [refused('first'), ...times(200, idle)], closed, 90],
    ['and slowly to all', [refused('first'), ...times(5000, fine)], closed, 100],
    ['never stops altogether', [refused('first'), ...times(40, refused('again'))], closed, 100 / 64],
  ])('%s', (_, steps, budget, rate) => {
    expect(after(steps, budget) / rate).toBeCloseTo(1, 2)
  })
})

describe('rest', () => {
  const turn = Date.UTC(2026, 10, 24, 12)
  const seen = (more: Partial<RefusalSeen> & { readonly second: number }): RefusalSeen => ({
    now: turn + more.second * 1000,
    windowMs: 60_000,
    inARow: 1,
    spent: 5900,
    freeAt: () => turn,
    documented: 6000,
    expected: 6000,
    restMs: 1000,
    ...more,
  })
  test.each<[string, RefusalSeen, number]>([
    ['a little too much: shortly', seen({ second: 20 }), 21],
    ['and until something is a minute ago', seen({ second: 20, freeAt: () => turn + 28_000 }), 28],
    ['near the end of the minute: until then', seen({ second: 55 }), 61],
    ['and refused again: until the minute ends', seen({ second: 20, inARow: 2 }), 61],
    ['and again, since clocks differ: longer and longer', seen({ second: 1, inARow: 3 }), 5],
    ['but not past the next minute', seen({ second: 1, inARow: 30 }), 61],
    ['much less than expected: until the minute ends', seen({ second: 30, spent: 3000 }), 61],
    ['or until room comes', seen({ second: 30, spent: 3000, freeAt: () => turn + 75_000 }), 75],
    ['at the very beginning: shortly', seen({ second: 3, spent: 100 }), 4],
  ])('%s', (_, refusal, second) => {
    expect((restUntil(refusal) - turn) / 1000).toBe(second)
  })
})

describe('what was spent in the last minute', () => {
  test('leaves it a minute later', () => {
    const spent = createSpent(60_000)
    for (let second = 0; second < 90; second++) spent.add(10, second * 1000)
    expect(spent.since(30_000, 89_000)).toBe(600)
    expect(spent.since(80_000, 89_000)).toBe(100)
    expect(spent.freeAt(15, 89_000)).toBe(92_000)
    expect(spent.since(40_000, 99_000)).toBe(500)
    expect(spent.since(0, 1_000_000)).toBe(0)
    expect(spent.freeAt(15, 1_000_000)).toBe(1_000_000)
  })
  test('without what was refused, nor what a clock that was set back has before it', () => {
    const spent = createSpent(60_000)
    spent.add(20, 1000)
    spent.add(20, 1500)
    spent.remove(20, 1000)
    expect(spent.since(0, 2000)).toBe(20)
    spent.add(5, 500_000)
    expect(spent.since(0, 1000)).toBe(0)
  })
})

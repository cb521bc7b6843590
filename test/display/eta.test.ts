import { expect, test } from 'vitest'
import { currentPace, nextPace, type Pace, rateOf, remainingMs, remainingPace, roundGuess } from '../../src/display/eta.ts'

const minute = 60_000
const hour = 60 * minute

/** Samples every half second of a speed (units a second) for so many seconds each. */
function run(phases: readonly (readonly [seconds: number, speed: number])[], options = remainingPace): Pace {
  let pace = nextPace(undefined, 0, 0, options)
  for (const [seconds, speed] of phases)
    for (let at = 0; at < seconds * 2; at++) pace = nextPace(pace, pace.at + 500, pace.done + speed / 2, options)
  return pace
}

// What is left is always an hour's work at 100 units a second.
test.each<[string, [number, number][], number, number]>([
  ['steady', [[600, 100]], 60, 60],
  ['steady, seen for a few seconds', [[4, 100]], 60, 60],
  [
    'a stall of 20 s',
    [
      [300, 100],
      [20, 0],
    ],
    60,
    85,
  ],
  [
    'a stall of 29 s',
    [
      [300, 100],
      [29, 0],
    ],
    60,
    100,
  ],
  [
    'after a stall of an hour',
    [
      [300, 100],
      [3600, 0],
      [5, 100],
    ],
    60,
    100,
  ],
  [
    'long after a stall',
    [
      [300, 100],
      [3600, 0],
      [240, 100],
    ],
    60,
    62,
  ],
  [
    'a burst of 2 s ten times as fast',
    [
      [300, 100],
      [2, 1000],
    ],
    40,
    60,
  ],
  [
    'in bits, one item in 8 s',
    Array.from(
      { length: 60 },
      () =>
        [
          [7.5, 0],
          [0.5, 1600],
        ] as [number, number][],
    ).flat(),
    54,
    66,
  ],
  [
    'ten times slower for good, after five minutes',
    [
      [300, 100],
      [300, 10],
    ],
    500,
    600,
  ],
  [
    'ten times slower for 10 s',
    [
      [300, 100],
      [10, 10],
    ],
    60,
    75,
  ],
])('time left: %s', (_, phases, least, most) => {
  const left = remainingMs(run(phases), 360_000, remainingPace)!
  expect(left / minute).toBeGreaterThanOrEqual(least - 0.01)
  expect(left / minute).toBeLessThanOrEqual(most + 0.01)
})

test.each<[string, [number, number][]]>([
  ['before anything was seen', []],
  ['in the first seconds', [[2, 100]]],
  ['where nothing ever moved', [[20, 0]]],
  [
    'in a stall of more than half a minute',
    [
      [300, 100],
      [31, 0],
    ],
  ],
])('no time left is told %s', (_, phases) => {
  expect(remainingMs(run(phases), 1000, remainingPace)).toBeUndefined()
})

test('nothing left is no time left', () => {
  expect(remainingMs(undefined, 0, remainingPace)).toBe(0)
})

test('a growing total moves the guess in proportion, not the speed', () => {
  const pace = run([[300, 100]])
  expect(remainingMs(pace, 2000, remainingPace)! / remainingMs(pace, 1000, remainingPace)!).toBeCloseTo(2)
})

test('hours of sleep and a clock that is set back do not count', () => {
  const before = run([[300, 100]])
  const slept = nextPace(before, before.at + 8 * hour, before.done, remainingPace)
  const back = nextPace(slept, 0, slept.done + 50, remainingPace)
  expect(remainingMs(nextPace(back, 500, back.done + 50, remainingPace), 360_000, remainingPace)! / minute).toBeCloseTo(60, 0)
})

test('the rate of now falls in a stall', () => {
  expect(rateOf(run([[60, 100]], currentPace))).toBeCloseTo(100)
  expect(
    rateOf(
      run(
        [
          [60, 100],
          [15, 0],
        ],
        currentPace,
      ),
    ),
  ).toBeLessThan(10)
})

test.each([
  [400, 10_000],
  [61_000, 70_000],
  [3.2 * minute, 4 * minute],
  [71 * minute, 75 * minute],
  [7.1 * hour, 8 * hour],
])('%d ms are told as %d ms', (ms, told) => {
  expect(roundGuess(ms)).toBe(told)
})

import { expect, test } from 'vitest'
import { isKept, type KeptLevels, type Level, levelNow } from '../../src/http/kept-levels.ts'
import { createLimiter } from '../../src/http/limiter.ts'
import { manualClock } from './clocks.ts'

const slow = { id: 'slow', unitsPerSecond: 0.1, burst: 40, concurrency: 5 }
const { signal } = new AbortController()

test('budgets that fill within a minute are not kept', () => {
  expect(isKept(slow)).toBe(true)
  expect(isKept({ ...slow, unitsPerSecond: 7.5, burst: 150 })).toBe(false)
})

test('a level rises with time; one of the future says no more than it does', () => {
  expect(levelNow({ units: 5, at: 1000 }, 11_000, 0.1)).toBe(6)
  expect(levelNow({ units: -3, at: 1000 }, 11_000, 0.1)).toBe(-2)
  expect(levelNow({ units: 5, at: 11_000 }, 1000, 0.1)).toBe(5)
})

test('a new limiter goes on with what the one before left, and one beside it takes its share', async () => {
  const clock = manualClock()
  const levels = new Map<string, Level>()
  const kept: KeptLevels = { read: (id) => levels.get(id), write: (id, level) => levels.set(id, level) }
  const open = () => createLimiter({ budget: slow, clock, patienceMs: 3_600_000, restMs: 1000, kept })
  const first = open()
  for (let request = 0; request < 39; request++) (await first.enter(1, signal)).leave()
  let entered = 0
  const enter = async (limiter: ReturnType<typeof open>) => {
    const place = await limiter.enter(1, signal)
    entered++
    place.leave()
  }
  const [next, beside] = [open(), open()]
  for (const limiter of [next, beside, first]) void enter(limiter)
  await clock.advance(0)
  expect(entered).toBe(1)
  await clock.advance(9_000)
  expect(entered).toBe(1)
  await clock.advance(2_000)
  expect(entered).toBe(2)
  await clock.advance(10_000)
  expect(entered).toBe(3)
})

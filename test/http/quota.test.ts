import { describe, expect, test } from 'vitest'
import type { Budget } from '../../src/core/provider.ts'
import { drive, type Minute, type QuotaServer, shares } from './quota-server.ts'

/** Gmail's: 6,000 units a minute documented, 60,000 where a project is old; a message costs 20. */
const budget: Budget = { id: 'x', unitsPerSecond: 97.3, most: 1000, windowMs: 60_000, burst: 120, concurrency: 5 }

const windows = ['clock', 'sliding'] as const
/** The start within the server's minute, and the time for an answer. */
const starts = [0, 20_000, 45_000].flatMap((phaseMs) => [80, 250].map((latencyMs) => ({ phaseMs, latencyMs })))
const cases = windows.flatMap((window) => starts.map((start) => ({ window, ...start })))

const run = (server: Omit<QuotaServer, 'quota'> & { quota: QuotaServer['quota'] }, minutes: number) =>
  drive(budget, server, minutes)
/** Whatever a minute of the clock left of a minute of ours. */
const expectUsed = (minutes: readonly Minute[], least: number, refusedBelow = 0.01) => {
  const { used, refused } = shares(minutes)
  expect(refused).toBeLessThan(refusedBelow)
  expect(used).toBeGreaterThan(least)
}

describe.each(cases)('$window minutes, $phaseMs ms into one, $latencyMs ms for an answer', (how) => {
  test('the documented quota is used to 95 %, from the first minute on, with less than one call of a hundred refused', async () => {
    const minutes = await run({ ...how, quota: () => 6000 }, 30)
    expectUsed(minutes.slice(0, 1), 0.99)
    expectUsed(minutes.slice(0, 5), 0.95)
    expectUsed(minutes, 0.96, 0.005)
  })

  test('half of it, because another program takes the rest: the same', async () => {
    const minutes = await run({ ...how, quota: () => 3000 }, 40)
    // Those that are under way when the first refusal is heard cannot be helped: one in 80 ms, two in 250.
    expectUsed(minutes.slice(0, 1), 0.99, how.latencyMs === 80 ? 0.01 : 0.014)
    expectUsed(minutes.slice(0, 3), 0.83)
    expectUsed(minutes.slice(0, 10), 0.95)
    expectUsed(minutes, 0.95, 0.006)
    expectUsed(minutes.slice(-10), 0.95)
  })

  test('ten times as much, of an old project, is found in minutes', async () => {
    const minutes = await run({ ...how, quota: () => 60_000, latencyMs: 60 }, 12)
    expectUsed(minutes.slice(0, 1), 0.09)
    expectUsed(minutes.slice(7), 0.98)
  })

  test('twice as much is found and kept to', async () => {
    const minutes = await run({ ...how, quota: () => 12_000 }, 30)
    expectUsed(minutes.slice(0, 10), 0.75)
    expectUsed(minutes.slice(10), 0.95)
  })

  test('one that is halved in the middle and whole again later', async () => {
    const minutes = await run({ ...how, quota: (ms) => (ms < 10 * 60_000 || ms >= 25 * 60_000 ? 6000 : 3000) }, 45)
    expectUsed(minutes, 0.87)
    // What was spent before counts against the half for a minute.
    expectUsed(minutes.slice(12, 25), 0.95)
    expectUsed(minutes.slice(35), 0.95)
  })
})

test.each(windows)('a tenth, %s: at the end of the first ten minutes it is known', async (window) => {
  const minutes = await run({ window, phaseMs: 0, latencyMs: 80, quota: () => 600 }, 40)
  expectUsed(minutes.slice(10), 0.92)
})

test('nothing at all for five minutes: few try, and it goes on', async () => {
  const minutes = await run(
    { window: 'sliding', phaseMs: 0, latencyMs: 80, quota: (ms) => (ms >= 300_000 && ms < 600_000 ? 0 : 6000) },
    20,
  )
  expect(minutes.slice(5, 10).reduce((sum, { refused }) => sum + refused, 0)).toBeLessThan(60)
  expectUsed(minutes.slice(12), 0.9)
})

test('calls of several prices', async () => {
  const price = (call: number) => [20, 5, 1, 2, 20][call % 5]!
  const minutes = await run({ window: 'sliding', phaseMs: 20_000, latencyMs: 80, quota: () => 6000, price }, 30)
  expectUsed(minutes, 0.95)
})

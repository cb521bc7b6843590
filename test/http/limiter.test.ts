import { expect, test } from 'vitest'
import { Failure } from '../../src/core/failure.ts'
import type { Budget } from '../../src/core/provider.ts'
import { createLimiter, type Place } from '../../src/http/limiter.ts'
import { manualClock } from './clocks.ts'
import { rejection } from './connect.ts'

const signal = new AbortController().signal

function start(budget: Partial<Budget> = {}) {
  const clock = manualClock()
  const limiter = createLimiter({
    budget: { id: 'x', unitsPerSecond: 10, burst: 10, concurrency: 100, ...budget },
    clock,
    patienceMs: 300_000,
    restMs: 1000,
  })
  const entered: { name: string; at: number; place: Place }[] = []
  const began = clock.now()
  const enter = (name: string, cost = 1, at: AbortSignal = signal) =>
    limiter.enter(cost, at).then((place) => {
      entered.push({ name, at: clock.now() - began, place })
    })
  return { clock, limiter, entered, enter, names: () => entered.map(({ name }) => name) }
}

test('a burst goes at once, what follows at the rate of the units, in order', async () => {
  const { clock, enter, entered } = start()
  for (let index = 0; index < 30; index++) void enter(String(index))
  await clock.advance(0)
  expect(entered).toHaveLength(10)
  await clock.advance(1000)
  expect(entered).toHaveLength(20)
  await clock.advance(1000)
  expect(entered.map(({ name }) => Number(name))).toEqual(Array.from({ length: 30 }, (_, index) => index))
  expect(entered[10]?.at).toBeCloseTo(100, 0)
})

test('a dear request is not overtaken by cheap ones, and one dearer than the burst waits for a full budget', async () => {
  const { clock, enter, entered, names } = start()
  await enter('first', 10)
  void enter('dear', 50)
  void enter('cheap', 1)
  await clock.advance(900)
  expect(names()).toEqual(['first'])
  await clock.advance(100)
  expect(names()).toEqual(['first', 'dear'])
  // It left a debt of 40 units.
  await clock.advance(4000)
  expect(names()).toEqual(['first', 'dear'])
  await clock.advance(200)
  expect(names()).toEqual(['first', 'dear', 'cheap'])
  expect(entered).toHaveLength(3)
})

test('places are held until they are left, once', async () => {
  const { clock, enter, entered, names } = start({ concurrency: 2, burst: 1000 })
  for (const name of ['a', 'b', 'c', 'd']) void enter(name)
  await clock.advance(60_000)
  expect(names()).toEqual(['a', 'b'])
  entered[0]?.place.leave()
  entered[0]?.place.leave()
  await clock.advance(0)
  expect(names()).toEqual(['a', 'b', 'c'])
})

test('an abort ends the wait with its reason and lets the next one through', async () => {
  const { clock, enter, names } = start()
  await enter('first', 10)
  const controller = new AbortController()
  const dear = rejection(enter('dear', 10, controller.signal))
  void enter('cheap', 1)
  await clock.advance(200)
  expect(names()).toEqual(['first'])
  const reason = new Error('stop')
  controller.abort(reason)
  expect(await dear).toBe(reason)
  await clock.advance(0)
  expect(names()).toEqual(['first', 'cheap'])
  expect(await rejection(enter('late', 1, controller.signal))).toBe(reason)
})

test('closed: nobody enters before the time, those who wait neither, and it opens slowly', async () => {
  const { clock, limiter, enter, names } = start()
  void enter('before')
  await clock.advance(0)
  const failure = new Failure('throttled', 'too many requests')
  expect(limiter.close(clock.now() + 30_000, failure)).toBe(true)
  expect(limiter.close(clock.now() + 20_000, failure)).toBe(false)
  for (const name of ['a', 'b', 'c']) void enter(name)
  await clock.advance(29_999)
  expect(names()).toEqual(['before'])
  await clock.advance(101)
  expect(names()).toEqual(['before', 'a'])
  await clock.advance(200)
  expect(names()).toEqual(['before', 'a', 'b', 'c'])
})

test('closed for longer than anyone waits: all are told until when, at once', async () => {
  const { clock, limiter, enter } = start({ concurrency: 1 })
  await enter('holder')
  const waiting = rejection(enter('waiting'))
  const until = clock.now() + 3_600_000
  limiter.close(until, new Failure('throttled', 'the quota of the day is used up', { stops: 'source' }))
  for (const failure of [await waiting, await rejection(enter('later'))]) {
    expect(failure).toBeInstanceOf(Failure)
    expect([failure.kind, failure.retryAfter, failure.stops, failure.message]).toEqual([
      'throttled',
      until,
      'source',
      'the quota of the day is used up',
    ])
  }
})

test('a refusal halves the rate where the quota has no window, those refused together halve it once', async () => {
  const { clock, enter, entered } = start({ burst: 10 })
  await Promise.all(Array.from({ length: 10 }, (_, index) => enter(String(index))))
  for (const { place } of entered) expect(place.refused()).toBe(clock.now() + 1000)
  for (let index = 0; index < 50; index++) void enter(String(index))
  await clock.advance(2000)
  expect(entered.length).toBeGreaterThanOrEqual(19)
  expect(entered.length).toBeLessThanOrEqual(20)
})

test('after successes only those who had to wait for units make it faster', async () => {
  const idle = start({ most: 100, burst: 1000, concurrency: 1e6 })
  for (let index = 0; index < 500; index++) await idle.enter(String(index))
  for (const { place } of idle.entered) place.succeeded()
  const busy = start({ most: 100, burst: 1, concurrency: 1e6 })
  for (let index = 0; index < 1000; index++) void busy.enter(String(index))
  for (let second = 0; second < 95; second++) {
    await busy.clock.advance(1000)
    for (const { place } of busy.entered.splice(0)) place.succeeded()
  }
  for (const { clock, entered, enter } of [idle, busy]) {
    await clock.advance(200_000)
    entered.length = 0
    for (let index = 0; index < 3000; index++) void enter(String(index), 1)
  }
  await Promise.all([idle.clock.advance(30_000), busy.clock.advance(30_000)])
  expect(idle.entered.length).toBeLessThanOrEqual(1000 + 300)
  expect(busy.entered.length).toBeGreaterThan(330)
})

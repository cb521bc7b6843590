import { expect, test } from 'vitest'
import type { RunEvent } from '../../src/core/events.ts'
import { Failure } from '../../src/core/failure.ts'
import { createConnectivity } from '../../src/http/connectivity.ts'
import { jumpingClock, manualClock } from './clocks.ts'
import { connect, rejection } from './connect.ts'
import { deadPort, serve } from './serve.ts'

const failure = new Failure('offline', 'a.test could not be found')

function start() {
  const clock = manualClock()
  const connectivity = createConnectivity({ clock })
  const events: RunEvent[] = []
  const went: string[] = []
  const wait = (name: string, options: { origin?: string; signal?: AbortSignal; fresh?: boolean; forMs?: number } = {}) => {
    const waiting = connectivity.wait({
      account: name.slice(0, 1),
      origin: options.origin ?? 'https://a.test',
      ...(!options.fresh && { failure }),
      forMs: options.forMs ?? 3_600_000,
      forMsAtFirst: 300_000,
      emit: (event) => events.push(event),
      signal: options.signal ?? new AbortController().signal,
    })
    waiting.then(
      () => went.push(name),
      () => {},
    )
    return waiting
  }
  /** A request that fails whenever it is its turn. */
  const probing = async (name: string) => {
    for (;;) await wait(name)
  }
  return { clock, connectivity, events, went, wait, probing }
}

test('one probe at a time goes out, at growing intervals up to 30 s; an answer lets all go, each account told once', async () => {
  const { clock, connectivity, events, went, wait } = start()
  connectivity.heard()
  const began = clock.now()
  const probes: number[] = []
  const probe = () =>
    void wait('a1').then(() => {
      probes.push(clock.now() - began)
      if (connectivity.paused) probe()
    })
  probe()
  await clock.advance(125_000)
  expect(probes).toEqual([1000, 3000, 7000, 15_000, 31_000, 61_000, 91_000, 121_000])
  void wait('a2')
  void wait('b1')
  expect(events.map(({ event }) => event)).toEqual(['paused', 'paused'])
  connectivity.heard('https://b.test')
  await clock.advance(0)
  expect(connectivity.paused).toBe(false)
  expect(went).toContain('a2')
  expect(went).toContain('b1')
  expect(events.slice(2)).toEqual([
    { event: 'resumed', account: 'a', afterMs: 125_000 },
    { event: 'resumed', account: 'b', afterMs: 125_000 },
  ])
  expect(clock.sleeping).toBe(0)
})

test('each server gets its turn as a probe, since only one of them may be down', async () => {
  const { clock, went, wait } = start()
  for (const name of ['a1', 'a2', 'a3']) void wait(name, { origin: 'https://a.test' })
  void wait('b1', { origin: 'https://b.test' })
  await clock.advance(1000)
  await clock.advance(2000)
  expect(went).toEqual(['a1', 'b1'])
})

test('it gives up after the time given, sooner where nothing has ever answered; new requests may try then', async () => {
  const later = start()
  later.connectivity.heard()
  const long = rejection(later.probing('a1'))
  const beside = rejection(later.probing('b1'))
  await later.clock.advance(3_590_000)
  expect(later.connectivity.paused).toBe(true)
  expect(later.went.length).toBeGreaterThan(100)
  await later.clock.advance(60_000)
  for (const outcome of [await long, await beside]) {
    expect(outcome.kind).toBe('offline')
    expect(outcome.message).toContain('could not be found')
  }
  expect(later.events.map(({ event }) => event)).toEqual(['paused', 'paused'])

  const never = start()
  const short = rejection(never.probing('a1'))
  await never.clock.advance(340_000)
  expect((await short).kind).toBe('offline')
  await never.wait('a2', { fresh: true })
  expect((await rejection(never.wait('a3'))).kind).toBe('offline')
})

test('a night in which the machine sleeps is not counted', async () => {
  const { clock, connectivity, wait, probing } = start()
  connectivity.heard()
  void probing('a1')
  await clock.advance(10_000)
  clock.jump(12 * 3_600_000)
  await clock.advance(60_000)
  expect(connectivity.paused).toBe(true)
  void wait('a2')
  connectivity.heard()
  expect(connectivity.paused).toBe(false)
})

test('an abort ends the wait; a pause without waiters runs no timer, and the next waiter starts it again', async () => {
  const { clock, went, wait } = start()
  const controller = new AbortController()
  const waiting = rejection(wait('a1', { signal: controller.signal }))
  const reason = new Error('stop')
  controller.abort(reason)
  expect(clock.sleeping).toBe(0)
  void wait('a2')
  expect(await waiting).toBe(reason)
  await clock.advance(1000)
  expect(went).toEqual(['a2'])
})

test('a server that comes back after a long while: the run paused, said so, and spent no attempts', async () => {
  const port = await deadPort()
  const clock = manualClock()
  const connectivity = createConnectivity({ clock })
  const { get, events } = connect({ clock, connectivity, limits: { retryForMs: 5000 } })
  connectivity.heard()
  await clock.advance(11_000)
  const url = `http://127.0.0.1:${port}/x`
  const sent = get(url)
  await expect.poll(() => events.length).toBe(1)
  expect(events[0]).toMatchObject({ event: 'paused', account: 'home', reason: expect.stringContaining('refuses connections') })
  const late = get(url)
  for (let index = 0; index < 40; index++) {
    await clock.advance(30_000)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  expect(events).toHaveLength(1)
  await serve((_, response) => response.end('fine'), { port })
  for (let index = 0; index < 4; index++) {
    await clock.advance(30_000)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  expect([await (await sent).text(), await (await late).text()]).toEqual(['fine', 'fine'])
  expect(events.map(({ event }) => event)).toEqual(['paused', 'resumed'])
})

test('while other servers answer, one that is down is tried for a limited time', async () => {
  const clock = jumpingClock()
  const port = await deadPort()
  const connectivity = createConnectivity({ clock })
  const { get, events } = connect({ clock, connectivity, limits: { retryForMs: 8000 } })
  connectivity.heard('https://other.test')
  const outcome = await rejection(get(`http://127.0.0.1:${port}/`))
  expect(outcome.kind).toBe('transient')
  expect(new Set(events.map(({ event }) => event))).toEqual(new Set(['retry']))
})

test('nothing has ever answered: offline, after the patience of one request', async () => {
  const clock = jumpingClock()
  const began = clock.now()
  const { get } = connect({ clock })
  const outcome = await rejection(get(`http://127.0.0.1:${await deadPort()}/`))
  expect([outcome.kind, outcome.stops]).toEqual(['offline', 'source'])
  expect(clock.now() - began).toBeLessThan(400_000)
})

test('an abort ends the pause of a request', async () => {
  const clock = manualClock()
  const controller = new AbortController()
  const { get, events } = connect({ clock, signal: controller.signal })
  const sent = rejection(get(`http://127.0.0.1:${await deadPort()}/`))
  await expect.poll(() => events.length).toBe(1)
  const reason = new Error('stop')
  controller.abort(reason)
  expect(await sent).toBe(reason)
  expect(clock.sleeping).toBe(0)
})

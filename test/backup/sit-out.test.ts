import { expect, test } from 'vitest'
import type { Summary } from '../../src/backup/run.ts'
import { sitOutCaps } from '../../src/backup/sit-out.ts'
import { Failure } from '../../src/core/failure.ts'
import type { ExitStatus, Tally } from '../../src/core/state.ts'
import { hastyClock } from './bench-archive.ts'

const tally = (saved: number): Tally => ({
  items: 9,
  bytes: 0,
  saved,
  unchanged: 0,
  unexportable: 0,
  excluded: 0,
  gone: 0,
  pending: 9 - saved,
  failed: 0,
})
const summary = (status: ExitStatus, saved: number, failure?: Failure): Summary => ({
  status,
  sources: { 'a/b': tally(saved) },
  failures: new Map(failure === undefined ? [] : [['a/b', failure]]),
  interrupted: false,
})
const hour = 3_600_000

function sitting(answers: ((now: number) => Summary)[], signal = new AbortController().signal) {
  const clock = hastyClock()
  const notices: string[] = []
  let runs = 0
  const work = sitOutCaps({
    clock,
    signal,
    emit: (event) => event.event === 'notice' && notices.push(event.message),
    run: async () => answers[Math.min(runs++, answers.length - 1)]!(clock.now()),
  })
  return { clock, notices, work, runs: () => runs }
}

const capped = (saved: number, ms: number) => (now: number) =>
  summary(3, saved, new Failure('throttled', 'the daily limit is used up', { retryAfter: now + ms, stops: 'source' }))

test('waits until a cap is over and goes on, as often as it takes', async () => {
  const sat = sitting([capped(4, hour), capped(2, 2 * hour), () => summary(0, 3)])
  expect((await sat.work).status).toBe(0)
  expect(sat.clock.slept.map((ms) => Math.round(ms / hour))).toEqual([1, 2])
  expect(sat.notices).toHaveLength(2)
  expect(sat.notices[0]).toMatch(/^a daily limit is used up: waiting until \d{4}-\d\d-\d\d \d\d:\d\d UTC/)
})

test('does not wait for what time does not mend', async () => {
  for (const answer of [
    () => summary(0, 9),
    () => summary(3, 1, new Failure('transient', 'the service is down')),
    () => summary(4, 1, new Failure('signin', 'sign in')),
    (now: number) => ({ ...capped(1, hour)(now), interrupted: true, status: 130 as const }),
    (now: number) => ({ ...capped(1, hour)(now), status: 5 as const }),
  ]) {
    const sat = sitting([answer])
    await sat.work
    expect(sat.clock.slept).toEqual([])
    expect(sat.runs()).toBe(1)
  }
})

test('gives up when nothing moves after three caps in a row', async () => {
  const sat = sitting([capped(0, hour)])
  expect((await sat.work).status).toBe(3)
  expect(sat.runs()).toBe(3)
})

test('a stop during the wait is an interruption', async () => {
  const stop = new AbortController()
  const sat = sitting([capped(1, hour)], stop.signal)
  stop.abort(new Error('stopped'))
  expect(await sat.work).toMatchObject({ status: 130, interrupted: true })
})

import type { RequestListener } from 'node:http'
import { expect, test } from 'vitest'
import { Failure } from '../../src/core/failure.ts'
import { jumpingClock, manualClock } from './clocks.ts'
import { connect, rejection } from './connect.ts'
import { serve } from './serve.ts'

/** Answers with the given ones in turn, the last for ever. */
const answers = (...steps: { status: number; headers?: Record<string, string>; body?: string }[]): RequestListener => {
  let next = 0
  return (_, response) => {
    const step = steps[Math.min(next++, steps.length - 1)] ?? { status: 500 }
    response.writeHead(step.status, step.headers)
    response.end(step.body ?? '')
  }
}
const ok = { status: 200, headers: { 'content-type': 'application/json' }, body: '{"a":1}' }

test('a passing failure is tried again after growing waits with jitter, and told', async () => {
  const server = await serve(answers({ status: 503 }, { status: 502 }, ok))
  const clock = jumpingClock()
  const { get, events } = connect({ clock })
  expect(await (await get(`${server.origin}/x?key=SECRET`)).text()).toBe('{"a":1}')
  expect(server.asked).toHaveLength(3)
  const retries = events.filter((event) => event.event === 'retry')
  expect(retries.map(({ attempt, inMs }) => [attempt, inMs])).toEqual([
    [1, 500],
    [2, 1000],
  ])
  expect(retries[0]).toMatchObject({ account: 'home', what: `GET ${server.origin}/x?key=…` })
  expect(JSON.stringify(events)).not.toContain('SECRET')
})

test('the steps of the waits double from 1 s to 64 s', async () => {
  const server = await serve(answers({ status: 503 }))
  const most = jumpingClock()
  await rejection(connect({ clock: most, random: () => 0.999_999 }).get(server.origin))
  expect(Math.max(...most.slept)).toBeLessThanOrEqual(64_000)
  expect(most.slept.slice(0, 7).map((ms) => Math.round(ms / 1000))).toEqual([1, 2, 4, 8, 16, 32, 64])
})

test('it gives up after the time given, not after a number, with the failure itself', async () => {
  const server = await serve(answers({ status: 503 }))
  const clock = jumpingClock()
  const began = clock.now()
  const failure = await rejection(connect({ clock }).get(server.origin))
  expect(failure).toBeInstanceOf(Failure)
  expect(failure.kind).toBe('transient')
  expect(clock.now() - began).toBeGreaterThanOrEqual(299_000)
  expect(clock.now() - began).toBeLessThan(301_000)
})

test('one broken thing (500) is given up sooner', async () => {
  const server = await serve(answers({ status: 500 }))
  const clock = jumpingClock()
  const began = clock.now()
  await rejection(connect({ clock }).get(server.origin))
  expect(clock.now() - began).toBeLessThan(61_000)
})

test.each([400, 401, 403, 404, 410, 412, 416])('%i is not tried again', async (status) => {
  const server = await serve(answers({ status }))
  await rejection(connect({ clock: jumpingClock() }).get(server.origin))
  expect(server.asked).toHaveLength(1)
})

test('Retry-After in seconds closes the budget for all who share it', async () => {
  const server = await serve(answers({ status: 429, headers: { 'retry-after': '7' } }, ok))
  const clock = manualClock()
  const { get, events } = connect({ clock, random: () => 0 })
  const first = get(`${server.origin}/first`)
  await expect.poll(() => events.length).toBe(2)
  expect(events[0]).toEqual({ event: 'throttled', account: 'home', budget: 'requests', untilMs: clock.now() + 7000 })
  expect(events[1]).toMatchObject({ event: 'retry', inMs: 7000 })
  const second = get(`${server.origin}/second`)
  await clock.advance(6900)
  expect(server.asked).toEqual(['GET /first'])
  await clock.advance(200)
  await Promise.all([first, second])
  expect(server.asked).toHaveLength(3)
})

test('Retry-After as a date', async () => {
  const clock = jumpingClock()
  const date = new Date(clock.now() + 90_000).toUTCString()
  const server = await serve(answers({ status: 503, headers: { 'retry-after': date } }, ok))
  const { get, events } = connect({ clock, random: () => 0 })
  await get(server.origin)
  expect(events).toContainEqual(expect.objectContaining({ event: 'retry', inMs: 90_000 }))
})

test.each([429, 503])('%i with a Retry-After beyond all patience: a throttling at once, with its time', async (status) => {
  const server = await serve(answers({ status, headers: { 'retry-after': '86400' } }))
  const clock = jumpingClock()
  const { get } = connect({ clock })
  const failure = await rejection(get(server.origin))
  expect(failure.kind).toBe('throttled')
  expect(failure.retryAfter).toBe(clock.now() + 86_400_000)
  expect(clock.slept).toEqual([])
  expect(server.asked).toHaveLength(1)
})

test('what the provider says decides: a 403 that is a throttling waits, a 503 that is none does not', async () => {
  const server = await serve(answers({ status: 403, body: 'rateLimitExceeded' }, ok))
  const clock = jumpingClock()
  const seen: string[] = []
  const { get, events } = connect({
    clock,
    explain: (head, body, request) => {
      seen.push(`${head.status} ${head.url} ${body} ${request.method}`)
      return new Failure('throttled', 'too fast')
    },
  })
  await get(server.origin)
  expect(seen).toEqual([`403 ${server.origin}/ rateLimitExceeded GET`])
  expect(events.map(({ event }) => event)).toEqual(['throttled', 'retry'])
  const other = await serve(answers({ status: 503 }))
  const strict = connect({ clock, explain: () => new Failure('forbidden', 'no') })
  expect((await rejection(strict.get(other.origin))).kind).toBe('forbidden')
  expect(other.asked).toHaveLength(1)
})

test('explain sees at most 64 KiB, unpacked', async () => {
  const server = await serve((_, response) => {
    response.writeHead(404)
    response.end('x'.repeat(300_000))
  })
  let length = 0
  const { get } = connect({
    explain: (_, body) => {
      length = body.length
      return undefined
    },
  })
  expect((await rejection(get(server.origin))).kind).toBe('gone')
  expect(length).toBe(65_536)
})

test('an answer cut in the middle: json is asked for again, a stream is not', async () => {
  let count = 0
  const server = await serve((_, response) => {
    count += 1
    response.writeHead(200, { 'content-length': 10 })
    response.write('12345')
    if (count === 1 || count === 3) setTimeout(() => response.destroy(), 20)
    else response.end('67890')
  })
  const { get, stream } = connect({ clock: jumpingClock() })
  expect(await (await get(server.origin)).text()).toBe('1234567890')
  expect(count).toBe(2)
  const failure = await rejection((await stream(server.origin)).text())
  expect(failure).toBeInstanceOf(Failure)
  expect(failure.kind).toBe('transient')
  expect(count).toBe(3)
})

test.each([
  { status: 400, how: 'ends in the middle of its JSON' },
  { status: 403, how: 'ends in the middle of its JSON' },
  { status: 400, how: 'is cut off' },
  { status: 403, how: 'is cut off' },
])('a refusal with $status that $how has not said why: it is asked for again', async ({ status, how }) => {
  const whole = '{"error":{"message":"the place in the list is no longer known"}}'
  let count = 0
  const server = await serve((_, response) => {
    count += 1
    const half = whole.slice(0, 40)
    const cut = count === 1 && how === 'is cut off'
    const body = count === 1 ? half : whole
    response.writeHead(status, {
      'content-type': 'application/json',
      'content-length': cut ? whole.length : body.length,
    })
    if (cut) response.write(body, () => setTimeout(() => response.destroy(), 20))
    else response.end(body)
  })
  const { get } = connect({
    clock: jumpingClock(),
    explain: (_, body) => (body === whole ? new Failure('unlisted', 'begin anew') : undefined),
  })
  expect(await rejection(get(server.origin))).toMatchObject({ kind: 'unlisted', message: 'begin anew' })
  expect(count).toBe(2)
})

test.each([
  { status: 400, body: '{"error":"whole, and nothing that is known"}', kind: 'bug' },
  { status: 403, body: '', kind: 'forbidden' },
  { status: 403, body: '<html>no', kind: 'forbidden' },
  { status: 404, body: '{"error":{"mess', kind: 'gone' },
  { status: 401, body: '{"error":{"mess', kind: 'signin' },
])('a refusal with $status and $body is none that broke off, or needs no more words', async ({ status, body, kind }) => {
  const server = await serve(answers({ status, headers: { 'content-type': 'application/json' }, body }))
  const { get } = connect({ clock: jumpingClock() })
  expect((await rejection(get(server.origin))).kind).toBe(kind)
  expect(server.asked).toHaveLength(1)
})

test('a machine that sleeps through a wait has not used up its patience', async () => {
  const server = await serve(answers({ status: 503 }, { status: 503 }, { status: 503 }, ok))
  const clock = jumpingClock()
  clock.oversleepMs = 8 * 3_600_000
  await connect({ clock }).get(server.origin)
  expect(server.asked).toHaveLength(4)
})

test.each(['the run', 'the request'])('an abort of %s ends the wait between two tries with its reason', async (whose) => {
  const server = await serve(answers({ status: 503 }))
  const controller = new AbortController()
  const clock = manualClock()
  const { transport, events } = connect({ clock, ...(whose === 'the run' && { signal: controller.signal }) })
  const sent = rejection(
    transport.send({ method: 'GET', url: server.origin, ...(whose === 'the request' && { signal: controller.signal }) }),
  )
  await expect.poll(() => events.length).toBe(1)
  const reason = new Error('stop')
  controller.abort(reason)
  expect(await sent).toBe(reason)
  expect(clock.sleeping).toBe(0)
})

test('an abort ends the wait for headers, and the request', async () => {
  let closed = false
  const server = await serve((request) => {
    request.on('close', () => {
      closed = true
    })
  })
  const controller = new AbortController()
  const { get } = connect({ signal: controller.signal })
  const sent = rejection(get(server.origin))
  await expect.poll(() => server.asked.length).toBe(1)
  const reason = new Error('stop')
  controller.abort(reason)
  expect(await sent).toBe(reason)
  await expect.poll(() => closed).toBe(true)
  expect(await rejection(get(server.origin))).toBe(reason)
})

test('a web page instead of data is refused, unless a page was asked for', async () => {
  const server = await serve(
    answers({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<html>Log in' }),
  )
  const { get, transport } = connect({ clock: jumpingClock() })
  const failure = await rejection(get(server.origin))
  expect(failure.kind).toBe('corrupt')
  expect(failure.message).toContain('web page')
  expect(failure.hint).toContain('login page')
  const asked = await transport.send({ method: 'GET', url: server.origin, headers: { Accept: 'text/html' } })
  expect(await asked.text()).toBe('<html>Log in')
  const file = await transport.send({ method: 'GET', url: server.origin, expects: 'stream' })
  expect(await file.text()).toBe('<html>Log in')
})

test('an unknown budget and an address that is none are mistakes of ours', async () => {
  const { transport } = connect()
  expect((await rejection(transport.send({ method: 'GET', url: 'http://127.0.0.1/', budget: 'other' }))).kind).toBe('bug')
  expect((await rejection(transport.send({ method: 'GET', url: '/x' }))).kind).toBe('bug')
})

import { expect, test } from 'vitest'
import { jumpingClock } from './clocks.ts'
import { connect } from './connect.ts'
import { serve } from './serve.ts'

test('a good answer that asks for a rest holds up what follows on its budget, and nothing else', async () => {
  const server = await serve((_, response) => response.writeHead(200, { 'x-left': '0' }).end())
  const clock = jumpingClock()
  const { transport, events } = connect({
    clock,
    budgets: [
      { id: 'asked', unitsPerSecond: 1000, burst: 1000, concurrency: 8 },
      { id: 'other', unitsPerSecond: 1000, burst: 1000, concurrency: 8 },
    ],
    restAfter: ({ headers, url }, now) => (headers['x-left'] === '0' && url.endsWith('/a') ? now + 30_000 : undefined),
  })
  const began = clock.now()
  const ask = async (path: string, budget: string) => {
    await (await transport.send({ method: 'GET', url: `${server.origin}${path}`, budget })).text()
    return clock.now() - began
  }
  expect(await ask('/a', 'asked')).toBeLessThan(30_000)
  expect(await ask('/b', 'other')).toBeLessThan(30_000)
  expect(await ask('/b', 'asked')).toBeGreaterThanOrEqual(30_000)
  expect(events.map(({ event }) => event)).toEqual(['throttled'])
  expect(server.asked).toHaveLength(3)
})

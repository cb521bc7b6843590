import { expect, test } from 'vitest'
import { createBandwidth } from '../../src/http/bandwidth.ts'
import { manualClock } from './clocks.ts'
import { rejection } from './connect.ts'

test('transfers share the bytes per second, each alike', async () => {
  const clock = manualClock()
  const bandwidth = createBandwidth({ bytesPerSecond: 1_000_000, clock })
  const signal = new AbortController().signal
  const moved = [0, 0, 0, 0]
  for (const index of moved.keys()) {
    void (async () => {
      for (;;) {
        await bandwidth.take(16_384, signal)
        moved[index] = (moved[index] ?? 0) + 16_384
      }
    })()
  }
  await clock.advance(10_000)
  const total = moved.reduce((sum, bytes) => sum + bytes, 0)
  expect(total).toBeGreaterThan(9_700_000)
  expect(total).toBeLessThan(10_200_000)
  for (const bytes of moved) expect(Math.abs(bytes - total / 4)).toBeLessThan(40_000)
})

test('time without transfers is not saved up, and the wait hears the signal', async () => {
  const clock = manualClock()
  const bandwidth = createBandwidth({ bytesPerSecond: 1000, clock })
  clock.jump(3_600_000)
  const controller = new AbortController()
  const reason = new Error('stop')
  const wait = rejection(bandwidth.take(5000, controller.signal) ?? Promise.resolve())
  await clock.advance(4000)
  controller.abort(reason)
  expect(await wait).toBe(reason)
  expect(clock.sleeping).toBe(0)
})

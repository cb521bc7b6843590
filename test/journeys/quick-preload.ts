import type { Clock } from '../../src/core/clock.ts'
import { type QuickClock, quickNow } from './quick-clock.ts'

// Imported before the program itself, from its sources: the clock that it waits by goes as $TEST_CLOCK says. Sockets and disks keep the real one.
const clock = JSON.parse(process.env.TEST_CLOCK ?? '') as QuickClock
const { systemClock } = (await import('../../src/core/clock.ts')) as { systemClock: { now: Clock['now']; sleep: Clock['sleep'] } }
const { sleep } = systemClock
systemClock.now = () => quickNow(clock)
systemClock.sleep = (ms, signal) => sleep(ms / clock.speed, signal)

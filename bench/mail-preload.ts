import { pathToFileURL } from 'node:url'
import type { Clock } from '../src/core/clock.ts'
import type { Budget } from '../src/core/provider.ts'
import { type QuickClock, quickNow } from './quick-clock.ts'

/** In $BENCH_PRELOAD, as JSON. */
export interface Preload {
  /** The folder of the program's modules, and how their names end. */
  readonly modules: string
  readonly ending: '.ts' | '.js'
  /** The clock that the program waits by. Sockets and disks keep the real one. */
  readonly clock?: QuickClock
  /** Gmail's budget holds nothing back but requests at once. */
  readonly unpaced?: boolean
}

// Loaded into the program before it starts (`node --import`): the only thing that a benchmark changes in it.
const { modules, ending, clock, unpaced } = JSON.parse(process.env.BENCH_PRELOAD ?? '{}') as Preload
const load = (name: string) => import(pathToFileURL(`${modules}/${name}${ending}`).href) as Promise<Record<string, unknown>>
if (clock !== undefined) {
  const systemClock = (await load('core/clock')).systemClock as { now: Clock['now']; sleep: Clock['sleep'] }
  const { sleep } = systemClock
  systemClock.now = () => quickNow(clock)
  systemClock.sleep = (ms, signal) => sleep(ms / clock.speed, signal)
}
if (unpaced === true) {
  const budgets = (await load('providers/google/limits')).budgets as readonly Budget[]
  Object.assign(budgets.find(({ id }) => id === 'gmail')!, { unitsPerSecond: 1e9, burst: 1e9, most: 1e9 })
}

import { onTestFinished, vi } from 'vitest'
import type { SlowLine } from './slow-line.ts'

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** So many rounds of the event loop without anything to do, and whoever is there sleeps. */
const calmTurns = 3

/** After so many rounds the system's threads get the processor to themselves for a moment. */
const patientTurns = 200

/** Milliseconds of real time. */
const longestPause = 10

/** Work in the system's threads, which no timer tells of: files being read, written, synced. */
const working = (name: string) => /^FS|^CloseReq|^Connect|^Write|^Shutdown/.test(name)

/**
 * Replaces timers and the date of this process, the program's and the practice services' alike, by a clock that stands still while anybody works and
 * jumps to the next timer when everybody sleeps. Until the test ends.
 */
export function virtualTime(): { run<T>(work: Promise<T>, line: SlowLine): Promise<T> } {
  const { setTimeout: later } = globalThis
  const pause = (ms: number) => new Promise<void>((resolve) => void later(resolve, ms))
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'], now: Date.now() })
  onTestFinished(() => void vi.useRealTimers())
  return {
    async run(work, line) {
      let ended = false
      const whole = work.finally(() => {
        ended = true
      })
      whole.catch(() => undefined)
      let idle = 0
      while (!ended) {
        let moved = line.moved()
        let turns = 0
        for (let calm = 0; calm < calmTurns && !ended; calm++) {
          await (++turns > patientTurns ? pause(1) : turn())
          const busy = line.moved() !== moved || line.unanswered() > 0 || process.getActiveResourcesInfo().some(working)
          moved = line.moved()
          if (busy) calm = -1
        }
        // Nothing is on its way: they wait for a quota, or for something that cannot be seen from here, a child process for one.
        idle = line.underWay() > 0 ? 0 : idle + 1
        if (idle > 0) await pause(Math.min(longestPause, idle))
        if (!ended) vi.advanceTimersToNextTimer()
      }
      return whole
    },
  }
}

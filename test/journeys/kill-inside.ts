import { setTimeout as sleep } from 'node:timers/promises'
import type { PracticeGoogle } from '../../src/practice/google/practice-google.ts'
import type { FaultyRequest } from '../../src/practice/serving/faults.ts'
import type { Running } from './program.ts'

/** A way to cut a run: waits until something has happened, or the run is over, and kills it. */
export const whenStruck = (struck: () => boolean) => async (running: Running) => {
  let over = false
  void running.ended.then(() => {
    over = true
  })
  while (!struck() && !over) await sleep(5)
  // What came before the silence is on its way.
  await sleep(100)
  running.kill('SIGKILL')
}

/** The answer to request `nth` (from 1) of this kind stops after so many bytes; `cut` kills the run that waits for the rest. */
export function killInside(google: PracticeGoogle, which: (request: FaultyRequest) => boolean, nth: number, stallAfter: number) {
  let seen = 0
  const rule = google.addFault({ match: (request) => which(request) && ++seen === nth, do: { stallAfter } })
  const sent = () => google.requests.some(({ bytes }) => bytes === stallAfter)
  return { cut: whenStruck(() => rule.struck() > 0 && sent()), remove: rule.remove }
}

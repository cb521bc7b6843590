import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Faults, FaultyRequest } from '../../src/practice/serving/faults.ts'
import type { LoggedRequest } from '../../src/practice/serving/request-log.ts'
import type { Place, Running } from './program.ts'

/** A way to cut a run: waits until something has happened, or the run is over, and kills it. */
export const whenStruck = (struck: () => boolean) => async (running: Running) => {
  let over = false
  void running.ended.then(() => {
    over = true
  })
  while (!struck() && !over) await sleep(5)
  // What came before the silence is on its way.
  await sleep(200)
  running.kill('SIGKILL')
}

/** A service that can be told to fail. */
export interface Faulty {
  readonly addFault: Faults['add']
  readonly requests: readonly LoggedRequest[]
}

/**
 * The answer to request `nth` (from 1) of this kind stops after so many bytes; `cut` kills the run that waits for the rest. `until`: only when this is so
 * as well, since what was sent need not have been read yet.
 */
export function killInside(
  service: Faulty,
  which: (request: FaultyRequest) => boolean,
  nth: number,
  stallAfter: number,
  until: () => boolean = () => true,
) {
  let seen = 0
  const rule = service.addFault({ match: (request) => which(request) && ++seen === nth, do: { stallAfter } })
  const sent = () => service.requests.some(({ bytes }) => bytes === stallAfter)
  return { cut: whenStruck(() => rule.struck() > 0 && sent() && until()), remove: rule.remove }
}

/** Whether an unfinished download of that many bytes lies in an archive. */
export function hasDraft({ archive }: Place, bytes: number): boolean {
  const folder = path.join(archive, '.holdall/drafts')
  return readdirSync(folder).some((name) => (statSync(path.join(folder, name), { throwIfNoEntry: false })?.size ?? 0) >= bytes)
}

/** Request `nth` (from 1) of this kind is never answered, nor looked at by the service: `cut` kills the run that sent it. */
export function killBefore(service: Faulty, which: (request: FaultyRequest) => boolean, nth: number) {
  let seen = 0
  let victim: Running | undefined
  const rule = service.addFault({
    match: (request) => {
      if (!which(request) || ++seen !== nth) return false
      victim?.kill('SIGKILL')
      return true
    },
    do: { drop: true },
  })
  const cut = async (running: Running) => {
    victim = running
    await running.ended
  }
  return { cut, remove: rule.remove }
}

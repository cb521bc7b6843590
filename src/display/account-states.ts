import type { RunEvent } from '../core/events.ts'
import type { Words } from '../language/words.ts'
import { clean } from './clean.ts'
import { joined } from './joined.ts'

export interface AccountState {
  readonly word: 'paused' | 'slowed'
  /** Sentences for lines of their own. */
  readonly sentences: readonly string[]
}

/** Shorter waits come and go too fast to be read. Milliseconds. */
const readableMs = 2_000

/** Which accounts wait, and why. */
export function createAccountStates(words: () => Words): {
  note(event: RunEvent): void
  of(account: string, now: number): AccountState | undefined
  names(): string[]
} {
  const paused = new Map<string, string>()
  const throttled = new Map<string, number>()
  return {
    note(event) {
      if (event.event === 'paused') paused.set(event.account, event.reason)
      else if (event.event === 'resumed') paused.delete(event.account)
      else if (event.event === 'throttled')
        throttled.set(event.account, Math.max(event.untilMs, throttled.get(event.account) ?? 0))
    },
    of(account, now) {
      const reason = paused.get(account)
      const { run } = words()
      if (reason !== undefined)
        return { word: 'paused', sentences: joined(run.paused(account), clean(reason), words()).split('\n') }
      const wait = (throttled.get(account) ?? 0) - now
      if (wait < readableMs) return undefined
      return { word: 'slowed', sentences: [clean(run.throttledStill(account, wait))] }
    },
    names: () => [...new Set([...paused.keys(), ...throttled.keys()])],
  }
}

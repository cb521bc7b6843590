import type { RunEvent } from '../core/events.ts'
import { clean } from './clean.ts'
import { formatDuration } from './duration.ts'

export interface AccountState {
  readonly word: 'paused' | 'slowed'
  /** A sentence for a line of its own. */
  readonly sentence: string
}

/** Shorter waits come and go too fast to be read. Milliseconds. */
const readableMs = 2_000

/** Which accounts wait, and why. */
export function createAccountStates(): {
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
      if (reason !== undefined) return { word: 'paused', sentence: clean(`${account}: paused, goes on by itself: ${reason}`) }
      const wait = (throttled.get(account) ?? 0) - now
      if (wait < readableMs) return undefined
      return { word: 'slowed', sentence: clean(`${account}: the service asks to wait, ${formatDuration(wait)} more`) }
    },
    names: () => [...new Set([...paused.keys(), ...throttled.keys()])],
  }
}

import type { Clock } from '../core/clock.ts'
import type { RunEvent } from '../core/events.ts'

/** Measures how long sources are listed, where nothing else goes on beside it. */
export interface ListingTime {
  note(event: RunEvent): void
  /** Sources that were listed whole, with the time from the beginning of their first stream to the end of the last, milliseconds. */
  whole(): ReadonlyMap<string, number>
}

export function createListingTime(clock: Clock): ListingTime {
  const known = new Map<string, { from: number; to: number; open: number; full: boolean }>()
  return {
    note(event) {
      if (event.event !== 'listing') return
      const { source, state, full } = event
      const now = clock.now()
      const one = known.get(source) ?? { from: now, to: now, open: 0, full: true }
      known.set(source, one)
      // What is resumed in the middle, or asks only for news, is not the whole.
      if (state === 'resumed' || !full) one.full = false
      if (state === 'started' || state === 'resumed') one.open++
      if (state === 'done') one.open--
      one.to = now
    },
    whole: () =>
      new Map([...known].filter(([, { full, open }]) => full && open === 0).map(([source, { from, to }]) => [source, to - from])),
  }
}

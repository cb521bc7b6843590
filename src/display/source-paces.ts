import type { SourceProgress } from '../core/events.ts'
import { currentPace, nextPace, type Pace, rateOf, remainingMs, remainingPace } from './eta.ts'

/** What can be said about how a source goes. */
export interface SourcePace {
  readonly progress: SourceProgress
  /** Share of the known work that is done, 0 to 1. */
  readonly fraction: number
  /** Bytes a second now; undefined at the very beginning. */
  readonly rate: number | undefined
  /** Milliseconds; undefined where nobody can tell. */
  readonly remaining: number | undefined
  readonly state: 'listing' | 'going' | 'stalled' | 'done'
}

/**
 * What an item costs beside its bytes, expressed in bytes: a request's answer takes about half a second, in which one of a few downloads side by side
 * would move about this much. It lets a thousand small documents and one long video stand in the same sum. An estimate of ours, for bars only.
 */
const bytesPerItem = 500_000

/** Follows the snapshots of each source. */
export function createSourcePaces(): {
  note(source: string, progress: SourceProgress, at: number): void
  of(source: string): SourcePace
  names(): string[]
} {
  const known = new Map<string, { progress: SourceProgress; doneBefore: number; bytes: Pace; work: Pace }>()
  return {
    note(source, progress, at) {
      const before = known.get(source)
      known.set(source, {
        progress,
        doneBefore: before?.doneBefore ?? progress.done,
        bytes: nextPace(before?.bytes, at, progress.bytes, currentPace),
        work: nextPace(before?.work, at, workDone(progress), remainingPace),
      })
    },
    of(source) {
      const { progress, doneBefore, bytes, work } = known.get(source)!
      const left = workLeft(progress)
      const done = workDone(progress) - bytesPerItem * doneBefore
      // How large what earlier runs saved was is not told here: it counts as items, the rest as work.
      const before = Math.min(1, doneBefore / Math.max(1, progress.items))
      const finished = !progress.listing && left === 0
      return {
        progress,
        fraction: finished ? 1 : before + ((1 - before) * Math.max(0, done)) / Math.max(1, done + left),
        rate: rateOf(bytes),
        remaining: progress.listing ? undefined : remainingMs(work, left, remainingPace),
        state: finished ? 'done' : work.stillMs > remainingPace.stillAfterMs ? 'stalled' : progress.listing ? 'listing' : 'going',
      }
    },
    names: () => [...known.keys()],
  }
}

function workDone({ bytes, done, failed }: SourceProgress): number {
  return bytes + bytesPerItem * (done + failed)
}

/** Without items to take, bytes that are left are an estimate that did not come true. */
function workLeft({ bytesLeft, items, done, failed }: SourceProgress): number {
  const itemsLeft = Math.max(0, items - done - failed)
  return itemsLeft === 0 ? 0 : bytesLeft + bytesPerItem * itemsLeft
}

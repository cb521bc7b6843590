import type { SourceProgress } from '../core/events.ts'
import { createBestRate, peakMs } from './best-rate.ts'
import { createMeanSize } from './mean-size.ts'
import type { Work } from './outlook.ts'
import { createPaceMeter, type Pace } from './pace.ts'

/** How long a source will take, and what may change that. */
export interface Prospect {
  readonly source: string
  /** Milliseconds that it takes as measured; and if what was not measured yet goes no faster than the best that was seen. */
  readonly ms: number
  readonly slowMs: number
  /** Bytes a second. */
  readonly byteRate: number
  /** Held back by the line: beyond doubt, as it seems, or not at all. */
  readonly byLine: 'surely' | 'perhaps' | 'no'
  /** How many times faster it may become when others leave it the line. */
  readonly fastest: number
  /** By what share `ms` may be wrong: its standard error. */
  readonly spread: number
  /** Its pace was measured since the last source ended. */
  readonly fresh: boolean
}

/** A source of a run, as its snapshots tell. */
export interface Followed {
  readonly name: string
  note(at: number, progress: SourceProgress): void
  refused(at: number, account: string, budget: string): void
  /** From now on it goes differently, because another has ended. */
  beginAnew(at: number): void
  listing(): boolean
  /** Something is left, or may yet be listed. */
  active(): boolean
  /** Undefined: too little was measured. `peak`: bytes a second that all together brought, at best. */
  prospect(at: number, peak: number): Prospect | undefined
  pace(): Pace | undefined
  byteRate(): number
  measured(): { readonly pace: Pace; readonly observedMs: number } | undefined
  /** How long it was listed in this run, milliseconds. */
  listed(): number | undefined
  /** How long its closing count will take, which lists it once more with the quota for itself; 0: nothing tells. Milliseconds. */
  counting(): number
}

/** A refusal says for so long that a quota holds back, milliseconds. */
const refusalCountsMs = 240_000
/** So near to the documented quota it is what holds back. */
const near = 0.93
/** Of the rate after a refusal, it is still that quota. */
const still = 0.85
/** Nothing takes longer for an item besides its bytes, with several under way at once. Milliseconds. */
const slowest = 1500
/** What is left is so many times larger or smaller than what was seen, that its pace has to be another. */
const otherSizes = 1.5
/** Few of many sizes make most of a mean, and the largest may be to come: their error counts for more. */
const sizesCount = 2
/** Measured anew after another has ended, this long is not looked at: what was under way still goes the old pace. Milliseconds. */
const resettleMs = 30_000
/** A page of a listing and of its count by another road, which may be cut differently, together take hardly longer. Milliseconds. */
const pageMs = 3000

export function createFollowed(
  name: string,
  began: SourceProgress,
  { guess, work }: { readonly guess: number | undefined; readonly work: Work | undefined },
): Followed {
  let meter = createPaceMeter()
  let before: typeof meter | undefined
  const sizes = createMeanSize()
  let progress = began
  /** The last refusal that was heard, and how many items a second were taken in the minute after it. */
  let refusal: { readonly at: number; readonly items: number; rate?: number } | undefined
  const peakItems = createBestRate(peakMs)
  let listing: { from: number; to?: number } | undefined
  /** Milliseconds that an item takes under the documented quota, and under the largest that there may be. */
  const documented = dearest(work, ({ unitsPerSecond }) => unitsPerSecond)
  const dearestMost = dearest(work, ({ unitsPerSecond, most }) => most ?? unitsPerSecond)

  const open = () => Math.max(0, progress.items - progress.done - progress.failed)
  const current = () => (meter.pace() === undefined && before !== undefined ? before : meter)
  /** A quota of requests is what holds it back. */
  const held = (at: number) => {
    if (refusal !== undefined && at - refusal.at < refusalCountsMs) return true
    const { items } = current().rates()
    if (refusal?.rate !== undefined && items >= refusal.rate * still) return true
    return documented > 0 && items * documented >= 1000 * near
  }

  return {
    name,
    note(at, next) {
      if (next.listing && listing === undefined) listing = { from: at }
      else if (!next.listing && listing !== undefined) listing.to ??= at
      progress = next
      sizes.note(at, next.unsizedDone ?? 0, next.unsizedBytes ?? 0)
      const items = next.done + next.failed
      peakItems.note(at, items)
      if (refusal !== undefined && refusal.rate === undefined && at - refusal.at >= 60_000)
        refusal.rate = ((items - refusal.items) / (at - refusal.at)) * 1000
      // A source that is done measures nothing any more.
      if (open() > 0) meter.note({ at, items, bytes: next.bytes })
    },
    refused(at, account, budget) {
      if (work?.account === account && work.cost.part.some((charge) => charge.budget === budget))
        refusal = { at, items: progress.done + progress.failed }
    },
    beginAnew(at) {
      if (held(at)) return
      if (meter.pace() !== undefined) before = meter
      meter = createPaceMeter({ settleMs: resettleMs })
    },
    listing: () => progress.listing,
    active: () => progress.listing || open() > 0,
    prospect(at, peak) {
      const now = current()
      const pace = now.pace()
      if (pace === undefined) return undefined
      const rest = restOf()
      // The pace of before the change was not a quota's, or it would have gone on.
      const quota = now === meter && held(at)
      // What a quota of requests holds back takes its time by items, whatever chance made of its sizes.
      const byItems = quota ? (rest.items / now.rates().items) * 1000 : pace.perItemMs * rest.items
      const byBytes = quota ? 0 : pace.perByteMs * rest.bytes
      const ms = byItems + byBytes
      // What one kind of cost was not seen of takes no longer than at the best rate that was seen.
      const bytesAlone = peak > 0 ? (rest.bytes / peak) * 1000 : 0
      const quickest = peakItems.best() ?? 0
      const itemsAlone = rest.items * Math.min(quickest > 0 ? 1000 / quickest : slowest, Math.max(slowest, documented))
      const seen = now.rates()
      const sizeRatio = rest.bytes / Math.max(1, rest.items) / Math.max(1, seen.bytes / Math.max(1e-9, seen.items))
      const clear = quota ? 'items' : now.clear()
      const [quick, slow] = boundsOf()
      const byLine = quota || byBytes <= byItems ? 'no' : clear === 'bytes' ? 'surely' : 'perhaps'
      const limit = dearestMost > 0 ? 1000 / dearestMost / Math.max(1e-9, now.rates().items) : Number.POSITIVE_INFINITY
      return {
        source: name,
        ms: Math.min(quick, slow),
        slowMs: slow,
        byteRate: now.rates().bytes,
        byLine,
        fastest: byLine !== 'no' ? Number.POSITIVE_INFINITY : quota ? 1 : Math.max(1, limit),
        spread: Math.hypot(now.spread(), ms === 0 ? 0 : (sizesCount * rest.spread * byBytes) / ms),
        fresh: now === meter,
      }

      function boundsOf(): readonly [number, number] {
        // Larger ones are to come than those that came: what a byte costs matters, and may not have been seen.
        if (sizeRatio > otherSizes) return [ms, Math.max(ms, bytesAlone + (byBytes === 0 ? byItems : 0))]
        // Smaller ones are to come: what an item costs matters, and may not have been seen.
        if (sizeRatio < 1 / otherSizes)
          return [
            Math.min(ms, Math.max(clear === 'bytes' ? byBytes : 0, documented * rest.items)),
            Math.max(ms, (clear === 'bytes' ? byBytes : bytesAlone) + (clear === 'items' ? 0 : itemsAlone)),
          ]
        return [ms, Math.max(ms, byBytes === 0 ? bytesAlone : 0)]
      }
    },
    pace: () => meter.pace() ?? before?.pace(),
    byteRate: () => current().rates().bytes,
    measured() {
      const pace = current().pace()
      return pace === undefined ? undefined : { pace, observedMs: current().observed() }
    },
    listed,
    counting() {
      if (work === undefined) return listed() ?? 0
      // A listing that goes on beside the downloads waits for the quota with them.
      const pages = Math.ceil(progress.items / work.cost.page.items)
      return Math.min(listed() ?? 0, pages * pageMs)
    },
  }

  function listed(): number | undefined {
    return listing?.to === undefined ? undefined : listing.to - listing.from
  }

  /** Items and bytes to come; of parts without a size what was seen of them so far, else what a sample says. `spread`: by what share the bytes may be wrong. */
  function restOf(): { readonly items: number; readonly bytes: number; readonly spread: number } {
    const { unsizedLeft = 0, bytesLeft } = progress
    const seen = sizes.mean()
    const mean = seen?.bytes ?? guess ?? 0
    const bytes = bytesLeft + unsizedLeft * mean
    const spread = (seen?.spread ?? 0.5) * Math.sqrt(1 + (progress.unsizedDone ?? 0) / Math.max(1, unsizedLeft))
    return { items: open(), bytes, spread: bytes === 0 ? 0 : (spread * unsizedLeft * mean) / bytes }
  }
}

/** Milliseconds that a part costs of the budget that it drains most; 0: not known. */
function dearest(work: Work | undefined, rateOf: (budget: Work['budgets'][number]) => number): number {
  if (work === undefined) return 0
  const times = work.cost.part.map(({ budget, units }) => {
    const found = work.budgets.find(({ id }) => id === budget)
    return found === undefined ? 0 : (units / rateOf(found)) * 1000
  })
  return Math.max(0, ...times)
}

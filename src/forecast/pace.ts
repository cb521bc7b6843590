/** What a source's work takes: milliseconds for each item, and for each byte besides. Measured, whatever sets the limit. */
export interface Pace {
  readonly perItemMs: number
  readonly perByteMs: number
}

/** A snapshot of what is done; only differences count. */
export interface Done {
  /** Milliseconds. */
  readonly at: number
  readonly items: number
  readonly bytes: number
}

export interface PaceMeter {
  note(done: Done): void
  /** Undefined while too little was seen. */
  pace(): Pace | undefined
  /** By what share of itself the pace may be wrong, in one of three cases more than that: its standard error. */
  spread(): number
  /** What explains the time so much better than anything else that chance is out of the question. */
  clear(): 'items' | 'bytes' | 'both' | undefined
  /** Items and bytes a second, on average over what counts. */
  rates(): { readonly items: number; readonly bytes: number }
  /** Milliseconds that were observed. */
  observed(): number
}

/** At the start what may be spent at once is spent, and refusals come in; none of it lasts. Milliseconds. */
const settlingMs = 90_000
/** What is put together before it counts, so that single items do not look like leaps. Milliseconds. */
const windowMs = 30_000
/** A window this old weighs 1/e: long enough to even out sizes, short enough to follow a quota that is found to be larger. Milliseconds. */
const memoryMs = 600_000
/** Snapshots further apart were parted by a sleep of the computer, which says nothing of the pace. Milliseconds. */
const asleepMs = 120_000
/** No pace is believed before this much was seen. Milliseconds. */
const leastMs = 60_000

/** Sums over windows: of squares and products of items, bytes and time, and of each. */
type Sums = Record<'ii' | 'ib' | 'bb' | 'it' | 'bt' | 'tt' | 'i' | 'b' | 't', number>

/** A window of the time for which a quota counts, so that when in it the units are spent does not matter. */
interface Span {
  readonly time: number
  readonly items: number
  readonly bytes: number
}

/** How many spans of a minute tell how steady a pace is. */
const spansKept = 12

export interface PaceMeterOptions {
  /** How much of the beginning does not count, milliseconds. Default: a minute and a half. */
  readonly settleMs?: number
}

/**
 * Finds by least squares what an item and what a byte cost in time, `time = a · items + b · bytes` over the windows of the last minutes, in sum exactly what
 * was observed. Where a quota of requests binds, bytes cost nothing; where the line binds, items do; between them both.
 */
export function createPaceMeter({ settleMs = settlingMs }: PaceMeterOptions = {}): PaceMeter {
  let first: Done | undefined
  let last: Done | undefined
  let from: Done | undefined
  let observed = 0
  let half: Span | undefined
  const spans: Span[] = []
  const sums = { ii: 0, ib: 0, bb: 0, it: 0, bt: 0, tt: 0, i: 0, b: 0, t: 0 }

  function add(time: number, items: number, bytes: number): void {
    const kept = Math.exp(-time / memoryMs)
    for (const key of Object.keys(sums) as (keyof typeof sums)[]) sums[key] *= kept
    sums.ii += items * items
    sums.ib += items * bytes
    sums.bb += bytes * bytes
    sums.it += items * time
    sums.bt += bytes * time
    sums.tt += time * time
    sums.i += items
    sums.b += bytes
    sums.t += time
    observed += time
    if (half === undefined) {
      half = { time, items, bytes }
      return
    }
    spans.push({ time: half.time + time, items: half.items + items, bytes: half.bytes + bytes })
    if (spans.length > spansKept) spans.shift()
    half = undefined
  }

  return {
    note(done) {
      if (last !== undefined && (done.at < last.at || done.at - last.at > asleepMs)) from = done
      last = done
      first ??= done
      if (done.at - first.at < settleMs) {
        from = done
        return
      }
      from ??= done
      if (done.at - from.at < windowMs) return
      add(done.at - from.at, Math.max(0, done.items - from.items), Math.max(0, done.bytes - from.bytes))
      from = done
    },
    pace: () => (observed < leastMs || (sums.i === 0 && sums.b === 0) ? undefined : solve(sums)),
    spread: () =>
      observed < leastMs || (sums.i === 0 && sums.b === 0) ? Number.POSITIVE_INFINITY : spreadOf(spans, solve(sums)),
    clear: () => clearest(sums),
    rates: () => (sums.t === 0 ? { items: 0, bytes: 0 } : { items: (sums.i / sums.t) * 1000, bytes: (sums.b / sums.t) * 1000 }),
    observed: () => observed,
  }
}

/** How far the spans lie from what the pace says of them, for their mean. So few say hardly more than nothing, and are taken for less steady than they look. */
function spreadOf(spans: readonly Span[], { perItemMs, perByteMs }: Pace): number {
  if (spans.length < 2) return unsteady
  const errors = spans.map(({ time, items, bytes }) => (perItemMs * items + perByteMs * bytes) / time - 1)
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length
  const variance = errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / (errors.length - 1)
  // What goes faster and faster, or slower, is not where it will be yet.
  const third = Math.max(1, Math.floor(errors.length / 3))
  const average = (some: readonly number[]) => some.reduce((sum, error) => sum + error, 0) / some.length
  const drift = Math.abs(average(errors.slice(-third)) - average(errors.slice(0, third)))
  return Math.hypot(Math.sqrt(variance / errors.length), drift / 2)
}

/** What a pace is worth that was seen for less than two minutes. */
const unsteady = 0.25

/** The sum of squares that remains unexplained where items alone, or bytes alone, are taken for what takes time. */
function unexplained({ ii, bb, it, bt, tt }: Sums, by: 'i' | 'b'): number {
  const [square, product] = by === 'i' ? [ii, it] : [bb, bt]
  return square === 0 ? Number.POSITIVE_INFINITY : tt - (product / square) * product
}

/** One explains the time beyond doubt that leaves so much less of it unexplained. */
const evident = 0.5

/** What is better explained by both than by one of them has to be so by this much: else chance decides what is put down to which. */
const better = 0.8

/** The two costs that explain the time together; negative ones where they cannot. */
function bothOf({ ii, ib, bb, it, bt, tt }: Sums): { perItem: number; perByte: number; left: number } {
  const determinant = ii * bb - ib * ib
  if (determinant <= ii * bb * 1e-9) return { perItem: -1, perByte: -1, left: Number.POSITIVE_INFINITY }
  const perItem = (it * bb - bt * ib) / determinant
  const perByte = (bt * ii - it * ib) / determinant
  return { perItem, perByte, left: perItem < 0 || perByte < 0 ? Number.POSITIVE_INFINITY : tt - perItem * it - perByte * bt }
}

function clearest(sums: Sums): 'items' | 'bytes' | 'both' | undefined {
  const [ofItems, ofBytes, ofBoth] = [unexplained(sums, 'i'), unexplained(sums, 'b'), bothOf(sums).left]
  if (ofBoth < Math.min(ofItems, ofBytes) * evident) return 'both'
  if (ofBytes < ofItems * evident) return 'bytes'
  return ofItems < ofBytes * evident ? 'items' : undefined
}

function solve(sums: Sums): Pace {
  const { ii, bb, it, bt, i, b, t } = sums
  const both = bothOf(sums)
  const [ofItems, ofBytes, ofBoth] = [unexplained(sums, 'i'), unexplained(sums, 'b'), both.left]
  const chosen =
    ofBoth < Math.min(ofItems, ofBytes) * better
      ? both
      : ofItems <= ofBytes
        ? { perItem: it / ii, perByte: 0 }
        : { perItem: 0, perByte: bt / bb }
  const explained = chosen.perItem * i + chosen.perByte * b
  const scale = explained > 0 ? t / explained : 1
  return { perItemMs: chosen.perItem * scale, perByteMs: chosen.perByte * scale }
}

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

/**
 * Finds by least squares what an item and what a byte cost in time, `time = a · items + b · bytes` over the windows of the last minutes, in sum exactly what
 * was observed. Where a quota of requests binds, bytes cost nothing; where the line binds, items do; between them both.
 */
export function createPaceMeter(): PaceMeter {
  let first: Done | undefined
  let last: Done | undefined
  let from: Done | undefined
  let observed = 0
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
  }

  return {
    note(done) {
      if (last !== undefined && (done.at < last.at || done.at - last.at > asleepMs)) from = done
      last = done
      first ??= done
      if (done.at - first.at < settlingMs) {
        from = done
        return
      }
      from ??= done
      if (done.at - from.at < windowMs) return
      add(done.at - from.at, Math.max(0, done.items - from.items), Math.max(0, done.bytes - from.bytes))
      from = done
    },
    pace: () => (observed < leastMs || (sums.i === 0 && sums.b === 0) ? undefined : solve(sums)),
    observed: () => observed,
  }
}

/** What is better explained by both than by one of them has to be so by this much: else chance decides what is put down to which. */
const better = 0.8

function solve(sums: Sums): Pace {
  const { ii, ib, bb, it, bt, tt, i, b, t } = sums
  const byItems = ii === 0 ? 0 : it / ii
  const byBytes = bb === 0 ? 0 : bt / bb
  const determinant = ii * bb - ib * ib
  const both =
    determinant > ii * bb * 1e-9
      ? { perItem: (it * bb - bt * ib) / determinant, perByte: (bt * ii - it * ib) / determinant }
      : { perItem: -1, perByte: -1 }
  /** Sums of squares that remain unexplained. */
  const ofItems = ii === 0 ? Number.POSITIVE_INFINITY : tt - byItems * it
  const ofBytes = bb === 0 ? Number.POSITIVE_INFINITY : tt - byBytes * bt
  const ofBoth = both.perItem < 0 || both.perByte < 0 ? Number.POSITIVE_INFINITY : tt - both.perItem * it - both.perByte * bt
  const chosen =
    ofBoth < Math.min(ofItems, ofBytes) * better
      ? both
      : ofItems <= ofBytes
        ? { perItem: byItems, perByte: 0 }
        : { perItem: 0, perByte: byBytes }
  const explained = chosen.perItem * i + chosen.perByte * b
  const scale = explained > 0 ? t / explained : 1
  return { perItemMs: chosen.perItem * scale, perByteMs: chosen.perByte * scale }
}

/** Follows the sizes of what no listing told the size of. */
export interface MeanSize {
  /** Counts since the beginning: how many came, and their bytes. */
  note(at: number, count: number, bytes: number): void
  /** Bytes each, and by what share of itself that may be wrong (its standard error); undefined while hardly any came. */
  mean(): { readonly bytes: number; readonly spread: number } | undefined
}

const windowMs = 20_000
/** Fewer are no sample. */
const few = 20

/** The mean of what came, with its error out of how much the means of short times differ, since single sizes are not told. */
export function createMeanSize(): MeanSize {
  let first: { count: number; bytes: number } | undefined
  let from: { at: number; count: number; bytes: number } | undefined
  let last = { count: 0, bytes: 0 }
  const windows: { count: number; bytes: number }[] = []
  return {
    note(at, count, bytes) {
      last = { count, bytes }
      first ??= last
      from ??= { at, count, bytes }
      if (at - from.at < windowMs && at >= from.at) return
      windows.push({ count: count - from.count, bytes: bytes - from.bytes })
      from = { at, count, bytes }
    },
    mean() {
      if (first === undefined) return undefined
      const count = last.count - first.count
      if (count < few) return undefined
      const mean = (last.bytes - first.bytes) / count
      if (windows.length < 3 || mean === 0) return { bytes: mean, spread: 1 / Math.sqrt(count) }
      const squares = windows.reduce((sum, one) => sum + (one.bytes - mean * one.count) ** 2, 0)
      return { bytes: mean, spread: Math.sqrt((squares * windows.length) / (windows.length - 1)) / (mean * count) }
    },
  }
}

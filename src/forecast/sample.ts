/** What is known of sizes that no listing tells. Bytes. */
export interface Sample {
  /** How many were looked at. */
  readonly looked: number
  /** Files that are saved already, or asked for at the service. */
  readonly from: 'saved' | 'asked'
  readonly mean: number
  /** What the mean of all lies between, in nineteen of twenty cases. */
  readonly least: number
  readonly most: number
}

/** So few say next to nothing: half to twice as much is as likely. */
const few = 10

/** Pure; undefined for no sizes at all. */
export function sampleOf(sizes: readonly number[], from: Sample['from']): Sample | undefined {
  const looked = sizes.length
  if (looked === 0) return undefined
  const mean = sizes.reduce((sum, size) => sum + size, 0) / looked
  if (looked < few) return { looked, from, mean, least: mean / 2, most: mean * 2 }
  const variance = sizes.reduce((sum, size) => sum + (size - mean) ** 2, 0) / (looked - 1)
  // Sizes are not spread evenly on both sides of the mean: few very large ones may be missing, so the upper side is wider.
  const error = Math.sqrt(variance / looked)
  return { looked, from, mean, least: Math.max(0, mean - 2 * error), most: mean + 3 * error }
}

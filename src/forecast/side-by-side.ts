/** A source at work, as it goes while all of them are. */
export interface AtWork {
  readonly source: string
  /** Milliseconds that it would still take if nothing changed. */
  readonly ms: number
  /** Bytes a second that it brings. */
  readonly byteRate: number
  /**
   * How many times faster it may become when others end and leave it the line: 1 where something else than the line holds it back, infinite where only the line
   * does.
   */
  readonly most: number
}

/**
 * Sources that go side by side share the line: when one ends, what it took goes to those that the line holds back. Pure. When each ends,
 * milliseconds from now.
 */
export function sideBySide(all: readonly AtWork[]): ReadonlyMap<string, number> {
  const line = all.reduce((sum, { byteRate }) => sum + byteRate, 0)
  let active = all.map((one) => ({ ...one, left: one.ms }))
  const ends = new Map<string, number>()
  let ms = 0
  while (active.length > 0) {
    const factors = speeds(active, line)
    const timed = active.map((one, n) => ({ one, factor: factors[n]!, ends: one.left / factors[n]! }))
    const next = timed.reduce((best, other) => (other.ends < best.ends ? other : best))
    ms += next.ends
    ends.set(next.one.source, ms)
    active = timed
      .filter((other) => other !== next)
      .map(({ one, factor }) => ({ ...one, left: Math.max(0, one.left - next.ends * factor) }))
  }
  return ends
}

/** How many times as fast as before each goes that is still there: the line is shared as it was, and what one cannot use is the others'. */
function speeds(active: readonly AtWork[], line: number): number[] {
  const factors = active.map(() => 1)
  let free = line - active.reduce((sum, { byteRate }) => sum + byteRate, 0)
  let growing = active.flatMap(({ most, byteRate }, n) => (most > 1 && byteRate > 0 ? [n] : []))
  while (growing.length > 0 && free > line * 1e-6) {
    const share = growing.reduce((sum, n) => sum + active[n]!.byteRate * factors[n]!, 0)
    const wanted = 1 + free / share
    let used = 0
    for (const n of growing) {
      const before = factors[n]!
      factors[n] = Math.min(active[n]!.most, before * wanted)
      used += active[n]!.byteRate * (factors[n]! - before)
    }
    free -= used
    growing = growing.filter((n) => factors[n]! < active[n]!.most)
  }
  return factors
}

/** A bar of `columns` characters, brackets included: `[####----]`. It is full only at 1. ASCII, because Japanese consoles draw block characters over two columns. */
export function bar(fraction: number, columns: number): string {
  const inside = Math.max(1, columns - 2)
  const share = Math.min(1, Math.max(0, Number.isFinite(fraction) ? fraction : 0))
  const filled = share === 1 ? inside : Math.min(inside - 1, Math.floor(share * inside))
  return `[${'#'.repeat(filled)}${'-'.repeat(inside - filled)}]`
}

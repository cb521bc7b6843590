/** Edits (insert, delete, replace, swap of neighbours) that turn one word into the other; letter case counts for nothing. */
function distance(left: string, right: string): number {
  const a = [...left.toLowerCase()]
  const b = [...right.toLowerCase()]
  const rows = [b.map((_, index) => index)]
  rows[0]?.push(b.length)
  const at = (row: number, column: number) => rows[row]?.[column] ?? 0
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    rows.push(row)
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const edited = Math.min(at(i - 1, j) + 1, (row[j - 1] ?? 0) + 1, at(i - 1, j - 1) + (same ? 0 : 1))
      row.push(swapped ? Math.min(edited, at(i - 2, j - 2) + 1) : edited)
    }
  }
  return at(a.length, b.length)
}

/** The known word that was probably meant, or undefined where none is near (more than a third of it would have to change). */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (word.length > 100) return undefined
  let best: { word: string; distance: number } | undefined
  for (const candidate of known) {
    const found = { word: candidate, distance: distance(word, candidate) }
    if (
      found.distance <= Math.max(1, Math.floor(Math.max(word.length, candidate.length) / 3)) &&
      found.distance < (best?.distance ?? Infinity)
    )
      best = found
  }
  return best?.word
}

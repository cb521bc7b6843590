import { clean } from './clean.ts'
import { cut, pad, widthOf } from './width.ts'

const gap = '  '
/** Narrower than this a column says nothing any more. */
const narrowest = 8
const numeric = /^-?[\d,.]+( ?[kMGTP]?B| ?%)?$/

/**
 * A plain table: a line of titles, a line a row, columns straight also with wide characters; columns of numbers stand to the right. Where it would be
 * wider than `width` columns, the widest columns of text are cut. Ends with a line break; without rows it is empty.
 */
export function table(columns: readonly string[], rows: readonly (readonly string[])[], width?: number): string {
  if (rows.length === 0) return ''
  const cells = rows.map((row) => columns.map((_, at) => clean(row[at] ?? '')))
  const right = columns.map(
    (_, at) => cells.every((row) => row[at] === '' || numeric.test(row[at]!)) && cells.some((row) => row[at] !== ''),
  )
  const widths = columns.map((title, at) => Math.max(widthOf(title), ...cells.map((row) => widthOf(row[at]!))))
  if (width !== undefined) narrow(widths, right, width)
  return [columns, ...cells].map((row) => `${line(row)}\n`).join('')

  function line(row: readonly string[]): string {
    const padded = row.map((cell, at) => pad(cut(cell, widths[at]!), widths[at]!, right[at] ? 'right' : 'left'))
    return padded.join(gap).trimEnd()
  }
}

/** Takes columns from the widest text until the sum fits, or nothing can be taken any more. */
function narrow(widths: number[], right: readonly boolean[], width: number): void {
  let excess = widths.reduce((sum, one) => sum + one, gap.length * (widths.length - 1)) - width
  while (excess > 0) {
    let widest = -1
    for (const [at, one] of widths.entries())
      if (!right[at] && one > narrowest && (widest < 0 || one > widths[widest]!)) widest = at
    if (widest < 0) return
    widths[widest]!--
    excess--
  }
}

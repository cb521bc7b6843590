import stringWidth from 'string-width'

const segmenter = new Intl.Segmenter()
const ellipsis = '...'
const ascii = /^[\u0020-\u007e]*$/

/** Columns that a text takes on a terminal; the text holds no control characters. */
export function widthOf(text: string): number {
  return ascii.test(text) ? text.length : stringWidth(text)
}

/**
 * The most columns that any terminal gives a text. Japanese consoles draw characters of ambiguous width (`★`, `①`) over two columns
 * (https://www.unicode.org/reports/tr11/#Ambiguous), and many terminals draw the parts of a joined emoji one by one.
 */
export function widestOf(text: string): number {
  if (ascii.test(text)) return text.length
  let width = 0
  for (const { segment } of segmenter.segment(text)) width += widestCluster(segment)
  return width
}

function widestCluster(cluster: string): number {
  let parts = 0
  for (const character of cluster) parts += stringWidth(character, { ambiguousIsNarrow: false })
  return Math.max(parts, stringWidth(cluster, { ambiguousIsNarrow: false }))
}

/** The text in at most `columns`, its end replaced by `...` where it is longer; never cut inside a character. */
export function cut(text: string, columns: number, measure: (text: string) => number = widthOf): string {
  if (measure(text) <= columns) return text
  const room = columns - ellipsis.length
  if (room < 1) return ellipsis.slice(0, Math.max(0, columns))
  return head(text, room, measure) + ellipsis
}

/** As `cut`, but what is left out stands at the front: for paths, whose end says most. */
export function cutFront(text: string, columns: number, measure: (text: string) => number = widthOf): string {
  if (measure(text) <= columns) return text
  const room = columns - ellipsis.length
  if (room < 1) return ellipsis.slice(0, Math.max(0, columns))
  const clusters = Array.from(segmenter.segment(text), ({ segment }) => segment)
  let taken = clusters.length
  let used = 0
  while (taken > 0) {
    used += measure(clusters[taken - 1]!)
    if (used > room) break
    taken--
  }
  return ellipsis + clusters.slice(taken).join('')
}

/** Fills up with blanks to `columns`; a longer text stays as it is. */
export function pad(text: string, columns: number, side: 'left' | 'right' = 'left'): string {
  const blanks = ' '.repeat(Math.max(0, columns - widthOf(text)))
  return side === 'left' ? text + blanks : blanks + text
}

function head(text: string, columns: number, measure: (text: string) => number): string {
  let taken = ''
  let used = 0
  for (const { segment } of segmenter.segment(text)) {
    used += measure(segment)
    if (used > columns) break
    taken += segment
  }
  return taken
}

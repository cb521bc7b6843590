import type { Output } from './output.ts'
import { widestOf } from './width.ts'

/** Control sequences: https://invisible-island.net/xterm/ctlseqs/ctlseqs.html, and https://learn.microsoft.com/windows/console/console-virtual-terminal-sequences */
const clearToEndOfLine = '\u001b[K'
const clearBelow = '\u001b[J'
const wrapOff = '\u001b[?7l'
const wrapOn = '\u001b[?7h'
const up = (rows: number) => (rows > 0 ? `\u001b[${rows}A` : '')

/** A line of a frame; `text` is what it shows, `styled` the same with colours. */
export interface Line {
  readonly text: string
  readonly styled: string
}

/** Where an output says nothing, or 0, of its size. */
const usual = { columns: 80, rows: 24 }

/** Columns that a line may fill: the last is left free, since terminals differ in what happens behind it. */
export function columnsOf(output: Output): number {
  return Math.max(1, (output.columns || usual.columns) - 1)
}

/** Lines that a frame may have: the cursor rests on the one below. */
export function rowsOf(output: Output): number {
  return Math.max(0, (output.rows || usual.rows) - 1)
}

/**
 * The last lines of a terminal, drawn over again and again; what is printed above them stays. Each drawing is one write that overwrites before it
 * clears, so nothing flickers. The cursor rests below the frame and is never hidden, and each write leaves the terminal as it found it: whenever the
 * process dies, nothing has to be restored.
 */
export function createScreen(output: Output): { draw(lines: readonly Line[], above: string): void; erase(above: string): void } {
  let shown: readonly Line[] = []

  return {
    draw(lines, above) {
      // What is printed above may be longer than a line and shall wrap; the frame never shall.
      const body = lines.map(({ styled }) => `${styled}${clearToEndOfLine}\n`).join('')
      const start = above === '' && lines.length > 0 ? home() : wipe() + above
      const end = lines.length > 0 ? clearBelow : ''
      if (start !== '' || body !== '') output.write(`${start}${wrapOff}${body}${wrapOn}${end}`)
      shown = lines
    },
    erase(above) {
      const text = wipe() + above
      if (text !== '') output.write(text)
      shown = []
    },
  }

  /** To the frame's first line. */
  function home(): string {
    return shown.length === 0 ? '' : `\r${up(rowsShown())}`
  }

  /** Clears the frame line by line: terminals put a screen that is cleared from its very top as a whole into the scrollback. */
  function wipe(): string {
    return shown.length === 0 ? '' : `${home()}${`${clearToEndOfLine}\n`.repeat(rowsShown())}${up(rowsShown())}`
  }

  /** A window made narrower has broken the frame's lines into more (terminals do that to what is on screen). */
  function rowsShown(): number {
    const columns = output.columns || usual.columns
    const rows = shown.reduce((sum, { text }) => sum + Math.max(1, Math.ceil(widestOf(text) / columns)), 0)
    return Math.min(rows, rowsOf(output))
  }
}

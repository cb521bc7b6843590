import stringWidth from 'string-width'
import type { Output } from '../../src/display/output.ts'

export interface Terminal extends Output {
  columns: number
  rows: number
  readonly isTTY: true
  readonly writes: string[]
  /** Lines on the screen, without blanks at their ends. */
  screen(): string[]
  /** Lines that have left the screen, and the screen. */
  everything(): string[]
  readonly state: { wraps: boolean; cursorVisible: boolean; row: number }
}

/** As much of a terminal as the live face needs. Throws on a control sequence that it does not know, and on a line that passes the edge while wrapping is off. */
export function terminal(columns: number, rows: number): Terminal {
  let cells: string[][] = [[]]
  const scrollback: string[][] = []
  const state = { wraps: true, cursorVisible: true, row: 0 }
  let column = 0
  const writes: string[] = []
  const segmenter = new Intl.Segmenter()
  const text = (line: string[]) =>
    line
      .map((cell) => cell ?? ' ')
      .join('')
      .trimEnd()

  function newline(): void {
    state.row++
    cells[state.row] ??= []
    while (cells.length > self.rows) {
      scrollback.push(cells.shift()!)
      state.row--
    }
  }

  function put(cluster: string): void {
    const width = stringWidth(cluster)
    if (column + width > self.columns) {
      if (!state.wraps) throw new Error(`a line passes the edge: ${text(cells[state.row]!)}|${cluster}`)
      column = 0
      newline()
    }
    const line = cells[state.row]!
    while (line.length < column) line.push(' ')
    line[column] = cluster
    if (width === 2) line[column + 1] = ''
    column += width
  }

  function control(sequence: string): void {
    const [, argument, final] = /^\u001b\[([?\d;]*)([A-Za-z])$/.exec(sequence)!
    if (final === 'm') return
    if (final === 'A') state.row = Math.max(0, state.row - Number(argument))
    else if (final === 'K') cells[state.row]!.length = Math.min(cells[state.row]!.length, column)
    else if (final === 'J') {
      // As tmux and others do: a screen cleared from its top goes into the scrollback.
      if (state.row === 0 && column === 0) scrollback.push(...cells)
      cells[state.row]!.length = Math.min(cells[state.row]!.length, column)
      cells = cells.slice(0, state.row + 1)
    } else if (argument === '?7') state.wraps = final === 'h'
    else if (argument === '?25') state.cursorVisible = final === 'h'
    else throw new Error(`unknown control sequence ${JSON.stringify(sequence)}`)
  }

  const self: Terminal = {
    columns,
    rows,
    isTTY: true,
    writes,
    state,
    screen: () => cells.map(text),
    everything: () => [...scrollback, ...cells].map(text),
    write(written) {
      writes.push(written)
      for (const piece of written.split(/(\u001b\[[?\d;]*[A-Za-z]|\n|\r)/)) {
        if (piece === '') continue
        if (piece === '\n') {
          column = 0
          newline()
        } else if (piece === '\r') column = 0
        else if (piece.startsWith('\u001b[')) control(piece)
        else if (/[\u0000-\u001f\u007f-\u009f]/.test(piece))
          throw new Error(`a stray control character: ${JSON.stringify(piece)}`)
        else for (const { segment } of segmenter.segment(piece)) put(segment)
      }
    },
  }
  return self
}

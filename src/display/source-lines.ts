import type { Words } from '../language/words.ts'
import { bar } from './bar.ts'
import { formatBytes, formatCount } from './bytes.ts'
import { clean } from './clean.ts'
import type { Colors } from './colors.ts'
import { roundGuess } from './eta.ts'
import type { Line } from './screen.ts'
import type { SourcePace } from './source-paces.ts'
import { cut, pad, widestOf, widthOf } from './width.ts'

export interface SourceRow {
  readonly source: string
  readonly pace: SourcePace
  /** What holds it up, before what its pace says. */
  readonly state?: 'paused' | 'slowed' | 'stopped' | undefined
}

const gap = 2
const barColumns = { least: 8, most: 30 }

/**
 * A line for each source: name, bar, items, bytes, rate, and how long yet, straight among each other. Where there is no room, the rate goes first, then
 * the bytes, the bar, the items. `widths` remembers the widest of each column, so that a bar does not tremble while numbers grow.
 */
export function sourceLines(
  rows: readonly SourceRow[],
  columns: number,
  widths: Map<string, number>,
  colors: Colors,
  { run }: Words,
): Line[] {
  const cells = rows.map((row) => cellsOf(row, run))
  const names = ['name', 'items', 'bytes', 'rate', 'state'] as const
  for (const name of names) {
    const widest = Math.max(...cells.map((row) => widthOf(row[name])))
    // A source's name is cut where it would leave no room for what it is there for.
    widths.set(
      name,
      name === 'name' ? Math.min(widest, Math.max(8, Math.floor(columns / 3))) : Math.max(widest, widths.get(name) ?? 0),
    )
  }
  const shown = new Set<string>([...names, 'bar'])
  for (const name of ['rate', 'bytes', 'bar', 'items']) if (needed() > columns) shown.delete(name)
  const barWidth = Math.min(barColumns.most, barColumns.least + columns - needed())
  return rows.map((row, at) => line(row, cells[at]!))

  function needed(): number {
    let sum = -gap
    for (const name of shown) sum += gap + (name === 'bar' ? barColumns.least : widths.get(name)!)
    return sum
  }

  function line({ pace }: SourceRow, row: Cells): Line {
    const state = row.state
    const before = [
      pad(cut(row.name, widths.get('name')!), widths.get('name')!),
      ...(shown.has('bar') ? [bar(pace.fraction, barWidth)] : []),
      ...(['items', 'bytes', 'rate'] as const)
        .filter((name) => shown.has(name))
        .map((name) => pad(row[name], widths.get(name)!, 'right')),
    ].join(' '.repeat(gap))
    const text = `${before}${' '.repeat(gap)}${state}`
    if (widestOf(text) > columns) {
      const short = cut(text, columns, widestOf)
      return { text: short, styled: short }
    }
    const color = colors[row.color]
    return { text, styled: `${before}${' '.repeat(gap)}${color(state)}` }
  }
}

/** `3.4/7.5 GB`, or `900 MB/7.5 GB` where the units differ. */
function bytesOf(done: number, all: number): string {
  const whole = formatBytes(all)
  const [value, unit] = formatBytes(done).split(' ')
  return whole.endsWith(` ${unit}`) ? `${value}/${whole}` : `${value} ${unit}/${whole}`
}

interface Cells {
  readonly name: string
  readonly items: string
  readonly bytes: string
  readonly rate: string
  readonly state: string
  readonly color: keyof Colors
}

function cellsOf({ source, pace, state }: SourceRow, run: Words['run']): Cells {
  const { items, done, failed, bytes, bytesLeft, listing } = pace.progress
  const moving = pace.state !== 'done' && state !== 'stopped'
  return {
    name: clean(source),
    items: `${formatCount(done + failed)}/${formatCount(items)}`,
    bytes: listing || bytesLeft === 0 || !moving ? formatBytes(bytes) : bytesOf(bytes, bytes + bytesLeft),
    rate: moving && pace.rate !== undefined ? `${formatBytes(pace.rate)}/s` : '',
    ...stateOf(pace, state, failed, run),
  }
}

function stateOf(
  pace: SourcePace,
  state: SourceRow['state'],
  failed: number,
  run: Words['run'],
): { state: string; color: keyof Colors } {
  const failures = failed > 0 ? [run.failures(failed)] : []
  const say = (text: string, color: keyof Colors) => ({
    state: [...(text === '' ? [] : [text]), ...failures].join(run.separator),
    color: failed > 0 ? ('red' as const) : color,
  })
  if (state === 'stopped') return say(run.bar.stopped, 'red')
  if (pace.state === 'done') return say(run.bar.done, 'green')
  if (state !== undefined) return say(run.bar[state], 'yellow')
  if (pace.state === 'stalled') return say(run.bar.stalled, 'yellow')
  if (pace.state === 'listing') return say(run.bar.listing, 'dim')
  return say(pace.remaining === undefined ? '' : run.bar.left(roundGuess(pace.remaining)), 'dim')
}

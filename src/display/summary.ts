import type { ExitStatus, State, Tally } from '../core/state.ts'
import type { Words } from '../language/words.ts'
import { clean } from './clean.ts'
import { table } from './table.ts'
import { widthOf } from './width.ts'

export interface SummaryFacts {
  readonly command: string
  readonly sources: Readonly<Record<string, Tally>>
  readonly status: ExitStatus
  readonly interrupted: boolean
  /** Columns of the terminal, where it is one: a table that is wider becomes sentences. */
  readonly width?: number | undefined
}

const order: readonly State[] = ['saved', 'unchanged', 'unexportable', 'excluded', 'gone', 'pending', 'failed']

/** What a run did and what that means: the table, then the verdict. Ends with a line break. */
export function summaryText(facts: SummaryFacts, words: Words): string {
  const rows = fitting(facts, words)
  return `${rows === '' ? '' : `${rows}\n\n`}${verdict(facts, words)}\n`
}

function fitting({ sources, width }: SummaryFacts, words: Words): string {
  const rows = summaryTable(sources, words)
  const widest = Math.max(...rows.split('\n').map((row) => widthOf(row)))
  return width === undefined || widest <= width ? rows : sentences(sources, words)
}

function sentences(sources: Readonly<Record<string, Tally>>, { summary, format }: Words): string {
  const lines = Object.entries(sources).map(([name, tally]) => {
    const states = order.flatMap((state) => (tally[state] > 0 ? [summary.inState(tally[state], summary.states[state])] : []))
    return `${clean(name)}: ${[summary.items(tally.items), ...states, format.size(tally.bytes)].join(summary.separator)}`
  })
  return lines.join('\n')
}

/** A line for each source, and one for all where there are several; columns that are zero everywhere are left out. Without a line break at the end. */
export function summaryTable(sources: Readonly<Record<string, Tally>>, { summary, format }: Words): string {
  const names = Object.keys(sources)
  const total = totalOf(Object.values(sources))
  const shown = order.filter((state) => total[state] > 0)
  const line = (name: string, tally: Tally) => [
    name,
    ...[tally.items, ...shown.map((state) => tally[state])].map(format.number),
    format.size(tally.bytes),
  ]
  const rows = names.map((name) => line(name, sources[name]!))
  if (names.length > 1) rows.push(line(summary.all, total))
  return table(
    [summary.source, summary.itemsColumn, ...shown.map((state) => summary.states[state]), summary.bytesColumn],
    rows,
  ).trimEnd()
}

/** One plain sentence, and what to do next. Only status 0 with nothing open is ever called complete. */
function verdict({ command, sources, status, interrupted }: SummaryFacts, { summary }: Words): string {
  const total = totalOf(Object.values(sources))
  const { pending, failed } = summary.states
  const open = [
    ...(total.pending > 0 ? [summary.inState(total.pending, pending)] : []),
    ...(total.failed > 0 ? [summary.inState(total.failed, failed)] : []),
  ].join(summary.separator)
  if (interrupted || status === 130) return summary.interrupted(open)
  if (status === 1) return summary.unexpected(open)
  if (status === 2) return summary.mistake(open)
  if (status === 4) return summary.signInFirst(open)
  if (status === 5) return summary.unusable(open)
  if (command === 'plan') return status === 0 ? summary.listed(total.items) : summary.unlisted
  if (open !== '') return summary.open(open)
  if (status !== 0) return summary.unlisted
  return complete(sources, total, summary)
}

function complete(sources: Readonly<Record<string, Tally>>, total: Tally, summary: Words['summary']): string {
  const names = Object.keys(sources)
  if (names.length === 0) return summary.noSource
  const lines = [summary.complete(total.items, total)]
  const empty = names.filter((name) => sources[name]!.items === 0)
  if (empty.length > 0) lines.push(summary.empty(empty.map(clean).join(summary.separator)))
  return lines.join('\n')
}

function totalOf(tallies: readonly Tally[]): Tally {
  const total = { items: 0, bytes: 0, saved: 0, unchanged: 0, unexportable: 0, excluded: 0, gone: 0, pending: 0, failed: 0 }
  for (const tally of tallies) for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += tally[key]
  return total
}

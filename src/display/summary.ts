import type { ExitStatus, State, Tally } from '../core/state.ts'
import { formatBytes, formatCount } from './bytes.ts'
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

const titles: Readonly<Record<State, string>> = {
  saved: 'saved',
  unchanged: 'unchanged',
  unexportable: 'not exportable',
  excluded: 'left out',
  gone: 'gone',
  pending: 'pending',
  failed: 'failed',
}
const order: readonly State[] = ['saved', 'unchanged', 'unexportable', 'excluded', 'gone', 'pending', 'failed']

/** What a run did and what that means: the table, then the verdict. Ends with a line break. */
export function summaryText(facts: SummaryFacts): string {
  const rows = fitting(facts)
  return `${rows === '' ? '' : `${rows}\n\n`}${verdict(facts)}\n`
}

function fitting({ sources, width }: SummaryFacts): string {
  const rows = summaryTable(sources)
  const widest = Math.max(...rows.split('\n').map((row) => widthOf(row)))
  return width === undefined || widest <= width ? rows : sentences(sources)
}

function sentences(sources: Readonly<Record<string, Tally>>): string {
  const lines = Object.entries(sources).map(([name, tally]) => {
    const states = order.flatMap((state) => (tally[state] > 0 ? [`${formatCount(tally[state])} ${titles[state]}`] : []))
    return `${clean(name)}: ${[count(tally.items), ...states, formatBytes(tally.bytes)].join(', ')}`
  })
  return lines.join('\n')
}

/** A line for each source, and one for all where there are several; columns that are zero everywhere are left out. Without a line break at the end. */
export function summaryTable(sources: Readonly<Record<string, Tally>>): string {
  const names = Object.keys(sources)
  const total = totalOf(Object.values(sources))
  const shown = order.filter((state) => total[state] > 0)
  const line = (name: string, tally: Tally) => [
    name,
    ...[tally.items, ...shown.map((state) => tally[state])].map(formatCount),
    formatBytes(tally.bytes),
  ]
  const rows = names.map((name) => line(name, sources[name]!))
  if (names.length > 1) rows.push(line('all', total))
  return table(['source', 'items', ...shown.map((state) => titles[state]), 'bytes'], rows).trimEnd()
}

/** One plain sentence, and what to do next. Only status 0 with nothing open is ever called complete. */
function verdict({ command, sources, status, interrupted }: SummaryFacts): string {
  const total = totalOf(Object.values(sources))
  const open = [
    ...(total.pending > 0 ? [`${formatCount(total.pending)} pending`] : []),
    ...(total.failed > 0 ? [`${formatCount(total.failed)} failed`] : []),
  ].join(', ')
  const so = open === '' ? '' : ` (${open})`
  if (interrupted || status === 130)
    return `Not complete: interrupted${so}. What was done is kept; run the same command again to go on.`
  if (status === 1)
    return `Not complete: an unexpected error${so}; see the messages. What was done is kept; run the same command again.`
  if (status === 2) return `Not complete: the settings or the command line have a mistake${so}; see the messages.`
  if (status === 4) return `Not complete: sign in first (holdall connect)${so}; then run the same command again.`
  if (status === 5)
    return `Not complete: the archive cannot be used${so}; see the messages. What was saved is kept; run the same command again when that is mended.`
  if (command === 'plan')
    return status === 0
      ? `Listed: ${count(total.items)}. Nothing was downloaded.`
      : 'Not complete: not everything could be listed, see the messages; run the same command again.'
  if (open !== '') return `Not complete: ${open}; run the same command again.`
  if (status !== 0) return 'Not complete: not everything could be listed, see the messages; run the same command again.'
  return complete(sources, total)
}

function complete(sources: Readonly<Record<string, Tally>>, total: Tally): string {
  const names = Object.keys(sources)
  if (names.length === 0) return 'Nothing was done: no source was chosen.'
  const left = [
    ...(total.unexportable > 0 ? [`${formatCount(total.unexportable)} that the service does not give out`] : []),
    ...(total.excluded > 0 ? [`${formatCount(total.excluded)} left out by your settings`] : []),
    ...(total.gone > 0 ? [`${formatCount(total.gone)} that vanished at the source first`] : []),
  ]
  const lines = [
    `Complete: ${count(total.items)} listed, nothing pending, nothing failed${left.length > 0 ? `; not saved: ${left.join(', ')}` : ''}.`,
  ]
  const empty = names.filter((name) => sources[name]!.items === 0)
  if (empty.length > 0)
    lines.push(`Nothing at all was found in ${empty.map(clean).join(', ')}: see that it is the account that you mean.`)
  return lines.join('\n')
}

function count(items: number): string {
  return items === 1 ? '1 item' : `${formatCount(items)} items`
}

function totalOf(tallies: readonly Tally[]): Tally {
  const total = { items: 0, bytes: 0, saved: 0, unchanged: 0, unexportable: 0, excluded: 0, gone: 0, pending: 0, failed: 0 }
  for (const tally of tallies) for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += tally[key]
  return total
}

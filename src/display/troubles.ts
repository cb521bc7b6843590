import { formatCount } from './bytes.ts'
import { clean } from './clean.ts'

export interface Trouble {
  /** ACCOUNT/SOURCE. */
  readonly source: string
  readonly path: string
  readonly state: string
  readonly reason: string
  readonly hint?: string | undefined
}

export interface TroublesOptions {
  /** Examples for each reason. */
  readonly limit: number
  /** Reasons at most; the rest is counted. Default 20. */
  readonly reasons?: number
}

interface Group {
  readonly state: string
  readonly reason: string
  readonly hint: string | undefined
  readonly sources: Set<string>
  readonly examples: string[]
  count: number
}

/** Failed first: what can be mended stands before what cannot. */
const order = ['failed', 'pending', 'unexportable', 'gone', 'excluded']
const words: Readonly<Record<string, string>> = { unexportable: 'not exportable', excluded: 'left out' }

/** What is not saved and why: grouped by reason, with a few examples each. Ends with a line break; empty where there is nothing to say. */
export function troublesText(items: Iterable<Trouble>, { limit, reasons = 20 }: TroublesOptions): string {
  const groups = grouped(items, limit)
  const shown = groups.slice(0, reasons)
  const lines = shown.flatMap((group) => [
    `${formatCount(group.count)} ${words[group.state] ?? group.state}: ${clean(group.reason)}`,
    ...group.examples.map((example) => `  ${clean(example)}`),
    ...(group.count > group.examples.length
      ? [`  and ${formatCount(group.count - group.examples.length)} more; see ${metadataOf(group.sources)}`]
      : []),
    ...(group.hint === undefined ? [] : [`  What you can do: ${clean(group.hint)}`]),
  ])
  const rest = groups.slice(reasons)
  if (rest.length > 0) {
    const count = rest.reduce((sum, group) => sum + group.count, 0)
    lines.push(
      `${formatCount(count)} more for ${formatCount(rest.length)} other reasons; see ${metadataOf(new Set(rest.flatMap((group) => [...group.sources])))}`,
    )
  }
  return lines.map((line) => `${line}\n`).join('')
}

function grouped(items: Iterable<Trouble>, limit: number): Group[] {
  const groups = new Map<string, Group>()
  for (const { source, path, state, reason, hint } of items) {
    const key = JSON.stringify([state, reason, hint ?? null])
    const group = groups.get(key) ?? { state, reason, hint, sources: new Set(), examples: [], count: 0 }
    groups.set(key, group)
    group.count++
    group.sources.add(source)
    if (group.examples.length < limit)
      group.examples.push(path === source || path.startsWith(`${source}/`) ? path : `${source}/${path}`)
  }
  const rank = (group: Group) => (order.indexOf(group.state) + order.length + 1) % (order.length + 1)
  return [...groups.values()].sort((a, b) => rank(a) - rank(b) || b.count - a.count)
}

function metadataOf(sources: ReadonlySet<string>): string {
  const [only, ...others] = sources
  return only === undefined || others.length > 0 ? 'metadata/' : `metadata/${only}.jsonl`
}

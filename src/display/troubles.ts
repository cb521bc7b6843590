import type { State } from '../core/state.ts'
import type { Words } from '../language/words.ts'
import { clean } from './clean.ts'
import { joined } from './joined.ts'

export interface Trouble {
  /** ACCOUNT/SOURCE. */
  readonly source: string
  readonly path: string
  readonly state: State
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
  readonly state: State
  readonly reason: string
  readonly hint: string | undefined
  readonly sources: Set<string>
  readonly examples: string[]
  count: number
}

/** Failed first: what can be mended stands before what cannot. */
const order: readonly State[] = ['failed', 'pending', 'unexportable', 'gone', 'excluded']

/** What is not saved and why: grouped by reason, with a few examples each. Ends with a line break; empty where there is nothing to say. */
export function troublesText(items: Iterable<Trouble>, words: Words, { limit, reasons = 20 }: TroublesOptions): string {
  const { summary } = words
  const groups = grouped(items, limit)
  const shown = groups.slice(0, reasons)
  const lines = shown.flatMap((group) => [
    joined(summary.inState(group.count, summary.states[group.state]), group.reason, words),
    ...group.examples.map((example) => `  ${clean(example)}`),
    ...(group.count > group.examples.length
      ? [`  ${summary.moreOf(group.count - group.examples.length, metadataOf(group.sources))}`]
      : []),
    ...(group.hint === undefined ? [] : [`  ${joined(summary.whatToDo, group.hint, words).replaceAll('\n', '\n  ')}`]),
  ])
  const rest = groups.slice(reasons)
  if (rest.length > 0) {
    const count = rest.reduce((sum, group) => sum + group.count, 0)
    const place = metadataOf(new Set(rest.flatMap((group) => [...group.sources])))
    lines.push(summary.moreReasons(count, rest.length, place))
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

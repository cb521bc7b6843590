import type { State } from '../core/state.ts'

/** One item that is not saved, as far as grouping needs it. */
export interface UnsavedItem {
  readonly state: Exclude<State, 'saved' | 'unchanged'>
  /** For what is not exportable: why, out of a closed list. */
  readonly class?: string | undefined
  readonly reason: string
  readonly hint?: string | undefined
}

export interface ReasonGroup<Example> extends UnsavedItem {
  readonly count: number
  readonly examples: readonly Example[]
}

export interface Grouping {
  /** Examples for each reason. */
  readonly examples: number
  /** Different reasons that are told apart; items with yet others are counted under `otherwise`, by state. */
  readonly reasons: number
  readonly otherwise: string
}

/** What can be mended stands first. */
const order: readonly State[] = ['failed', 'pending', 'unexportable', 'gone', 'excluded']

interface Group<Example> extends UnsavedItem {
  count: number
  readonly examples: Example[]
}

/**
 * Groups items by state and reason; the largest group of a state first. However many items there are, no more than `reasons` groups are kept, and of
 * each the first few examples: `exampleOf` is called for these alone.
 */
export function groupReasons<Item extends UnsavedItem, Example>(
  items: Iterable<Item>,
  { examples, reasons, otherwise }: Grouping,
  exampleOf: (item: Item) => Example,
): readonly ReasonGroup<Example>[] {
  const groups = new Map<string, Group<Example>>()
  for (const item of items) {
    const own = JSON.stringify([item.state, item.class, item.reason, item.hint])
    const fits = groups.has(own) || groups.size < reasons
    const key = fits ? own : JSON.stringify([item.state])
    let group = groups.get(key)
    if (group === undefined) {
      const { state, reason, hint } = item
      group = fits
        ? { state, class: item.class, reason, hint, count: 0, examples: [] }
        : { state, reason: otherwise, count: 0, examples: [] }
      groups.set(key, group)
    }
    group.count++
    if (group.examples.length < examples) group.examples.push(exampleOf(item))
  }
  const last = (group: Group<Example>) => Number(group.reason === otherwise)
  return [...groups.values()].sort(
    (a, b) => order.indexOf(a.state) - order.indexOf(b.state) || last(a) - last(b) || b.count - a.count,
  )
}

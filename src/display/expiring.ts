import { formatCount } from './bytes.ts'
import { clean } from './clean.ts'

/** What the provider of a source will remove by itself and is not saved yet. Times in milliseconds since 1970. */
export interface Expiring {
  /** ACCOUNT/SOURCE. */
  readonly source: string
  readonly items: number
  readonly first: number
  readonly last: number
  /** Paths of those that go soonest. */
  readonly examples: readonly string[]
}

/** A sentence for each source, and what goes soonest. Ends with a line break; empty where there is nothing to say. */
export function expiringText(all: readonly Expiring[]): string {
  return all
    .map(({ source, items, first, last, examples }) => {
      const when = day(first) === day(last) ? `on ${day(first)}` : `between ${day(first)} and ${day(last)}`
      const many = items === 1 ? '1 item that is not saved yet' : `${formatCount(items)} items that are not saved yet`
      const shown = examples.map((example) => `  ${clean(example)}\n`).join('')
      return `${source}: ${many} will be removed by the service itself ${when} (its retention rules); a backup takes them first\n${shown}`
    })
    .join('')
}

const day = (at: number) => new Date(at).toISOString().slice(0, 10)

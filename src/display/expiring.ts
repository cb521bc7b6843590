import type { Words } from '../language/words.ts'
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
export function expiringText(all: readonly Expiring[], { summary }: Words): string {
  return all
    .map(({ source, items, first, last, examples }) => {
      const shown = examples.map((example) => `  ${clean(example)}\n`).join('')
      return `${summary.expiring(source, items, iso(first), iso(last))}\n${shown}`
    })
    .join('')
}

const iso = (at: number) => new Date(at).toISOString()

import type { Connection } from '../../../src/core/provider.ts'
import { budgets } from '../../../src/providers/google/limits.ts'

/** The provider's budgets, without the waiting. */
export const swift = budgets.map((budget) => ({ ...budget, unitsPerSecond: 1e6, burst: 1e6 }))

/** A connection whose requests ask for pages of this size, so that a small account has many; how a page's size is called differs from API to API. */
export function withPages(connection: Connection, pageSize: number): Connection {
  const { transport } = connection
  return {
    ...connection,
    transport: {
      send: transport.send,
      fetch: (cost) => {
        const inner = transport.fetch(cost)
        return (input, init) => {
          const url = new URL(input instanceof Request ? input.url : input)
          for (const name of ['maxResults', 'pageSize'])
            if (url.searchParams.has(name)) url.searchParams.set(name, String(pageSize))
          return inner(url, init)
        }
      },
    },
  }
}

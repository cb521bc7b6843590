import type { Connection, SourceType } from '../../../../src/core/provider.ts'
import type { Source, SourceSettings } from '../../../../src/core/source.ts'
import type { FaultAction, FaultyRequest } from '../../../../src/practice/serving/faults.ts'
import { budgets } from '../../../../src/providers/google/limits.ts'
import { type ConnectOptions, connect } from '../connect.ts'

/** The provider's, without the waiting. */
const swift = budgets.map((budget) => ({ ...budget, unitsPerSecond: 1e6, burst: 1e6 }))

/** A source of records at a practice Google; `pageSize` stands in for what it asks for. */
export async function connectRecords(type: SourceType, { pageSize, ...options }: ConnectOptions & { pageSize: number }) {
  const at = await connect({ budgets: swift, ...options, scopes: ['openid', ...(options.scopes ?? type.scopes({}))] })
  const connection = (): Connection => {
    const made = at.connection()
    return { ...withPages(made, pageSize), endpoints: { ...made.endpoints, photos: at.practice.photos } }
  }
  return {
    ...at,
    open: (settings: SourceSettings = {}): Source => type.open(connection(), settings),
    fault: (struck: (request: FaultyRequest) => boolean, action: FaultAction, skip = 0) => {
      let left = skip
      at.practice.addFault({ match: (request) => struck(request) && left-- <= 0, times: Number.POSITIVE_INFINITY, do: action })
    },
    complaints: () => [...at.practice.violations, ...at.practice.errors],
  }
}

function withPages(connection: Connection, pageSize: number): Connection {
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

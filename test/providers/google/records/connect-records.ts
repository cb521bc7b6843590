import type { Connection, SourceType } from '../../../../src/core/provider.ts'
import type { Source, SourceSettings } from '../../../../src/core/source.ts'
import type { FaultAction, FaultyRequest } from '../../../../src/practice/serving/faults.ts'
import { type ConnectOptions, connect } from '../connect.ts'
import { swift, withPages } from '../swift-pages.ts'

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

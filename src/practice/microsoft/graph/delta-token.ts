import { invalidRequest } from './graph-error.ts'

interface Baked {
  /** `$select` and `$top` of the first call: https://learn.microsoft.com/graph/delta-query-overview#optional-query-parameters */
  readonly select?: readonly string[] | undefined
  readonly top?: number | undefined
  readonly epoch: string
  readonly generation: number
  /** Counts pages from 1. */
  readonly page: number
}

/** Everything is listed, in the order of the store. */
export interface CrawlToken extends Baked {
  readonly kind: 'crawl'
  readonly entry: number
  readonly offset: number
  readonly end: number
  /** The change log when the crawl began. */
  readonly since: number
  /** An entry that comes again. */
  readonly repeat?: string | undefined
}

/** What changed after `since`. */
export interface ChangesToken extends Baked {
  readonly kind: 'changes'
  readonly since: number
  /** Fixed by the first page. */
  readonly until?: number | undefined
  readonly at: number
}

export type DeltaToken = CrawlToken | ChangesToken

export const writeDeltaToken = (token: DeltaToken): string => Buffer.from(JSON.stringify(token)).toString('base64url')

/** Throws 400 for what was never a token. */
export function readDeltaToken(text: string): DeltaToken {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    if (typeof value === 'object' && value !== null && 'kind' in value && (value.kind === 'crawl' || value.kind === 'changes'))
      return value as DeltaToken
  } catch {
    // Refused below like anything else that is no token.
  }
  throw invalidRequest('The provided sync token is not valid.')
}

import { createHash } from 'node:crypto'

/** What a sync token stands for. */
export interface SyncPoint {
  /** The listing: a change of account, calendar or the like makes another. */
  readonly listing: string
  /** Parameters of the listing that it came from. */
  readonly query: string
  /** Changes after this one are news. */
  readonly sequence: number
  /** When the full listing began that the chain of tokens goes back to; milliseconds since 1970. */
  readonly fullAt: number
  /** Which tokens the listing still takes; the model counts it up to make all of them invalid. */
  readonly generation: number
}

const digest = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 12)

export function makeSyncToken({ listing, query, sequence, fullAt, generation }: SyncPoint): string {
  return Buffer.from(JSON.stringify([digest(listing), digest(query), sequence, fullAt, generation])).toString('base64url')
}

/** The point that the token stands for, and whether the parameters are the same; undefined: no token, or of another listing. */
export function readSyncToken(
  token: string,
  { listing, query }: Pick<SyncPoint, 'listing' | 'query'>,
): { sequence: number; fullAt: number; generation: number; sameQuery: boolean } | undefined {
  let parts: unknown
  try {
    parts = JSON.parse(Buffer.from(token, 'base64url').toString())
  } catch {
    return undefined
  }
  if (!Array.isArray(parts) || parts.length !== 5) return undefined
  const [ofListing, ofQuery, sequence, fullAt, generation]: readonly unknown[] = parts
  if (ofListing !== digest(listing) || typeof ofQuery !== 'string') return undefined
  if (typeof sequence !== 'number' || typeof fullAt !== 'number' || typeof generation !== 'number') return undefined
  return { sequence, fullAt, generation, sameQuery: ofQuery === digest(query) }
}

import { randomBytes } from 'node:crypto'
import { ZoomError } from './zoom-error.ts'

/** Tokens of next pages: opaque, for one query of one user, good for 15 minutes. */
export interface PageTokens {
  make(query: string, position: number): string
  /** Throws 300 for one that is unknown, of another query, or too old. */
  read(token: string, query: string): number
  /** From now on every token given so far is refused. */
  expire(): void
}

/** "This token's expiration period is 15 minutes": https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording/GET/users/{userId}/recordings */
const lifeMs = 15 * 60 * 1000
const most = 10_000

export function createPageTokens(now: () => number): PageTokens {
  const known = new Map<string, { query: string; position: number; until: number }>()
  return {
    make(query, position) {
      const token = randomBytes(24).toString('base64url')
      known.set(token, { query, position, until: now() + lifeMs })
      const oldest = known.keys().next().value
      if (known.size > most && oldest !== undefined) known.delete(oldest)
      return token
    },
    read(token, query) {
      const found = known.get(token)
      if (found === undefined || found.query !== query || found.until < now()) {
        throw new ZoomError(400, 300, 'The next page token is invalid or expired.')
      }
      return found.position
    },
    expire: () => known.clear(),
  }
}

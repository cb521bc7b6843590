import { invalidParameter } from './drive-error.ts'

/** Makes and reads page tokens of listings: opaque, good for one query of one user only, and for some hours. */
export interface PageTokens {
  /** `query` is everything that must be the same on the next page. */
  make(query: string, position: readonly number[]): string
  /** Throws 400 for a token that is not one, belongs to another query, or has expired. */
  read(token: string, query: string): number[]
  /** From now on every token given so far is refused. */
  expire(): void
}

// "typically valid for several hours": https://developers.google.com/workspace/drive/api/reference/rest/v3/files/list
const lifeMs = 6 * 60 * 60 * 1000

export function createPageTokens(now: () => number): PageTokens {
  let generation = 0
  return {
    make: (query, position) =>
      `~!!~${Buffer.from(JSON.stringify({ query: fingerprint(query), position, generation, time: now() })).toString('base64url')}`,
    read(token, query) {
      const value = decoded(token)
      const refused = () => invalidParameter('pageToken')
      if (value.query !== fingerprint(query) || value.generation !== generation) throw refused()
      if (typeof value.time !== 'number' || now() - value.time > lifeMs) throw refused()
      const { position } = value
      if (!Array.isArray(position) || !position.every((part) => typeof part === 'number')) throw refused()
      return position
    },
    expire() {
      generation += 1
    },
  }
}

function decoded(token: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(token.slice(4), 'base64url').toString())
    if (token.startsWith('~!!~') && typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {
    // Not a token of ours: refused below like any other.
  }
  throw invalidParameter('pageToken')
}

/** FNV-1a, 32 bits: enough to tell queries apart. */
function fingerprint(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0
  return value
}

import { randomBytes } from 'node:crypto'
import type { Content } from './content.ts'

/** What an address with its own authority leads to. */
export interface SignedTarget {
  readonly content: Content
  readonly mimeType: string
  /** Stored files can be had in part, exports cannot. */
  readonly ranges: boolean
}

export interface SignedLinks {
  /** Path and query below the storage host's root. */
  make(id: string, target: SignedTarget): string
  find(signature: string): SignedTarget | undefined
}

const lifeMs = 60 * 60 * 1000
const most = 10_000

export function createSignedLinks(now: () => number): SignedLinks {
  const known = new Map<string, SignedTarget & { readonly until: number }>()
  return {
    make(id, target) {
      const signature = randomBytes(24).toString('base64url')
      known.set(signature, { ...target, until: now() + lifeMs })
      const oldest = known.keys().next().value
      if (known.size > most && oldest !== undefined) known.delete(oldest)
      return `docs/securesc/${id}?e=download&sig=${signature}`
    },
    find(signature) {
      const found = known.get(signature)
      return found !== undefined && found.until > now() ? found : undefined
    },
  }
}

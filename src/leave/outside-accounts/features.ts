import { accountPhrases } from './account-phrases.ts'
import { otherPhrases } from './other-phrases.ts'
import type { EvidenceKind } from './outside-accounts.ts'

export const phrases = [...accountPhrases, ...otherPhrases]

/** Below this much nothing is said: then a message is bulk mail, or tells nothing. */
export const threshold = 3

/** How much structure weighs, by name. See `structure.ts`. */
export const structureWeights = {
  'list-unsubscribe': ['newsletter', 2],
  'list-id': ['newsletter', 2],
  'bulk-precedence': ['newsletter', 2],
  'confirming-link': ['registration', 2],
  'password-link': ['security', 2],
  'account-link': ['registration', 1],
  'unsubscribe-link': ['newsletter', 1],
  'code-alone': ['security', 1.5],
} as const satisfies Readonly<Record<string, readonly [EvidenceKind, number]>>

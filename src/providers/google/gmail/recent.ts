import type { JsonObject } from '../../../core/json.ts'

/** Messages that are remembered: more than can wait between the download of one and its entry into the journal. */
const remembered = 2_000

/**
 * Changes of labels told by the log while a message is on its way: downloaded already, with its labels as they were, and not yet written
 * down. Without this the older labels would be written over the newer ones.
 */
export interface RecentMessages {
  /** Its download begins. */
  begin(id: string): void
  /** The log tells its labels, as of the history id `at`. */
  relabel(id: string, at: string, details: JsonObject): void
  /** The details of a message that was downloaded when its history stood at `at` (absent: not known), with what came later. */
  complete(id: string, at: string | undefined, details: JsonObject): JsonObject
}

export function createRecentMessages(): RecentMessages {
  const later = new Map<string, { readonly at: bigint; readonly details: JsonObject } | undefined>()
  return {
    begin(id) {
      later.delete(id)
      later.set(id, undefined)
      if (later.size > remembered) later.delete(later.keys().next().value!)
    },
    relabel(id, at, details) {
      if (later.has(id)) later.set(id, { at: BigInt(at), details })
    },
    complete(id, at, details) {
      const change = later.get(id)
      return change === undefined || (at !== undefined && BigInt(at) >= change.at) ? details : { ...details, ...change.details }
    },
  }
}

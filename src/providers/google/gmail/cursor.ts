import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { LabelNames } from './labels.ts'
import { historyId } from './schema.ts'

/**
 * Where a full listing is: sent mail, where nothing has been downloaded yet, so that it is known early; mail outside spam and trash (with them by option);
 * then what lies in the trash, then in spam, both of which are named only to be counted as left out.
 */
export const places = ['SENT', 'mail', 'TRASH', 'SPAM'] as const

/** `start`: the history id from which the log of changes goes on, taken before anything was listed. `names`: the labels of that time. */
const common = { start: historyId, names: z.record(z.string(), z.string()) }

const state = z.discriminatedUnion('step', [
  /**
   * The ids of everything; `page` the next page, absent: the first one of this place. `first`: when it began no message had been downloaded, so that whatever
   * is said of one is as new as `start`, and the log tells the rest.
   */
  z.object({
    step: z.literal('full'),
    ...common,
    place: z.enum(places),
    page: z.string().optional(),
    first: z.literal(true).optional(),
  }),
  /** The labels of every message, label by label; begun anew when it was broken off. */
  z.object({ step: z.literal('labels'), ...common }),
  /** The log of changes, the last part of a listing; `page` the next page, absent: the first one after `start`. */
  z.object({ step: z.literal('history'), ...common, page: z.string().optional() }),
  /** Nothing is under way. */
  z.object({ step: z.literal('rest'), ...common }),
])

export type ListingState = z.infer<typeof state>

export const writeCursor = (at: ListingState): string => JSON.stringify(at)

/** undefined for what is no cursor of ours (one of another version, say). */
export function readCursor(cursor: string): ListingState | undefined {
  try {
    return state.safeParse(JSON.parse(cursor)).data
  } catch {
    return undefined
  }
}

/** Names are only compared; there may be thousands, and the cursor is written with each page. */
export function digestNames(names: LabelNames): Readonly<Record<string, string>> {
  const entries = [...names].sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([id, name]) => [id, createHash('sha256').update(name).digest('base64url').slice(0, 8)]))
}

/** A label was renamed or deleted, which the log of changes does not tell. A new one it does, by the messages that got it. */
export function hasRenamed(before: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>): boolean {
  return Object.entries(before).some(([id, name]) => now[id] !== name)
}

import { z } from 'zod'

/** A folder whose content is still to be listed; `link` is the page to go on with. */
const waiting = z.object({ id: z.string(), link: z.string().optional() })
export type WaitingFolder = z.infer<typeof waiting>

const state = z.discriminatedUnion('step', [
  /** The log of changes, or all there is as its beginning: `link` is the next page, whole, as the service gave it. */
  z.object({ step: z.literal('page'), link: z.string() }),
  /** Nothing is under way; `link` tells what happens from now on. */
  z.object({ step: z.literal('rest'), link: z.string() }),
  /** Folder by folder, where there is no log. */
  z.object({ step: z.literal('walk'), queue: z.array(waiting).min(1) }),
  /** There is no log: the next listing is a full one. */
  z.object({ step: z.literal('again') }),
])

/** Where a listing of a stream stands. */
export type ListingState = z.infer<typeof state>

export const writeCursor = (at: ListingState): string => JSON.stringify(at)

/** undefined for what is no cursor of ours (one of another version, say). */
export function readCursor(cursor: string | undefined): ListingState | undefined {
  try {
    return cursor === undefined ? undefined : state.safeParse(JSON.parse(cursor)).data
  } catch {
    return undefined
  }
}

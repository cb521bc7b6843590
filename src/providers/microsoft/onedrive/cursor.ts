import { z } from 'zod'
import { shortcut } from './shortcuts.ts'

/** A folder whose content is still to be listed; `link` is the page to go on with. `pack`: it is a package, whose content need not be shown. */
const waiting = z.object({ id: z.string(), link: z.string().optional(), pack: z.literal(true).optional() })
export type WaitingFolder = z.infer<typeof waiting>

/** Those inside folders, in the log of the own drive where they are followed. */
const shortcuts = z.array(shortcut).optional()

const state = z.discriminatedUnion('step', [
  /** The log of changes, or all there is as its beginning: `link` is the next page, whole, as the service gave it. */
  z.object({ step: z.literal('page'), link: z.string(), shortcuts }),
  /** Nothing is under way; `link` tells what happens from now on. */
  z.object({ step: z.literal('rest'), link: z.string(), shortcuts }),
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

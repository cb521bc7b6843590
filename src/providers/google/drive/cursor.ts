import { z } from 'zod'

/** A folder whose content is still to be listed, and the page to go on with. */
const waiting = z.object({ id: z.string(), page: z.string().optional() })
export type WaitingFolder = z.infer<typeof waiting>

const state = z.discriminatedUnion('step', [
  /** Everything of the stream. `start` is the change token taken before the first page; `page` the next page. Absent: not begun. */
  z.object({ step: z.literal('full'), start: z.string(), page: z.string(), incomplete: z.boolean().optional() }),
  /** The change log from `token` on, the last part of a listing. */
  z.object({ step: z.literal('changes'), token: z.string() }),
  /** Which folders of other people are there; `token` is where the change log goes on afterwards. */
  z.object({ step: z.literal('folders'), token: z.string(), page: z.string().optional() }),
  /** The content of other people's folders; `page` the next page of such folders when `queue` is empty. */
  z.object({ step: z.literal('shared'), token: z.string(), page: z.string().optional(), queue: z.array(waiting) }),
  /** Nothing is under way; the next listing tells the changes from `token` on. */
  z.object({ step: z.literal('rest'), token: z.string() }),
  /** What was listed cannot be built upon; the next listing is a full one. */
  z.object({ step: z.literal('again') }),
])

/** Where a listing of a stream stands. */
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

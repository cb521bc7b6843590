import { z } from 'zod'

const window = z.object({ from: z.string(), to: z.string() })
const note = z.object({
  asked: z.number(),
  from: z.string().optional(),
  open: z.boolean().optional(),
  removal: z.string().optional(),
})

/** Of which kinds of meetings Zoom once told who took part. */
const told = z.array(z.enum(['meeting', 'webinar'])).default([])

const state = z.discriminatedUnion('step', [
  /** The windows still to be asked for. */
  z.object({
    step: z.literal('windows'),
    todo: z.array(window).min(1),
    /** The account's first day. */
    start: z.string(),
    /** The person's choice of the first day, when it began. */
    from: z.string(),
    /** The day on which it began, or was gone on with last. */
    day: z.string(),
    /** Where to go on within the first of them. */
    token: z.string().optional(),
    /** Meetings of the first window named so far. */
    counted: z.number(),
    /** The first window is asked for the second time, because Zoom had counted more than it named. */
    again: z.boolean().optional(),
    /** Year folders named in this listing. */
    named: z.array(z.string()),
    /** What will be known of each year when the listing has ended. */
    notes: z.record(z.string(), note),
    told,
  }),
  /** The trash, which comes before the windows; done with it, they are still to begin. */
  z.object({
    step: z.literal('trash'),
    type: z.enum(['meeting_recordings', 'recording_file', 'done']),
    token: z.string().optional(),
    /** What was known of each year before this listing. */
    notes: z.record(z.string(), note),
    told,
  }),
  /** Nothing is under way. */
  z.object({ step: z.literal('rest'), notes: z.record(z.string(), note).default({}), told }),
])

/** Where a listing stands. */
export type ListingState = z.infer<typeof state>
export type WindowsState = Extract<ListingState, { step: 'windows' }>
export type TrashState = Extract<ListingState, { step: 'trash' }>

export const writeCursor = (at: ListingState): string => JSON.stringify(at)

/** undefined for what is no cursor of ours (one of another version, say). */
export function readCursor(cursor: string | undefined): ListingState | undefined {
  if (cursor === undefined) return undefined
  try {
    return state.safeParse(JSON.parse(cursor)).data
  } catch {
    return undefined
  }
}

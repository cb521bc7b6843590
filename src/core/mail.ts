import { z } from 'zod'

/**
 * What a source whose SourceType.holds is `mail` says in `details` of each message, beside whatever else it keeps there. The message itself is
 * a part whose file ends in `.eml`; other items of the source (settings as JSON) are no messages and need none of this.
 */
export const mailDetails = z.object({
  /**
   * Names as the person sees them, without repeats; `/` nests (`Work/Projects/2026`). Those of the provider itself are called `Inbox`, `Sent`, `Drafts`, `Spam`,
   * `Trash`, `Starred`, `Important`, `Chats`, `Category Updates`; what is neither a label nor one of these (unread) is a flag alone.
   */
  labels: z.array(z.string().min(1)),
  flags: z.object({
    /** The person has read it. */
    seen: z.boolean(),
    /** Starred. */
    flagged: z.boolean(),
    draft: z.boolean(),
    answered: z.boolean().optional(),
    /** In the bin. */
    trashed: z.boolean().optional(),
  }),
  /** The conversation, as the provider names it. */
  thread: z.string().min(1).optional(),
  /** When the provider took it in, milliseconds since 1970. */
  received: z.number().optional(),
})

export type MailDetails = z.infer<typeof mailDetails>

/** Whether a label says where a message lies; the others say something about it, and it may lie nowhere else than in the archive of all mail. */
export function isPlace(label: string): boolean {
  return label !== 'Starred' && label !== 'Important' && !label.startsWith('Category ')
}

import { z } from 'zod'

/** What Zoom leaves out, empties or nulls counts as missing. */
const text = z
  .string()
  .transform((value) => (value === '' ? undefined : value))
  .optional()
  .catch(undefined)
const count = z.number().nonnegative().optional().catch(undefined)

/** https://developers.zoom.us/docs/api/clips/#tag/clips/GET/clips. The passcode and the links, which open doors, are not read. */
export const clip = z.object({
  clip_id: z.string().min(1),
  title: text,
  description: text,
  /** Seconds. */
  duration: count,
  status: text,
  owner_id: text,
  file_size: count,
  share_link_settings: z.object({ share_scope: text }).optional().catch(undefined),
  created_date: text,
  modified_date: text,
})
export type Clip = z.infer<typeof clip>

/** A page of the list. An answer without its `data` is none. */
export const clipList = z.object({ data: z.array(clip), next_page_token: text, total_records: count })
export type ClipList = z.infer<typeof clipList>

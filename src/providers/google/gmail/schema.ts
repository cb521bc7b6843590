import { z } from 'zod'

/** Ids of history are decimal numbers too long for a JavaScript number. */
export const historyId = z.string().regex(/^\d{1,20}$/)
const id = z.string().min(1)

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users/getProfile */
export const profile = z.object({ historyId })
export const mailboxSize = z.object({ messagesTotal: z.int().min(0).optional() })

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/list; a page without messages leaves the list out. */
export const messageList = z.object({
  messages: z.array(z.object({ id })).default([]),
  nextPageToken: z.string().min(1).optional(),
})
export type MessageList = z.infer<typeof messageList>

/** `labelIds` may be absent: without any label, or not told. */
const changed = z.object({ message: z.object({ id, labelIds: z.array(z.string()).optional() }) })
const labelled = changed.extend({ labelIds: z.array(z.string()).default([]) })
const record = z.object({
  id: historyId,
  messagesAdded: z.array(changed).default([]),
  messagesDeleted: z.array(changed).default([]),
  labelsAdded: z.array(labelled).default([]),
  labelsRemoved: z.array(labelled).default([]),
})
export type HistoryRecord = z.infer<typeof record>

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.history/list; a page may have no history and still a next one. */
export const historyList = z.object({
  history: z.array(record).default([]),
  historyId,
  nextPageToken: z.string().min(1).optional(),
})
export type HistoryList = z.infer<typeof historyList>

/** The fields of a message beside its bytes. `internalDate` is a string of milliseconds, and can be nonsense for imported mail. */
export const message = z.object({
  id,
  threadId: z.string().min(1).optional(),
  labelIds: z.array(z.string()).default([]),
  historyId: historyId.optional(),
  internalDate: z
    .string()
    .regex(/^-?\d{1,20}$/)
    .optional(),
  sizeEstimate: z.number().optional(),
})
export type GmailMessage = z.infer<typeof message>

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.labels */
export const labelList = z.object({
  labels: z.array(z.looseObject({ id, name: z.string(), type: z.string().optional() })).default([]),
})
export type GmailLabel = z.infer<typeof labelList>['labels'][number]

/** An answer that is kept as it came. */
export const settingsAnswer = z.record(z.string(), z.json())

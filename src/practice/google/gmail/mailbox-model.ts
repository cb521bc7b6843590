import type { MailContent } from './mail-content.ts'
import type { MailHistory } from './mail-history.ts'
import type { MailLabel } from './mail-labels.ts'
import type { MailSettings } from './mail-settings.ts'

export interface MailMessage {
  /** 16 hexadecimal digits. */
  readonly id: string
  /** Id of the first message of its conversation. */
  readonly threadId: string
  /** Milliseconds since 1970: when Gmail got it, or what an import claimed. */
  readonly internalDate: number
  /** Counts up through the mailbox. */
  readonly number: number
  readonly content: MailContent
  /** Never changed in place. */
  labelIds: readonly string[]
  historyId: bigint
  draftId?: string
  faults?: MessageFaults
}

/** What goes wrong with one message. */
export interface MessageFaults {
  /** `messages.get` says 404 though it is listed: because it was deleted just before (`once`: then it is gone), or for no reason (`always`). */
  readonly gone?: 'once' | 'always'
  /** So many answers to `format=raw` are not base64url. */
  badRaw?: number
}

export interface MessageOptions {
  /** Ids; default INBOX. */
  readonly labelIds?: readonly string[]
  /** Milliseconds since 1970; default the system's clock. */
  readonly internalDate?: number
  /** Id of a message whose conversation it continues. */
  readonly after?: string
  readonly faults?: MessageFaults
}

export interface LabelCounts {
  messagesTotal: number
  messagesUnread: number
  threadsTotal: number
  threadsUnread: number
}

/** A person's mail in memory. Ids that do not exist throw. */
export interface MailboxModel {
  readonly email: string
  /** Behaviours that are allowed but rare; may be changed at any time. */
  readonly quirks: {
    /** Every so many pages of `messages.list` hold only half of what was asked for; 0: none. */
    shortPageEvery: number
    /** Pages of any list hold at most so many entries, whatever was asked for. */
    pageLimit: number
  }
  readonly settings: MailSettings
  readonly history: Pick<MailHistory, 'current' | 'after' | 'forget'>
  labels(): MailLabel[]
  label(id: string): MailLabel | undefined
  addLabel(name: string, options?: Partial<Pick<MailLabel, 'color' | 'labelListVisibility' | 'messageListVisibility'>>): MailLabel
  /** Not in the history, as in Gmail. */
  renameLabel(id: string, name: string): void
  removeLabel(id: string): void
  get(id: string): MailMessage | undefined
  /** The exact bytes, as they were given. */
  bytes(id: string): Buffer
  add(content: MailContent | string, options?: MessageOptions): MailMessage
  addDraft(content: MailContent | string, options?: MessageOptions): MailMessage
  /** The draft keeps its id, its message gets a new one: the history tells of one deleted and one added. */
  editDraft(draftId: string, content: MailContent | string): MailMessage
  /** A line of the old Hangouts, with the poor MIME that Gmail makes of it. */
  addChat(from: string, line: string, options?: MessageOptions): MailMessage
  /** `n` ordinary messages, ten minutes apart from 2012 on, of some kilobytes or `bytes` each. Not in the history: add them before a client reads it. */
  addSynthetic(n: number, options?: { readonly bytes?: number; readonly labelIds?: readonly string[] }): void
  setLabels(id: string, labelIds: readonly string[]): MailMessage
  trash(id: string): MailMessage
  spam(id: string): MailMessage
  /** Deletes for good. */
  remove(id: string): void
  setFaults(id: string, faults: MessageFaults | undefined): void
  count(): number
  counts(): { readonly labels: ReadonlyMap<string, LabelCounts>; readonly threads: number }
  /** Newest first; `after` is the date and number of the last one already seen. */
  scan(after?: readonly [internalDate: number, number: number]): Generator<MailMessage>
}

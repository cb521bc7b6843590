import { type MailContent, mailBytes, mailSize, syntheticGapMs, syntheticStart } from './mail-content.ts'
import { createMailHistory, type MailHistory } from './mail-history.ts'
import { type MailLabel, systemLabel, systemLabels } from './mail-labels.ts'
import { createMailOrder } from './mail-order.ts'
import { type MailSettings, newMailSettings } from './mail-settings.ts'

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

export interface MailboxOptions {
  readonly email: string
  readonly now?: () => number
}

const firstId = 0x15a1_0000_0000_0000n

export function createMailbox({ email, now = Date.now }: MailboxOptions): MailboxModel {
  const labels = new Map<string, MailLabel>(systemLabels.map((id) => [id, systemLabel(id)]))
  const messages = new Map<string, MailMessage>()
  const order = createMailOrder()
  const history = createMailHistory()
  let made = 0
  let labelsMade = 0
  let counted: ReturnType<MailboxModel['counts']> | undefined

  const own = (id: string): MailMessage => {
    const found = messages.get(id)
    if (found === undefined) throw new Error(`practice mailbox: no message ${id}`)
    return found
  }
  const checked = (ids: readonly string[]): readonly string[] => {
    for (const id of ids) if (!labels.has(id)) throw new Error(`practice mailbox: no label ${id}`)
    return [...new Set(ids)]
  }
  const insert = (message: MailMessage): MailMessage => {
    messages.set(message.id, message)
    order.add(message)
    counted = undefined
    return message
  }
  const idOf = (number: number) => (firstId + BigInt(number) * 0x1_0003_70fbn).toString(16)
  const record = (
    type: 'messageAdded' | 'messageDeleted' | 'labelAdded' | 'labelRemoved',
    message: MailMessage,
    changed: readonly string[] = [],
  ) => {
    const { id, threadId, labelIds } = message
    message.historyId = history.append({ type, messageId: id, threadId, labelIds, changed })
    counted = undefined
  }
  const add = (content: MailContent | string, options: MessageOptions = {}, draftId?: string): MailMessage => {
    const { labelIds = ['INBOX'], internalDate = now(), after, faults } = options
    made += 1
    const id = idOf(made)
    const message: MailMessage = {
      id,
      threadId: after === undefined ? id : own(after).threadId,
      internalDate,
      number: made,
      content: typeof content === 'string' ? Buffer.from(content) : content,
      labelIds: checked(labelIds),
      historyId: 0n,
    }
    if (draftId !== undefined) message.draftId = draftId
    if (faults !== undefined) message.faults = { ...faults }
    record('messageAdded', insert(message))
    return message
  }
  const setLabels = (id: string, wanted: readonly string[]): MailMessage => {
    const message = own(id)
    const before = message.labelIds
    const after = checked(wanted)
    const added = after.filter((label) => !before.includes(label))
    const removed = before.filter((label) => !after.includes(label))
    message.labelIds = after
    if (added.length > 0) record('labelAdded', message, added)
    if (removed.length > 0) record('labelRemoved', message, removed)
    return message
  }
  const remove = (id: string): void => {
    const message = own(id)
    record('messageDeleted', message)
    messages.delete(id)
    order.remove(message)
  }
  const moveTo = (id: string, label: string): MailMessage =>
    setLabels(id, [...own(id).labelIds.filter((other) => other !== 'INBOX'), label])

  return {
    email,
    quirks: { shortPageEvery: 0 },
    settings: newMailSettings(email),
    history,
    labels: () => [...labels.values()],
    label: (id) => labels.get(id),
    addLabel(name, options = {}) {
      if ([...labels.values()].some((label) => label.name === name)) throw new Error(`practice mailbox: label ${name} exists`)
      labelsMade += 1
      const label: MailLabel = { id: `Label_${labelsMade}`, name, type: 'user', ...options }
      labels.set(label.id, label)
      history.next()
      return label
    },
    renameLabel(id, name) {
      const label = labels.get(id)
      if (label?.type !== 'user') throw new Error(`practice mailbox: no label ${id} of the person`)
      label.name = name
      history.next()
    },
    removeLabel(id) {
      if (labels.get(id)?.type !== 'user') throw new Error(`practice mailbox: no label ${id} of the person`)
      for (const message of messages.values()) {
        if (message.labelIds.includes(id)) {
          setLabels(
            message.id,
            message.labelIds.filter((other) => other !== id),
          )
        }
      }
      labels.delete(id)
    },
    get: (id) => messages.get(id),
    bytes: (id) => mailBytes(own(id).content),
    add: (content, options) => add(content, options),
    addDraft: (content, options = {}) =>
      add(content, { ...options, labelIds: ['DRAFT', ...(options.labelIds ?? [])] }, `r${7_000_000_000_000 + made * 8191}`),
    editDraft(draftId, content) {
      const old = [...messages.values()].find((message) => message.draftId === draftId)
      if (old === undefined) throw new Error(`practice mailbox: no draft ${draftId}`)
      // The message that began the conversation may be this one: then the new one begins it.
      const first = old.threadId === old.id ? undefined : old.threadId
      const after = first !== undefined && messages.has(first) ? { after: first } : {}
      const { labelIds } = old
      remove(old.id)
      return add(content, { labelIds, ...after }, draftId)
    },
    addChat: (from, line, options = {}) => add(`From: ${from}\r\n\r\n${line}`, { ...options, labelIds: ['CHAT'] }),
    addSynthetic(n, { bytes, labelIds = ['INBOX'] } = {}) {
      const shared = checked(labelIds)
      const historyId = history.next()
      for (let index = 0; index < n; index += 1) {
        made += 1
        const id = idOf(made)
        insert({
          id,
          threadId: id,
          internalDate: syntheticStart + index * syntheticGapMs,
          number: made,
          content: { synthetic: index, size: bytes ?? 1500 + ((index * 7919) % 8000) },
          labelIds: shared,
          historyId,
        })
      }
    },
    setLabels,
    trash: (id) => moveTo(id, 'TRASH'),
    spam: (id) => moveTo(id, 'SPAM'),
    remove,
    setFaults(id, faults) {
      const message = own(id)
      if (faults === undefined) delete message.faults
      else message.faults = { ...faults }
    },
    count: () => messages.size,
    counts() {
      counted ??= countedLabels(messages.values())
      return counted
    },
    scan: order.scan,
  }
}

function countedLabels(messages: Iterable<MailMessage>): ReturnType<MailboxModel['counts']> {
  const labels = new Map<string, LabelCounts & { readonly threads: Set<string>; readonly unread: Set<string> }>()
  const threads = new Set<string>()
  for (const { threadId, labelIds } of messages) {
    threads.add(threadId)
    const unread = labelIds.includes('UNREAD')
    for (const id of labelIds) {
      let counts = labels.get(id)
      if (counts === undefined) {
        counts = { messagesTotal: 0, messagesUnread: 0, threadsTotal: 0, threadsUnread: 0, threads: new Set(), unread: new Set() }
        labels.set(id, counts)
      }
      counts.messagesTotal += 1
      counts.threadsTotal = counts.threads.add(threadId).size
      if (!unread) continue
      counts.messagesUnread += 1
      counts.threadsUnread = counts.unread.add(threadId).size
    }
  }
  return { labels, threads: threads.size }
}

/** An estimate, as Gmail's is: right for most messages, a little off for some. */
export const sizeEstimate = ({ content, number }: MailMessage): number => mailSize(content) + (number % 5 === 0 ? 37 : 0)

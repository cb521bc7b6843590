import { type MailContent, mailBytes, syntheticGapMs, syntheticStart } from './mail-content.ts'
import { createMailHistory } from './mail-history.ts'
import { type MailLabel, systemLabel, systemLabels } from './mail-labels.ts'
import { createMailOrder } from './mail-order.ts'
import { newMailSettings } from './mail-settings.ts'
import type { LabelCounts, MailboxModel, MailMessage, MessageOptions } from './mailbox-model.ts'

export type { MailboxModel, MailMessage, MessageOptions } from './mailbox-model.ts'

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
    quirks: { shortPageEvery: 0, pageLimit: 500 },
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

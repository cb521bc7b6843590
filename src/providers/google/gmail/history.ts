import type { HistoryRecord } from './schema.ts'

/** What the log says of a message, its changes folded. */
export interface Change {
  /** It came, or it came into or out of spam or the trash, and so has to be named anew. */
  readonly restated: boolean
  /** Its labels changed. */
  readonly relabelled: boolean
  /** All its labels after the last change; undefined: not told. */
  readonly labels: readonly string[] | undefined
  /** Id of the last change. */
  readonly at: string
}

export interface FoldedHistory {
  readonly gone: readonly string[]
  readonly changes: ReadonlyMap<string, Change>
}

/**
 * Folds a page of the log to the last word about each message. A change of labels states the message with its labels; an answer without
 * them may mean that there are none (an archived message) or that they are not told, so then they have to be asked for.
 */
export function foldHistory(records: readonly HistoryRecord[]): FoldedHistory {
  const gone = new Set<string>()
  const changes = new Map<string, Change>()
  const note = (id: string, at: string, change: Partial<Change>) => {
    gone.delete(id)
    const before = changes.get(id)
    changes.set(id, {
      restated: change.restated === true || before?.restated === true,
      relabelled: change.relabelled === true || before?.relabelled === true,
      labels: change.labels,
      at,
    })
  }
  for (const { id: at, messagesAdded, messagesDeleted, labelsAdded, labelsRemoved } of records) {
    for (const { message } of messagesAdded) note(message.id, at, { restated: true, labels: message.labelIds })
    for (const { message, labelIds } of labelsAdded) {
      const labels = message.labelIds === undefined ? undefined : [...new Set([...message.labelIds, ...labelIds])]
      note(message.id, at, { relabelled: true, restated: labelIds.some(decides), labels })
    }
    for (const { message, labelIds } of labelsRemoved) {
      const labels = message.labelIds?.filter((label) => !labelIds.includes(label))
      note(message.id, at, { relabelled: true, restated: labelIds.some(decides), labels })
    }
    for (const { message } of messagesDeleted) {
      changes.delete(message.id)
      gone.add(message.id)
    }
  }
  return { gone: [...gone], changes }
}

/** Labels that decide whether a message is taken at all. */
const decides = (label: string): boolean => label === 'SPAM' || label === 'TRASH'

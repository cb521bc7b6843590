/** One record of what happened to a message. https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.history/list */
export interface HistoryRecord {
  readonly id: bigint
  readonly type: 'messageAdded' | 'messageDeleted' | 'labelAdded' | 'labelRemoved'
  readonly messageId: string
  readonly threadId: string
  /** Labels of the message after it; of a deleted one those that it had. */
  readonly labelIds: readonly string[]
  /** Those added or removed. */
  readonly changed: readonly string[]
}

export interface MailHistory {
  /** The last id given. */
  current(): bigint
  /** A new id without a record, as changes of other kinds give. */
  next(): bigint
  append(record: Omit<HistoryRecord, 'id'>): bigint
  /** Records after an id, `skip` of them left out; undefined: the id is too old, or not one yet. */
  after(id: bigint, skip: number, count: number): { records: HistoryRecord[]; more: boolean } | undefined
  /** Ids before the current one are too old from now on. */
  forget(): void
}

/** Ids grow with gaps, and soon gain a digit, so that whoever compares them as text is found out. */
const first = 9_999_801n

export function createMailHistory(): MailHistory {
  let id = first
  let oldest = first
  let records: HistoryRecord[] = []
  const next = (): bigint => {
    id += 1n + ((id * 7n) % 11n)
    return id
  }
  return {
    current: () => id,
    next,
    append(record) {
      const made = next()
      records.push({ ...record, id: made })
      return made
    },
    after(from, skip, count) {
      if (from < oldest || from > id) return undefined
      let [low, high] = [0, records.length]
      while (low < high) {
        const middle = (low + high) >> 1
        if (records[middle]!.id <= from) low = middle + 1
        else high = middle
      }
      const start = low + skip
      return { records: records.slice(start, start + count), more: start + count < records.length }
    },
    forget() {
      oldest = next()
      records = []
    },
  }
}

/** One entry: something about a file or a shared drive changed. What it became is looked up when the log is read. */
export interface LoggedChange {
  readonly kind: 'file' | 'drive'
  readonly id: string
  readonly time: number
  /** Deleted for good, or access lost: a reader cannot tell which. */
  readonly removed: boolean
  /** The shared drive that it belonged to. */
  readonly driveId?: string
}

/**
 * The log of a user or of a shared drive. As in Drive, only the last change of each file is in it: an earlier one disappears when the
 * file changes again. Positions only grow.
 * https://developers.google.com/workspace/drive/api/guides/manage-changes
 */
export interface ChangeLog {
  /** A number that only this log has; it is part of the page tokens, so that another log refuses them. */
  readonly tag: number
  append(change: LoggedChange): void
  /** The position after everything so far. */
  end(): number
  /** Up to `count` changes at or after `from`, and the position after them. */
  read(from: number, count: number, wanted: (change: LoggedChange) => boolean): { changes: LoggedChange[]; next: number }
}

export function createChangeLog(tag: number): ChangeLog {
  const entries: (LoggedChange | undefined)[] = []
  const last = new Map<string, number>()
  return {
    tag,
    append(change) {
      const key = `${change.kind}:${change.id}`
      const earlier = last.get(key)
      if (earlier !== undefined) entries[earlier] = undefined
      last.set(key, entries.length)
      entries.push(change)
    },
    end: () => entries.length,
    read(from, count, wanted) {
      const changes: LoggedChange[] = []
      let next = from
      for (; next < entries.length && changes.length < count; next += 1) {
        const entry = entries[next]
        if (entry !== undefined && wanted(entry)) changes.push(entry)
      }
      // What is left may be nothing that this reader wants; then this was the last page.
      while (next < entries.length && !(entries[next] !== undefined && wanted(entries[next]!))) next += 1
      return { changes, next }
    },
  }
}

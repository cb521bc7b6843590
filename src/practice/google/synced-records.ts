/** One thing of a listing that can be synced. */
export interface SyncedRecord<T> {
  readonly id: string
  readonly value: T
  /** Grows with every change of any record of the listing. */
  readonly sequence: number
  /** Milliseconds since 1970. */
  readonly updated: number
  /** Kept as a trace, so that a sync can tell of it. */
  readonly deleted: boolean
}

/** Records in the order of their last change. */
export interface SyncedRecords<T> {
  /** Also what is deleted. */
  get(id: string): SyncedRecord<T> | undefined
  /** Adds or changes; something deleted comes back. `updated` stays as it was where the change does not count as one. */
  put(id: string, value: T, updated?: number): void
  /** Throws where there is no such record. */
  change(id: string, change: (value: T) => T, updated?: number): void
  /** Leaves a trace, with `value` where that is to change. Throws where there is no such record. */
  remove(id: string, value?: T): void
  /** Removes even the trace. */
  forget(id: string): void
  /** That of the latest change; 0 before any. */
  latest(): number
  /** Those that changed after it, traces of deleted ones too, oldest change first. */
  after(sequence: number): Iterable<SyncedRecord<T>>
  /** All that are not deleted. */
  alive(): SyncedRecord<T>[]
}

export function createSyncedRecords<T>(now: () => number): SyncedRecords<T> {
  // A Map keeps the order of insertion: what changes is taken out and put in again at the end.
  const records = new Map<string, SyncedRecord<T>>()
  let sequence = 0
  const set = (id: string, value: T, deleted: boolean, updated = now()) => {
    sequence += 1
    records.delete(id)
    records.set(id, { id, value, sequence, updated, deleted })
  }
  const known = (id: string): SyncedRecord<T> => {
    const found = records.get(id)
    if (found === undefined) throw new Error(`practice Google: nothing has the id ${id}`)
    return found
  }
  return {
    get: (id) => records.get(id),
    put: (id, value, updated) => set(id, value, false, updated),
    change: (id, change, updated) => set(id, change(known(id).value), known(id).deleted, updated),
    remove: (id, value = known(id).value) => set(id, value, true),
    forget: (id) => records.delete(id),
    latest: () => sequence,
    *after(from) {
      for (const record of records.values()) if (record.sequence > from) yield record
    },
    alive: () => [...records.values()].filter(({ deleted }) => !deleted),
  }
}

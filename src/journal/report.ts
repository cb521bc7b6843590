import type { DatabaseSync } from 'node:sqlite'
import type { StoredState } from './rows.ts'

/** An item that is not saved, as far as a report speaks of it. */
export interface NotSavedRow {
  readonly id: string
  readonly name: string | null
  readonly dir: number | null
  readonly state: Exclude<StoredState, 'saved'>
  readonly reason: string | null
  readonly hint: string | null
  readonly waiting: string | null
  /** JSON of `Unexportable`; only where `state` says so. */
  readonly unexportable: string | null
  readonly link: string | null
}

/** A saved file of a source. `modified` in milliseconds since 1970. */
export interface SavedPart {
  readonly name: string
  readonly bytes: number
  readonly modified: number | null
}

export interface RunRow {
  readonly n: number
  readonly command: string
  /** Milliseconds since 1970. */
  readonly started: number
  /** Null: under way, or cut off. */
  readonly ended: number | null
  readonly status: number | null
}

/** What a report reads. Rows come one by one, in no order that would have to be sorted: a million of them need no more memory than one. */
export function reportPart(db: DatabaseSync) {
  // Prepared for each walk: two walks at once over one statement would end each other.
  const notSaved = `SELECT id, name, dir, state, reason, hint, waiting, CASE state WHEN 'unexportable' THEN unexportable END AS unexportable, link
    FROM item INDEXED BY item_source WHERE source = ? AND kind <> 'place' AND state <> 'saved'`
  const parts = `SELECT entry.disk AS name, entry.bytes AS bytes, entry.modified AS modified
    FROM item INDEXED BY item_source CROSS JOIN entry ON entry.item = item.n
    WHERE item.source = ? AND entry.sha256 IS NOT NULL AND entry.disk IS NOT NULL`
  const kept = db.prepare(`SELECT count(*) AS n FROM item INDEXED BY item_vanished
    WHERE source = ? AND vanished IS NOT NULL AND state = 'saved' AND kind <> 'place'`)
  const runs = db.prepare('SELECT n, command, started, ended, status FROM run ORDER BY n DESC LIMIT ?')

  return {
    /** Every item of a source that is not saved, with why. */
    notSaved(source: number): IterableIterator<NotSavedRow> {
      return db.prepare(notSaved).iterate(source) as unknown as IterableIterator<NotSavedRow>
    },
    /** Every saved file of a source, those that were derived among them. */
    savedParts(source: number): IterableIterator<SavedPart> {
      return db.prepare(parts).iterate(source) as unknown as IterableIterator<SavedPart>
    },
    /** Items that are no longer at the source and stay in the archive. */
    keptThoughGone(source: number): number {
      return (kept.get(source) as { n: number }).n
    },
    /** The last runs, newest first. */
    lastRuns(limit: number): RunRow[] {
      return runs.all(limit) as unknown as RunRow[]
    },
  }
}

import type { DatabaseSync } from 'node:sqlite'
import { Failure, type FailureKind } from '../core/failure.ts'
import type { Tally } from '../core/state.ts'
import type { ItemRow, StoredState } from './rows.ts'

/** A saved file: what the manifest states of it. */
export interface SavedFile {
  readonly item: number
  readonly key: string
  readonly dir: number
  readonly name: string
  readonly sha256: string
  readonly bytes: number
  readonly modified: number | null
}

export interface StreamTally {
  readonly title: string
  readonly items: number
  readonly saved: number
  readonly pending: number
  readonly unexportable: number
  readonly excluded: number
  readonly bytesLeft: number
  /** Files to take whose size is not known before. */
  readonly unsized: number
}

/** Counts, and everything that is written out of the journal. */
export function tallyPart(db: DatabaseSync) {
  const counts = db.prepare(
    `SELECT state, run = ? AS fresh, count(*) AS n FROM item INDEXED BY item_source WHERE source = ? AND kind <> 'place' GROUP BY 1, 2`,
  )
  const bytes = db.prepare(
    'SELECT total(entry.bytes) AS n FROM item INDEXED BY item_source CROSS JOIN entry ON entry.item = item.n WHERE item.source = ? AND entry.sha256 IS NOT NULL',
  )
  const byStream =
    db.prepare(`SELECT stream.title, count(*) AS items, total(item.state = 'saved' AND item.kind <> 'folder') AS saved, total(item.state IN ('pending', 'failed')) AS pending,
    total(item.state = 'unexportable') AS unexportable, total(item.state = 'excluded') AS excluded,
    total(CASE WHEN item.state IN ('pending', 'failed') THEN (SELECT total(json_extract(value, '$.size')) FROM json_each(item.parts)) END) AS bytesLeft,
    total(CASE WHEN item.state IN ('pending', 'failed') THEN (SELECT count(*) FROM json_each(item.parts)
      WHERE json_extract(value, '$.size') IS NULL AND json_extract(value, '$.inline') IS NULL) END) AS unsized
    FROM item INDEXED BY item_source JOIN stream ON stream.source = item.source AND stream.id = item.stream WHERE item.source = ? AND item.kind <> 'place' GROUP BY item.stream ORDER BY stream.title`)
  // Prepared for each walk: two walks at once over one statement would end each other.
  const files =
    'SELECT item, key, disk_dir AS dir, disk AS name, sha256, bytes, modified FROM entry WHERE disk IS NOT NULL AND sha256 IS NOT NULL ORDER BY disk_dir'
  const items = `SELECT * FROM item INDEXED BY item_source WHERE source = ? AND kind <> 'place' ORDER BY n`
  const composed = db.prepare(`SELECT * FROM item WHERE source = ? AND kind = 'place' AND stream = ?`)
  const troubled =
    db.prepare(`SELECT * FROM item INDEXED BY item_source WHERE source = ? AND kind <> 'place' AND state IN ('pending', 'failed', 'unexportable', 'gone', 'excluded')
    ORDER BY state, n LIMIT ?`)
  const failed = db.prepare(
    "SELECT 1 FROM item INDEXED BY item_failed WHERE source = ? AND failure = ? AND run = ? AND state = 'failed' LIMIT 1",
  )
  const sizes = `SELECT parts FROM item INDEXED BY item_queue WHERE source = ? AND state = 'pending'`

  return {
    /** Counts of the seven states as of `run`; throws a Failure of kind `bug` if they do not add up. */
    tally(source: number, run: number): Tally {
      const tally = { items: 0, bytes: 0, saved: 0, unchanged: 0, unexportable: 0, excluded: 0, gone: 0, pending: 0, failed: 0 }
      for (const row of counts.all(run, source) as unknown as { state: StoredState; fresh: 0 | 1; n: number }[]) {
        const state = row.state === 'saved' && row.fresh === 0 ? 'unchanged' : row.state
        if (!(state in tally)) throw new Failure('bug', `an item is in an unknown state: ${row.state}`)
        tally[state] += row.n
        tally.items += row.n
      }
      tally.bytes = (bytes.get(source) as { n: number }).n
      return tally
    },
    /** The same for each part of a source that has a log of its own (a shared drive, say), with the bytes that are still to come. */
    tallyStreams(source: number): StreamTally[] {
      return byStream.all(source) as unknown as StreamTally[]
    },
    /** All saved files, folder by folder. */
    savedFiles(): IterableIterator<SavedFile> {
      return db.prepare(files).iterate() as unknown as IterableIterator<SavedFile>
    },
    /** All items of a source, for its metadata lines. */
    itemRows(source: number): IterableIterator<ItemRow> {
      return db.prepare(items).iterate(source) as unknown as IterableIterator<ItemRow>
    },
    /** The rows of derived files. */
    composedItems(source: number, stream: string): ItemRow[] {
      return composed.all(source, stream) as unknown as ItemRow[]
    },
    /** Items that are not saved, with why. */
    troubled(source: number, limit: number): ItemRow[] {
      return troubled.all(source, limit) as unknown as ItemRow[]
    },
    /** Whether an item failed so in `run`. */
    hasFailed(source: number, kind: FailureKind, run: number): boolean {
      return failed.get(source, kind, run) !== undefined
    },
    /** The parts of what is pending, for estimates. */
    pendingParts(source: number): IterableIterator<{ parts: string }> {
      return db.prepare(sizes).iterate(source) as unknown as IterableIterator<{ parts: string }>
    },
  }
}

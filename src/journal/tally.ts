import type { DatabaseSync } from 'node:sqlite'
import { Failure, type FailureKind } from '../core/failure.ts'
import type { Part } from '../core/item.ts'
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

interface StreamRow {
  readonly stream: string
  readonly folder: 0 | 1
  readonly state: StoredState
  /** The listing says already that the provider gives no bytes. */
  readonly refused: 0 | 1
  /** JSON; null where nothing is left to take. */
  readonly parts: string | null
}

/** Counts, and everything that is written out of the journal. */
export function tallyPart(db: DatabaseSync) {
  // Counted in one pass: GROUP BY would first sort all rows, in memory as large as the cache and then on disk.
  const counts = db.prepare(
    `SELECT count(*) AS items, total(state = 'saved' AND run = ?1) AS saved, total(state = 'saved' AND run <> ?1) AS unchanged, ${['unexportable', 'excluded', 'gone', 'pending', 'failed'].map((state) => `total(state = '${state}') AS ${state}`).join(', ')}
    FROM item INDEXED BY item_source WHERE source = ?2 AND kind <> 'place'`,
  )
  const bytes = db.prepare(
    'SELECT total(entry.bytes) AS n FROM item INDEXED BY item_source CROSS JOIN entry ON entry.item = item.n WHERE item.source = ? AND entry.sha256 IS NOT NULL',
  )
  const byStream = `SELECT stream, kind = 'folder' AS folder, state, unexportable IS NOT NULL AS refused, CASE WHEN state IN ('pending', 'failed') THEN parts END AS parts
    FROM item INDEXED BY item_source WHERE source = ? AND kind <> 'place'`
  const titles = db.prepare('SELECT id, title FROM stream WHERE source = ? ORDER BY title')
  // Prepared for each walk: two walks at once over one statement would end each other.
  const files =
    'SELECT item, key, disk_dir AS dir, disk AS name, sha256, bytes, modified FROM entry WHERE disk IS NOT NULL AND sha256 IS NOT NULL ORDER BY disk_dir'
  const items = `SELECT * FROM item INDEXED BY item_source WHERE source = ? AND kind <> 'place' ORDER BY n`
  const places = `SELECT * FROM item INDEXED BY item_source WHERE source = ? AND kind = 'place' ORDER BY n`
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
      const { items: all, ...states } = counts.get(run, source) as unknown as Omit<Tally, 'bytes'>
      const sum = Object.values(states).reduce((one, other) => one + other, 0)
      if (sum !== all) throw new Failure('bug', `the states of ${all} items add up to ${sum}: one of them is in an unknown state`)
      return { items: all, ...states, bytes: (bytes.get(source) as { n: number }).n }
    },
    /** The same for each part of a source that has a log of its own (a shared drive, say), with the bytes that are still to come. */
    tallyStreams(source: number): StreamTally[] {
      const none = { items: 0, saved: 0, pending: 0, unexportable: 0, excluded: 0, bytesLeft: 0, unsized: 0 }
      const tallies = new Map(
        (titles.all(source) as { id: string; title: string }[]).map(({ id, title }) => [id, { title, ...none }]),
      )
      const rows = db.prepare(byStream).iterate(source) as unknown as Iterable<StreamRow>
      for (const { stream, folder, state, refused, parts } of rows) {
        const tally = tallies.get(stream)
        if (tally === undefined) continue
        tally.items++
        if (state === 'saved') tally.saved += folder ? 0 : 1
        else if (state === 'unexportable' || state === 'excluded') tally[state]++
        if (parts === null) continue
        // Only a link file is still to be written.
        if (refused === 1) {
          tally.unexportable++
          continue
        }
        tally.pending++
        for (const part of JSON.parse(parts) as readonly Part[]) {
          tally.bytesLeft += part.size ?? 0
          if (part.size === undefined && part.inline === undefined) tally.unsized++
        }
      }
      return [...tallies.values()].filter(({ items }) => items > 0)
    },
    /** All saved files, folder by folder. */
    savedFiles(): IterableIterator<SavedFile> {
      return db.prepare(files).iterate() as unknown as IterableIterator<SavedFile>
    },
    /** All items of a source, for its metadata lines. */
    itemRows(source: number): IterableIterator<ItemRow> {
      return db.prepare(items).iterate(source) as unknown as IterableIterator<ItemRow>
    },
    /** The folders that were made up and the derived files of a source, which are no items. */
    placeRows(source: number): IterableIterator<ItemRow> {
      return db.prepare(places).iterate(source) as unknown as IterableIterator<ItemRow>
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

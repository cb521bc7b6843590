import type { DatabaseSync } from 'node:sqlite'
import type { Part } from '../core/item.ts'

/** What a source still has to take. */
export interface Workload {
  readonly items: number
  /** Parts that are fetched; what a listing carried already is not among them. */
  readonly parts: number
  /** Of those whose size is known. */
  readonly bytes: number
  /** Parts whose size is not known before. */
  readonly unsized: number
  /** Files larger than the file system takes; the first few by number. */
  readonly tooLarge: { readonly files: number; readonly examples: readonly number[] }
}

/** Examples of anything. */
const named = 3
/** Rows looked through for saved files of unknown size, in each of a few places. */
const looked = 500
const placesLookedAt = 8

/** What forecasts read. */
export function forecastPart(db: DatabaseSync) {
  // Prepared for each walk: two walks at once over one statement would end each other.
  const open = `SELECT n, parts FROM item INDEXED BY item_source
    WHERE source = ? AND state IN ('pending', 'failed') AND unexportable IS NULL AND vanished IS NULL AND kind <> 'place'`
  const bounds = db.prepare(`SELECT (SELECT min(n) FROM item INDEXED BY item_source WHERE source = ?1) AS first,
    (SELECT max(n) FROM item INDEXED BY item_source WHERE source = ?1) AS last`)
  const pendingFrom = db.prepare(`SELECT id FROM item INDEXED BY item_source
    WHERE source = ? AND n >= ? AND state = 'pending' AND waiting IS NULL AND unexportable IS NULL AND kind = 'file' ORDER BY n LIMIT 1`)
  const saved = db.prepare(`SELECT item.parts AS parts, entry.key AS key, entry.bytes AS bytes
    FROM item INDEXED BY item_source CROSS JOIN entry ON entry.item = item.n
    WHERE item.source = ? AND item.n >= ? AND item.kind = 'file' AND entry.sha256 IS NOT NULL ORDER BY item.n LIMIT ?`)
  const renamed = db.prepare(`SELECT count(*) AS n FROM item INDEXED BY item_source CROSS JOIN entry ON entry.item = item.n
    WHERE item.source = ? AND entry.local <> entry.name`)
  const depth = `SELECT entry.dir AS dir, max(length(entry.local)) AS longest, count(*) AS files
    FROM item INDEXED BY item_source CROSS JOIN entry ON entry.item = item.n WHERE item.source = ? GROUP BY entry.dir`

  /** A few places in the journal at which to look at a source, by chance (`dice` gives 0 to 1). */
  function places(source: number, count: number, dice: () => number): number[] {
    const { first, last } = bounds.get(source) as { first: number | null; last: number | null }
    if (first === null || last === null) return []
    return Array.from({ length: count }, () => first + Math.floor(dice() * (last - first + 1)))
  }

  return {
    /** What is still to be taken; `largest`: the largest file that the file system holds, bytes. */
    workload(source: number, largest: number | undefined): Workload {
      const load = { items: 0, parts: 0, bytes: 0, unsized: 0, tooLarge: { files: 0, examples: [] as number[] } }
      for (const row of db.prepare(open).iterate(source) as unknown as Iterable<{ n: number; parts: string }>) {
        load.items++
        for (const { size, inline } of JSON.parse(row.parts) as readonly Part[]) {
          if (inline !== undefined) continue
          load.parts++
          load.bytes += size ?? 0
          if (size === undefined) load.unsized++
          if (largest === undefined || size === undefined || size <= largest) continue
          load.tooLarge.files++
          if (load.tooLarge.examples.length < named) load.tooLarge.examples.push(row.n)
        }
      }
      return load
    },
    /** Ids of some pending items, by chance, each once. */
    somePending(source: number, count: number, dice: () => number): string[] {
      const ids = places(source, count, dice).map((n) => (pendingFrom.get(source, n) as { id: string } | undefined)?.id)
      return [...new Set(ids.filter((id) => id !== undefined))]
    },
    /** Sizes of saved parts of which the listing had not said any, from a few places of the journal. */
    savedUnsized(source: number, dice: () => number): number[] {
      const sizes = new Map<string, number>()
      for (const n of places(source, placesLookedAt, dice)) {
        for (const row of saved.all(source, n, looked) as { parts: string; key: string; bytes: number }[]) {
          const part = (JSON.parse(row.parts) as readonly Part[]).find(({ key }) => key === row.key)
          if (part !== undefined && part.size === undefined && part.inline === undefined) sizes.set(`${sizes.size}`, row.bytes)
        }
      }
      return [...sizes.values()]
    },
    /** Entries that the archive calls otherwise than the source does. */
    renamedEntries(source: number): number {
      return (renamed.get(source) as { n: number }).n
    },
    /** Folder by folder: the length of the longest local name, and how many entries there are. */
    namesByFolder(source: number): IterableIterator<{ dir: number; longest: number; files: number }> {
      return db.prepare(depth).iterate(source) as unknown as IterableIterator<{ dir: number; longest: number; files: number }>
    },
  }
}

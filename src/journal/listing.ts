import type { DatabaseSync } from 'node:sqlite'
import type { Item } from '../core/item.ts'
import type { JsonObject } from '../core/json.ts'
import { rebuiltStream } from './rebuild.ts'
import type { ItemRow, StoredState } from './rows.ts'

export interface StreamRow {
  readonly id: string
  readonly title: string
  readonly cursor: string | null
  readonly shape: string | null
  readonly generation: number
  /** 1 while a full listing is under way. */
  readonly full: 0 | 1
  /** When its last listing ended, milliseconds since 1970; null while one is under way, be it of changes. */
  readonly ended: number | null
}

/** What a listing brings in: streams with their cursors, items, what is gone. */
export function listingPart(db: DatabaseSync) {
  const stream = db.prepare('SELECT id, title, cursor, shape, generation, full, ended FROM stream WHERE source = ? AND id = ?')
  const offer = db.prepare(`INSERT INTO stream(source, id, title, offered) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET title = excluded.title, offered = excluded.offered`)
  const streams = db.prepare('SELECT id FROM stream WHERE source = ?')
  const withdrawn = db.prepare('SELECT id FROM stream WHERE source = ? AND offered <> ?')
  const startFull = db.prepare(
    'UPDATE stream SET generation = generation + 1, full = 1, ended = NULL WHERE source = ? AND id = ? RETURNING generation',
  )
  const setCursor = db.prepare('UPDATE stream SET cursor = ?, shape = ?, ended = NULL WHERE source = ? AND id = ?')
  const endStream = db.prepare('UPDATE stream SET full = 0, ended = ? WHERE source = ? AND id = ?')
  const forget = db.prepare('UPDATE stream SET cursor = NULL, full = 0 WHERE source = ? AND id = ?')
  const find = db.prepare('SELECT * FROM item WHERE source = ? AND id = ?')
  const byNumber = db.prepare('SELECT * FROM item WHERE n = ?')
  const insert =
    db.prepare(`INSERT INTO item(source, id, stream, kind, version, name, parent, fallback, dir, modified, link, twin, parts, details,
    unexportable, excluded, waiting, expires, rank, generation, state, reason, run) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const update =
    db.prepare(`UPDATE item SET stream = ?, kind = ?, version = ?, name = ?, parent = ?, fallback = ?, dir = ?, modified = ?, link = ?,
    twin = ?, parts = ?, details = ?, unexportable = ?, excluded = ?, waiting = ?, expires = ?, rank = coalesce(?, rank), generation = ?, state = ?, reason = ?, hint = NULL, failure = NULL,
    run = ?, missing = NULL, vanished = NULL WHERE n = ?`)
  const seen = db.prepare('UPDATE item SET generation = ?, stream = ?, missing = NULL WHERE n = ?')
  const patch = db.prepare('UPDATE item SET details = json_patch(details, ?) WHERE source = ? AND id = ?')
  const below = `WITH RECURSIVE below(id) AS (SELECT ? UNION SELECT item.id FROM below CROSS JOIN item INDEXED BY item_parent ON item.source = ? AND item.parent = below.id)`
  const reportGoneBelow = db.prepare(
    `${below} UPDATE item SET missing = ? WHERE source = ? AND stream = ? AND kind <> 'place' AND vanished IS NULL AND id IN (SELECT id FROM below)`,
  )
  const keepBelow = db.prepare(
    `${below} UPDATE item SET generation = ?, missing = NULL WHERE source = ? AND stream = ? AND id IN (SELECT id FROM below)`,
  )
  const vouchBelow = db.prepare(`${below} UPDATE item SET generation = ?, folder_version =
    CASE WHEN kind = 'folder' AND folder_version IS NOT version AND id <> ? THEN ? ELSE folder_version END
    WHERE source = ? AND stream = ? AND id IN (SELECT id FROM below)`)
  const sweep = db.prepare(
    `UPDATE item INDEXED BY item_source SET missing = ? WHERE source = ? AND stream = ? AND generation < ? AND kind <> 'place' AND vanished IS NULL AND state <> 'gone'`,
  )
  const sweepAll = db.prepare(
    `UPDATE item INDEXED BY item_source SET missing = ? WHERE source = ? AND stream = ? AND kind <> 'place' AND vanished IS NULL AND state <> 'gone'`,
  )
  const addUnread = db.prepare('INSERT INTO unread VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET message = excluded.message')
  const clearUnread = db.prepare('DELETE FROM unread WHERE source = ? AND stream = ?')
  const unreads = db.prepare('SELECT id, message FROM unread WHERE source = ? AND stream = ?')
  const folderVersion = db.prepare('SELECT folder_version AS version FROM item WHERE source = ? AND id = ?')
  const anySaved = db.prepare(
    `SELECT 1 FROM item INDEXED BY item_source WHERE source = ? AND stream IN (?, '${rebuiltStream}') AND state = 'saved' AND kind IN ('file', 'record') LIMIT 1`,
  )
  const confirmFolders = db.prepare(`WITH RECURSIVE doubtful(id) AS (SELECT id FROM unread WHERE source = ?1 AND stream = ?2
    UNION SELECT item.id FROM doubtful CROSS JOIN item INDEXED BY item_parent ON item.source = ?1 AND item.parent = doubtful.id)
    UPDATE item INDEXED BY item_folder SET folder_version = version WHERE source = ?1 AND stream = ?2 AND kind = 'folder' AND generation = ?3
    AND folder_version IS NOT version AND folder_version IS NOT ?4 AND id NOT IN (SELECT id FROM doubtful)`)
  const doubt = db.prepare('UPDATE item SET folder_version = ? WHERE n = ?')
  const settleDoubts = db.prepare(`WITH RECURSIVE above(id) AS (
    SELECT id FROM item INDEXED BY item_folder WHERE source = ?1 AND stream = ?2 AND kind = 'folder' AND folder_version = ?3
    UNION SELECT item.parent FROM above JOIN item ON item.source = ?1 AND item.id = above.id WHERE item.parent IS NOT NULL)
    UPDATE item SET folder_version = NULL WHERE source = ?1 AND id IN (SELECT id FROM above)`)
  const doubtFolders =
    db.prepare(`WITH RECURSIVE above(id) AS (SELECT ? UNION SELECT item.parent FROM above JOIN item ON item.source = ? AND item.id = above.id
    WHERE item.parent IS NOT NULL) UPDATE item SET folder_version = NULL WHERE source = ? AND id IN (SELECT id FROM above)`)
  const setDir = db.prepare('UPDATE item SET dir = ? WHERE n = ?')
  const loose = db.prepare(
    `SELECT * FROM item INDEXED BY item_loose WHERE source = ? AND dir IS NULL AND name IS NOT NULL AND n > ? ORDER BY n LIMIT ?`,
  )
  const strayChildren = db.prepare('SELECT * FROM item INDEXED BY item_parent WHERE source = ? AND parent = ? AND dir IS NOT ?')
  const missing = db.prepare(
    'SELECT * FROM item INDEXED BY item_missing WHERE source = ? AND missing IS NOT NULL AND n > ? ORDER BY n LIMIT ?',
  )
  const missingByStream = db.prepare(
    'SELECT stream, count(*) AS lost FROM item INDEXED BY item_missing WHERE source = ? AND missing IS NOT NULL GROUP BY stream',
  )
  const aliveByStream = db.prepare(
    `SELECT count(*) AS alive FROM item INDEXED BY item_source WHERE source = ? AND stream = ? AND kind <> 'place' AND vanished IS NULL AND state <> 'gone'`,
  )
  const alive = db.prepare(
    `SELECT count(*) AS n FROM item INDEXED BY item_source WHERE source = ? AND kind <> 'place' AND vanished IS NULL AND state <> 'gone'`,
  )
  const unreadCount = db.prepare(
    'SELECT count(*) AS n FROM unread JOIN stream ON stream.source = unread.source AND stream.id = unread.stream WHERE unread.source = ? AND offered = ?',
  )
  const clearMissing = db.prepare(
    'UPDATE item INDEXED BY item_missing SET missing = NULL WHERE source = ? AND missing IS NOT NULL AND stream = ?',
  )
  const unconfirm = db.prepare(
    `UPDATE item INDEXED BY item_folder SET folder_version = NULL WHERE source = ? AND stream = ? AND kind = 'folder' AND folder_version IS NOT NULL`,
  )
  const vanish = db.prepare(
    'UPDATE item SET vanished = ?, missing = NULL, state = ?, reason = ?, run = CASE WHEN state = ? THEN run ELSE ? END WHERE n = ?',
  )
  const details = db.prepare('UPDATE item SET details = ? WHERE n = ?')

  return {
    /** Makes a stream known, as offered in this run. */
    offerStream(source: number, id: string, title: string, run: number): StreamRow {
      offer.run(source, id, title, run)
      return stream.get(source, id) as unknown as StreamRow
    },
    /** What is known of a stream; nothing changes. */
    stream: (source: number, id: string) => stream.get(source, id) as StreamRow | undefined,
    streams(source: number): string[] {
      return streams.all(source).map((row) => row.id as string)
    },
    /** Streams known from earlier runs that the provider no longer offers. */
    withdrawnStreams(source: number, run: number): string[] {
      return withdrawn.all(source, run).map((row) => row.id as string)
    },
    /** A full listing of the stream begins; returns its generation. */
    startFull(source: number, id: string): number {
      clearUnread.run(source, id)
      return (startFull.get(source, id) as { generation: number }).generation
    },
    setCursor(source: number, id: string, cursor: string, shape: string): void {
      setCursor.run(cursor, shape, source, id)
    },
    endStream(source: number, id: string, now: number): void {
      endStream.run(now, source, id)
    },
    /** The next listing of the stream is a full one. */
    forgetCursor(source: number, id: string): void {
      forget.run(source, id)
    },
    find(source: number, id: string): ItemRow | undefined {
      return find.get(source, id) as ItemRow | undefined
    },
    item(n: number): ItemRow | undefined {
      return byNumber.get(n) as ItemRow | undefined
    },
    /** Returns the number of the new row. */
    insertItem(
      source: number,
      stream: string,
      item: Item,
      dir: number | null,
      generation: number,
      state: StoredState,
      reason: string | null,
      run: number,
    ): number {
      return Number(
        insert.run(source, item.id, stream, ...stated(item, dir), item.rank ?? 0, generation, state, reason, run).lastInsertRowid,
      )
    },
    updateItem(
      n: number,
      stream: string,
      item: Item,
      dir: number | null,
      generation: number,
      state: StoredState,
      reason: string | null,
      run: number,
    ): void {
      update.run(stream, ...stated(item, dir), item.rank ?? null, generation, state, reason, run, n)
    },
    /** Listed again, and nothing about it is new. */
    seen(n: number, stream: string, generation: number): void {
      seen.run(generation, stream, n)
    },
    patchDetails(source: number, id: string, changes: JsonObject): void {
      patch.run(JSON.stringify(changes), source, id)
    },
    setDetails(n: number, value: JsonObject): void {
      details.run(JSON.stringify(value), n)
    },
    /**
     * The provider says that it is gone from this stream, and with it what it held, which logs of changes need not name; what moved out of it is named
     * by itself, before or after. Believed when all streams have ended.
     */
    reportGone(source: number, stream: string, id: string, run: number): void {
      reportGoneBelow.run(id, source, run, source, stream)
    },
    /**
     * Everything of the stream at and below `id` counts as listed. 'unchanged': what an earlier listing missed there, and nobody has decided about yet,
     * is missing still, and folders below it of which this listing knows another version than was listed to the end come into doubt; 'unread': nothing is
     * known, and nothing is held against it.
     */
    keepBelow(source: number, stream: string, id: string, generation: number, why: 'unchanged' | 'unread'): void {
      if (why === 'unchanged') vouchBelow.run(id, source, generation, id, inDoubt(generation), source, stream)
      else keepBelow.run(id, source, generation, source, stream)
    },
    /** What went from this folder may count as listed all the same: when the listing ends, in whichever run, neither it nor what holds it is confirmed. */
    doubtFolder(n: number, generation: number): void {
      doubt.run(inDoubt(generation), n)
    },
    addUnread(source: number, stream: string, id: string, message: string): void {
      addUnread.run(source, stream, id, message)
    },
    unreads(source: number, stream: string): { id: string; message: string }[] {
      return unreads.all(source, stream) as { id: string; message: string }[]
    },
    /** A full listing ended: what it did not name is missing. */
    sweep(source: number, stream: string, generation: number, run: number): void {
      sweep.run(run, source, stream, generation)
    },
    /** A stream is no longer offered: all it had is missing. */
    sweepStream(source: number, stream: string, run: number): void {
      sweepAll.run(run, source, stream)
    },
    folderVersion(source: number, id: string): string | undefined {
      const version = (folderVersion.get(source, id) as { version: string | null } | undefined)?.version ?? undefined
      return version?.startsWith(doubts) === true ? undefined : version
    },
    /** Whether anything of the stream is saved; what was rebuilt may belong to any. */
    holdsContent: (source: number, stream: string): boolean => anySaved.get(source, stream) !== undefined,
    /**
     * Folders listed to the end at their present version. One in or above a doubtful place has none; one below keeps what was known of it. One that came
     * into doubt while this listing went on has none either, nor have those above it.
     */
    confirmFolders(source: number, stream: string, generation: number): void {
      confirmFolders.run(source, stream, generation, inDoubt(generation))
      for (const { id } of unreads.all(source, stream) as { id: string }[]) doubtFolders.run(id, source, source)
      settleDoubts.run(source, stream, inDoubt(generation))
    },
    setDir(n: number, dir: number | null): void {
      setDir.run(dir, n)
    },
    /** Items whose folder is not known, by number, for the end of a listing. */
    looseItems(source: number, after: number, limit: number): ItemRow[] {
      return loose.all(source, after, limit) as unknown as ItemRow[]
    },
    /** Items that name `parent` as theirs and do not stand in folder `dir`. */
    strayChildren(source: number, parent: string, dir: number): ItemRow[] {
      return strayChildren.all(source, parent, dir) as unknown as ItemRow[]
    },
    missingItems(source: number, after: number, limit: number): ItemRow[] {
      return missing.all(source, after, limit) as unknown as ItemRow[]
    },
    /** How many items each stream lacks, beside how many it had. */
    losses(source: number): { stream: string; lost: number; alive: number }[] {
      return (missingByStream.all(source) as { stream: string; lost: number }[]).map(({ stream: id, lost }) => ({
        stream: id,
        lost,
        alive: (aliveByStream.get(source, id) as { alive: number }).alive,
      }))
    },
    /** Items that are there as far as the journal knows, those just missing included. */
    alive(source: number): number {
      return (alive.get(source) as { n: number }).n
    },
    /** Places that could not be listed, of the streams offered in this run. */
    unreadCount(source: number, run: number): number {
      return (unreadCount.get(source, run) as { n: number }).n
    },
    /** Nothing is held against what a listing did not name; and no folder counts as known, so that the next listing looks into each again. */
    clearMissing(source: number, stream: string): void {
      clearMissing.run(source, stream)
      unconfirm.run(source, stream)
    },
    /** The item is gone at the source. `now` in milliseconds. */
    vanish(n: number, state: StoredState, reason: string | null, now: number, run: number): void {
      vanish.run(now, state, reason, state, run, n)
    },
  }
}

const doubts = 'in doubt since listing '
/** Stands in the place of a folder's version. It holds for the listing of this generation alone, and outlives the run that began it. */
const inDoubt = (generation: number): string => `${doubts}${generation}`

/** What a listing says of an item, in the order of the columns from `kind` to `expires`. */
const stated = (item: Item, dir: number | null) => [
  item.kind,
  item.version,
  item.name ?? null,
  item.parent ?? null,
  item.fallback ?? null,
  dir,
  item.modified ?? null,
  item.link ?? null,
  item.twin ?? null,
  JSON.stringify(item.parts),
  JSON.stringify(item.details),
  json(item.unexportable),
  item.excluded ?? null,
  item.waiting ?? null,
  item.expires ?? null,
]

function json(value: object | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value)
}

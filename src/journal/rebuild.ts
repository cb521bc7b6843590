import { rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { migrations } from './migrations.ts'
import type { ItemRow } from './rows.ts'

/**
 * The stream of all that was rebuilt. No listing is ever offered under that name, so that what no new listing takes over from it counts as missing,
 * as in any stream that is no longer offered.
 */
export const rebuiltStream = ':rebuilt'

/** An item as it is known from elsewhere; `dir` and everything about runs aside. */
export type RebuiltItem = Pick<
  ItemRow,
  | 'source'
  | 'id'
  | 'stream'
  | 'kind'
  | 'version'
  | 'name'
  | 'parent'
  | 'fallback'
  | 'dir'
  | 'modified'
  | 'link'
  | 'twin'
  | 'parts'
  | 'details'
  | 'unexportable'
  | 'excluded'
  | 'waiting'
  | 'expires'
  | 'state'
  | 'reason'
  | 'hint'
  | 'failure'
  | 'vanished'
>

/** A name in a folder; `there`: it stands on disk under its local name. */
export interface RebuiltEntry {
  readonly item: number
  readonly key: string
  readonly dir: number
  readonly name: string
  readonly fold: string
  readonly local: string
  readonly localFold: string
  readonly living: boolean
  readonly there: boolean
  /** What was saved; absent: it is to be taken again, or it is a folder. */
  readonly saved?: {
    readonly bytes: number
    readonly sha256: string
    readonly version: string
    readonly modified: number | null
    readonly at: number
  }
}

/** A folder by its path, as the lines name it. */
export interface RebuiltFolder {
  readonly path: string
  readonly n: number
  readonly name: string
  readonly living: 0 | 1
}

/** A journal in the making, in a file of its own. */
export type Rebuild = ReturnType<typeof openRebuild>

/** Makes a new journal; what an attempt that was cut off left in its place is thrown away. */
export function openRebuild(file: string) {
  for (const end of ['', '-journal', '-wal', '-shm']) rmSync(file + end, { force: true })
  const db = new DatabaseSync(file)
  db.exec('PRAGMA temp_store=FILE; PRAGMA cache_size=-8192; PRAGMA fullfsync=1')
  for (const step of migrations) db.exec(`BEGIN; ${step.sql}; PRAGMA user_version=${step.number}; COMMIT`)
  db.exec(`CREATE TEMP TABLE listed(path TEXT PRIMARY KEY, sha256 TEXT) WITHOUT ROWID;
    CREATE TEMP TABLE folder(path TEXT PRIMARY KEY, n INTEGER, name TEXT, living INTEGER) WITHOUT ROWID;
    CREATE INDEX temp.folder_depth ON folder(length(path), path)`)
  const addSource = db.prepare('INSERT INTO source(name) VALUES (?) RETURNING n')
  const addStream = db.prepare('INSERT INTO stream(source, id, title, offered) VALUES (?, ?, ?, 0)')
  const columns =
    'source, id, stream, kind, version, name, parent, fallback, dir, modified, link, twin, parts, details, unexportable, excluded, waiting, expires, state, reason, hint, failure, vanished'
  const addItem = db.prepare(
    `INSERT OR IGNORE INTO item(${columns}, generation, run) VALUES (${columns.replaceAll(/\w+/g, '?')}, 0, 0) RETURNING n`,
  )
  const setDir = db.prepare('UPDATE item SET dir = ? WHERE n = ?')
  const addEntry =
    db.prepare(`INSERT OR IGNORE INTO entry(item, key, dir, name, fold, local, local_fold, living, disk_dir, disk, disk_fold,
    bytes, sha256, version, modified, saved) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const occupied = db.prepare('SELECT 1 FROM entry WHERE disk_dir = ? AND disk_fold = ? AND disk IS NOT NULL')
  const addListed = db.prepare('INSERT OR IGNORE INTO listed VALUES (?, ?)')
  const listed = db.prepare('SELECT sha256 FROM listed WHERE path = ?')
  const addFolder = db.prepare('INSERT OR IGNORE INTO folder VALUES (?, ?, ?, ?)')
  const folder = db.prepare('SELECT n FROM folder WHERE path = ?')
  const container = db.prepare("SELECT n FROM item WHERE source = ? AND id = ? AND kind IN ('folder', 'place')")
  const onDisk = db.prepare("SELECT disk IS NOT NULL AS there FROM entry WHERE item = ? AND key = ''")
  const setMark = db.prepare('INSERT OR REPLACE INTO mark VALUES (?, ?)')

  return {
    transaction(work: () => void): void {
      db.exec('BEGIN')
      try {
        work()
        db.exec('COMMIT')
      } catch (error) {
        if (db.isTransaction) db.exec('ROLLBACK')
        throw error
      }
    },
    /** Returns its number. */
    addSource(name: string): number {
      const { n } = addSource.get(name) as { n: number }
      addStream.run(n, rebuiltStream, 'kept from before')
      db.exec('DELETE FROM temp.folder')
      return n
    },
    /** Returns its number; undefined where the source has an item of that id already. */
    addItem(item: RebuiltItem): number | undefined {
      const values = columns.split(', ').map((column) => item[column as keyof RebuiltItem])
      return (addItem.get(...values) as { n: number } | undefined)?.n
    },
    setDir(n: number, dir: number): void {
      setDir.run(dir, n)
    },
    /** False where another entry stands at that place, or the item has one of that key. */
    addEntry({ item, key, dir, name, fold, local, localFold, living, there, saved }: RebuiltEntry): boolean {
      if (there && occupied.get(dir, localFold) !== undefined) return false
      const disk = there ? [dir, local, localFold] : [null, null, null]
      const bytes =
        saved === undefined
          ? [null, null, null, null, null]
          : [saved.bytes, saved.sha256, saved.version, saved.modified, saved.at]
      return addEntry.run(item, key, dir, name, fold, local, localFold, living ? 1 : 0, ...disk, ...bytes).changes === 1
    },
    /** What the manifest says of a path; the first line that names it counts. */
    addListed(path: string, sha256: string): void {
      addListed.run(path, sha256)
    },
    listed: (path: string) => (listed.get(path) as { sha256: string } | undefined)?.sha256,
    /** Folders of the present source, by path relative to the archive. */
    addFolder({ path, n, name, living }: RebuiltFolder): void {
      addFolder.run(path, n, name, living)
    },
    folder: (path: string) => (folder.get(path) as { n: number } | undefined)?.n,
    /** The folder of that id. */
    container: (source: number, id: string) => (container.get(source, id) as { n: number } | undefined)?.n,
    /** Those above before those below. */
    folders: () =>
      db
        .prepare('SELECT path, n, name, living FROM folder ORDER BY length(path), path')
        .iterate() as unknown as Iterable<RebuiltFolder>,
    /** Whether a folder stands on disk; the source's own always may. */
    isThere: (dir: number) => dir < 0 || (onDisk.get(dir) as { there: 0 | 1 } | undefined)?.there === 1,
    setMark(name: string, value: string): void {
      setMark.run(name, value)
    },
    close(): void {
      db.close()
    },
  }
}

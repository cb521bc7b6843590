import { DatabaseSync } from 'node:sqlite'
import type { ExpectedFile } from '../verify/expectation.ts'

/** A file that stands in the copy, as it was right after it had been put there. */
export interface Put {
  readonly path: string
  readonly sha256: string
  readonly bytes: number
  /** Its modification time as the copy's file system gives it back, milliseconds since 1970. */
  readonly modified: number
}

/**
 * What stands in a copy and was proven, in a database of the copy's own (`.holdall/copy.db`): a copy that was cut off goes on with it, and without it
 * every file is read once to be proven again. Beside it, for as long as it is open, what the archive wants there. No write-ahead log: USB disks and
 * network folders promise what that needs, and fail (https://sqlite.org/wal.html).
 */
export function openLedger(file: string, fold: (path: string) => string) {
  const db = new DatabaseSync(file)
  db.exec(`PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL; PRAGMA fullfsync = 1; PRAGMA locking_mode = EXCLUSIVE; PRAGMA temp_store = FILE;
    CREATE TABLE IF NOT EXISTS put (path TEXT PRIMARY KEY, sha256 TEXT NOT NULL, bytes INTEGER NOT NULL, modified REAL NOT NULL) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS put_sha256 ON put (sha256);
    CREATE TEMP TABLE wanted (path TEXT PRIMARY KEY, sha256 TEXT NOT NULL, bytes INTEGER NOT NULL, modified REAL, fold TEXT NOT NULL, there INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
    CREATE INDEX temp.wanted_fold ON wanted (fold)`)
  const want = db.prepare('INSERT INTO wanted (path, sha256, bytes, modified, fold) VALUES (?, ?, ?, ?, ?)')
  const next = db.prepare('SELECT * FROM wanted WHERE path > ? AND there <= ? ORDER BY path LIMIT 512')
  const wanted = db.prepare('SELECT 1 FROM wanted WHERE path = ?')
  const wantedAs = db.prepare('SELECT path FROM wanted WHERE fold = ?')
  const setThere = db.prepare('UPDATE wanted SET there = 1 WHERE path = ?')
  const missing = db.prepare('SELECT count(*) AS files, total(bytes) AS bytes, max(bytes) AS largest FROM wanted WHERE there = 0')
  const tooLarge = db.prepare('SELECT path FROM wanted WHERE there = 0 AND bytes > ? ORDER BY bytes DESC LIMIT 5')
  const put = db.prepare('INSERT OR REPLACE INTO put VALUES (?, ?, ?, ?)')
  const find = db.prepare('SELECT path, sha256, bytes, modified FROM put WHERE path = ?')
  const stale = db.prepare(
    'SELECT path, sha256, bytes, modified FROM put WHERE sha256 = ? AND bytes = ? AND path NOT IN (SELECT path FROM wanted) LIMIT 1',
  )
  const forget = db.prepare('DELETE FROM put WHERE path = ?')

  function* all(there: 0 | 1): Iterable<ExpectedFile> {
    for (let last = ''; ; ) {
      const rows = next.all(last, there)
      if (rows.length === 0) return
      for (const row of rows) {
        last = String(row.path)
        const { modified } = row
        yield {
          path: last,
          sha256: String(row.sha256),
          bytes: Number(row.bytes),
          ...(modified !== null && { modified: Number(modified) }),
        }
      }
    }
  }

  return {
    /** Everything that belongs into the copy. */
    want(files: Iterable<ExpectedFile>): void {
      db.exec('BEGIN')
      for (const { path, sha256, bytes, modified } of files) want.run(path, sha256, bytes, modified ?? null, fold(path))
      db.exec('COMMIT')
    },
    /** By path. */
    wanted: () => all(1),
    /** Those that are not there yet. */
    missing: () => all(0),
    isWanted: (path: string): boolean => wanted.get(path) !== undefined,
    /** Wanted files whose names are the same, letter case and Unicode form aside. */
    wantedLike: (path: string): string[] => wantedAs.all(fold(path)).map((row) => String(row.path)),
    isThere: (path: string): void => void setThere.run(path),
    need(): { files: number; bytes: number; largest: number } {
      const { files, bytes, largest } = missing.get() as { files: number; bytes: number; largest: number | null }
      return { files, bytes, largest: largest ?? 0 }
    },
    largerThan: (bytes: number): string[] => tooLarge.all(bytes).map((row) => String(row.path)),
    find: (path: string): Put | undefined => find.get(path) as Put | undefined,
    /** A file with the same bytes under a name that nothing has any more. */
    movedFrom: (sha256: string, bytes: number): Put | undefined => stale.get(sha256, bytes) as Put | undefined,
    record(files: readonly Put[]): void {
      db.exec('BEGIN')
      for (const { path, sha256, bytes, modified } of files) put.run(path, sha256, bytes, modified)
      db.exec('COMMIT')
    },
    forget: (path: string): void => void forget.run(path),
    close: () => db.close(),
  }
}

export type Ledger = ReturnType<typeof openLedger>

import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { ManifestEntry } from '../archive/manifest.ts'

/** What the journal says of a saved file. */
export interface ExpectedFile extends ManifestEntry {
  readonly bytes: number
  /** Milliseconds since 1970. */
  readonly modified?: number
}

/** What journal and manifest say of one path; either may be silent. */
export interface Expectation {
  readonly path: string
  readonly journal?: { readonly sha256: string; readonly bytes: number; readonly modified?: number }
  readonly manifest?: string
}

/**
 * Joins journal, manifest and disk by path in a temporary database of SQLite's own (https://sqlite.org/inmemorydb.html#temp_db), which goes to the
 * system's folder for temporary files when it grows: a million files cost a few megabytes of memory.
 */
export function createExpectations() {
  const database = new DatabaseSync('')
  database.exec(`
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA cache_size = -8000;
    CREATE TABLE file (path TEXT PRIMARY KEY, sha256 TEXT, bytes INTEGER, modified REAL, manifest TEXT) WITHOUT ROWID;
    BEGIN`)
  const insertExpected = database.prepare('INSERT OR IGNORE INTO file (path, sha256, bytes, modified) VALUES (?, ?, ?, ?)')
  const findManifest = database.prepare('SELECT manifest FROM file WHERE path = ?')
  const insertManifest = database.prepare(
    'INSERT INTO file (path, manifest) VALUES (?, ?) ON CONFLICT (path) DO UPDATE SET manifest = excluded.manifest',
  )
  let findOwner: StatementSync | undefined
  const next = database.prepare('SELECT path, sha256, bytes, modified, manifest FROM file WHERE path > ? ORDER BY path LIMIT 512')

  return {
    /** False when the journal named that path before. */
    addExpected(file: ExpectedFile): boolean {
      return insertExpected.run(file.path, file.sha256, file.bytes, file.modified ?? null).changes === 1
    },
    /** False when the manifest listed that path before. */
    addListed(entry: ManifestEntry): boolean {
      const known = findManifest.get(entry.path)
      if (known !== undefined && known.manifest !== null) return false
      insertManifest.run(entry.path, entry.sha256)
      return true
    },
    knows: (path: string): boolean => findManifest.get(path) !== undefined,
    /** The file that these bytes were saved as; an index is made for it when damage is first met. */
    ownerOf(sha256: string): string | undefined {
      if (findOwner === undefined) {
        database.exec('CREATE INDEX file_sha256 ON file(sha256)')
        findOwner = database.prepare('SELECT path FROM file WHERE sha256 = ? AND bytes > 0 LIMIT 1')
      }
      return findOwner.get(sha256)?.path as string | undefined
    },
    /** All of them, by path. */
    *all(): Iterable<Expectation> {
      for (let last = ''; ; ) {
        const rows = next.all(last)
        if (rows.length === 0) return
        for (const row of rows) {
          last = String(row.path)
          yield {
            path: last,
            ...(row.sha256 !== null && {
              journal: {
                sha256: String(row.sha256),
                bytes: Number(row.bytes),
                ...(row.modified !== null && { modified: Number(row.modified) }),
              },
            }),
            ...(row.manifest !== null && { manifest: String(row.manifest) }),
          }
        }
      }
    },
    close: () => database.close(),
  }
}

import type { DatabaseSync } from 'node:sqlite'
import { Failure } from '../core/failure.ts'
import { forecastPart } from './forecast.ts'
import { listingPart } from './listing.ts'
import { placementPart } from './placement.ts'
import { reportPart } from './report.ts'
import { runsPart } from './runs.ts'
import { savingPart } from './saving.ts'
import { tallyPart } from './tally.ts'

/**
 * What the archive remembers: every item, what was saved, where a listing or a download stopped. All SQL of the program stands in this folder.
 * Calls are synchronous; several that belong together go into one `transaction`.
 */
export type Journal = ReturnType<typeof createJournal>

export function createJournal(db: DatabaseSync) {
  let depth = 0
  let spoiled: { error: unknown } | undefined

  /**
   * Runs `work` in one transaction: all of it becomes durable, or nothing. Nested calls join the outer one, and one that fails takes all of it
   * along, caught or not.
   */
  function transaction<T>(work: () => T): T {
    if (depth > 0) return nested(work)
    begin()
    depth++
    spoiled = undefined
    try {
      const result = work()
      if (spoiled !== undefined) throw (spoiled as { error: unknown }).error
      db.exec('COMMIT')
      return result
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK')
      throw sqliteFailure(error)
    } finally {
      depth--
    }
  }

  function begin(): void {
    try {
      db.exec('BEGIN IMMEDIATE')
    } catch (error) {
      throw sqliteFailure(error)
    }
  }

  function nested<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      spoiled ??= { error }
      throw error
    }
  }

  return {
    transaction,
    ...explained(runsPart(db)),
    ...explained(listingPart(db)),
    ...explained(placementPart(db)),
    ...explained(savingPart(db)),
    ...explained(tallyPart(db)),
    ...explained(reportPart(db)),
    ...explained(forecastPart(db)),
    /**
     * What SQLite finds wrong with the file, in its words (it is read as a whole: https://sqlite.org/pragma.html#pragma_integrity_check), and rows of files that
     * lead nowhere; with `fold`, by which names are compared, also names that are not those they are known by. The first twenty of each.
     */
    check(fold?: (name: string) => string): string[] {
      try {
        const rows = db.prepare('PRAGMA integrity_check(20)').all()
        const wrong = rows.map((row) => String(row.integrity_check)).filter((text) => text !== 'ok')
        for (const { local } of db.prepare(lost).all())
          wrong.push(`its row of ${JSON.stringify(local)} belongs to no item or to no folder`)
        if (fold === undefined) return wrong
        db.function('fold_of', { deterministic: true }, (name) => (typeof name === 'string' ? fold(name) : null))
        for (const { local } of db.prepare(misnamed).all())
          wrong.push(`its row of ${JSON.stringify(local)} is not known by the name that it has`)
        return wrong
      } catch (error) {
        throw sqliteFailure(error)
      }
    },
    /** Writes the whole journal, as it is at this moment, into a new file. https://sqlite.org/lang_vacuum.html#vacuuminto */
    copyTo(file: string): void {
      try {
        db.prepare('VACUUM INTO ?').run(file)
      } catch (error) {
        throw sqliteFailure(error)
      }
    },
    close(): void {
      db.close()
    },
  }
}

/** Rows of files whose item or folder there is not, and of those that are nowhere on disk yet what is to be put elsewhere than its item belongs. */
const lost = `SELECT local FROM entry LEFT JOIN item ON item.n = entry.item WHERE item.n IS NULL
  OR (entry.disk IS NULL AND item.dir IS NOT NULL AND entry.dir <> item.dir)
  OR (entry.disk_dir > 0 AND NOT EXISTS (SELECT 1 FROM item AS folder WHERE folder.n = entry.disk_dir)) LIMIT 20`

const misnamed = 'SELECT local FROM entry WHERE local_fold <> fold_of(local) OR disk_fold IS NOT fold_of(disk) LIMIT 20'

/** The same functions, whose errors of SQLite are Failures also where they stand outside of a transaction: a full disk is no fault of ours. */
function explained<Part extends object>(part: Part): Part {
  const wrapped = Object.entries(part).map(([name, call]: [string, (...given: unknown[]) => unknown]) => [
    name,
    (...given: unknown[]) => {
      try {
        return call(...given)
      } catch (error) {
        throw sqliteFailure(error)
      }
    },
  ])
  return Object.fromEntries(wrapped) as Part
}

function sqliteFailure(error: unknown): unknown {
  const { errcode, message } = error as { errcode?: number; message?: string }
  // Primary result codes, https://sqlite.org/rescode.html: 13 full, 10 I/O error, 11 corrupt, 26 not a database, 8 read-only.
  switch (errcode === undefined ? undefined : errcode & 0xff) {
    case 13:
      return new Failure('disk', 'the disk is full', {
        hint: 'free some space, then run the same command again; nothing that was saved is lost',
        cause: error,
      })
    case 10:
      return new Failure('disk', `the disk refused to write the journal: ${message}`, {
        hint: 'see that the disk is still connected, then run the same command again',
        cause: error,
      })
    case 8:
      return new Failure('disk', 'the journal is read-only', { hint: 'see that the archive folder is writable', cause: error })
    case 11:
    case 26:
      return new Failure('disk', `the journal is damaged: ${message}`, {
        hint: 'move .holdall/journal.db away (keep it) and run holdall backup again; the saved files stay untouched',
        cause: error,
      })
    default:
      return error
  }
}

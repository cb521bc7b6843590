import { existsSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { Failure } from '../core/failure.ts'
import { createJournal, type Journal } from './journal.ts'
import { type Migration, migrations } from './migrations.ts'

export interface OpenOptions {
  /** 'write' makes and migrates the file; 'read' leaves it alone and needs it to exist. */
  readonly access: 'write' | 'read'
  /** All steps of the journal's form, other ones for tests. */
  readonly steps?: readonly Migration[]
}

/**
 * Opens the journal of an archive. Throws a Failure of kind `disk` when it is damaged, newer than this program, or cannot be written.
 * Before a migration of an existing journal a copy is left beside it (`journal.db.before-N`).
 */
export function openJournal(file: string, { access, steps = migrations }: OpenOptions): Journal {
  const existed = existsSync(file)
  let db: DatabaseSync | undefined
  try {
    db = new DatabaseSync(file, { readOnly: access === 'read', timeout: 10_000 })
    const version = db.prepare('PRAGMA user_version').get()?.user_version as number
    const newest = steps.at(-1)!.number
    if (version > newest) {
      throw new Failure(
        'disk',
        `the journal ${file} was written by a newer version of Holdall (form ${version}, known up to ${newest})`,
        {
          hint: 'use that newer version with this archive; nothing was changed',
        },
      )
    }
    if (access === 'write') {
      if (existed && version > 0) checkSound(db, file)
      prepare(db, file, version, steps)
    } else if (version === 0) {
      throw new Failure('disk', `the journal ${file} is empty`, { hint: 'run holdall backup first' })
    }
    return createJournal(db)
  } catch (error) {
    db?.close()
    throw error instanceof Failure ? error : damaged(file, error)
  }
}

/** Why a Failure says that there is no journal to read: it is lost, and can be made anew out of the rest of the archive. */
export class LostJournal extends Error {
  override readonly name = 'LostJournal'
}

/**
 * What is wrong with the journal at `file`, in a few words, where it is none any more: `missing`, `empty`, or what SQLite says. Undefined: nothing that
 * would be seen at once; one that is newer, or that cannot be opened or locked, is not damaged. Nothing is changed.
 */
export function journalTrouble(file: string): string | undefined {
  if (!existsSync(file)) return 'missing'
  let db: DatabaseSync | undefined
  try {
    db = new DatabaseSync(file, { readOnly: true, timeout: 10_000 })
    const version = db.prepare('PRAGMA user_version').get()?.user_version as number
    if (version > migrations.at(-1)!.number) return undefined
    if (version === 0) return 'empty'
    checkSound(db, file)
    return undefined
  } catch (error) {
    if (error instanceof Failure) return (error.cause as Error).message
    const { errcode, message } = error as { errcode?: number; message: string }
    // 11: corrupt, 26: not a database. https://sqlite.org/rescode.html
    return errcode !== undefined && [11, 26].includes(errcode & 0xff) ? message : undefined
  } finally {
    db?.close()
  }
}

/** WAL survives a crash and lets `status` read during a run, but some network and FAT drivers promise it and then fail: tried out first. */
function prepare(db: DatabaseSync, file: string, version: number, all: readonly Migration[]): void {
  db.exec(`PRAGMA journal_mode=${walWorks(file) ? 'WAL' : 'TRUNCATE'}; PRAGMA synchronous=FULL; PRAGMA fullfsync=1; PRAGMA cache_size=-8192;
    PRAGMA temp_store=FILE; PRAGMA journal_size_limit=67108864`)
  const steps = all.filter((step) => step.number > version)
  if (steps.length === 0) return
  if (version > 0) {
    const copy = `${file}.before-${steps[0]!.number}`
    // An attempt that was cut off may have left one, of the same content.
    rmSync(copy, { force: true })
    db.exec(`VACUUM INTO '${copy.replaceAll("'", "''")}'`)
  }
  for (const step of steps) db.exec(`BEGIN IMMEDIATE; ${step.sql}; PRAGMA user_version=${step.number}; COMMIT`)
}

function walWorks(file: string): boolean {
  const probe = `${file}.probe`
  const clean = () => {
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(probe + end, { force: true })
  }
  clean()
  try {
    const db = new DatabaseSync(probe)
    try {
      const mode = db.prepare('PRAGMA journal_mode=WAL').get()?.journal_mode
      db.exec('CREATE TABLE probe(x); INSERT INTO probe VALUES (1)')
      return mode === 'wal'
    } finally {
      db.close()
    }
  } catch {
    return false
  } finally {
    clean()
  }
}

function checkSound(db: DatabaseSync, file: string): void {
  const tables = db
    .prepare("SELECT count(*) AS n FROM sqlite_schema WHERE type = 'table' AND name IN ('item', 'entry', 'stream')")
    .get()
  if (tables?.n !== 3) throw damaged(file, new Error('its tables are missing'))
  // Cheap checks only: a full integrity check of a large journal takes minutes, and `verify` compares its content with the disk anyway.
  db.prepare('SELECT n FROM item ORDER BY n DESC LIMIT 1').get()
  db.prepare('SELECT item FROM entry ORDER BY item DESC LIMIT 1').get()
}

function damaged(file: string, cause: unknown): Failure {
  const { message } = cause as Error
  if (/readonly|unable to open/i.test(message)) {
    return new Failure('disk', `the journal ${file} cannot be opened: ${message}`, {
      hint: 'see that the archive folder is writable',
      cause,
    })
  }
  return new Failure('disk', `the journal ${file} is damaged: ${message}`, {
    hint: 'move it away (keep it) and run holdall backup again: it lists everything anew; the saved files under data/ stay untouched',
    cause,
  })
}

import { DatabaseSync } from 'node:sqlite'
import { createJournal, type Journal } from '../../src/journal/journal.ts'
import { migrations } from '../../src/journal/migrations.ts'

/** A real journal that lives in memory; `db` looks into it. */
export function memoryJournal(): { journal: Journal; db: DatabaseSync } {
  const db = new DatabaseSync(':memory:')
  for (const { sql } of migrations) db.exec(sql)
  return { journal: createJournal(db), db }
}

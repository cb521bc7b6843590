import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { migrations } from '../../src/journal/migrations.ts'
import { journalTrouble, openJournal } from '../../src/journal/open.ts'

let file: string
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'holdall-forms-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  file = join(folder, 'journal.db')
})

/** A journal as the program of that form left it: one folder, a saved file in it, one that waits, one refused. */
function writeOf(form: number): void {
  const db = new DatabaseSync(file)
  for (const { number, sql } of migrations) if (number <= form) db.exec(`BEGIN; ${sql}; PRAGMA user_version=${number}; COMMIT`)
  const columns = 'n, source, id, stream, kind, version, name, dir, parts, details, generation, state, run'
  const item = db.prepare(`INSERT INTO item(${columns}) VALUES (?, 1, ?, 's', ?, 'v1', ?, ?, ?, '{"owner":"me"}', 1, ?, 1)`)
  db.exec("INSERT INTO source(n, name, listed) VALUES (1, 'home/files', 7)")
  db.exec("INSERT INTO stream(source, id, title, cursor, shape) VALUES (1, 's', 'Files', 'token', 'all')")
  db.exec("INSERT INTO run VALUES (1, 'backup', 5, 6, 3)")
  db.exec("INSERT INTO mark VALUES ('identity home', '{}')")
  item.run(1, 'folder', 'folder', 'Papers', -1, '[]', 'saved')
  item.run(2, 'saved', 'file', 'a.txt', 1, '[{"key":"file","name":"a.txt"}]', 'saved')
  item.run(3, 'waits', 'file', 'b.txt', 1, '[{"key":"file","name":"b.txt","size":9}]', 'pending')
  item.run(4, 'form', 'file', 'c', 1, '[]', 'unexportable')
  db.exec(
    `INSERT INTO entry VALUES (1, '', -1, 'Papers', 'PAPERS', 'Papers', 'PAPERS', 1, -1, 'Papers', 'PAPERS', NULL, NULL, NULL, NULL, NULL, NULL, NULL)`,
  )
  db.exec(
    `INSERT INTO entry VALUES (2, 'file', 1, 'a.txt', 'A.TXT', 'a.txt', 'A.TXT', 1, 1, 'a.txt', 'A.TXT', 5, '${'a'.repeat(64)}', 'v1', NULL, 6, NULL, NULL)`,
  )
  db.close()
}

const newest = migrations.at(-1)!.number

test.each(migrations.map(({ number }) => number))('a journal of form %i says the same in the present one', (form) => {
  writeOf(form)
  const journal = openJournal(file, { access: 'write' })
  try {
    expect(journal.tally(1, 2)).toMatchObject({ items: 4, unchanged: 2, pending: 1, unexportable: 1, failed: 0, bytes: 5 })
    expect([...journal.savedFiles()]).toEqual([expect.objectContaining({ item: 2, dir: 1, name: 'a.txt', bytes: 5 })])
    expect(journal.pending(1, 0, 0, 10).map(({ id }) => id)).toEqual(['waits'])
    expect(journal.pendingExpiring(1, undefined, 10)).toEqual([])
    expect(journal.stream(1, 's')).toMatchObject({ cursor: 'token', shape: 'all' })
    expect(journal.lastRun()).toMatchObject({ n: 1, status: 3 })
    expect(journal.mark('identity home')).toBe('{}')
    expect(journal.check()).toEqual([])
  } finally {
    journal.close()
  }
  // As it was before, beside it.
  const kept = `${file}.before-${form + 1}`
  expect(existsSync(kept)).toBe(form < newest)
  if (form === newest) return
  const old = new DatabaseSync(kept, { readOnly: true })
  expect(old.prepare('PRAGMA user_version').get()?.user_version).toBe(form)
  expect(old.prepare('SELECT count(*) AS n FROM item').get()?.n).toBe(4)
  old.close()
})

test('a journal of a newer form is refused, whatever it is opened for, and not one byte of it changes', () => {
  writeOf(newest)
  const db = new DatabaseSync(file)
  db.exec(`PRAGMA user_version=${newest + 1}; DROP TABLE entry`)
  db.close()
  const before = readFileSync(file)
  for (const access of ['write', 'read'] as const)
    expect(() => openJournal(file, { access })).toThrow(
      expect.objectContaining({ kind: 'disk', message: expect.stringContaining('written by a newer version of Holdall') }),
    )
  // It is not taken for damaged: nothing is made anew in its place.
  expect(journalTrouble(file)).toBeUndefined()
  expect(readFileSync(file).equals(before)).toBe(true)
})

test('a migration that is cut off leaves the form before it, and is made again', () => {
  writeOf(1)
  const cut = migrations.map((step) => (step.number === 3 ? { ...step, sql: `${step.sql}; SELECT no_such_function()` } : step))
  expect(() => openJournal(file, { access: 'write', steps: cut })).toThrow()
  const db = new DatabaseSync(file)
  expect(db.prepare('PRAGMA user_version').get()?.user_version).toBe(2)
  db.close()
  const journal = openJournal(file, { access: 'write' })
  expect(journal.tally(1, 2)).toMatchObject({ items: 4 })
  journal.close()
})

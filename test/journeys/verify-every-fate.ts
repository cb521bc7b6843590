import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { expect, onTestFinished } from 'vitest'
import { createFilter } from '../../src/backup/filter.ts'
import { Failure } from '../../src/core/failure.ts'
import { createBench } from '../backup/bench-archive.ts'
import { createWorld } from '../backup/fake-source.ts'

/** Columns that state nothing of an item's fate, and why a wrong value in them loses nothing (the last test tries it). Every other one must be found. */
export const withoutFate: Readonly<Record<string, string>> = {
  'item.stream': 'which list names it: the next listing says it again, and nothing saved is let go',
  'item.folder_version': 'spares the listing of an unchanged folder; held against what the provider says of the folder',
  'item.generation': 'which listing named it last',
  'item.run': 'whether it counts as saved in this run or before, and which of the refused ones are asked for again first',
  'item.missing': 'what a listing under way has not met yet: the closing count contradicts it, and everything is listed anew',
  'item.rank': 'the order of the queue',
  'entry.name': 'the name wanted; a listing says it again',
  'entry.fold': 'the same, for comparing',
  'entry.living': 'who gets a contested name',
  'entry.saved': 'when it was saved',
  'entry.draft': 'an unfinished download: held against the disk before it goes on',
}

/** The same of items of which nothing is saved, so that nothing is on disk that would be held against it. */
export const unsaved: Readonly<Record<string, string>> = {
  'entry.disk_dir': 'where it stands, which counts only together with a name there',
  'entry.bytes': 'the size of what was saved',
  'entry.sha256': 'the same: without a place and a version of it, nothing counts as saved',
}

/** The same of folders, of which no bytes are saved. */
export const ofFolders: Readonly<Record<string, string>> = {
  'entry.bytes': 'a folder has none',
  'entry.version': 'a folder has none: whether it stands on disk is all',
  'entry.modified': 'a folder’s time is not kept',
}

/** An archive with an item of each fate; by id, what became of it. */
export const fates: Readonly<Record<string, string>> = {
  unchanged: 'saved',
  new: 'saved',
  folder: 'saved',
  empty: 'saved',
  record: 'saved',
  vanished: 'saved',
  form: 'unexportable',
  refused: 'unexportable',
  left: 'excluded',
  kept: 'excluded',
  lost: 'gone',
  later: 'pending',
  failed: 'failed',
  stale: 'failed',
}
export const folderIds = ['folder', 'empty']
/** Nothing of these is on disk, or only a link to it. */
const unsavedIds = ['record', 'form', 'refused', 'left', 'lost', 'later', 'failed']

/** The archive, open and sealed, and the world that it was made from. Disposed when the test ends. */
export async function everyFate() {
  const bench = await createBench()
  onTestFinished(() => bench.dispose())
  const world = createWorld()
  world.folder('folder', 'folder')
  for (const id of ['unchanged', 'vanished', 'kept', 'stale']) world.file(id, `${id}.txt`, 'folder', `bytes of ${id}`)
  await bench.run(world)
  world.remove('vanished')
  world.folder('empty', 'empty')
  world.put({ id: 'record', kind: 'record', name: 'record' })
  for (const id of ['new', 'left', 'lost', 'failed', 'refused']) world.file(id, `${id}.txt`, 'folder', `bytes of ${id}`)
  world.file('stale', 'stale.txt', 'folder', 'newer bytes')
  world.file('kept', 'kept.txt', 'folder', 'newer bytes that are left out')
  world.file('later', 'later.txt', 'folder', 'not yet', { waiting: 'still processing there' })
  world.put({ id: 'form', name: 'form', unexportable: { reason: 'no-export', message: 'there is no download of forms' } })
  const fails = (kind: 'gone' | 'corrupt' | 'unexportable') => () => {
    throw new Failure(kind, 'said so', kind === 'unexportable' ? { reason: 'download-forbidden' } : {})
  }
  world.answers.set('lost', fails('gone'))
  world.answers.set('failed', fails('corrupt'))
  world.answers.set('stale', fails('corrupt'))
  world.answers.set('refused', fails('unexportable'))
  const filter = createFilter({ include: [], exclude: ['left.txt', 'kept.txt'] })
  await bench.run(world, { filter, retryForMs: 0 })
  const states = Object.fromEntries(Object.keys(fates).map((id) => [id, bench.state(id)]))
  expect(states).toEqual(fates)
  return { bench, world }
}

/** Another value of the same kind. */
export function other(column: string, value: SQLOutputValue): string | number | null {
  if (column === 'item.kind') return value === 'file' ? 'record' : 'file'
  if (column === 'item.state') return value === 'saved' ? 'excluded' : 'saved'
  if (column === 'item.parts') return '[{"key":"other"}]'
  if (column === 'item.details') return '{"made":"up"}'
  if (column === 'item.unexportable') return '{"reason":"virus","message":"made up"}'
  if (column === 'entry.draft') return '{"length":3,"itemVersion":"made up"}'
  if (column === 'entry.sha256') return 'f'.repeat(64)
  if (typeof value === 'number') return value + 1000
  if (typeof value === 'string') return `${value}x`
  return /modified|expires|vanished|missing|bytes|disk_dir$|saved$|\.dir$/.test(column) ? 1 : 'made up'
}

/** Whether a wrong value in that column of the item's rows is one that verify need not find. */
export function isExcepted(column: string, id: string, empty: boolean): boolean {
  // The number of a row leads to its files, and one without any may have another; what has no place yet gets one from the next listing.
  if (column === 'item.n') return ['record', 'form'].includes(id)
  if (column === 'item.dir') return empty && ['record', 'form', ...folderIds].includes(id)
  return (
    column in withoutFate || (column in unsaved && unsavedIds.includes(id)) || (column in ofFolders && folderIds.includes(id))
  )
}

/** Changes a column in all rows of some items, as far as the database lets it; the ids whose row is another now. */
export function change(db: DatabaseSync, column: string, ids: readonly string[], empty: boolean): string[] {
  const [table, name] = column.split('.')
  const key = table === 'item' ? 'n' : 'item'
  const rows = db
    .prepare(
      `SELECT item.id AS is_of, ${table}.${name} AS is_now, ${table}.* FROM item ${table === 'item' ? '' : 'JOIN entry ON entry.item = item.n'}`,
    )
    .all()
  return rows.flatMap(({ is_of, is_now, ...row }) => {
    const id = String(is_of)
    const value = empty ? null : other(column, is_now!)
    if (!ids.includes(id) || value === is_now) return []
    const more = table === 'item' ? '' : ` AND key = '${row.key}'`
    try {
      db.prepare(`UPDATE ${table} SET ${name} = ? WHERE ${key} = ?${more}`).run(value, row[key]!)
      return [id]
    } catch {
      // Empty where the database itself wants a value.
      return []
    }
  })
}

/** Of both tables, as TABLE.COLUMN. */
export const columnsOf = (db: DatabaseSync): string[] =>
  ['item', 'entry'].flatMap((table) =>
    db
      .prepare('SELECT name FROM pragma_table_info(?)')
      .all(table)
      .map(({ name }) => `${table}.${String(name)}`),
  )

import { cpSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { SQLOutputValue } from 'node:sqlite'
import { expect, onTestFinished, test, vi } from 'vitest'
import { differences } from './archive-check.ts'
import { startCloud } from './cloud.ts'
import { expectedFiles } from './expected.ts'
import { run } from './program.ts'
import { inJournal, verifyIn } from './verify-in-process.ts'

vi.setConfig({ testTimeout: 60_000 })

/** Columns that state nothing of an item's fate, and why a wrong value in them loses nothing. Every other one must be found. */
const withoutFate: Readonly<Record<string, string>> = {
  'item.stream':
    'which list names it: what its own list no longer names is listed again by the next full listing, and nothing saved is let go',
  'item.folder_version': 'spares the listing of an unchanged folder; held against what the provider says of the folder',
  'item.generation': 'which listing named it last',
  'item.run': 'whether it counts as saved in this run or before',
  'item.missing': 'what a listing under way has not met yet: the closing count contradicts it, and everything is listed anew',
  'item.rank': 'the order of the queue',
  'entry.name': 'the name wanted; a listing says it again',
  'entry.fold': 'the same, for comparing',
  'entry.living': 'who gets a contested name',
  'entry.saved': 'when it was saved',
  'entry.draft': 'an unfinished download: held against the disk before it goes on',
}

/** Of those the ones that a run looks at most; with HOLDALL_ROUNDS all are tried. */
const telling = ['item.stream', 'item.dir', 'item.missing', 'entry.living', 'entry.disk_fold']

/** Another value of the same kind. */
function other(column: string, value: SQLOutputValue): string | number | null {
  if (column === 'item.kind') return value === 'file' ? 'record' : 'file'
  if (column === 'item.state') return value === 'saved' ? 'excluded' : 'saved'
  if (column === 'item.parts') return '[{"key":"other"}]'
  if (column === 'item.details') return '{"made":"up"}'
  if (column === 'item.unexportable') return '{"reason":"no-export","message":"made up"}'
  if (column === 'entry.sha256') return 'f'.repeat(64)
  if (typeof value === 'number') return value + 1000
  if (typeof value === 'string') return `${value}x`
  return /modified|expires|vanished|bytes|disk_dir$/.test(column) ? 1 : 'made up'
}

const columnsOf = (archive: string): string[] =>
  inJournal(archive, (db) =>
    ['item', 'entry'].flatMap((table) =>
      db
        .prepare(`SELECT name FROM pragma_table_info('${table}')`)
        .all()
        .map(({ name }) => `${table}.${String(name)}`),
    ),
  )

/** Changes the column in the rows of the second file. */
function change(archive: string, column: string): void {
  const [table, name] = column.split('.')
  const changed = inJournal(archive, (db) => {
    const where = table === 'item' ? "name = 'f 1.txt'" : "disk = 'f 1.txt'"
    const { value } = db.prepare(`SELECT ${name} AS value FROM ${table} WHERE ${where}`).get()!
    return db.prepare(`UPDATE ${table} SET ${name} = ? WHERE ${where}`).run(other(column, value!)).changes
  })
  expect({ column, changed }).toEqual({ column, changed: 1 })
}

async function saved() {
  const cloud = await startCloud({ accounts: ['google'] })
  const folder = cloud.drive.addFolder('Papers')
  for (let n = 0; n < 3; n++) cloud.drive.addFile(`f ${n}.txt`, `text ${n}`, { parent: folder.id })
  expect((await run(cloud.place, ['backup'])).status).toBe(0)
  expect((await verifyIn(cloud.place.archive, cloud.place.home)).named).toEqual([])
  const copy = path.join(tmpdir(), `holdall-columns-${process.pid}`)
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }))
  return {
    cloud,
    copy() {
      rmSync(copy, { recursive: true, force: true })
      cpSync(cloud.place.archive, copy, { recursive: true, preserveTimestamps: true })
      return copy
    },
  }
}

test('each column of a saved item’s rows, changed in turn: verify finds it, but for those of the list', async () => {
  const { cloud, copy } = await saved()
  const unfound: string[] = []
  for (const column of columnsOf(cloud.place.archive)) {
    const archive = copy()
    change(archive, column)
    const found = await verifyIn(archive, cloud.place.home).then(
      ({ status, named }) => status === 3 && named.length > 0,
      // What cannot even be read is said as loudly.
      () => true,
    )
    if (!found) unfound.push(column)
  }
  expect(unfound.filter((column) => withoutFate[column] === undefined)).toEqual([])
})

test('a column of that list, changed: the next backup loses nothing for it, and says nothing that is not so', async () => {
  const { cloud, copy } = await saved()
  for (const column of process.env.HOLDALL_ROUNDS === undefined ? telling : Object.keys(withoutFate)) {
    const archive = copy()
    change(archive, column)
    const once = () => run(cloud.place, ['backup', '--archive', archive])
    const first = await once()
    // Where the closing count contradicts the listing that is said, and the next run lists anew.
    const { status, stderr } = first.status === 3 ? await once() : first
    expect({ column, status }, stderr).toEqual({ column, status: 0 })
    expect({ column, wrong: differences(archive, expectedFiles({ drive: cloud.drive })).wrong }).toEqual({ column, wrong: [] })
  }
})

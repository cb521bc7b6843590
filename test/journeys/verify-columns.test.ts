import { cpSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { differences } from './archive-check.ts'
import { startCloud } from './cloud.ts'
import { expectedFiles } from './expected.ts'
import { run } from './program.ts'
import { columnsOf, other, withoutFate } from './verify-every-fate.ts'
import { inJournal, verifyIn } from './verify-in-process.ts'

vi.setConfig({ testTimeout: 60_000 })

/** Of those the ones that a run looks at most; with HOLDALL_ROUNDS all are tried. */
const telling = ['item.stream', 'item.missing', 'item.run', 'entry.living', 'entry.name']

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
  for (const column of inJournal(cloud.place.archive, columnsOf)) {
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

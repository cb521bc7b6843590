import { cpSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openJournal } from '../../src/journal/open.ts'
import {
  change,
  columnsOf,
  everyFate,
  fates,
  folderIds,
  isExcepted,
  ofFolders,
  unsaved,
  withoutFate,
} from './verify-every-fate.ts'
import { inJournal, verifyIn } from './verify-in-process.ts'

vi.setConfig({ testTimeout: 120_000 })

test.each([
  ['of files and records', false],
  ['of folders, which their content is named by', true],
])(
  'each column of the rows %s, changed or emptied, one fate and another: verify names every item, but for columns of the list',
  async (_, folders) => {
    const { bench } = await everyFate()
    bench.journal.close()
    const { root } = bench
    const copy = path.join(tmpdir(), `holdall-fates-${process.pid}`)
    onTestFinished(() => rmSync(copy, { recursive: true, force: true }))
    const fresh = () => {
      rmSync(copy, { recursive: true, force: true })
      cpSync(root, copy, { recursive: true, preserveTimestamps: true })
    }
    fresh()
    expect(await verifyIn(copy, copy)).toEqual({ status: 0, named: [] })
    const ids = Object.keys(fates).filter((id) => folders === folderIds.includes(id))
    const columns = inJournal(root, columnsOf)
    const unfound: string[] = []
    for (const column of columns.filter((one) => withoutFate[one] === undefined))
      for (const empty of [false, true]) {
        fresh()
        const changed = inJournal(copy, (db) => change(db, column, ids, empty))
        if (changed.length === 0) continue
        // What cannot even be read is said as loudly.
        const named = await verifyIn(copy, copy).then(
          (verified) => (verified.status === 3 ? verified.named.join('\n') : ''),
          (error: unknown) => ids.map((id) => `/${id} ${error}`).join(),
        )
        const silent = changed.filter(
          (id) =>
            !named.includes(`/${id}`) &&
            !named.includes(`"${id}.txt`) &&
            !named.includes(`"${id}"`) &&
            !isExcepted(column, id, empty),
        )
        if (silent.length > 0) unfound.push(`${column}${empty ? ' emptied' : ''}: ${silent.join(' ')}`)
      }
    expect(unfound).toEqual([])
  },
)

test('a column of the list, changed or emptied: the next backup loses nothing for it, and says nothing that is not so', async () => {
  // A refused one would not be asked for again so soon, and stays named as refused.
  const idsFor = (column: string, empty: boolean) =>
    Object.keys(fates).filter((id) => isExcepted(column, id, empty) && `${column} ${id}` !== 'item.run refused')
  const excepted = ['item.n', 'item.dir', ...Object.keys(withoutFate), ...Object.keys(unsaved), ...Object.keys(ofFolders)]
  for (const column of new Set(excepted))
    for (const empty of [false, true]) {
      const { bench, world } = await everyFate()
      bench.journal.close()
      const changed = inJournal(bench.root, (db) => change(db, column, idsFor(column, empty), empty))
      if (changed.length === 0) continue
      bench.journal = openJournal(bench.archive.journalFile, { access: 'write' })
      world.answers.clear()
      world.change('later', { waiting: undefined } as never)
      const about = `${column}${empty ? ' emptied' : ''}`
      let { status } = await bench.run(world)
      // Where the closing count contradicts the listing that is said, and the next run lists anew.
      if (status === 3) ({ status } = await bench.run(world))
      const expected = Object.fromEntries(
        [...world.things.values()]
          .filter(({ contents }) => contents.size > 0)
          .map(({ item, contents }) => [
            `${item.parent === undefined ? '' : `${item.parent}/`}${item.name}`,
            Buffer.from(contents.get('file')!).toString(),
          ]),
      )
      const { 'folder/vanished.txt': kept, ...files } = Object.fromEntries(
        Object.entries(bench.tree()).filter(([file]) => !file.endsWith('/')),
      )
      expect({ about, status, kept, files }).toEqual({ about, status: 0, kept: 'bytes of vanished', files: expected })
      await bench.checkSound()
    }
})

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { bringUpToDate } from '../../src/backup/bring-up-to-date.ts'
import { draftName } from '../../src/backup/recover.ts'
import { Failure } from '../../src/core/failure.ts'
import type { Intent } from '../../src/journal/rows.ts'
import { type Bench, createBench } from './bench-archive.ts'
import { createWorld, sha256, type World } from './fake-source.ts'

let bench: Bench
beforeEach(async () => {
  bench = await createBench()
})
afterEach(() => bench.dispose())

const at = (path: string) => join(bench.root, path)
const content = 'what the file holds'

function world(): World {
  const made = createWorld()
  made.folder('f', 'Folder')
  made.file('1', 'one.txt', 'f', content)
  made.file('2', 'two.txt', undefined, 'two')
  return made
}

/** Listed, and nothing taken: where a run that then was killed stood. */
async function planned(): Promise<World> {
  const made = world()
  await bench.run(made, { command: 'plan' })
  return made
}

/** Promises a save, as a group that is being committed does. */
function intend(id: string, key = 'file', more: Partial<Intent> = {}): { draft: string; target: string } {
  const row = bench.item(id)!
  const entry = bench.journal.entry(row.n, key)!
  const draft = draftName(row.n, key)
  const bytes = Buffer.from(content)
  bench.journal.intend(row.n, key, {
    dir: entry.dir,
    local: entry.local,
    bytes: bytes.length,
    sha256: sha256(bytes),
    version: row.version,
    draft,
    ...more,
  })
  return { draft: `.holdall/drafts/${draft}`, target: `data/home/files/Folder/${entry.local}` }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(at(path)), { recursive: true })
  writeFileSync(at(path), text)
}

/** The next start: what was begun is finished, and only the rest is downloaded. */
async function expectMended(made: World, fetched: readonly string[], expected: Record<string, string>): Promise<void> {
  bench.reopen()
  const run = await bench.run(made)
  expect(run.status).toBe(0)
  expect(made.fetches.map(({ id }) => id).sort()).toEqual([...fetched].sort())
  bench.expectContents(expected)
  expect(bench.left('drafts')).toEqual([])
  expect(bench.left('moving')).toEqual([])
  expect(bench.journal.intents()).toEqual([])
  await bench.checkSound()
  const again = await bench.run(made)
  expect(again.status).toBe(0)
  expect(again.sources['home/files']).toMatchObject({ unchanged: 3, items: 3 })
}

const whole = { 'Folder/one.txt': content, 'two.txt': 'two' }

describe('a save that a crash cut off', () => {
  test('before the rename is finished', async () => {
    const made = await planned()
    write(intend('1').draft, content)
    await expectMended(made, ['2'], whole)
  })

  test('after the rename, before it was written down, is finished', async () => {
    const made = await planned()
    write(intend('1').target, content)
    await expectMended(made, ['2'], whole)
  })

  test('is finished, and is in what is derived from all files', async () => {
    const made = world()
    made.source.compose = async function* (rows) {
      yield {
        path: 'all.txt',
        bytes: (async function* () {
          for await (const { files } of rows()) for (const file of files.values()) yield Buffer.from(`${file}\n`)
        })(),
      }
    }
    // It failed once, and all the others are done with: only its being saved is news.
    made.answers.set('1', () => {
      throw new Failure('forbidden', 'not now')
    })
    expect((await bench.run(made)).status).toBe(3)
    made.answers.clear()
    expect(bench.tree()['all.txt']).toBe('two.txt\n')
    write(intend('1').draft, content)
    bench.reopen()
    made.fetches.length = 0
    expect((await bench.run(made)).status).toBe(0)
    expect(made.fetches).toEqual([])
    expect(bench.tree()['all.txt']).toBe('Folder/one.txt\ntwo.txt\n')
    await bench.checkSound()
  })

  test('with a draft that is not what was promised is not believed', async () => {
    const made = await planned()
    write(intend('1').draft, `${content}, nearly`)
    await expectMended(made, ['1', '2'], whole)
  })

  test('with nothing left of it is taken anew', async () => {
    const made = await planned()
    intend('1')
    await expectMended(made, ['1', '2'], whole)
  })

  test('and whose target holds something else is taken anew, and that kept', async () => {
    const made = await planned()
    write(intend('1').target, 'a stranger’s')
    await expectMended(made, ['1', '2'], whole)
    expect(existsSync(at('.holdall/strays'))).toBe(true)
  })

  test('before the promise leaves nothing behind', async () => {
    const made = await planned()
    write(`.holdall/drafts/${draftName(bench.item('1')!.n, 'file')}`, content)
    await expectMended(made, ['1', '2'], whole)
  })

  test('of a new version, which replaces the old one, is finished, which kept the bytes', async () => {
    const made = world()
    made.file('1', 'one.txt', 'f', 'the old bytes')
    await bench.run(made)
    made.file('1', 'one.txt', 'f', content)
    made.fetches.length = 0
    await bench.run(made, { command: 'plan' })
    write(intend('1').draft, content)
    await expectMended(made, [], whole)
  })

  test('of a new version after its rename: the manifest states the new bytes', async () => {
    const made = world()
    made.file('1', 'one.txt', 'f', 'the old bytes')
    await bench.run(made)
    made.file('1', 'one.txt', 'f', content)
    made.fetches.length = 0
    await bench.run(made, { command: 'plan' })
    const { draft, target } = intend('1')
    write(draft, content)
    renameSync(at(draft), at(target))
    await expectMended(made, [], whole)
    expect(readFileSync(at('manifest-sha256.txt'), 'utf8')).toContain(sha256(content))
  })

  test('of a version that moved: while the old bytes were brought along', async () => {
    const made = world()
    await bench.run(made)
    made.file('1', 'uno.txt', undefined, `${content} now`)
    made.fetches.length = 0
    // The note about the save must outlive the move of the old bytes: the state right before the new ones get their name.
    const rename = bench.archive.rename
    let noted: string | null | undefined
    bench.archive.rename = async (from, to) => {
      if (from.startsWith('.holdall/drafts/')) noted = bench.journal.entry(bench.item('1')!.n, 'file')!.intent
      return rename(from, to)
    }
    expect((await bench.run(made)).status).toBe(0)
    expect(JSON.parse(noted ?? '{}')).toMatchObject({
      local: 'uno.txt',
      sha256: sha256(`${content} now`),
      draft: expect.any(String),
    })
    bench.archive.rename = rename
    bench.expectContents({ 'uno.txt': `${content} now`, 'two.txt': 'two' })
  })

  test('one of two parts is finished; only the other is downloaded', async () => {
    const made = createWorld()
    made.put(
      {
        id: '1',
        name: 'doc',
        parts: [
          { key: 'docx', name: 'doc.docx' },
          { key: 'pdf', name: 'doc.pdf' },
        ],
      },
      { docx: content, pdf: 'pdf' },
    )
    await bench.run(made, { command: 'plan' })
    write(intend('1', 'docx').draft, content)
    bench.reopen()
    const run = await bench.run(made)
    expect(run.status).toBe(0)
    expect(made.fetches.map(({ part }) => part)).toEqual(['pdf'])
    bench.expectContents({ 'doc.docx': content, 'doc.pdf': 'pdf' })
    expect(run.sources['home/files']).toMatchObject({ saved: 1, items: 1 })
    await bench.checkSound()
  })
})

describe('a move that a crash cut off', () => {
  /** Saved, and renamed at the source; the plan has written down where it belongs now, and moved it. */
  async function moved(step: 'before' | 'after' | 'case', id: 'f' | '1'): Promise<World> {
    const made = world()
    await bench.run(made)
    made.fetches.length = 0
    const name = id === 'f' ? (step === 'case' ? 'FOLDER' : 'Renamed') : 'uno.txt'
    made.move(id, id === 'f' ? undefined : 'f', name)
    const rename = bench.archive.rename
    bench.archive.rename = async (from, to) => {
      if (step !== 'before') await rename(from, to)
      throw new Error('killed')
    }
    await bench.run(made)
    bench.archive.rename = rename
    expect(bench.journal.intents()).toHaveLength(1)
    return made
  }

  test.each([
    ['file', 'before', '1', { 'Folder/uno.txt': content, 'two.txt': 'two' }],
    ['file', 'after', '1', { 'Folder/uno.txt': content, 'two.txt': 'two' }],
    ['folder', 'before', 'f', { 'Renamed/one.txt': content, 'two.txt': 'two' }],
    ['folder', 'after', 'f', { 'Renamed/one.txt': content, 'two.txt': 'two' }],
    ['folder, in letter case', 'case', 'f', { 'FOLDER/one.txt': content, 'two.txt': 'two' }],
  ] as const)('of a %s, %s its rename', async (_, step, id, expected) => {
    await expectMended(await moved(step, id), [], expected)
  })

  test('in the middle of a swap', async () => {
    const made = world()
    made.file('1', 'a', undefined, content)
    made.file('2', 'b', undefined, 'two')
    await bench.run(made)
    made.fetches.length = 0
    made.move('1', undefined, 'b')
    made.move('2', undefined, 'a')
    const rename = bench.archive.rename
    let renames = 0
    bench.archive.rename = async (from, to) => {
      if (++renames >= 2) throw new Error('killed')
      return rename(from, to)
    }
    await bench.run(made)
    expect(bench.left('moving')).toHaveLength(1)
    bench.archive.rename = rename
    await expectMended(made, [], { a: 'two', b: content })
  })
})

describe('killed at any step that changes the archive', () => {
  /** Throws at the n-th rename, as if the process had ended there: nothing after it is done, not even the end of the run. */
  test('each run after it ends with the right files, and at most the files of one group are downloaded twice', async () => {
    for (let kill = 1; kill <= 12; kill++) {
      await bench.dispose()
      bench = await createBench()
      const made = createWorld({ pageSize: 3 })
      made.folder('f', 'F')
      for (let n = 0; n < 8; n++) made.file(`${n}`, `${n}.txt`, n % 2 === 0 ? 'f' : undefined, `${n}`)
      const rename = bench.archive.rename
      let renames = 0
      bench.archive.rename = async (from, to) => {
        if (++renames === kill) throw new Error('killed')
        return rename(from, to)
      }
      await bench.run(made)
      bench.archive.rename = rename
      made.move('f', undefined, 'G')
      bench.reopen()
      expect((await bench.run(made)).status).toBe(0)
      const expected = Object.fromEntries(Array.from({ length: 8 }, (_, n) => [n % 2 === 0 ? `G/${n}.txt` : `${n}.txt`, `${n}`]))
      bench.expectContents(expected)
      await bench.checkSound()
      // All eight were complete and promised when it was killed.
      expect([kill, made.fetches.length]).toEqual([kill, 8])
    }
  })
})

describe('killed in the middle of a page of a listing', () => {
  /** As if the process had ended while it wrote down the n-th item: what it wrote since the page began is not there. */
  async function killAt(kill: number, made: World): Promise<boolean> {
    const { insertItem, updateItem } = bench.journal
    let items = 0
    const count = <A extends unknown[], R>(write: (...given: A) => R) => {
      return (...given: A): R => {
        if (++items === kill) throw new Error('killed')
        return write(...given)
      }
    }
    bench.journal.insertItem = count(insertItem)
    bench.journal.updateItem = count(updateItem)
    await bench.run(made, { command: 'plan' })
    bench.reopen()
    return items >= kill
  }

  test.each(['a whole listing', 'a list of changes'])(
    'of %s, the next one has the page: no cursor is ahead of it',
    async (what) => {
      for (let kill = 1; ; kill++) {
        await bench.dispose()
        bench = await createBench()
        const made = createWorld({ pageSize: 3 })
        made.folder('f', 'F')
        const fill = (text: string) => {
          for (let n = 0; n < 8; n++) made.file(`${n}`, `${n}.txt`, n % 2 === 0 ? 'f' : undefined, `${text} ${n}`)
        }
        fill('first')
        if (what === 'a list of changes') {
          expect((await bench.run(made, { command: 'plan' })).status).toBe(0)
          fill('second')
          made.file('new', 'new.txt', 'f', 'new')
        }
        const struck = await killAt(kill, made)
        // Nothing else would ever name it: what a source has besides its log of changes is asked by the closing count alone.
        expect((await bench.run(made, { command: 'plan' })).status).toBe(0)
        for (const { item } of made.things.values()) expect([kill, bench.item(item.id)?.version]).toEqual([kill, item.version])
        if (!struck) break
        expect(kill).toBeLessThan(20)
      }
    },
  )
})

test('a file that had moved on, and another that was to take its name: a kill in between is put right, whoever comes first', async () => {
  const made = createWorld()
  made.file('1', 'a', undefined, 'one')
  made.file('2', 'b', undefined, 'two')
  expect((await bench.run(made)).status).toBe(0)
  made.fetches.length = 0
  made.move('2', undefined, 'c')
  made.file('1', 'b', undefined, content)
  await bench.run(made, { command: 'plan' })
  // The rename of the second was made and not written down; the new bytes of the first wait for the name that it had.
  const second = bench.item('2')!
  const before = bench.journal.entry(second.n, 'file')!
  bench.journal.intend(second.n, 'file', {
    dir: before.dir,
    local: 'c',
    bytes: 3,
    sha256: before.sha256!,
    version: second.version,
  })
  renameSync(at('data/home/files/b'), at('data/home/files/c'))
  const { draft } = intend('1')
  write(draft, content)
  bench.reopen()
  expect((await bench.run(made)).status).toBe(0)
  expect(made.fetches).toEqual([])
  bench.expectContents({ b: content, c: 'two' })
  await bench.checkSound()
})

test('what a kill left between two places comes to its own with whatever runs next, and a stop leaves nothing there', async () => {
  const made = createWorld()
  made.file('1', 'one.txt', undefined, 'one')
  made.file('2', 'two.txt', undefined, 'two')
  expect((await bench.run(made)).status).toBe(0)
  // The two change names, and a kill comes after the first had made room.
  made.move('1', undefined, 'two.txt')
  made.move('2', undefined, 'one.txt')
  await bench.run(made, { command: 'plan' })
  const { n } = bench.item('2')!
  const entry = bench.journal.entry(n, 'file')!
  renameSync(at('data/home/files/two.txt'), at(`.holdall/moving/${n}-1`))
  bench.journal.setDisk(n, entry.key, 0, `${n}-1`, `${n}-1`)
  bench.reopen()
  await bringUpToDate({ journal: bench.journal, archive: bench.archive, clock: bench.clock, emit: () => undefined }, 'Holdall')
  bench.expectContents({ 'one.txt': 'two', 'two.txt': 'one' })
  await bench.checkSound()
})

test('a file of which the listing says another place while its folder is being made stands there', async () => {
  const made = createWorld()
  made.folder('q', 'Q')
  made.file('1', 'one.txt', undefined, 'one')
  made.file('in q', 'in q.txt', 'q', 'q')
  expect((await bench.run(made)).status).toBe(0)
  // It moves into a folder that is not there yet; while that one is made, a later page says that it moved on.
  made.folder('p', 'P')
  made.file('in p', 'in p.txt', 'p', 'p')
  made.move('1', 'p', 'uno.txt')
  await bench.run(made, { command: 'plan' })
  const { makeFolder } = bench.archive
  bench.archive.makeFolder = async (path) => {
    await makeFolder(path)
    if (!path.endsWith('/P')) return
    bench.archive.makeFolder = makeFolder
    made.move('1', 'q', 'eins.txt')
    await bench.run(made, { command: 'plan' })
  }
  // Nothing is fetched first: the folder is made for the file that moves.
  made.answers.set('in p', () => {
    throw new Failure('throttled', 'later', { stops: 'item' })
  })
  await bench.run(made)
  expect(bench.archive.makeFolder).toBe(makeFolder)
  made.answers.clear()
  await bench.run(made)
  bench.expectContents({ 'Q/eins.txt': 'one', 'Q/in q.txt': 'q', 'P/in p.txt': 'p' })
  await bench.checkSound()
})

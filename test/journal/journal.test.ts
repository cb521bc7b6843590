import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Failure } from '../../src/core/failure.ts'
import type { Item } from '../../src/core/item.ts'
import { migrations } from '../../src/journal/migrations.ts'
import { openJournal } from '../../src/journal/open.ts'
import { createPaths } from '../../src/journal/paths.ts'
import type { StoredState } from '../../src/journal/rows.ts'
import { memoryJournal } from './memory-journal.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdall-journal-'))
  file = join(folder, 'journal.db')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const item = (id: string, more: Partial<Item> = {}): Item => ({
  id,
  kind: 'file',
  version: '1',
  name: id,
  parts: [{ key: 'file' }],
  details: {},
  ...more,
})

function failureOf(work: () => unknown): Failure {
  try {
    work()
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
  throw new Error('it did not fail')
}

/** A journal with an item, closed again. */
function made(): void {
  const journal = openJournal(file, { access: 'write' })
  journal.insertItem(journal.source('home/files'), 's', item('1'), -1, 1, 'pending', null, 1)
  journal.close()
}

describe('openJournal', () => {
  test('makes a journal, and finds what was written', () => {
    made()
    const journal = openJournal(file, { access: 'read' })
    expect(journal.find(journal.findSource('home/files')!, '1')).toMatchObject({ id: '1', state: 'pending' })
    journal.close()
    expect(readdirSync(folder).filter((name) => name.includes('probe'))).toEqual([])
  })

  test.each([
    ['no database at all', () => writeFileSync(file, 'this is not a database, however long it may be '.repeat(100))],
    [
      'a damaged page',
      () => {
        made()
        const bytes = readFileSync(file)
        bytes.fill(0xa5, 100, 4096)
        writeFileSync(file, bytes)
      },
    ],
    [
      'another program’s database',
      () => {
        const db = new DatabaseSync(file)
        db.exec('CREATE TABLE other(x); PRAGMA user_version=1')
        db.close()
      },
    ],
  ])('refuses %s, saying what to do', (_, damage) => {
    damage()
    const before = readFileSync(file)
    const failure = failureOf(() => openJournal(file, { access: 'write' }))
    expect(failure).toMatchObject({
      kind: 'disk',
      message: expect.stringContaining('damaged'),
      hint: expect.stringContaining('move it away'),
    })
    expect(failure.message).toContain(file)
    expect(readFileSync(file)).toEqual(before)
  })

  test('refuses one of a newer version, and leaves it alone', () => {
    made()
    const db = new DatabaseSync(file)
    db.exec('PRAGMA user_version=99')
    db.close()
    const before = readFileSync(file)
    for (const access of ['read', 'write'] as const) {
      const failure = failureOf(() => openJournal(file, { access }))
      expect(failure).toMatchObject({ kind: 'disk', message: expect.stringMatching(/newer version.*99/) })
    }
    expect(readFileSync(file)).toEqual(before)
  })

  test('for reading changes nothing, and works beside a writer', () => {
    made()
    const writer = openJournal(file, { access: 'write' })
    const reader = openJournal(file, { access: 'read' })
    writer.setMark('x', 'new')
    expect(reader.mark('x')).toBe('new')
    expect(() => reader.setMark('x', 'mine')).toThrow(/read-only/)
    reader.close()
    writer.close()
  })

  test('for reading needs one that exists', () => {
    expect(failureOf(() => openJournal(file, { access: 'read' })).kind).toBe('disk')
    expect(readdirSync(folder)).toEqual([])
    writeFileSync(file, '')
    expect(failureOf(() => openJournal(file, { access: 'read' }))).toMatchObject({
      kind: 'disk',
      message: expect.stringContaining('empty'),
    })
  })

  test('where it may not be written says so', () => {
    const missing = join(folder, 'not there', 'journal.db')
    expect(failureOf(() => openJournal(missing, { access: 'write' }))).toMatchObject({
      kind: 'disk',
      hint: expect.stringContaining('writable'),
    })
  })

  test('leaves a copy before it migrates, and migrates once', () => {
    made()
    const steps = [...migrations, { number: migrations.length + 1, name: 'more', sql: 'CREATE TABLE more(x)' }]
    openJournal(file, { access: 'write', steps }).close()
    const copy = `${file}.before-${steps.length}`
    expect(readdirSync(folder).sort()).toEqual(['journal.db', `journal.db.before-${steps.length}`])
    const old = openJournal(copy, { access: 'read' })
    expect(old.find(1, '1')).toMatchObject({ id: '1' })
    old.close()
    const db = new DatabaseSync(file)
    expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: steps.length })
    expect(db.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'more'").get()).toEqual({ n: 1 })
    db.close()
    openJournal(file, { access: 'write', steps }).close()
    expect(failureOf(() => openJournal(file, { access: 'write' })).message).toContain('newer')
  })

  test('a migration that fails changes nothing', () => {
    made()
    const steps = [
      ...migrations,
      { number: migrations.length + 1, name: 'bad', sql: 'CREATE TABLE half(x); INSERT INTO nowhere VALUES (1)' },
    ]
    for (let attempt = 0; attempt < 2; attempt++)
      expect(failureOf(() => openJournal(file, { access: 'write', steps })).message).toContain('no such table: nowhere')
    const journal = openJournal(file, { access: 'write' })
    expect(journal.find(1, '1')).toMatchObject({ id: '1' })
    journal.close()
    const db = new DatabaseSync(file)
    expect(db.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'half'").get()).toEqual({ n: 0 })
    db.close()
  })

  test('numbers its migrations without a gap', () => {
    expect(migrations.map(({ number }) => number)).toEqual(migrations.map((_, at) => at + 1))
  })
})

describe('a transaction', () => {
  test('leaves nothing of what failed, the nested ones included', () => {
    const { journal } = memoryJournal()
    expect(() =>
      journal.transaction(() => {
        journal.setMark('outer', '1')
        journal.transaction(() => journal.setMark('inner', '1'))
        throw new Error('no')
      }),
    ).toThrow('no')
    expect([journal.mark('outer'), journal.mark('inner')]).toEqual([undefined, undefined])
    journal.transaction(() => journal.transaction(() => journal.setMark('inner', '2')))
    expect(journal.mark('inner')).toBe('2')
  })

  test('a nested one that fails takes the outer one with it, even where its error is caught', () => {
    const { journal } = memoryJournal()
    const attempt = () =>
      journal.transaction(() => {
        journal.setMark('outer', '1')
        try {
          journal.transaction(() => {
            journal.setMark('half', '1')
            throw new Error('no')
          })
        } catch {
          // Whoever goes on after that would write down half a step.
        }
      })
    expect(attempt).toThrow('no')
    expect([journal.mark('outer'), journal.mark('half')]).toEqual([undefined, undefined])
  })

  test('tells a full disk as such', () => {
    const { journal, db } = memoryJournal()
    db.exec(`PRAGMA max_page_count=${(db.prepare('PRAGMA page_count').get()!.page_count as number) + 1}`)
    const failure = failureOf(() => journal.transaction(() => journal.setMark('x', 'x'.repeat(100_000))))
    expect(failure).toMatchObject({ kind: 'disk', message: 'the disk is full' })
    expect(journal.mark('x')).toBeUndefined()
  })

  test('and a journal that may not be written', () => {
    made()
    const journal = openJournal(file, { access: 'read' })
    expect(failureOf(() => journal.transaction(() => journal.setMark('x', '1')))).toMatchObject({ kind: 'disk' })
    journal.close()
  })
})

describe('tally', () => {
  test('adds up, whatever the states, and counts no places', () => {
    const states: StoredState[] = ['pending', 'saved', 'unexportable', 'excluded', 'gone', 'failed']
    fc.assert(
      fc.property(
        fc.array(fc.record({ state: fc.constantFrom(...states), run: fc.constantFrom(1, 2), place: fc.boolean() }), {
          maxLength: 40,
        }),
        (rows) => {
          const { journal } = memoryJournal()
          const source = journal.source('home/files')
          for (const [at, { state, run, place }] of rows.entries())
            journal.insertItem(source, 's', item(`${at}`, place ? { kind: 'place' } : {}), -source, 1, state, null, run)
          const { items, bytes, ...counts } = journal.tally(source, 2)
          const real = rows.filter(({ place }) => !place)
          expect(items).toBe(real.length)
          expect(bytes).toBe(0)
          expect(Object.values(counts).reduce((sum, one) => sum + one, 0)).toBe(items)
          expect(counts.saved).toBe(real.filter(({ state, run }) => state === 'saved' && run === 2).length)
          expect(counts.unchanged).toBe(real.filter(({ state, run }) => state === 'saved' && run === 1).length)
          for (const state of states)
            if (state !== 'saved') expect(counts[state]).toBe(real.filter((row) => row.state === state).length)
        },
      ),
      { numRuns: 100 },
    )
  })

  test('refuses a state that it does not know', () => {
    const { journal } = memoryJournal()
    const source = journal.source('home/files')
    journal.insertItem(source, 's', item('1'), -source, 1, 'odd' as StoredState, null, 1)
    expect(failureOf(() => journal.tally(source, 1)).kind).toBe('bug')
  })
})

describe('paths', () => {
  test('are made from the rows, and anew after something moved', () => {
    const { journal } = memoryJournal()
    const source = journal.source('home/files')
    const paths = createPaths(journal, new Map([[source, 'home/files']]))
    const folder = (id: string, dir: number) => {
      const n = journal.insertItem(source, 's', item(id, { kind: 'folder', parts: [] }), dir, 1, 'saved', null, 1)
      journal.insertEntry(n, '', dir, id, id.toUpperCase(), id, true)
      return n
    }
    const a = folder('a', -source)
    const b = folder('b', a)
    expect([paths.onDisk(-source), paths.onDisk(0), paths.onDisk(b)]).toEqual(['data/home/files', '.holdall/moving', undefined])
    journal.setDisk(a, '', -source, 'a on disk', 'A ON DISK')
    journal.setDisk(b, '', a, 'b on disk', 'B ON DISK')
    paths.forget()
    expect(paths.onDisk(b)).toBe('data/home/files/a on disk/b on disk')
    expect(paths.original(b)).toBe('home/files/a/b')
    journal.setDisk(a, '', -source, 'elsewhere', 'ELSEWHERE')
    expect(paths.onDisk(b)).toBe('data/home/files/a on disk/b on disk')
    paths.forget()
    expect(paths.onDisk(b)).toBe('data/home/files/elsewhere/b on disk')
  })
})

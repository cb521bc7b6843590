import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fold, placeSiblings, portable } from '../../src/archive/names.ts'
import { createPlacement } from '../../src/backup/placement.ts'
import { recordPage } from '../../src/backup/record.ts'
import type { Item } from '../../src/core/item.ts'
import type { Journal } from '../../src/journal/journal.ts'
import { memoryJournal } from '../journal/memory-journal.ts'

const stream = 's'
const longName = `${'x'.repeat(300)}.txt`
const names = [
  'a',
  'A',
  'b',
  'a.txt',
  'A.TXT',
  'é',
  'e\u0301',
  '',
  '.',
  '..',
  'a/b',
  'con',
  'nul.txt',
  'ß',
  'SS',
  ' a ',
  'a\u0000b',
]
const name = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...names, longName, `${longName}x`, '100%', 'x.', 'レポート') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
)
const ids = ['i0', 'i1', 'i2', 'i3', 'i4', 'i5', 'i6', 'i7', 'i8', 'i9']
const places = ['p0', 'p1']

/** Any item: its parent may be anything, itself and things that never arrive included. */
const itemOf = (id: string, kinds: 'any' | 'lasting' = 'any'): fc.Arbitrary<Item> =>
  fc
    .record({
      kind:
        kinds === 'any'
          ? fc.constantFrom<('file' | 'folder')[]>('file', 'folder', 'folder')
          : fc.constant(id < 'i6' ? 'folder' : 'file'),
      name,
      parent: fc.option(fc.constantFrom(...ids, ...places, 'nowhere'), { nil: undefined }),
      fallback: fc.option(fc.constantFrom(...places, 'nowhere'), { nil: undefined }),
      parts: fc.integer({ min: 1, max: 2 }),
    })
    .map(
      ({ kind, name, parent, fallback, parts }): Item => ({
        id,
        kind,
        version: '1',
        name,
        ...(parent !== undefined && { parent }),
        ...(fallback !== undefined && { fallback }),
        parts:
          kind === 'folder'
            ? []
            : parts === 1
              ? [{ key: 'file' }]
              : [
                  { key: 'docx', name: `${name}.docx` },
                  { key: 'pdf', name: `${name}.pdf` },
                ],
        details: {},
      }),
    )

const placeItems: Item[] = places.map((id, at) => ({
  id,
  kind: 'place',
  version: '',
  name: ['Shared', 'a'][at]!,
  parts: [],
  details: {},
}))

/** A set of items with different ids, places among them. */
const itemSet = (kinds: 'any' | 'lasting' = 'any') =>
  fc
    .uniqueArray(fc.constantFrom(...ids), { minLength: 1 })
    .chain((chosen) => fc.tuple(...chosen.map((id) => itemOf(id, kinds))))
    .map((items): Item[] => [...placeItems, ...items])

const shuffled = <T>(items: readonly T[]): fc.Arbitrary<T[]> =>
  fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length })

interface World {
  readonly journal: Journal
  readonly source: number
  readonly db: ReturnType<typeof memoryJournal>['db']
}

function newWorld(): World {
  const { journal, db } = memoryJournal()
  return { journal, db, source: journal.source('home/files') }
}

/** A listing, page by page, as the engine takes it; `gone` at its end. */
function list({ journal, source }: World, items: readonly Item[], pageSize: number, gone: readonly string[] = []): void {
  const placement = createPlacement(journal)
  for (let at = 0; at < items.length; at += pageSize) {
    journal.transaction(() => {
      recordPage(
        journal,
        placement,
        { source, stream, generation: 1, full: true, run: 1 },
        { items: items.slice(at, at + pageSize), cursor: '' },
      )
    })
  }
  journal.transaction(() => {
    placement.anchorRest(source)
    for (const id of gone) {
      const row = journal.find(source, id)
      if (row === undefined) continue
      journal.vanish(row.n, 'saved', null, 1, 1)
      placement.retire(row.n)
    }
    placement.settle()
  })
}

interface Placed {
  readonly id: string
  readonly key: string
  readonly dir: string
  readonly name: string
  readonly local: string
  readonly living: number
}

/** Every entry, folders by the id of their item instead of its number. */
function entriesOf({ db }: World): Placed[] {
  return db
    .prepare(`SELECT item.id, entry.key, coalesce(above.id, '') AS dir, entry.name, entry.local, entry.living FROM entry
      JOIN item ON item.n = entry.item LEFT JOIN item above ON above.n = entry.dir ORDER BY item.id, entry.key`)
    .all() as unknown as Placed[]
}

const tree = (world: World) => entriesOf(world).map(({ id, key, dir, local }) => `${dir}/${local} = ${id} ${key}`)

function expectSound(world: World): void {
  const entries = entriesOf(world)
  const folders = new Map(entries.filter(({ key }) => key === '').map((entry) => [entry.id, entry]))
  const byDir = Map.groupBy(entries, ({ dir }) => dir)
  for (const siblings of byDir.values()) {
    for (const { local } of siblings) expect(portable(local)).toBe(local)
    expect(new Set(siblings.map(({ local }) => fold(local))).size).toBe(siblings.length)
    const expected = placeSiblings(
      siblings.map(({ id, key, name, living }) => ({ id: `${id}\0${key}`, name, living: living === 1, folder: key === '' })),
    )
    expect(siblings.map(({ id, key, local }) => [id, key, local])).toEqual(
      siblings.map(({ id, key }) => [id, key, expected.get(`${id}\0${key}`)]),
    )
  }
  for (const entry of entries) {
    let steps = 0
    for (let at = entry.dir; at !== ''; at = folders.get(at)!.dir) expect(++steps).toBeLessThan(100)
  }
  const loose = world.db.prepare('SELECT count(*) AS n FROM item WHERE dir IS NULL OR n NOT IN (SELECT item FROM entry)').get()!
  expect(loose.n).toBe(0)
  // The folder that an item's row names is the one where its living entries are.
  const astray = world.db.prepare(
    'SELECT count(*) AS n FROM item JOIN entry ON entry.item = item.n WHERE living = 1 AND entry.dir <> item.dir',
  )
  expect(astray.get()!.n).toBe(0)
}

describe('placement', () => {
  test('is a function of the set of items, whatever the order and the pages', () => {
    fc.assert(
      fc.property(
        itemSet().chain((items) => fc.tuple(shuffled(items), shuffled(items))),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        ([first, second], firstPage, secondPage) => {
          const [one, other] = [newWorld(), newWorld()]
          list(one, first, firstPage)
          list(other, second, secondPage)
          expectSound(one)
          expect(tree(other)).toEqual(tree(one))
        },
      ),
      { numRuns: 300 },
    )
  })

  test('puts every item below its parent, or where its parents form a circle or never arrive, below its fallback', () => {
    fc.assert(
      fc.property(itemSet().chain(shuffled), fc.integer({ min: 1, max: 12 }), (items, pageSize) => {
        const world = newWorld()
        list(world, items, pageSize)
        const byId = new Map(items.map((item) => [item.id, item]))
        for (const { id, key, dir } of entriesOf(world)) {
          const item = byId.get(id)!
          const parent = item.parent === undefined ? undefined : byId.get(item.parent)
          const held = parent !== undefined && parent.kind !== 'file'
          if (item.parent === undefined) expect([id, key, dir]).toEqual([id, key, ''])
          else if (!held) expect([id, key, dir]).toEqual([id, key, byId.get(item.fallback ?? '')?.id ?? ''])
          else if (dir !== item.parent) {
            expect([id, key, dir]).toEqual([id, key, byId.get(item.fallback ?? '')?.id ?? ''])
            expect(isInCircle(id, byId)).toBe(true)
          }
        }
        // Of each circle, exactly one is taken out.
        for (const circle of circles(byId)) {
          const out = entriesOf(world).filter(({ id, dir }) => circle.has(id) && dir !== byId.get(id)!.parent)
          expect(out.map(({ id }) => id)).toEqual([[...circle].sort()[0]])
        }
      }),
      { numRuns: 250 },
    )
  })

  test('ends as a fresh listing of the final state would, after any renames, moves and removals', () => {
    fc.assert(
      fc.property(
        fc.array(itemSet('lasting').chain(shuffled), { minLength: 2, maxLength: 4 }),
        fc.integer({ min: 1, max: 12 }),
        (states, pageSize) => {
          // Circles are broken where they arise, which a listing of the end alone cannot know; folders that are gone count as where they last were.
          const known = new Map<string, Item>()
          for (const items of states) {
            for (const item of items) known.set(item.id, item)
            fc.pre(circles(known).length === 0)
          }
          const world = newWorld()
          const living = new Set<string>()
          for (const items of states) {
            const now = new Set(items.map(({ id }) => id))
            list(
              world,
              items,
              pageSize,
              [...living].filter((id) => !now.has(id)),
            )
            expectSound(world)
            for (const id of living) if (!now.has(id)) living.delete(id)
            for (const id of now) living.add(id)
          }
          const fresh = newWorld()
          list(fresh, states.at(-1)!, pageSize)
          const expected = new Map(entriesOf(fresh).map((entry) => [`${entry.id} ${entry.key}`, entry]))
          // A folder that is gone may still hold what names it as its parent; what stands there has no place in a fresh listing.
          const entries = entriesOf(world)
          const dead = new Set(entries.filter(({ living }) => living === 0).map(({ id }) => id))
          const comparable = entries.filter(({ living, dir }) => living === 1 && !dead.has(dir))
          expect(comparable.map(({ id, key, dir }) => `${id} ${key} in ${dir}`)).toEqual(
            comparable.map(({ id, key }) => `${id} ${key} in ${expected.get(`${id} ${key}`)!.dir}`),
          )
          // Folders that hold the same here and there give the same names.
          for (const [dir, siblings] of Map.groupBy(entries, ({ dir }) => dir)) {
            const others = entriesOf(fresh).filter((one) => one.dir === dir)
            const names = (some: Placed[]) => some.map(({ id, key }) => `${id} ${key}`)
            if (names(siblings).join() === names(others).join()) expect(siblings).toEqual(others)
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  test('stays sound whatever turns into whatever', () => {
    fc.assert(
      fc.property(
        fc.array(itemSet().chain(shuffled), { minLength: 2, maxLength: 4 }),
        fc.integer({ min: 1, max: 12 }),
        (states, pageSize) => {
          const world = newWorld()
          for (const [at, items] of states.entries()) {
            const now = new Set(items.map(({ id }) => id))
            const before = at === 0 ? [] : states[at - 1]!.map(({ id }) => id)
            list(
              world,
              items,
              pageSize,
              before.filter((id) => !now.has(id)),
            )
            expectSound(world)
          }
        },
      ),
      { numRuns: 250 },
    )
  })
})

function isInCircle(id: string, byId: ReadonlyMap<string, Item>): boolean {
  return circles(byId).some((circle) => circle.has(id))
}

/** Sets of folders each of which is, in the end, its own parent. */
function circles(byId: ReadonlyMap<string, Item>): Set<string>[] {
  const found: Set<string>[] = []
  const done = new Set<string>()
  for (const start of byId.keys()) {
    const path: string[] = []
    let at: string | undefined = start
    while (at !== undefined && !done.has(at) && !path.includes(at)) {
      path.push(at)
      const parent: string | undefined = byId.get(at)?.parent
      at = parent !== undefined && byId.has(parent) && byId.get(parent)!.kind !== 'file' ? parent : undefined
    }
    if (at !== undefined && path.includes(at)) found.push(new Set(path.slice(path.indexOf(at))))
    for (const id of path) done.add(id)
  }
  return found
}

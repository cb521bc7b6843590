import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Item } from '../../src/core/item.ts'
import type { Known, Page, Source } from '../../src/core/source.ts'
import { type Bench, createBench } from './bench-archive.ts'
import { createWorld, type World } from './fake-source.ts'

let bench: Bench
beforeEach(async () => {
  bench = await createBench()
})
afterEach(() => bench.dispose())

/** Boxes with files in them; the version of a box rises with every change in it or below it. */
class Shelf {
  readonly boxes = new Map<string, { version: number; readonly parent: string | undefined; readonly files: Set<string> }>()

  put(box: string, parent?: string): void {
    this.boxes.set(box, { version: 1, parent, files: new Set(['1', '2', '3', '4'].map((file) => `${box}/${file}`)) })
  }

  touch(box: string): void {
    for (let at: string | undefined = box; at !== undefined; at = this.boxes.get(at)!.parent) this.boxes.get(at)!.version++
  }

  remove(file: string): void {
    const box = file.slice(0, file.lastIndexOf('/'))
    this.boxes.get(box)!.files.delete(file)
    this.touch(box)
  }

  version = (box: string): string => `v${this.boxes.get(box)!.version}`
  inside = (box?: string): string[] => [...this.boxes].filter(([, { parent }]) => parent === box).map(([name]) => name)

  box = (name: string, parent = this.boxes.get(name)!.parent): Item => ({
    id: name,
    kind: 'folder',
    name,
    version: this.version(name),
    ...(parent !== undefined && { parent }),
    parts: [],
    details: {},
  })
  files = (box: string): Item[] =>
    [...this.boxes.get(box)!.files].map((id) => ({
      id,
      kind: 'file',
      name: id.replaceAll('/', ' '),
      parent: box,
      version: '1',
      parts: [{ key: 'file', inline: id }],
      details: {},
    }))
}

interface Lister {
  readonly shelf: Shelf
  /** The listing goes on with one that an earlier run began, and so many boxes were done with then; undefined: it begins. */
  readonly done: number | undefined
  readonly isKnown: (box: string) => boolean
}
/** A page, and how many boxes are done with after it. */
type Step = Omit<Page, 'cursor'> & { readonly done: number }

/** As WebDAV's folders: whoever lists a folder vouches for those in it that did not change. What goes on lists the folders above once more. */
async function* folderByFolder({ shelf, done = 0, isKnown, ...begun }: Lister): AsyncGenerator<Step> {
  const walk = async function* (inside: string[], first: Partial<Page>, at: number, named: boolean): AsyncGenerator<Step> {
    const unread = inside.filter(isKnown).map((id) => ({ id }))
    yield { items: named ? inside.map((box) => shelf.box(box)) : [], unread, ...first, done: at }
    for (const box of inside.filter((one) => !isKnown(one))) {
      const next = [...shelf.boxes.keys()].indexOf(box) + 1
      if (next > done) yield { items: shelf.files(box), done: next }
      yield* walk(shelf.inside(box), {}, Math.max(next, done), true)
    }
  }
  const goesOn = 'done' in begun || done > 0
  yield* walk(shelf.inside(), goesOn ? {} : { startsOver: true }, done, !goesOn)
}

/** As OneNote's sections: all are named first; those that did not change are passed over; a last look at all of them finds those that did since. */
async function* oneAfterTheOther({ shelf, done, isKnown }: Lister, namesAgain: boolean): AsyncGenerator<Step> {
  const boxes = [...shelf.boxes.keys()]
  const named = () => boxes.map((box) => shelf.box(box))
  if (done === undefined) yield { items: named(), startsOver: true, done: 0 }
  const read = new Map(boxes.slice(0, done ?? 0).map((box) => [box, began.get(shelf)!.get(box)!]))
  if (done === undefined) began.set(shelf, new Map(boxes.map((box) => [box, shelf.version(box)])))
  for (const [index, box] of boxes.entries()) {
    if (index < (done ?? 0)) continue
    read.set(box, shelf.version(box))
    yield { ...(isKnown(box) ? { items: [], unread: [{ id: box }] } : { items: shelf.files(box) }), done: index + 1 }
  }
  const changed = boxes.filter((box) => shelf.version(box) !== read.get(box))
  if (namesAgain && changed.length > 0) yield { items: named(), done: boxes.length }
  for (const box of changed) yield { items: shelf.files(box), done: boxes.length }
}
const began = new WeakMap<Shelf, Map<string, string>>()

/** As Zoom's meetings: each is named on a page of a list, and vouched for there. Where a listing goes on, its place in that list is lost. */
async function* pageByPage({ shelf, done, isKnown }: Lister): AsyncGenerator<Step> {
  let first: Partial<Page> = done === undefined ? { startsOver: true } : {}
  for (const [index, box] of [...shelf.boxes.keys()].entries()) {
    const known = isKnown(box)
    const items = [shelf.box(box), ...(known ? [] : shelf.files(box))]
    yield { items, ...first, ...(known && { unread: [{ id: box }] }), done: index + 1 }
    first = {}
  }
}

const ways = {
  'folder by folder': folderByFolder,
  'one after the other': (lister: Lister) => oneAfterTheOther(lister, false),
  'one after the other, where the last look names them all': (lister: Lister) => oneAfterTheOther(lister, true),
  'page by page': pageByPage,
}

/** The engine's view of a shelf. `afterPage` is told how many pages came so far. */
function worldOf(shelf: Shelf, way: (lister: Lister) => AsyncGenerator<Step>, afterPage: (pages: number) => void): World {
  async function* list(_: unknown, since: string | undefined, known: Known): AsyncIterable<Page> {
    const done = since === undefined || since === 'over' ? undefined : Number(since)
    const isKnown = (box: string) => known.folderVersion(box) === shelf.version(box)
    let [held, pages]: [Step | undefined, number] = [undefined, 0]
    const page = ({ done: at, ...rest }: Step, over: boolean): Page => ({ ...rest, cursor: over ? 'over' : String(at) })
    for await (const step of way({ shelf, done, isKnown })) {
      if (held !== undefined) {
        yield page(held, false)
        afterPage(++pages)
      }
      held = step
    }
    yield page(held!, true)
  }
  const { source, features } = createWorld({ features: { changeFeed: false } })
  return { features, source: { ...source, list } as Source } as World
}

function filled(): Shelf {
  const shelf = new Shelf()
  shelf.put('a')
  shelf.put('b')
  shelf.put('b/in', 'b')
  shelf.put('c')
  shelf.put('d')
  return shelf
}
const removed = ['a/2', 'b/2', 'b/in/2', 'd/2']
/** Listed, and nothing taken: of more these tests say nothing. */
const plan = { command: 'plan' } as const
const gone = () =>
  [...filled().boxes.values()].flatMap(({ files }) => [...files]).filter((id) => bench.item(id)?.vanished !== null)

describe.each(Object.entries(ways))('what goes from a box that a listing vouched for, %s, is found gone', (_, way) => {
  const cuts = [1, 2, 3, 4, 5]

  test.each(cuts)('where the run was cut off after %i pages', async (cut) => {
    const shelf = filled()
    let stopAfter = 0
    const world = worldOf(shelf, way, (pages) => pages === stopAfter && bench.interrupt())
    expect((await bench.run(world, plan)).status).toBe(0)
    shelf.touch('c')
    stopAfter = cut
    const cutOff = await bench.run(world, plan)
    stopAfter = 0
    for (const file of removed) shelf.remove(file)
    expect((await bench.run(world, plan)).status).toBe(0)
    // A listing that was over before the removal leaves it to the run after it; one that was cut off is followed by another one at once.
    if (cutOff.status === 130) expect(gone()).toEqual(removed)
    expect((await bench.run(world, plan)).status).toBe(0)
    expect(gone()).toEqual(removed)
  })

  test.each(cuts)('where it went while the listing went on, after %i pages', async (when) => {
    const shelf = filled()
    let changeAfter = 0
    const world = worldOf(shelf, way, (pages) => {
      if (pages === changeAfter) for (const file of removed) shelf.remove(file)
    })
    expect((await bench.run(world, plan)).status).toBe(0)
    shelf.touch('c')
    changeAfter = when
    expect((await bench.run(world, plan)).status).toBe(0)
    changeAfter = 0
    if (shelf.version('a') === 'v1') for (const file of removed) shelf.remove(file)
    expect((await bench.run(world, plan)).status).toBe(0)
    expect(gone()).toEqual(removed)
    expect((await bench.run(world, plan)).status).toBe(0)
    expect(gone()).toEqual(removed)
  })
})

describe('a place that is vouched for because it was looked at not long ago', () => {
  /** As Zoom's years: that of a place nothing is asked says the source by itself; a box in it may be named all the same, at the turn of the year. */
  function years(where: 'with the first page' | 'before it' | 'with the last page') {
    const shelf = filled()
    const control = { vouches: true, stopAfter: 0 }
    async function* way({ shelf: of, done, isKnown }: Lister): AsyncGenerator<Step> {
      const boxes = [...of.boxes.keys()]
      const place = { id: 'year', kind: 'place', name: 'year', version: '', parts: [], details: {} } as const
      const vouch = control.vouches ? { unread: [{ id: 'year' }] } : {}
      let first: Partial<Step> = done === undefined ? { startsOver: true, ...(where !== 'with the last page' && vouch) } : {}
      if (where === 'before it' && done === undefined) {
        yield { items: [], ...first, done: 0 }
        first = {}
      }
      for (const [index, box] of boxes.entries()) {
        // Of `c` and `d` the list says nothing while the year is not asked for.
        if (index < (done ?? 0) || (control.vouches && 'cd'.includes(box))) continue
        const known = isKnown(box)
        const own = known ? [{ id: box }] : []
        const items = [place, of.box(box, 'year'), ...(known ? [] : of.files(box))]
        yield { items, ...first, unread: [...(first.unread ?? []), ...own], done: index + 1 }
        first = {}
      }
      yield { items: [], ...(where === 'with the last page' && vouch), done: boxes.length }
    }
    return { shelf, control, world: worldOf(shelf, way, (pages) => pages === control.stopAfter && bench.interrupt()) }
  }

  test.each(['with the first page', 'before it', 'with the last page'] as const)(
    '%s: what went from a box in it is found gone once the place is asked for again',
    async (where) => {
      for (const cuts of [[], [1], [2], [1, 2], [2, 1], [3, 3]]) {
        await bench.dispose()
        bench = await createBench()
        const { shelf, control, world } = years(where)
        control.vouches = false
        expect((await bench.run(world, plan)).status).toBe(0)
        control.vouches = true
        for (const file of removed) shelf.remove(file)
        for (const cut of cuts) {
          control.stopAfter = cut
          await bench.run(world, plan)
        }
        control.stopAfter = 0
        for (let again = 0; again < 2; again++) {
          expect((await bench.run(world, plan)).status).toBe(0)
          // Kept, since the source vouched for it.
          expect(gone()).toEqual([])
        }
        control.vouches = false
        expect((await bench.run(world, plan)).status).toBe(0)
        expect([cuts, gone()]).toEqual([cuts, removed])
      }
    },
  )
})

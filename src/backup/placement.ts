import { fold, placeGroup, portable } from '../archive/names.ts'
import type { Item } from '../core/item.ts'
import type { Journal } from '../journal/journal.ts'
import { type ItemRow, itemOf } from '../journal/rows.ts'

/**
 * Turns ids, parents and names into places: which folder an item stands in, and under which local name.
 * Works inside the journal's transaction; moves nothing on disk (relocation does).
 *
 * Entries always form a tree: an item whose folder is not known yet has no entry, or stays where it was; a move that would
 * close a circle waits for the end of the listing.
 */
export interface Placement {
  /** The folder (see `dir` in the journal) that an item belongs in; null: not known yet. */
  dirOf(source: number, item: Item, self?: number): number | null
  /** Puts an item's names into a folder. `fresh`: the item has no entries yet. */
  put(n: number, item: Item, dir: number, existing: 'fresh' | 'known', living?: boolean): void
  /** An item is gone at the source: a living one that wants its name gets it. */
  retire(n: number): void
  /** A folder has found its place: those who wait for it get theirs; what is above it as things stand is looked at again when the listing has ended. */
  adopt(source: number, folder: { readonly n: number; readonly id: string }): void
  /** The listing has ended: what has no known folder goes to its fallback, circles are broken. */
  anchorRest(source: number): void
  /** Gives names in every folder that changed. Must be called before the transaction ends. */
  settle(): void
}

export function createPlacement(journal: Journal): Placement {
  const dirty = new Map<string, { dir: number; fold: string }>()
  const places = new Map<string, number>()
  let lastParent: { source: number; id: string; n: number } | undefined

  const touch = (dir: number, key: string) => dirty.set(`${dir} ${key}`, { dir, fold: key })

  function container(source: number, id: string): number | null {
    if (lastParent?.source === source && lastParent.id === id) return lastParent.n
    const row = journal.find(source, id)
    if (row === undefined || row.dir === null || (row.kind !== 'folder' && row.kind !== 'place')) return null
    lastParent = { source, id, n: row.n }
    return row.n
  }

  function dirOf(source: number, item: Item, self?: number): number | null {
    if (item.path !== undefined) return pathPlace(source, item.path)
    if (item.name === undefined) return null
    if (item.parent === undefined) return -source
    const parent = container(source, item.parent)
    if (parent === null || self === undefined || (item.kind !== 'folder' && item.kind !== 'place')) return parent
    return isAtOrBelow(parent, self) ? null : parent
  }

  /** Walks up the tree of entries. */
  function isAtOrBelow(folder: number, ancestor: number): boolean {
    for (let at: number | undefined = folder; at !== undefined && at > 0; at = journal.entry(at, '')?.dir)
      if (at === ancestor) return true
    return false
  }

  function pathPlace(source: number, components: readonly string[]): number {
    let dir = -source
    for (let depth = 1; depth <= components.length; depth++) {
      const id = `path:${components.slice(0, depth).join('/')}`
      const key = `${source} ${id}`
      let n = places.get(key) ?? journal.find(source, id)?.n
      if (n === undefined) {
        const parent = depth === 1 ? {} : { parent: `path:${components.slice(0, depth - 1).join('/')}` }
        const place: Item = { id, kind: 'place', version: '', name: components[depth - 1]!, ...parent, parts: [], details: {} }
        n = journal.insertItem(source, '', place, dir, 0, 'saved', null, 0)
        put(n, place, dir, 'fresh')
      }
      places.set(key, n)
      dir = n
    }
    return dir
  }

  function put(n: number, item: Item, dir: number, existing: 'fresh' | 'known', living = true): void {
    if (item.kind === 'folder' || item.kind === 'place') lastParent = undefined
    const names = namesOf(item)
    for (const { key, name } of names) {
      const plain = portable(name)
      const wanted = fold(plain)
      const known = existing === 'fresh' ? undefined : journal.entry(n, key)
      if (known === undefined) {
        const contested = journal.isPlain(dir, wanted) || journal.squatters(dir, wanted).length > 0
        journal.insertEntry(n, key, dir, name, wanted, plain, living)
        if (contested) touch(dir, wanted)
      } else if (known.dir !== dir || known.name !== name || (known.living === 1) !== living) {
        journal.replaceEntry(n, key, dir, name, wanted, plain, living)
        touch(known.dir, known.fold)
        touch(dir, wanted)
      }
    }
    if (existing === 'fresh') return
    for (const stale of journal.entriesOf(n)) {
      if (stale.living === 0 || names.some(({ key }) => key === stale.key)) continue
      journal.setLiving(n, stale.key, false)
      touch(stale.dir, stale.fold)
    }
  }

  function retire(n: number): void {
    for (const entry of journal.entriesOf(n)) {
      journal.setLiving(n, entry.key, false)
      touch(entry.dir, entry.fold)
    }
  }

  function settle(): void {
    for (const [key, { dir, fold: wanted }] of dirty) {
      dirty.delete(key)
      for (const other of journal.squatters(dir, wanted)) if (other !== wanted) touch(dir, other)
      const group = journal.group(dir, wanted)
      const names = placeGroup(
        group.map((one) => ({ id: `${one.id}\0${one.key}`, name: one.name, living: one.living === 1, folder: one.key === '' })),
        (candidate) => journal.isPlain(dir, candidate),
      )
      for (const one of group) {
        const local = names.get(`${one.id}\0${one.key}`)!
        if (local !== one.local) journal.renameEntry(one.item, one.key, local, fold(local))
      }
    }
  }

  function adopt(source: number, folder: { readonly n: number; readonly id: string }): void {
    gather(source, folder, (child) => journal.setDir(child.n, null))
  }

  /** Brings the children of a folder, and theirs, to it; `circular` gets those that are above it as things stand. */
  function gather(source: number, folder: { readonly n: number; readonly id: string }, circular: (child: ItemRow) => void): void {
    const folders = [folder]
    for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
      for (const child of journal.strayChildren(source, next.id, next.n)) {
        if (child.name === null) continue
        if (isContainer(child) && isAtOrBelow(next.n, child.n)) {
          circular(child)
          continue
        }
        move(child, next.n)
        if (child.dir === null && isContainer(child)) folders.push(child)
      }
    }
  }

  function move(row: ItemRow, dir: number): void {
    journal.setDir(row.n, dir)
    put(row.n, itemOf(row), dir, 'known', row.vanished === null)
  }

  function anchorRest(source: number): void {
    for (;;) {
      let moved = 0
      for (let after = 0; ; ) {
        const rows = journal.looseItems(source, after, 500)
        if (rows.length === 0) break
        after = rows.at(-1)!.n
        for (const { n } of rows) {
          const row = journal.item(n)!
          if (row.dir !== null) continue
          const dir = dirOf(source, itemOf(row), n)
          if (dir === null && waitsFor(row) !== undefined) continue
          anchor(row, dir ?? fallbackOf(source, row))
          moved++
        }
      }
      if (moved > 0) continue
      const first = journal.looseItems(source, 0, 1)[0]
      if (first === undefined) return
      const broken = circleMember(first)
      anchor(broken, fallbackOf(source, broken))
    }
  }

  /**
   * The folder whose place must be found before that of `row`: its parent, or one above that which stands where it was before and may so seem to
   * be below `row`. Undefined: waiting is over, since the parent is none, or truly below `row`.
   */
  function waitsFor(row: ItemRow): ItemRow | undefined {
    const parent = row.parent === null ? undefined : journal.find(row.source, row.parent)
    if (parent === undefined || !isContainer(parent)) return undefined
    for (let at = parent.n; at > 0 && at !== row.n; at = journal.entry(at, '')!.dir) {
      const folder = journal.item(at)!
      if (folder.dir === null) return folder
    }
    return undefined
  }

  function anchor(row: ItemRow, dir: number): void {
    move(row, dir)
    // Now nothing moves away any more: what is circular stays where it is.
    if (isContainer(row)) gather(row.source, row, () => undefined)
  }

  function fallbackOf(source: number, row: ItemRow): number {
    const place = row.fallback === null ? null : container(source, row.fallback)
    return place === null || isAtOrBelow(place, row.n) ? -source : place
  }

  /** The member of the circle above `start` with the smallest id: the same whatever the order of arrival. */
  function circleMember(start: ItemRow): ItemRow {
    const path: ItemRow[] = []
    for (let at: ItemRow | undefined = start; at !== undefined; at = waitsFor(at)) {
      const { n } = at
      const from = path.findIndex((one) => one.n === n)
      if (from >= 0) return path.slice(from).reduce((smallest, one) => (one.id < smallest.id ? one : smallest))
      path.push(at)
    }
    return path.at(-1)!
  }

  return { dirOf, put, retire, adopt, anchorRest, settle }
}

const isContainer = (row: ItemRow) => row.kind === 'folder' || row.kind === 'place'

function namesOf(item: Item): { key: string; name: string }[] {
  if (item.kind === 'folder' || item.kind === 'place') return [{ key: '', name: item.name ?? item.id }]
  return item.parts.map((part) => ({ key: part.key, name: part.name ?? item.name ?? item.id }))
}

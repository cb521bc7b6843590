import type { DriveItem } from './items.ts'
import { parseSyntheticId, type SyntheticFiles, syntheticItem } from './synthetic.ts'

/** Where a scan of all items goes on. */
export interface Position {
  readonly entry: number
  readonly offset: number
}

/** All items, in a lasting order, with an index by parent. Knows nothing of people. */
export interface ItemStore {
  get(id: string): DriveItem | undefined
  /** The item for changing: a synthetic one becomes an ordinary one. Throws where there is none. */
  own(id: string): DriveItem
  insert(item: DriveItem): void
  remove(item: DriveItem): void
  reparent(item: DriveItem, parent: string | undefined): void
  addSynthetic(files: Omit<SyntheticFiles, 'group' | 'taken'>): SyntheticFiles
  /** Items from a position on, with the position after each. Removed ones are skipped. */
  scan(from: Position): Generator<[DriveItem, Position]>
  scanChildren(folderId: string, from: Position): Generator<[DriveItem, Position]>
  count(): number
  /** Items ever inserted; grows only. */
  inserted(): number
}

export function createItemStore(): ItemStore {
  const entries: (DriveItem | SyntheticFiles | undefined)[] = []
  const serials = new Map<string, number>()
  const groups: SyntheticFiles[] = []
  const childrenOf = new Map<string, Set<number>>()
  let living = 0

  const isGroup = (entry: DriveItem | SyntheticFiles): entry is SyntheticFiles => 'group' in entry
  const adopt = (parent: string | undefined, serial: number) => {
    if (parent === undefined) return
    const known = childrenOf.get(parent) ?? new Set()
    childrenOf.set(parent, known)
    known.add(serial)
  }
  const get = (id: string): DriveItem | undefined => {
    const serial = serials.get(id)
    const entry = serial === undefined ? undefined : entries[serial]
    if (entry !== undefined) return isGroup(entry) ? undefined : entry
    const synthetic = parseSyntheticId(id)
    const group = synthetic === undefined ? undefined : groups[synthetic.group]
    if (synthetic === undefined || group === undefined) return undefined
    return synthetic.index < group.count && !group.taken.has(synthetic.index) ? syntheticItem(group, synthetic.index) : undefined
  }
  const insert = (item: DriveItem): void => {
    if (serials.has(item.id)) throw new Error(`practice Drive: two items with the id ${item.id}`)
    serials.set(item.id, entries.length)
    adopt(item.parent, entries.length)
    entries.push(item)
    living += 1
  }
  const scanEntry = function* (serial: number, offset: number): Generator<[DriveItem, Position]> {
    const entry = entries[serial]
    if (entry === undefined) return
    if (!isGroup(entry)) {
      if (offset === 0) yield [entry, { entry: serial + 1, offset: 0 }]
      return
    }
    for (let index = offset; index < entry.count; index += 1) {
      if (!entry.taken.has(index)) yield [syntheticItem(entry, index), { entry: serial, offset: index + 1 }]
    }
  }
  return {
    get,
    insert,
    own(id) {
      const item = get(id)
      if (item === undefined) throw new Error(`practice Drive: no item ${id}`)
      const synthetic = serials.has(id) ? undefined : parseSyntheticId(id)
      if (synthetic !== undefined) {
        groups[synthetic.group]?.taken.add(synthetic.index)
        living -= 1
        insert(item)
      }
      return item
    },
    remove(item) {
      const serial = serials.get(item.id)
      if (serial === undefined) return
      entries[serial] = undefined
      serials.delete(item.id)
      if (item.parent !== undefined) childrenOf.get(item.parent)?.delete(serial)
      living -= 1
    },
    reparent(item, parent) {
      const serial = serials.get(item.id)
      if (serial === undefined) return
      if (item.parent !== undefined) childrenOf.get(item.parent)?.delete(serial)
      if (parent === undefined) delete item.parent
      else item.parent = parent
      adopt(parent, serial)
    },
    addSynthetic(files) {
      const group: SyntheticFiles = { ...files, group: groups.length, taken: new Set() }
      groups.push(group)
      adopt(files.folderId, entries.length)
      entries.push(group)
      living += files.count
      return group
    },
    *scan(from) {
      for (let serial = from.entry; serial < entries.length; serial += 1)
        yield* scanEntry(serial, serial === from.entry ? from.offset : 0)
    },
    *scanChildren(folderId, from) {
      const known = [...(childrenOf.get(folderId) ?? [])].filter((serial) => serial >= from.entry).sort((a, b) => a - b)
      for (const serial of known) yield* scanEntry(serial, serial === from.entry ? from.offset : 0)
    },
    count: () => living,
    inserted: () => entries.length,
  }
}

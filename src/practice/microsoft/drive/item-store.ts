import type { OneDriveItem } from './items.ts'
import { parseSyntheticId, type SyntheticFiles, syntheticItem } from './synthetic.ts'

/** Where a scan goes on. */
export interface Position {
  readonly entry: number
  readonly offset: number
}

/** All items of a drive in the order in which they came, with an index by folder. Knows neither log nor service. */
export interface ItemStore {
  get(id: string): OneDriveItem | undefined
  /** The item for changing: a synthetic one becomes an ordinary one. Throws where there is none. */
  own(id: string): OneDriveItem
  insert(item: OneDriveItem): void
  remove(id: string): void
  reparent(item: OneDriveItem, parent: string): void
  addSynthetic(files: Omit<SyntheticFiles, 'group' | 'taken'>): SyntheticFiles
  /** Items of entries below `end`, with the position after each; `backwards` gives the newest entries first. */
  scan(from: Position, end: number, backwards?: boolean): Generator<[OneDriveItem, Position]>
  scanChildren(folderId: string, from: Position): Generator<[OneDriveItem, Position]>
  /** Children without counting through them. */
  childCount(folderId: string): number
  /** Items now. */
  count(): number
  /** Entries ever made; grows only. */
  entries(): number
}

export function createItemStore(): ItemStore {
  const entries: (OneDriveItem | SyntheticFiles | undefined)[] = []
  const serials = new Map<string, number>()
  const groups: SyntheticFiles[] = []
  const childrenOf = new Map<string, Set<number>>()
  let living = 0

  const isGroup = (entry: OneDriveItem | SyntheticFiles): entry is SyntheticFiles => 'group' in entry
  const adopt = (parent: string | undefined, serial: number) => {
    if (parent === undefined) return
    const known = childrenOf.get(parent) ?? new Set()
    childrenOf.set(parent, known)
    known.add(serial)
  }
  const syntheticOf = (id: string) => {
    const found = parseSyntheticId(id)
    const files = found === undefined ? undefined : groups[found.group]
    if (found === undefined || files === undefined || !id.startsWith(files.prefix)) return undefined
    return found.index < files.count && !files.taken.has(found.index) ? { files, index: found.index } : undefined
  }
  const get = (id: string): OneDriveItem | undefined => {
    const entry = entries[serials.get(id) ?? -1]
    if (entry !== undefined) return isGroup(entry) ? undefined : entry
    const synthetic = syntheticOf(id)
    return synthetic === undefined ? undefined : syntheticItem(synthetic.files, synthetic.index)
  }
  const insert = (item: OneDriveItem): void => {
    if (serials.has(item.id)) throw new Error(`practice OneDrive: two items with the id ${item.id}`)
    serials.set(item.id, entries.length)
    adopt(item.parent, entries.length)
    entries.push(item)
    living += 1
  }
  const take = (id: string) => {
    const synthetic = serials.has(id) ? undefined : syntheticOf(id)
    if (synthetic === undefined) return false
    synthetic.files.taken.add(synthetic.index)
    living -= 1
    return true
  }
  const scanEntry = function* (serial: number, offset: number): Generator<[OneDriveItem, Position]> {
    const entry = entries[serial]
    if (entry === undefined) return
    if (!isGroup(entry)) {
      if (offset === 0) yield [entry, { entry: serial, offset: 1 }]
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
      if (item === undefined) throw new Error(`practice OneDrive: no item ${id}`)
      if (take(id)) insert(item)
      return item
    },
    remove(id) {
      if (take(id)) return
      const serial = serials.get(id)
      const entry = serial === undefined ? undefined : entries[serial]
      if (serial === undefined || entry === undefined || isGroup(entry)) return
      entries[serial] = undefined
      serials.delete(id)
      if (entry.parent !== undefined) childrenOf.get(entry.parent)?.delete(serial)
      living -= 1
    },
    reparent(item, parent) {
      const serial = serials.get(item.id)
      if (serial === undefined) return
      if (item.parent !== undefined) childrenOf.get(item.parent)?.delete(serial)
      item.parent = parent
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
    *scan(from, end, backwards = false) {
      for (let step = from.entry; step < end; step += 1) {
        const serial = backwards ? end - 1 - step : step
        for (const [item, { offset }] of scanEntry(serial, step === from.entry ? from.offset : 0))
          yield [item, { entry: step, offset }]
      }
    },
    *scanChildren(folderId, from) {
      const known = [...(childrenOf.get(folderId) ?? [])].filter((serial) => serial >= from.entry).sort((a, b) => a - b)
      for (const serial of known) yield* scanEntry(serial, serial === from.entry ? from.offset : 0)
    },
    childCount(folderId) {
      let sum = 0
      for (const serial of childrenOf.get(folderId) ?? []) {
        const entry = entries[serial]
        if (entry !== undefined) sum += isGroup(entry) ? entry.count - entry.taken.size : 1
      }
      return sum
    },
    count: () => living,
    entries: () => entries.length,
  }
}

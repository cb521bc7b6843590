import type { OneDriveItem } from './items.ts'

/** A run of files that are made when they are listed or asked for, so that a million of them cost nothing. */
export interface SyntheticFiles {
  readonly group: number
  readonly folderId: string
  readonly count: number
  readonly time: number
  /** What their ids begin with. */
  readonly prefix: string
  /** Indexes that became ordinary items because they were changed, or that were removed. */
  readonly taken: Set<number>
}

// Few distinct contents, so that their checksums are computed once and not a million times.
const contents = 997

export function syntheticId({ prefix, group }: SyntheticFiles, index: number): string {
  return `${prefix}SYN${String(group).padStart(4, '0')}X${String(index).padStart(24, '0')}`
}

/** Which synthetic file an id means. */
export function parseSyntheticId(id: string): { group: number; index: number } | undefined {
  const found = /SYN(\d{4})X(\d{24})$/.exec(id)
  return found === null ? undefined : { group: Number(found[1]), index: Number(found[2]) }
}

export function syntheticItem(files: SyntheticFiles, index: number): OneDriveItem {
  const kind = index % contents
  const time = files.time + (index % 86_400) * 1000
  return {
    id: syntheticId(files, index),
    name: `file ${String(index).padStart(7, '0')}.bin`,
    kind: 'file',
    parent: files.folderId,
    created: files.time,
    modified: time,
    clientCreated: files.time,
    clientModified: time,
    version: 1,
    contentVersion: 1,
    content: { size: kind * 4, seed: kind },
    mimeType: 'application/octet-stream',
  }
}

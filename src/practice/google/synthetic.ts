import type { DriveItem } from './items.ts'

/** A run of files that are made when they are listed or asked for, so that a million of them cost nothing. */
export interface SyntheticFiles {
  readonly group: number
  readonly folderId: string
  readonly count: number
  readonly owner: string | undefined
  readonly driveId: string | undefined
  readonly time: number
  /** Indexes that became ordinary items because they were changed, or that were removed. */
  readonly taken: Set<number>
}

const idForm = /^1Syn([0-9a-z]{3})x([0-9a-z]{8})[0-9A-Za-z]{17}$/
// Few distinct contents, so that their checksums are computed once and not a million times.
const contents = 997

export function syntheticId(group: number, index: number): string {
  return `1Syn${group.toString(36).padStart(3, '0')}x${index.toString(36).padStart(8, '0')}HoldallPractice00`
}

export function parseSyntheticId(id: string): { group: number; index: number } | undefined {
  const found = idForm.exec(id)
  if (found === null || !id.endsWith('HoldallPractice00')) return undefined
  return { group: Number.parseInt(found[1]!, 36), index: Number.parseInt(found[2]!, 36) }
}

export function syntheticItem(files: SyntheticFiles, index: number): DriveItem {
  const kind = index % contents
  const item: DriveItem = {
    id: syntheticId(files.group, index),
    name: `file ${String(index).padStart(7, '0')}.bin`,
    mimeType: 'application/octet-stream',
    parent: files.folderId,
    grants: [],
    trashed: false,
    createdTime: files.time,
    modifiedTime: files.time + (index % 86_400) * 1000,
    version: 1,
    content: { size: kind * 4, seed: kind },
    revision: 1,
  }
  if (files.owner !== undefined) item.owner = files.owner
  if (files.driveId !== undefined) item.driveId = files.driveId
  return item
}

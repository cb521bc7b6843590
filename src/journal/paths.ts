import type { Journal } from './journal.ts'

/** Paths of folders, made from the journal's rows and remembered for as long as nothing moves. */
export interface Paths {
  /** Where a folder stands on disk, relative to the archive; undefined: not there yet. */
  onDisk(dir: number): string | undefined
  /** The path as the person knows it, ACCOUNT/SOURCE first. */
  original(dir: number): string
  /** Why a folder or one above it is not taken. */
  excluded(dir: number): string | undefined
  /** To be called after anything may have moved. */
  forget(): void
}

/** Folder number 0 holds what is on its way from one place to another. */
export const parking = 0
export const parkingFolder = '.holdall/moving'

/** The folder of a source below the archive. */
export const sourceFolder = (name: string) => `data/${name}`

export function createPaths(journal: Journal, sourceNames: ReadonlyMap<number, string>): Paths {
  const disk = new Map<number, string | undefined>()
  const original = new Map<number, { path: string; excluded: string | undefined }>()

  function onDisk(dir: number): string | undefined {
    if (dir < 0) return sourceFolder(sourceNames.get(-dir)!)
    if (dir === parking) return parkingFolder
    if (disk.has(dir)) return disk.get(dir)
    const folder = journal.folder(dir)
    const above = folder?.disk == null || folder.disk_dir === null ? undefined : onDisk(folder.disk_dir)
    const path = above === undefined ? undefined : `${above}/${folder!.disk}`
    remember(disk, dir, path)
    return path
  }

  function known(dir: number): { path: string; excluded: string | undefined } {
    if (dir < 0) return { path: sourceNames.get(-dir)!, excluded: undefined }
    const before = original.get(dir)
    if (before !== undefined) return before
    const folder = journal.folder(dir)
    const above = folder === undefined || folder.dir === null ? { path: '', excluded: undefined } : known(folder.dir)
    const found = { path: `${above.path}/${folder?.name ?? folder?.id ?? ''}`, excluded: folder?.excluded ?? above.excluded }
    remember(original, dir, found)
    return found
  }

  return {
    onDisk,
    original: (dir) => known(dir).path,
    excluded: (dir) => known(dir).excluded,
    forget() {
      disk.clear()
      original.clear()
    },
  }
}

/** Enough folders for any working set; a fresh start beats bookkeeping. */
function remember<T>(map: Map<number, T>, key: number, value: T): void {
  if (map.size >= 20_000) map.clear()
  map.set(key, value)
}

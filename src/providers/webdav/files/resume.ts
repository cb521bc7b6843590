import type { Unread } from '../../../core/source.ts'
import type { Position } from './cursor.ts'
import { stopping } from './failures.ts'
import { type Folder, inReverse, type Listing, listFolder, rootFolder } from './folder.ts'

/**
 * What a walk has before it right after `position`: the folders above it are listed again, and of each what comes later by name is still to
 * do. A folder above that cannot be listed now is unread; one that vanished has nothing before it.
 */
export async function findAgain(
  rootPath: string,
  position: Position,
  listing: Listing,
): Promise<{ folders: Folder[]; unread: Unread[] }> {
  const way = position.after === '' ? [] : position.after.split('/')
  const folders: Folder[] = []
  const unread: Unread[] = []
  let folder: Folder | undefined = rootFolder(rootPath)
  for (let step = 0; folder !== undefined; step++) {
    const key = way[step]
    if (key === undefined && !position.below) break
    const here: Folder = folder
    const inside: Folder[] = []
    try {
      for await (const chunk of listFolder(here, listing, () => {})) {
        inside.push(...chunk.folders)
        unread.push(...chunk.unread)
      }
    } catch (error) {
      listing.signal.throwIfAborted()
      const failure = stopping(error, here)
      if (failure.kind !== 'gone') unread.push({ id: here.id, failure })
      break
    }
    folders.push(...inReverse(inside.filter((other) => key === undefined || other.key > key)))
    folder = key === undefined ? undefined : inside.find((other) => other.key === key)
  }
  return { folders, unread }
}

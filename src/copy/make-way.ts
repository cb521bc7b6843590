import type { Archive } from '../archive/archive.ts'
import { stamp } from '../archive/stamp.ts'

/**
 * Makes the folders for a file of the copy and frees its name: a file in the place of a folder, or a folder in the place of the file, is set aside.
 * Returns the folders in which names were made.
 */
export async function makeWay(
  to: Archive,
  path: string,
  setAside: (path: string, to: string) => void,
): Promise<ReadonlySet<string>> {
  to.checkInside(path)
  const made = new Set<string>()
  const parts = path.split('/')
  for (let depth = 1; depth < parts.length; depth++) {
    const folder = parts.slice(0, depth).join('/')
    const kind = await to.kindOf(folder)
    if (kind === 'folder') continue
    if (kind !== undefined) setAside(folder, await to.setAside(folder, 'strays', stamp(Date.now())))
    await to.makeFolder(folder)
    made.add(depth === 1 ? '.' : parts.slice(0, depth - 1).join('/'))
  }
  const kind = await to.kindOf(path)
  if (kind === 'folder' || kind === 'other') setAside(path, await to.setAside(path, 'strays', stamp(Date.now())))
  return made
}

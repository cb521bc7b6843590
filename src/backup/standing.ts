import { createReadStream } from 'node:fs'
import { lstat } from 'node:fs/promises'
import type { Archive } from '../archive/archive.ts'
import { startHash } from '../archive/running-hash.ts'
import { strongest } from '../core/checksum.ts'
import type { Part } from '../core/item.ts'
import type { Content } from '../core/source.ts'
import type { Journal } from '../journal/journal.ts'
import type { Paths } from '../journal/paths.ts'
import type { ItemRow } from '../journal/rows.ts'

/**
 * The bytes of a part that stand in its place already, where the provider's own checksum proves that they are the ones: after a journal was lost, or for a
 * new version with the old bytes, nothing need be downloaded. Undefined where there is no checksum, or nothing there that has it.
 */
export async function standingContent(
  { journal, archive }: { readonly journal: Journal; readonly archive: Archive },
  paths: Paths,
  row: ItemRow,
  part: Part,
): Promise<Content | undefined> {
  const stated = strongest(part.checksums)
  const entry = journal.entry(row.n, part.key)
  if (stated === undefined || entry === undefined) return undefined
  const [dir, name] = entry.disk_dir === null || entry.disk === null ? [entry.dir, entry.local] : [entry.disk_dir, entry.disk]
  const folder = paths.onDisk(dir)
  // What another item has there is that one's.
  if (folder === undefined || (entry.disk === null && journal.occupant(dir, entry.local_fold) !== undefined)) return undefined
  const file = archive.absolute(`${folder}/${name}`)
  try {
    const stat = await lstat(file)
    if (!stat.isFile() || (part.size !== undefined && stat.size !== part.size)) return undefined
    const hash = startHash(stated.algorithm)
    for await (const chunk of createReadStream(file) as AsyncIterable<Uint8Array>) hash.update(chunk)
    if (hash.digest() !== stated.value) return undefined
    return { bytes: createReadStream(file), from: 0, size: stat.size, checksums: part.checksums! }
  } catch (error) {
    // Not there, or not to be read: it comes from its source then, as if nothing stood there.
    if ((error as NodeJS.ErrnoException).code === undefined) throw error
    return undefined
  }
}

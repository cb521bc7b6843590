import { createReadStream } from 'node:fs'
import type { Part } from '../core/item.ts'
import type { Content } from '../core/source.ts'
import type { Paths } from '../journal/paths.ts'
import type { ItemRow } from '../journal/rows.ts'
import type { Run } from './run-context.ts'

/**
 * Where ids do not last: the bytes of a part as a saved item has them that the server's inner id says is the same thing, so that what moved there is not
 * downloaded again. Undefined where there is none. The checksum of the save goes along, since the file may have been damaged since.
 */
export async function twinContent(run: Run, paths: Paths, row: ItemRow, part: Part): Promise<Content | undefined> {
  const twin = row.twin === null ? undefined : run.journal.twinOf(row.source, row.twin, row.n)
  if (twin === undefined || twin.version !== row.version) return undefined
  const entry = run.journal.entry(twin.n, part.key)
  const folder = entry?.disk_dir == null ? undefined : paths.onDisk(entry.disk_dir)
  if (entry?.sha256 == null || entry.version !== row.version || folder === undefined) return undefined
  if (part.size !== undefined && part.size !== entry.bytes) return undefined
  const path = `${folder}/${entry.disk}`
  if ((await run.archive.kindOf(path)) !== 'file') return undefined
  return {
    bytes: createReadStream(run.archive.absolute(path)),
    from: 0,
    size: entry.bytes!,
    checksums: [{ algorithm: 'sha256', value: entry.sha256 }],
  }
}

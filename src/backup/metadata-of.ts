import type { SourceMetadata } from '../archive/metadata.ts'
import type { JsonObject } from '../core/json.ts'
import type { Journal } from '../journal/journal.ts'
import { createPaths } from '../journal/paths.ts'
import { type ItemRow, partsOf } from '../journal/rows.ts'
import { itemPath } from './transfer-item.ts'

/** The metadata of every source as the journal states them now: one line an item, in the order of the journal. */
export function metadataOf(journal: Journal): SourceMetadata[] {
  const sources = journal.sources()
  const names = new Map(sources.map(({ n, name }) => [n, name]))
  const paths = createPaths(journal, names)
  return sources.map(({ n, name }) => ({ source: name, lines: lines(n) }))

  function* lines(source: number): Iterable<JsonObject> {
    for (const row of journal.itemRows(source)) yield metadataLine(row)
  }

  function metadataLine(row: ItemRow): JsonObject {
    const prefix = `${names.get(row.source)}/`
    const parts = new Map(partsOf(row).map((part) => [part.key, part]))
    const files = journal.entriesOf(row.n).flatMap((entry) => {
      const folder = entry.disk === null ? undefined : paths.onDisk(entry.disk_dir!)
      if (folder === undefined) return []
      if (entry.key === '') return [{ path: `${folder}/${entry.disk}/` }]
      if (entry.sha256 === null) return []
      const checksums = Object.fromEntries(
        (parts.get(entry.key)?.checksums ?? []).map(({ algorithm, value }) => [algorithm, value]),
      )
      return [
        {
          part: entry.key,
          path: `${folder}/${entry.disk}`,
          bytes: entry.bytes,
          sha256: entry.sha256,
          stated: { ...checksums },
          current: entry.version === row.version,
        },
      ]
    })
    return {
      id: row.id,
      kind: row.kind,
      path: itemPath(paths, row).slice(prefix.length),
      state: row.state,
      ...(row.reason !== null && { reason: row.reason }),
      ...(row.vanished !== null && { goneAtSource: new Date(row.vanished).toISOString() }),
      ...(row.modified !== null && { modified: new Date(row.modified).toISOString() }),
      ...(row.link !== null && { link: row.link }),
      files,
      details: JSON.parse(row.details) as JsonObject,
    }
  }
}

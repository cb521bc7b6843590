import type { SourceMetadata } from '../archive/metadata.ts'
import type { JsonObject } from '../core/json.ts'
import type { Journal } from '../journal/journal.ts'
import { createPaths } from '../journal/paths.ts'
import { type EntryRow, type ItemRow, partsOf } from '../journal/rows.ts'
import { itemPath } from './transfer-item.ts'

/**
 * What the journal would have to know of an item besides what its line says anyway, were it lost. Numbers of rows and runs, cursors and what a listing
 * under way notes are not among it: a new listing finds them.
 */
function rowOf(row: ItemRow, entries: readonly EntryRow[]): JsonObject {
  const saved = new Map(entries.map((entry) => [entry.key, entry]))
  const keys = new Set(partsOf(row).map(({ key }) => key))
  const stale = entries.filter(({ key }) => key !== '' && !keys.has(key))
  const astray = entries.some(({ disk, disk_dir, dir, local }) => disk !== null && (disk_dir !== dir || disk !== local))
  return {
    version: row.version,
    // It belongs elsewhere than where it stands, and was not moved yet.
    ...(astray && { astray }),
    ...(row.name !== null && { name: row.name }),
    ...(row.parent !== null && { parent: row.parent }),
    ...(row.fallback !== null && { fallback: row.fallback }),
    ...(row.twin !== null && { twin: row.twin }),
    ...(row.excluded !== null && { excluded: row.excluded }),
    ...(row.waiting !== null && { waiting: row.waiting }),
    ...(row.expires !== null && { expires: row.expires }),
    ...(row.unexportable !== null && { unexportable: JSON.parse(row.unexportable) as JsonObject }),
    ...(row.hint !== null && { hint: row.hint }),
    ...(row.failure !== null && { failure: row.failure }),
    parts: [
      ...partsOf(row).map(({ key, name }) => ({ key, name })),
      ...stale.map(({ key, name }) => ({ key, name, stale: true })),
    ].map((part) => {
      const entry = saved.get(part.key)
      return {
        ...('stale' in part && { stale: true }),
        key: part.key,
        ...(part.name !== undefined && { name: part.name }),
        ...(entry?.version != null && entry.version !== row.version && { version: entry.version }),
        ...(entry?.modified != null && entry.modified !== row.modified && { modified: entry.modified }),
      }
    }),
  }
}

/** The metadata of every source as the journal states them now: one line an item, in the order of the journal. */
export function metadataOf(journal: Journal): SourceMetadata[] {
  const sources = journal.sources()
  const names = new Map(sources.map(({ n, name }) => [n, name]))
  const paths = createPaths(journal, names)
  return sources.map(({ n, name }) => ({
    source: name,
    lines: lines(journal.itemRows(n)),
    places: lines(journal.placeRows(n)),
  }))

  function* lines(rows: Iterable<ItemRow>): Iterable<JsonObject> {
    for (const row of rows) yield metadataLine(row)
  }

  function metadataLine(row: ItemRow): JsonObject {
    const prefix = `${names.get(row.source)}/`
    const parts = new Map(partsOf(row).map((part) => [part.key, part]))
    const entries = journal.entriesOf(row.n)
    const files = entries.flatMap((entry) => {
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
      journal: rowOf(row, entries),
    }
  }
}

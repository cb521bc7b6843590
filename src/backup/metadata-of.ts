import type { SourceMetadata } from '../archive/metadata.ts'
import type { Part } from '../core/item.ts'
import type { JsonObject } from '../core/json.ts'
import type { Journal } from '../journal/journal.ts'
import { createPaths } from '../journal/paths.ts'
import { type EntryRow, type ItemRow, partsOf } from '../journal/rows.ts'
import { itemPath } from './transfer-item.ts'

/**
 * What the journal would have to know of an item besides what its line says anyway, were it lost. Numbers of rows and runs, cursors and what a listing
 * under way notes are not among it: a new listing finds them.
 */
function rowOf(row: ItemRow, parts: readonly Part[], entries: readonly EntryRow[]): JsonObject {
  // A few each: a map of them would be the dearest part of a line.
  const stale = entries.filter(({ key }) => key !== '' && !parts.some((part) => part.key === key))
  const astray = entries.some(({ disk, disk_dir, dir, local }) => disk !== null && (disk_dir !== dir || disk !== local))
  // What is undefined is not written; spreading what may be there takes three times as long.
  return {
    version: row.version,
    // It belongs elsewhere than where it stands, and was not moved yet.
    astray: astray || undefined,
    name: row.name ?? undefined,
    parent: row.parent ?? undefined,
    fallback: row.fallback ?? undefined,
    twin: row.twin ?? undefined,
    excluded: row.excluded ?? undefined,
    waiting: row.waiting ?? undefined,
    expires: row.expires ?? undefined,
    unexportable: row.unexportable === null ? undefined : (JSON.parse(row.unexportable) as JsonObject),
    hint: row.hint ?? undefined,
    failure: row.failure ?? undefined,
    parts: [...parts.map((part) => partOf(part, false)), ...stale.map((entry) => partOf(entry, true))],
  }

  function partOf({ key, name }: { readonly key: string; readonly name?: string }, isStale: boolean): JsonObject {
    const entry = entries.find((one) => one.key === key)
    return {
      stale: isStale || undefined,
      key,
      name,
      version: entry === undefined || entry.version === row.version ? undefined : (entry.version ?? undefined),
      modified: entry === undefined || entry.modified === row.modified ? undefined : (entry.modified ?? undefined),
    }
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
    const parts = partsOf(row)
    const entries = journal.entriesOf(row.n)
    const files = entries.flatMap((entry) => {
      const folder = entry.disk === null ? undefined : paths.onDisk(entry.disk_dir!)
      if (folder === undefined) return []
      if (entry.key === '') return [{ path: `${folder}/${entry.disk}/` }]
      if (entry.sha256 === null) return []
      const checksums = Object.fromEntries(
        (parts.find(({ key }) => key === entry.key)?.checksums ?? []).map(({ algorithm, value }) => [algorithm, value]),
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
      reason: row.reason ?? undefined,
      goneAtSource: row.vanished === null ? undefined : new Date(row.vanished).toISOString(),
      modified: row.modified === null ? undefined : new Date(row.modified).toISOString(),
      link: row.link ?? undefined,
      files,
      details: JSON.parse(row.details) as JsonObject,
      journal: rowOf(row, parts, entries),
    }
  }
}

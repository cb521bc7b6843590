import { isSealed, type PayloadFile, sealBag } from '../archive/bag.ts'
import { reportFiles } from '../archive/report-files.ts'
import type { JsonObject } from '../core/json.ts'
import { createPaths } from '../journal/paths.ts'
import { type ItemRow, partsOf } from '../journal/rows.ts'
import type { Run } from './run-context.ts'
import { itemPath } from './transfer-item.ts'

/** Set while the bag may say less than the journal: `listed` where only lines of the metadata are concerned (a plan), else `saved`. */
export const unsealedMark = 'unsealed'
export type Unsealed = 'listed' | 'saved'

/** Writes metadata and manifests anew from the journal, so that the archive is a valid bag; `software` names program and version. */
export async function seal(run: Omit<Run, 'changed' | 'news'>, software: string): Promise<void> {
  const { journal, archive, emit } = run
  const sources = journal.sources()
  const names = new Map(sources.map(({ n, name }) => [n, name]))
  const paths = createPaths(journal, names)
  emit({ event: 'sealing', state: 'started', files: 0 })
  const { files } = await sealBag({
    root: archive.root,
    payload: payload(),
    metadata: sources.map(({ n, name }) => ({ source: name, lines: lines(n) })),
    tagFiles: reportFiles,
    info: {},
    software,
    date: new Date(run.clock.now()),
  })
  journal.setMark(unsealedMark, undefined)
  emit({ event: 'sealing', state: 'done', files })

  function* payload(): Iterable<PayloadFile> {
    for (const file of journal.savedFiles())
      yield { path: `${paths.onDisk(file.dir)}/${file.name}`, sha256: file.sha256, bytes: file.bytes }
  }

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

/** Whether the bag must be sealed before it can be believed: something changed since, or a crash came in between. */
export async function needsSealing(run: Pick<Run, 'journal' | 'archive'>): Promise<boolean> {
  return run.journal.mark(unsealedMark) !== undefined || !(await isSealed(run.archive.root))
}

/** Whether the manifests may lag behind what is saved, as after a crash. */
export async function manifestsLag({ journal, archive }: Pick<Run, 'journal' | 'archive'>): Promise<boolean> {
  const unsealed = journal.mark(unsealedMark)
  return unsealed === 'saved' || (unsealed === undefined && !(await isSealed(archive.root)))
}

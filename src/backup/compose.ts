import { openDraft } from '../archive/draft.ts'
import type { Item } from '../core/item.ts'
import type { ComposeRow } from '../core/source.ts'
import type { Paths } from '../journal/paths.ts'
import { sourceFolder } from '../journal/paths.ts'
import { type ItemRow, itemOf } from '../journal/rows.ts'
import type { Committer } from './committer.ts'
import type { OpenSource } from './open-source.ts'
import type { Placement } from './placement.ts'
import { draftName } from './recover.ts'
import type { Relocation } from './relocate.ts'
import type { Run } from './run-context.ts'

/** The stream under which derived files stand in the journal; no listing ever names them. */
const composedStream = ':composed'

export interface ComposeOptions {
  readonly run: Run
  readonly source: OpenSource
  readonly n: number
  readonly paths: Paths
  readonly placement: Placement
  readonly committer: Committer
}

/** Makes a source's derived files (contacts.vcf) anew from what the journal holds; those whose bytes come out the same stay as they are. */
export async function composeSource({ run, source, n, paths, placement, committer }: ComposeOptions): Promise<void> {
  const { journal, archive } = run
  const prefix = `${sourceFolder(source.name)}/`
  const made = new Set<string>()
  for await (const { path, bytes } of source.source.compose!(rows)) {
    const components = path.split('/')
    const name = components.pop()!
    const item: Item = {
      id: `composed:${path}`,
      kind: 'place',
      version: '',
      name,
      path: components,
      parts: [{ key: 'composed', name }],
      details: {},
    }
    made.add(item.id)
    const row = journal.transaction(() => {
      const known = journal.find(n, item.id)
      if (known !== undefined) return known
      const dir = placement.dirOf(n, item)!
      const number = journal.insertItem(n, composedStream, item, dir, 0, 'saved', null, run.n)
      placement.put(number, { ...item, kind: 'file' }, dir, 'fresh')
      placement.settle()
      return journal.item(number)!
    })
    const draftFile = draftName(row.n, 'composed')
    const draft = await openDraft(archive.draftFile(draftFile), 0, undefined)
    for await (const chunk of bytes) await draft.append(chunk)
    const proof = await draft.finish({})
    if (journal.entry(row.n, 'composed')?.sha256 === proof.sha256) await draft.discard()
    else await committer.add({ row, key: 'composed', draft, draftName: draftFile, proof })
  }
  await committer.between(async (relocation) => {
    for (const row of journal.composedItems(n, composedStream)) if (!made.has(row.id)) await drop(row, relocation)
  })

  /** A derived file that is not made any more (its calendar has another name now): all that it said stands in another one. */
  async function drop({ n: item }: ItemRow, relocation: Relocation): Promise<void> {
    const files = journal.entriesOf(item).flatMap((entry) => {
      const folder = entry.disk_dir === null ? undefined : paths.onDisk(entry.disk_dir)
      return folder === undefined ? [] : [`${folder}/${entry.disk}`]
    })
    for (const file of files) await archive.remove(file)
    journal.transaction(() => {
      journal.forgetItem(item)
      run.changed()
    })
    for (const folder of relocation.takeTouched()) await archive.syncFolder(folder)
  }

  async function* rows(): AsyncIterable<ComposeRow> {
    for (const row of journal.itemRows(n)) {
      const files = new Map<string, string>()
      for (const entry of journal.entriesOf(row.n)) {
        if (entry.disk !== null && entry.sha256 !== null)
          files.set(entry.key, `${paths.onDisk(entry.disk_dir!)}/${entry.disk}`.slice(prefix.length))
      }
      yield { item: itemOf(row), gone: row.vanished !== null, files }
    }
  }
}

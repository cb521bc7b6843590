import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { openDraft } from '../archive/draft.ts'
import { Failure } from '../core/failure.ts'
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
export const composedStream = ':composed'

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
  for await (const { path, bytes, lacks } of source.source.compose!(rows)) {
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
    for (const lack of lacks?.() ?? [])
      run.emit({ event: 'notice', level: 'warning', source: source.name, ...lack, message: `${path}: ${lack.message}` })
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
      const sizes = new Map<string, number>()
      for (const entry of journal.entriesOf(row.n)) {
        if (entry.disk === null || entry.sha256 === null) continue
        files.set(entry.key, `${paths.onDisk(entry.disk_dir!)}/${entry.disk}`.slice(prefix.length))
        sizes.set(entry.key, entry.bytes!)
      }
      const read = (key: string) => {
        const file = files.get(key)
        if (file === undefined) throw new Failure('bug', `no part ${key} of it is saved`)
        return savedBytes(archive.absolute(prefix + file), file, sizes.get(key)!)
      }
      yield { item: itemOf(row), gone: row.vanished !== null, files, read }
    }
  }
}

/** A saved file as it stands there now, provided that it still is of the length that it had. `shown` is how it is called to the person. */
async function* savedBytes(file: string, shown: string, bytes: number): AsyncGenerator<Uint8Array> {
  const { size } = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    throw new Failure('gone', `${shown} is not in the archive any more`)
  })
  if (size !== bytes) throw new Failure('corrupt', `${shown} has ${size} bytes instead of ${bytes}`)
  yield* createReadStream(file)
}

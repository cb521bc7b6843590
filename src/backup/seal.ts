import { isSealed, type PayloadFile, sealBag, sealBroken } from '../archive/bag.ts'
import { reportFiles } from '../archive/report-files.ts'
import { createPaths } from '../journal/paths.ts'
import { accountFacts } from './account-facts.ts'
import { metadataOf } from './metadata-of.ts'
import type { Run } from './run-context.ts'

/**
 * Set while the bag may say something else than the journal: `listed` where only lines of the metadata are concerned (a plan), `damaged` where verify took
 * back what it found damaged, else `saved`.
 */
export const unsealedMark = 'unsealed'
export type Unsealed = 'listed' | 'damaged' | 'saved'

/** What the lines of the metadata say; a bag of an earlier form is sealed anew by the next backup. 2: all that a journal is made anew from, 3: with whose data they are. */
const form = '3'
const formMark = 'metadata form'

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
    metadata: metadataOf(journal),
    accounts: accountFacts(journal),
    tagFiles: reportFiles,
    info: {},
    software,
    date: new Date(run.clock.now()),
  })
  journal.setMark(unsealedMark, undefined)
  journal.setMark(formMark, form)
  emit({ event: 'sealing', state: 'done', files })

  function* payload(): Iterable<PayloadFile> {
    for (const file of journal.savedFiles())
      yield { path: `${paths.onDisk(file.dir)}/${file.name}`, sha256: file.sha256, bytes: file.bytes }
  }
}

/** Whether the bag must be sealed before it can be believed: something changed since, a crash came in between, or somebody changed a manifest. */
export async function needsSealing({ journal, archive, emit }: Pick<Run, 'journal' | 'archive' | 'emit'>): Promise<boolean> {
  if (journal.mark(unsealedMark) !== undefined || journal.mark(formMark) !== form) return true
  const broken = await sealBroken(archive.root)
  if (broken !== undefined) emit({ event: 'notice', level: 'warning', message: `${broken}: it is made anew, out of the journal` })
  return broken !== undefined || !(await isSealed(archive.root))
}

/** Whether the manifests may lag behind what is saved, as after a crash. */
export async function manifestsLag({ journal, archive }: Pick<Run, 'journal' | 'archive'>): Promise<boolean> {
  const unsealed = journal.mark(unsealedMark)
  return unsealed === 'saved' || (unsealed === undefined && !(await isSealed(archive.root)))
}

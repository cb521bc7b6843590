import type { Dependents } from '../../core/dependents.ts'
import type { LeaveStep } from '../../core/leaving.ts'
import type { Words } from '../../language/words.ts'
import { type ChecklistLine, inBoth } from './checklist.ts'
import type { SharedFolder, SharedFolders } from './shared-folders.ts'

/** Folders of which a person hears one by one, and people named for each. */
const named = 50
const peopleNamed = 5

export interface SharedSource {
  readonly account: string
  /** ACCOUNT/SOURCE. */
  readonly source: string
  readonly dependents: Dependents
  /** Undefined: the source was never listed. */
  readonly shared: SharedFolders | undefined
}

/** What others depend on in one source, as lines. */
export function sharedLines({ account, source, dependents, shared }: SharedSource): readonly ChecklistLine[] {
  const line = (rest: Omit<ChecklistLine, 'section' | 'account' | 'about'>): ChecklistLine => ({
    section: 'shared-files',
    account,
    about: 'shared-files',
    ...rest,
  })
  const what = inBoth(({ leave }) => leave.shared.what(source))
  if (shared === undefined)
    return [
      line({ state: 'unknown', what, why: inBoth(({ leave }) => leave.shared.notListed), next: [{ command: 'holdall backup' }] }),
    ]
  const { folders, otherFiles } = shared
  if (folders.length === 0) return [line({ state: 'done', what, why: inBoth(({ leave }) => leave.shared.none), next: [] })]
  const rest = folders.slice(named)
  const restFiles = rest.reduce((sum, { files }) => sum + files, otherFiles)
  return [
    ...folders.slice(0, named).map((folder) => folderLine(folder, { line, source, dependents })),
    ...(rest.length > 0
      ? [line({ state: 'look', what, why: inBoth(({ leave }) => leave.shared.more(rest.length, restFiles)), next: [] })]
      : []),
  ]
}

function folderLine(
  folder: SharedFolder,
  {
    line,
    source,
    dependents,
  }: Pick<SharedSource, 'source' | 'dependents'> & {
    readonly line: (rest: Omit<ChecklistLine, 'section' | 'account' | 'about'>) => ChecklistLine
  },
): ChecklistLine {
  const { path, link, files, people, writers, open, unnamed, proposal } = folder
  const name = path === '' ? source : `${source}/${path}`
  const { text, page } = dependents.proposals[proposal]
  const steps: readonly LeaveStep[] = [{ text, page }, ...(link === undefined ? [] : [{ page: link }])]
  return line({
    state: proposal === 'transfer' ? 'to-do' : 'look',
    what: { en: name, ja: name },
    why: inBoth((words) => whyOf(folder, words)),
    next: steps,
    facts: {
      source,
      folder: path,
      files,
      people: people.slice(0, 100),
      writers: writers.slice(0, 20),
      open: open ?? null,
      unnamed,
      proposal,
    },
  })
}

function whyOf({ files, people, writers, open, unnamed }: SharedFolder, { leave, format }: Words): string {
  const shown = people.slice(0, peopleNamed)
  return [
    leave.shared.count(files),
    ...(people.length > 0 ? [leave.shared.people(shown, people.length - shown.length)] : []),
    ...(unnamed ? [leave.shared.unnamed] : []),
    ...(open === undefined ? [] : [leave.shared.open[open]]),
    ...(writers[0] === undefined ? [] : [leave.shared.likeliest(writers[0], format.number(writers.length))]),
  ].join(leave.between)
}

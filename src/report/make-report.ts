import { metadataFile } from '../archive/metadata.ts'
import type { Unexportable } from '../core/item.ts'
import type { Tally } from '../core/state.ts'
import type { Journal } from '../journal/journal.ts'
import { lastChecklist } from '../journal/last-checklist.ts'
import { lastVerify } from '../journal/last-verify.ts'
import { identityMark } from '../journal/marks.ts'
import { createPaths, type Paths } from '../journal/paths.ts'
import type { NotSavedRow } from '../journal/report.ts'
import type { Words } from '../language/words.ts'
import { countFiles, type FileCounts, sumFiles } from './count-files.ts'
import { groupReasons, type UnsavedItem } from './group-reasons.ts'
import { readStatement } from './read-statement.ts'
import type { NotSaved, Report, SourceReport } from './report-schema.ts'
import { checkReasons, type SourceStatement, type Statement } from './statement.ts'
import { told } from './stored.ts'

/** An account of the settings, with what its provider says of itself. */
export interface ReportAccount {
  readonly name: string
  /** The provider's title. */
  readonly provider: string
  readonly sources: readonly { readonly id: string; readonly title: string }[]
  readonly notTaken: readonly {
    readonly what: string
    readonly howByHand: string
    readonly page: string
    readonly seen?: string
  }[]
}

export interface ReportRequest {
  readonly journal: Journal
  /** None: the settings name none, and the sources are those of the journal. */
  readonly accounts: readonly ReportAccount[]
  readonly software: string
  /** Milliseconds since 1970. */
  readonly now: number
  readonly words: Words
}

/** Names for each reason; the rest is counted, and stands in the metadata. */
const examples = 10
/** Different reasons of a source that are told apart. */
const reasons = 100
/** Runs that are told of. */
const runs = 10

/**
 * Everything that a report says, out of the journal, as one value of bounded size. Throws a Failure of kind `bug` where counts do not add up: a report
 * that contradicts itself is none.
 */
export function makeReport({ journal, accounts, software, now, words }: ReportRequest): Report {
  const configured = accounts.flatMap(({ name, sources }) => sources.map(({ id }) => `${name}/${id}`))
  const statement = readStatement(journal, configured.length === 0 ? undefined : configured, now)
  const paths = createPaths(journal, new Map(journal.sources().map(({ n, name }) => [n, name])))
  const titles = new Map(
    accounts.flatMap(({ name, sources }) => sources.map(({ id, title }): [string, string] => [`${name}/${id}`, title])),
  )
  const made = statement.sources.map((one) => {
    const n = journal.findSource(one.source)
    const files = countFiles(n === undefined ? [] : journal.savedParts(n))
    const notSaved = n === undefined ? [] : unsaved(journal, n, paths, words)
    checkReasons(one.source, one.tally, notSaved)
    const keptThoughGone = n === undefined ? 0 : journal.keptThoughGone(n)
    const title = titles.get(one.source) ?? one.source
    return { files, report: sourceReport(one, { title, files, notSaved, keptThoughGone, words }) }
  })
  const all = sumFiles(made.map(({ files }) => files))
  return {
    format: 1,
    made: iso(now),
    software,
    ...verdictOf(statement),
    files: all.files,
    sources: made.map(({ report }) => report),
    years: [...all.years],
    kinds: [...all.kinds],
    neverAskedFor: accounts.flatMap(({ name, provider, notTaken }) =>
      notTaken.map((one) => ({ account: name, provider, ...one })),
    ),
    accounts: accountsOf(journal, accounts, statement),
    ...lastVerifyOf(journal),
    ...leavingOf(journal, words),
    runs: journal.lastRuns(runs).map(({ n, command, started, ended, status }) => ({
      run: n,
      command,
      started: iso(started),
      ...(ended !== null && { ended: iso(ended) }),
      ...(status !== null && { status }),
    })),
  }
}

function leavingOf(journal: Journal, { language }: Words): Pick<Report, 'leaving'> {
  const checklist = lastChecklist(journal)
  if (checklist === undefined) return {}
  const lines = checklist.lines.map(({ section, about, account, state, what, why, next }) => ({
    section,
    about,
    ...(account !== undefined && { account }),
    state,
    what: what[language],
    why: why[language],
    next: next.map(({ text, ...rest }) => ({ ...rest, ...(text !== undefined && { text: text[language] }) })),
  }))
  return { leaving: { made: iso(checklist.made), lines } }
}

function lastVerifyOf(journal: Journal): Pick<Report, 'lastVerify'> {
  const last = lastVerify(journal)
  if (last === undefined) return {}
  const { ended, read, sources, files, damaged } = last
  return { lastVerify: { ended: iso(ended), read, sources, files, damaged } }
}

function verdictOf({ verdict, butFor, total }: Statement): Pick<Report, 'verdict' | 'butFor' | 'total'> {
  return { verdict, butFor, total: plainTally(total) }
}

function sourceReport(
  one: SourceStatement,
  more: Pick<SourceReport, 'title' | 'keptThoughGone' | 'notSaved'> & { readonly files: FileCounts; readonly words: Words },
): SourceReport {
  const { failure } = one
  return {
    source: one.source,
    title: more.title,
    verdict: one.verdict,
    obstacles: [...one.obstacles],
    tally: plainTally(one.tally),
    files: more.files.files,
    ...(one.listed !== undefined && { listed: iso(one.listed) }),
    ...(one.asOf !== undefined && { asOf: iso(one.asOf) }),
    countedTwice: one.countedTwice,
    ...(one.clockAhead && { clockAhead: true as const }),
    ...displayedOf(one, more.words),
    keptThoughGone: more.keptThoughGone,
    ...(failure !== undefined && {
      failure: {
        kind: failure.kind,
        message: told(failure.message, more.words),
        ...(failure.hint !== undefined && { hint: told(failure.hint, more.words) }),
      },
    }),
    configured: one.configured,
    notSaved: more.notSaved,
    metadata: metadataFile(one.source),
    years: [...more.files.years],
    kinds: [...more.files.kinds],
  }
}

function displayedOf({ displayed, tally }: SourceStatement, { language }: Words): Pick<SourceReport, 'displayed'> {
  if (displayed === undefined) return {}
  const totals = displayed.totals.map(({ what, unit, count, beside, because }) => ({
    what: what[language],
    unit,
    shown: count,
    ...(beside !== undefined && { ours: tally[beside] }),
    because: because.map((reason) => reason[language]),
  }))
  return { displayed: { read: iso(displayed.read), totals } }
}

function plainTally({ items, saved, unchanged, unexportable, excluded, gone, pending, failed, bytes }: Tally): Report['total'] {
  return { items, saved, unchanged, unexportable, excluded, gone, pending, failed, bytes }
}

type Unsaved = UnsavedItem & { readonly row: NotSavedRow }

function unsaved(journal: Journal, source: number, paths: Paths, words: Words): NotSaved[] {
  function* items(): Iterable<Unsaved> {
    for (const row of journal.notSaved(source)) {
      const unexportable = row.unexportable === null ? undefined : (JSON.parse(row.unexportable) as Unexportable)
      yield {
        row,
        state: row.state,
        class: unexportable?.reason,
        reason: row.reason ?? row.waiting ?? words.report.withoutReason[row.state],
        hint: row.hint ?? undefined,
      }
    }
  }
  const groups = groupReasons(items(), { examples, reasons, otherwise: words.report.otherReasons }, ({ row }) => ({
    id: row.id,
    path: pathOf(row, source, paths),
    ...(row.link !== null && { link: row.link }),
  }))
  return groups.map(({ state, class: kind, reason, hint, count, examples: first }) => ({
    state,
    ...(kind !== undefined && { class: kind }),
    reason: told(reason, words),
    ...(hint !== undefined && { hint: told(hint, words) }),
    count,
    examples: [...first],
  }))
}

/** Below the source's own folder, as the person knows it. */
function pathOf({ dir, name, id }: NotSavedRow, source: number, paths: Paths): string {
  const path = `${paths.original(dir ?? -source)}/${name ?? id}`
  return path.slice(paths.original(-source).length + 1)
}

function accountsOf(journal: Journal, accounts: readonly ReportAccount[], { sources }: Statement): Report['accounts'] {
  const names = new Set([...accounts.map(({ name }) => name), ...sources.map(({ source }) => source.split('/')[0]!)])
  return [...names].sort().map((account) => {
    const provider = accounts.find(({ name }) => name === account)?.provider
    const mark = journal.mark(identityMark(account))
    const identity = mark === undefined ? undefined : (JSON.parse(mark) as { name: string }).name
    return { account, ...(provider !== undefined && { provider }), ...(identity !== undefined && { identity }) }
  })
}

const iso = (ms: number) => new Date(ms).toISOString()

import type { ArchiveSession } from '../app/open-archive.ts'
import { createFilter } from '../backup/filter.ts'
import type { OpenSource } from '../backup/open-source.ts'
import { backup as runBackup, type Summary } from '../backup/run.ts'
import { sitOutCaps } from '../backup/sit-out.ts'
import type { Reporter } from '../core/events.ts'
import { consequences, type Failure } from '../core/failure.ts'
import type { JsonObject } from '../core/json.ts'
import type { ExitStatus, State } from '../core/state.ts'
import { summaryText } from '../display/summary.ts'
import { troublesText } from '../display/troubles.ts'
import { readListing } from '../forecast/measured.ts'
import type { Work } from '../forecast/outlook.ts'
import type { Journal } from '../journal/journal.ts'
import { createPaths } from '../journal/paths.ts'
import { checkArchiveIdentity } from '../signin/identity.ts'
import { type Command, type Context, listOf, type Options } from './command.ts'
import { type FollowedRun, followRun, remainderText } from './follow-run.ts'
import { reportAfterRun } from './report.ts'
import { untilOf, untilOption } from './until.ts'

export const backup: Command = {
  name: 'backup',
  summary: 'copy everything that is not in the archive yet; run it again to resume and to bring it up to date',
  arguments: '[source...]',
  options: [
    { flags: '--include <glob>', description: 'take only what matches SOURCE/path, as in .gitignore', many: true },
    { flags: '--exclude <glob>', description: 'leave out what matches SOURCE/path, as in .gitignore', many: true },
    { flags: '--transfers <n>', description: 'downloads at once, per account' },
    { flags: '--bandwidth <rate>', description: 'bytes per second for everything together, e.g. 20M' },
    untilOption,
    { flags: '--wait', description: 'sit out daily limits of the services, and go on when they are over' },
    { flags: '--allow-synced-folder', description: 'use an archive folder although a cloud client syncs it' },
  ],
  async run(context, args, options) {
    const until = untilOf(options, await context.settings(), context.clock.now())
    const session = await context.openArchive(options.allowSyncedFolder === true ? 'allow' : 'refuse')
    try {
      const { clock, emit, signal, words } = context
      const work = await workOf(context)
      const counts = listingsOf(session.journal, [...work.keys()])
      const followed = followRun({ clock, emit, words, until: until?.at, work, counts })
      const once = () => runOver(context, session, args, options, 'backup', followed.emit)
      const summary = await (options.wait === true ? sitOutCaps({ clock, emit, signal, run: once }) : once())
      followed.keep(session.journal)
      const status = await reportAfterRun(context, session, summary.status)
      context.out(
        summaryText({ command: 'backup', sources: summary.sources, status, interrupted: summary.interrupted }, context.words),
      )
      context.out(troublesText(troubles(session.journal, Object.keys(summary.sources)), context.words, { limit: 3 }))
      const remains = remaindersOf(session.journal, Object.keys(summary.sources))
      if (until !== undefined) context.out(remainderText(remains, until.at, words))
      const details = until === undefined ? {} : { details: timing(until.at, followed.forecast(), remains) }
      context.emit({ event: 'summary', command: 'backup', status, sources: summary.sources, ...details })
      return status
    } finally {
      session.close()
    }
  },
}

/** What the work of every source of the settings costs, before any is opened. */
async function workOf(context: Context): Promise<ReadonlyMap<string, Work>> {
  const app = await context.app()
  return new Map(
    app.settings.accounts.flatMap(({ name }) => {
      const { sourceTypes, budgets } = app.account(name)
      return sourceTypes.map(({ id, cost }) => [`${name}/${id}`, { account: name, cost, budgets }] as const)
    }),
  )
}

/** How long a plan's listing of each took, milliseconds; only those of which that is known. */
const listingsOf = (journal: Journal, sources: readonly string[]): ReadonlyMap<string, number> =>
  new Map(
    sources.flatMap((source) => {
      const ms = readListing(journal, source)
      return ms === undefined ? [] : [[source, ms] as const]
    }),
  )

/** Opens the sources named, runs the engine over them, and adds what could not even be opened to its status. */
export async function runOver(
  context: Context,
  session: ArchiveSession,
  args: readonly string[],
  options: Options,
  command: 'backup' | 'plan',
  emit: Reporter = context.emit,
): Promise<Summary & { readonly opened: readonly OpenSource[] }> {
  const app = await context.app()
  const filter = createFilter({ include: listOf(options, 'include'), exclude: listOf(options, 'exclude') })
  const { sources, failures } = await app.openSources(args, (account, identity) => {
    const name = `identity ${account}`
    session.journal.setMark(name, checkArchiveIdentity(session.journal.mark(name), account, identity))
  })
  const release = context.stayAwake()
  try {
    const summary = await runBackup({
      command,
      sources,
      journal: session.journal,
      archive: session.archive,
      clock: context.clock,
      emit,
      signal: context.signal,
      filter,
      transfers: app.settings.limits.transfers,
      keepVersions: app.settings.keepVersions,
      retryForMs: app.settings.limits.retryFor,
      pauseMs: 1000,
      software: context.software,
      ...(session.facts.largestFile !== undefined && { largestFile: session.facts.largestFile }),
    })
    for (const [name, { kind, message, hint }] of failures) {
      const n = session.journal.source(name)
      session.journal.setSourceFailure(n, { kind, message, ...(hint !== undefined && { hint }) })
    }
    const status = worst(summary, failures)
    // What could not even be opened belongs to how the run ended, or `status` would say otherwise.
    const run = session.journal.lastRun()
    if (status !== summary.status && run !== undefined) session.journal.endRun(run.n, run.ended ?? context.clock.now(), status)
    return { ...summary, status, opened: sources }
  } finally {
    release()
  }
}

function worst(summary: Summary, unopened: ReadonlyMap<string, Failure>): ExitStatus {
  if (summary.interrupted || summary.status === 1) return summary.status
  return Math.max(summary.status, ...[...unopened.values()].map((failure) => consequences[failure.kind].status)) as ExitStatus
}

interface Remainder {
  readonly source: string
  readonly items: number
  readonly bytes: number
  readonly unsized: number
}

/** What is still to be taken, source by source. */
const remaindersOf = (journal: Journal, sources: readonly string[]): Remainder[] =>
  sources.map((source) => {
    const { items, bytes, unsized } = journal.workload(journal.source(source), undefined)
    return { source, items, bytes, unsized }
  })

function timing(until: number, forecast: ReturnType<FollowedRun['forecast']>, remains: readonly Remainder[]): JsonObject {
  return {
    until: new Date(until).toISOString(),
    forecast: forecast === undefined ? null : { ...times(forecast), sure: forecast.sure, verdict: forecast.verdict },
    remainder: remains.filter(({ items }) => items > 0).map((one) => ({ ...one })),
  }
}

const times = ({ end, earliest, latest }: { readonly end: number; readonly earliest: number; readonly latest: number }) => ({
  end: new Date(end).toISOString(),
  earliest: new Date(earliest).toISOString(),
  latest: new Date(latest).toISOString(),
})

/** What is not saved, with why, for the summary. */
export function troubles(
  journal: Journal,
  names: readonly string[],
): { source: string; path: string; state: State; reason: string; hint?: string }[] {
  const paths = createPaths(journal, new Map(journal.sources().map(({ n, name }) => [n, name])))
  return names.flatMap((source) => {
    const n = journal.findSource(source)
    if (n === undefined) return []
    return journal.troubled(n, 2000).map((row) => ({
      source,
      path: `${paths.original(row.dir ?? -row.source)}/${row.name ?? row.id}`,
      state: row.state,
      reason: row.reason ?? 'not taken yet',
      ...(row.hint !== null && { hint: row.hint }),
    }))
  })
}

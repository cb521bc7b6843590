import type { ArchiveSession } from '../app/open-archive.ts'
import { bringUpToDate } from '../backup/bring-up-to-date.ts'
import { consequences, Failure } from '../core/failure.ts'
import type { Provider } from '../core/provider.ts'
import type { ExitStatus } from '../core/state.ts'
import type { Words } from '../language/words.ts'
import { makeReport, type ReportAccount } from '../report/make-report.ts'
import { summary } from '../report/report-page.ts'
import type { Report } from '../report/report-schema.ts'
import { writeReport } from '../report/write-report.ts'
import type { Settings } from '../settings/settings.ts'
import type { Command, Context } from './command.ts'

export const report: Command = {
  name: 'report',
  summary: 'write report.html and report.json into the archive: what is saved, what is not, and why',
  async run(context) {
    const looked = await context.openForReading()
    if (looked === undefined) throw new Failure('settings', 'nothing is saved yet', { hint: 'run holdall backup first' })
    looked.journal.close()
    const session = await context.openArchive('allow')
    try {
      const { journal, archive } = session
      context.emit({ event: 'started', command: 'report', archive: archive.root })
      await bringUpToDate({ journal, archive, clock: context.clock, emit: context.emit }, context.software)
      const made = await putReport(context, session)
      const status: ExitStatus = made.verdict === 'not-complete' ? 3 : 0
      const { files, verdict, butFor, total } = made
      const { words } = context
      context.out(
        `${summary(made, words).headline}\n${words.report.written(files, total.bytes, archive.absolute('report.html'))}\n`,
      )
      const sources = Object.fromEntries(made.sources.map(({ source, tally }) => [source, tally]))
      context.emit({ event: 'summary', command: 'report', status, sources, details: { verdict, butFor, files } })
      return status
    } finally {
      session.close()
    }
  },
}

/** Makes the report of an archive that is sealed, and puts it there. */
export async function putReport(
  context: Context,
  { journal, archive }: Pick<ArchiveSession, 'journal' | 'archive'>,
): Promise<Report> {
  const { clock, software, providers } = context
  const settings = await context.settings()
  // Only now: the settings may name the language.
  const { words } = context
  const accounts = reportAccounts(settings, providers, words)
  const made = makeReport({ journal, accounts, software, now: clock.now(), words })
  await writeReport(archive.root, made, words)
  return made
}

/**
 * The report of a run that has ended. Where it cannot be written that is said, and counts: the report that stands there is an older one, or the bag is
 * not valid until it is sealed again.
 */
export async function reportAfterRun(context: Context, session: ArchiveSession, status: ExitStatus): Promise<ExitStatus> {
  try {
    await putReport(context, session)
    return status
  } catch (error) {
    const failure = Failure.from(error)
    context.emit({
      event: 'notice',
      level: 'warning',
      message: `the report could not be written: ${failure.message}`,
      hint: failure.hint ?? 'holdall report writes it',
    })
    const own = consequences[failure.kind].status
    return status === 130 || status === 1 || own === 1 ? (status === 130 ? 130 : 1) : (Math.max(status, own) as ExitStatus)
  }
}

/** The accounts of the settings, as the report speaks of them. */
export function reportAccounts(settings: Settings, providers: readonly Provider[], { language }: Words): ReportAccount[] {
  return settings.accounts.map((account) => {
    const provider = providers.find(({ id }) => id === account.provider)
    return {
      name: account.name,
      provider: provider?.title ?? account.provider,
      sources: account.sources.map((id) => ({
        id,
        title: provider?.sources.find((type) => type.id === id)?.title[language] ?? id,
      })),
      notTaken: (provider?.notTaken ?? []).map(({ what, howByHand, page, seen }) => ({
        what: what[language],
        howByHand: howByHand[language],
        page,
        ...(seen !== undefined && { seen: seen[language] }),
      })),
    }
  })
}

/** The sources that the settings name, as ACCOUNT/SOURCE; undefined where there are no settings to name any. */
export function configuredSources({ accounts }: Settings): readonly string[] | undefined {
  if (accounts.length === 0) return undefined
  return accounts.flatMap(({ name, sources }) => sources.map((id) => `${name}/${id}`))
}

import { manifestsLag } from '../backup/seal.ts'
import type { ExitStatus, Tally } from '../core/state.ts'
import { expiringText } from '../display/expiring.ts'
import { statusText } from '../display/status.ts'
import { troublesText } from '../display/troubles.ts'
import { type Words, wordsOf } from '../language/words.ts'
import { readStatement } from '../report/read-statement.ts'
import type { SourceStatement } from '../report/statement.ts'
import { troubles } from './backup.ts'
import type { Command } from './command.ts'
import { expiringSoon } from './expiring.ts'
import { configuredSources } from './report.ts'

export const status: Command = {
  name: 'status',
  summary: 'what is saved, what remains and what failed, from the journal, at once',
  async run(context) {
    const opened = await context.openForReading()
    if (opened === undefined) {
      context.out(`${context.words.summary.nothingYet}\n`)
      context.emit({ event: 'summary', command: 'status', status: 0, sources: {} })
      return 0
    }
    const { journal } = opened
    try {
      const run = journal.lastRun()
      const statement = readStatement(journal, configuredSources(await context.settings()), context.clock.now())
      const sources: Record<string, Tally> = Object.fromEntries(statement.sources.map(({ source, tally }) => [source, tally]))
      const failures = statement.sources.flatMap((source) => hindrances(source, wordsOf('en')))
      const lags = await manifestsLag(opened)
      const { words } = context
      const result: ExitStatus = statement.verdict === 'not-complete' ? 3 : 0
      context.out(
        statusText({ sources, run, failures: statement.sources.flatMap((source) => hindrances(source, words)), lags }, words),
      )
      const expiring = expiringSoon(journal, context.clock.now())
      context.out(expiringText(expiring, words))
      context.out(troublesText(troubles(journal, Object.keys(sources)), words, { limit: 3 }))
      context.emit({
        event: 'summary',
        command: 'status',
        status: result,
        sources,
        details: { manifestsLag: lags, failures, expiring: expiring.map((one) => ({ ...one })) },
      })
      return result
    } finally {
      journal.close()
    }
  },
}

/** What keeps a source from being finished, besides items that are pending or failed. */
function hindrances(
  { source, failure, obstacles }: SourceStatement,
  { report }: Words,
): { source: string; kind: string; message: string; hint?: string }[] {
  if (failure !== undefined) {
    const { kind, message, hint } = failure
    return [{ source, kind, message, ...(hint !== undefined && { hint }) }]
  }
  return obstacles.flatMap((obstacle) =>
    obstacle === 'never-listed' || obstacle === 'unsettled'
      ? [{ source, kind: 'unlisted', message: report.obstacles[obstacle](0), hint: report.remedies[obstacle] }]
      : [],
  )
}

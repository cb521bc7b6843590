import { manifestsLag } from '../backup/seal.ts'
import type { ExitStatus, Tally } from '../core/state.ts'
import { statusText } from '../display/status.ts'
import { troublesText } from '../display/troubles.ts'
import { troubles } from './backup.ts'
import type { Command } from './command.ts'

export const status: Command = {
  name: 'status',
  summary: 'what is saved, what remains and what failed, from the journal, at once',
  async run(context) {
    const opened = await context.openForReading()
    if (opened === undefined) {
      context.out('Nothing is saved yet. Next: holdall backup\n')
      context.emit({ event: 'summary', command: 'status', status: 0, sources: {} })
      return 0
    }
    const { journal } = opened
    try {
      const run = journal.lastRun()
      const known = journal.sources()
      const sources: Record<string, Tally> = Object.fromEntries(known.map(({ n, name }) => [name, journal.tally(n, run?.n ?? 0)]))
      const failures = known.flatMap(({ name, failure }) =>
        failure === null ? [] : [{ source: name, ...(JSON.parse(failure) as { message: string; hint?: string; kind: string }) }],
      )
      const lags = await manifestsLag(opened)
      const open = Object.values(sources).some((tally) => tally.pending + tally.failed > 0) || failures.length > 0
      const result: ExitStatus = open ? 3 : 0
      context.out(statusText({ sources, run, failures, lags }))
      context.out(troublesText(troubles(journal, Object.keys(sources)), { limit: 3 }))
      context.emit({ event: 'summary', command: 'status', status: result, sources, details: { manifestsLag: lags, failures } })
      return result
    } finally {
      journal.close()
    }
  },
}

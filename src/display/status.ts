import type { Tally } from '../core/state.ts'
import type { Words } from '../language/words.ts'
import { joined } from './joined.ts'
import { summaryTable } from './summary.ts'

export interface StatusFacts {
  readonly sources: Readonly<Record<string, Tally>>
  readonly run:
    | { readonly started: number; readonly ended: number | null; readonly status: number | null; readonly command: string }
    | undefined
  readonly failures: readonly { readonly source: string; readonly message: string; readonly hint?: string }[]
  /** The bag's manifests say less than the journal. */
  readonly lags: boolean
}

/** What `holdall status` says. */
export function statusText({ sources, run, failures, lags }: StatusFacts, words: Words): string {
  const { summary } = words
  const lines = [summaryTable(sources, words)]
  const bytes = Object.values(sources).reduce((sum, tally) => sum + tally.bytes, 0)
  lines.push(summary.bytesSaved(bytes))
  if (run !== undefined)
    lines.push(summary.lastRun(run.command, new Date(run.started).toISOString(), run.ended === null ? undefined : run.status))
  for (const { source, message, hint } of failures)
    lines.push(`${joined(source, message, words)}${hint === undefined ? '' : `\n  ${joined('', hint, words)}`}`)
  if (lags) lines.push(summary.lags)
  const open = Object.values(sources).some((tally) => tally.pending + tally.failed > 0) || failures.length > 0
  lines.push(open ? summary.notComplete : summary.nothingOpen)
  return `${lines.join('\n')}\n`
}

import type { Tally } from '../core/state.ts'
import { formatBytes } from './bytes.ts'
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
export function statusText({ sources, run, failures, lags }: StatusFacts): string {
  const lines = [summaryTable(sources)]
  const bytes = Object.values(sources).reduce((sum, tally) => sum + tally.bytes, 0)
  lines.push(`${formatBytes(bytes)} are saved.`)
  if (run !== undefined) {
    const when = new Date(run.started).toISOString().slice(0, 16).replace('T', ' ')
    lines.push(
      run.ended === null
        ? `The last ${run.command} began at ${when} UTC and is still running, or was cut off.`
        : `The last ${run.command} began at ${when} UTC and ended with status ${run.status}.`,
    )
  }
  for (const { source, message, hint } of failures) lines.push(`${source}: ${message}${hint === undefined ? '' : `\n  ${hint}`}`)
  if (lags) lines.push('The manifests lag behind what is saved: holdall backup or holdall verify brings them up to date.')
  const open = Object.values(sources).some((tally) => tally.pending + tally.failed > 0) || failures.length > 0
  lines.push(open ? 'Not complete. Next: holdall backup' : 'Nothing is pending and nothing failed. Next: holdall verify')
  return `${lines.join('\n')}\n`
}

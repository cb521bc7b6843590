import { consequences, type Failure } from '../core/failure.ts'
import type { ExitStatus, Tally } from '../core/state.ts'

/** Of several the highest of 5, 4 and 3 counts (contract); an unexpected error stands above them, since it may hide anything. */
export function statusOf(tallies: readonly Tally[], failures: readonly Failure[], command: 'backup' | 'plan'): ExitStatus {
  const statuses = failures.map((failure): number => consequences[failure.kind].status)
  if (command === 'backup' && tallies.some((tally) => tally.pending + tally.failed > 0)) statuses.push(3)
  if (statuses.includes(1)) return 1
  return Math.max(0, ...statuses) as ExitStatus
}

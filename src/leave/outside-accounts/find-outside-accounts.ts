import type { Archive } from '../../archive/archive.ts'
import { Failure } from '../../core/failure.ts'
import type { Journal } from '../../journal/journal.ts'
import type { OutsideAccounts } from './outside-accounts.ts'

export type * from './outside-accounts.ts'

export interface OutsideAccountsRequest {
  readonly journal: Journal
  readonly archive: Archive
  /** The person's own addresses; what their organisations send is no account elsewhere. */
  readonly addresses: readonly string[]
  readonly signal: AbortSignal
  /** Told now and then, and at the end. */
  readonly onProgress?: (read: number, of: number) => void
}

/** Not built yet: throws a Failure of kind `bug`. */
export async function findOutsideAccounts(_request: OutsideAccountsRequest): Promise<OutsideAccounts> {
  throw new Failure('bug', 'outside accounts are not looked for yet')
}

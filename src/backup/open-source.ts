import type { WorkCost } from '../core/cost.ts'
import type { Budget } from '../core/provider.ts'
import type { Features, Holds, Source } from '../core/source.ts'

/** A source opened for a run, with what the engine needs to know of it; its provider's name stands only in `name`. */
export interface OpenSource {
  /** ACCOUNT/SOURCE. */
  readonly name: string
  readonly account: string
  readonly features: Features
  readonly source: Source
  /** A stream listed under another shape is listed anew (SourceType.shape). */
  readonly shape: string
  /** What a forecast has to know; absent: nothing can be forecast. */
  readonly work?: {
    readonly cost: WorkCost
    /** Those of the account's transport, as they are in force. */
    readonly budgets: readonly Budget[]
    readonly holds: Holds
  }
}

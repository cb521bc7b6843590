import type { Features, Source } from '../core/source.ts'

/** A source opened for a run, with what the engine needs to know of it; its provider's name stands only in `name`. */
export interface OpenSource {
  /** ACCOUNT/SOURCE. */
  readonly name: string
  readonly account: string
  readonly features: Features
  readonly source: Source
  /** A stream listed under another shape is listed anew (SourceType.shape). */
  readonly shape: string
}

import type { FailureKind } from './failure.ts'
import type { JsonObject } from './json.ts'
import type { LeaveState } from './leaving.ts'
import type { ExitStatus, State, Tally } from './state.ts'

/** What happens in a run. These objects are what `--json` prints, with `time` (ISO 8601) added; displays render them. */
export type RunEvent =
  | { readonly event: 'started'; readonly command: string; readonly archive?: string; readonly run?: number }
  /** A message for the person that is not about one item. */
  | {
      readonly event: 'notice'
      readonly level: 'info' | 'warning'
      readonly message: string
      readonly hint?: string
      readonly source?: string
    }
  | {
      readonly event: 'listing'
      readonly source: string
      readonly stream: string
      readonly state: 'started' | 'resumed' | 'page' | 'done'
      readonly full: boolean
      readonly items: number
    }
  /** A part's bytes begin, go on, and end; at most a few a second for each part. */
  | {
      readonly event: 'transfer'
      readonly source: string
      readonly path: string
      readonly state: 'started' | 'progress' | 'done' | 'stopped'
      readonly bytes: number
      readonly size?: number
    }
  /** An item reached a state in this run. */
  | {
      readonly event: 'item'
      readonly source: string
      readonly id: string
      readonly path: string
      readonly state: State
      readonly bytes?: number
      readonly reason?: string
      readonly kind?: FailureKind
      readonly hint?: string
    }
  | { readonly event: 'moved'; readonly source: string; readonly id: string; readonly from: string; readonly to: string }
  /** A source or a stream of it could not go on. */
  | {
      readonly event: 'failed'
      /** Absent: the command as a whole. */
      readonly source?: string
      readonly stream?: string
      readonly kind: FailureKind
      readonly message: string
      readonly hint?: string
    }
  /** Nothing answers; the run waits and goes on by itself. */
  | { readonly event: 'paused'; readonly account: string; readonly reason: string }
  | { readonly event: 'resumed'; readonly account: string; readonly afterMs: number }
  | { readonly event: 'throttled'; readonly account: string; readonly budget: string; readonly untilMs: number }
  | {
      readonly event: 'retry'
      readonly account: string
      readonly what: string
      readonly reason: string
      readonly attempt: number
      readonly inMs: number
    }
  | { readonly event: 'progress'; readonly sources: { readonly [source: string]: SourceProgress } }
  /** Listed once more by another road: everything that was there at `asOf` (ISO 8601) is known. */
  | { readonly event: 'counted'; readonly source: string; readonly ids: number; readonly asOf: string }
  | { readonly event: 'sealing'; readonly state: 'started' | 'done'; readonly files: number }
  | {
      readonly event: 'verified'
      readonly files: number
      readonly bytes: number
      readonly damaged: number
      readonly state: 'progress' | 'done'
    }
  /** A line of the leaver's checklist, in English. */
  | {
      readonly event: 'checklist'
      readonly section: string
      readonly about: string
      readonly state: LeaveState
      /** Absent: it is about no account. */
      readonly account?: string
      readonly what: string
      readonly why: string
      readonly next: readonly {
        readonly command?: string
        readonly text?: string
        readonly page?: string
        readonly file?: string
      }[]
      readonly facts?: JsonObject
    }
  | { readonly event: 'damaged'; readonly path: string; readonly message: string }
  | {
      readonly event: 'summary'
      readonly command: string
      readonly status: ExitStatus
      readonly sources?: { readonly [source: string]: Tally }
      readonly details?: JsonObject
    }

/** A snapshot of a source during a run: for bars. */
export interface SourceProgress {
  readonly listing: boolean
  readonly items: number
  readonly done: number
  readonly failed: number
  readonly bytes: number
  /** Bytes still to come, as far as sizes are known. */
  readonly bytesLeft: number
  /** Parts still to come whose size is not known before; those of the run that came, and the bytes that came of such parts. */
  readonly unsizedLeft?: number
  readonly unsizedDone?: number
  readonly unsizedBytes?: number
}

export type Reporter = (event: RunEvent) => void

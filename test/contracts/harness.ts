import type { Features, Source } from '../../src/core/source.ts'

/** Names from the world's root down; the last is the thing itself. */
export type WorldPath = readonly string[]

/** What a person could do at the real service. Every operation is visible to the next listing when it resolves. */
export interface SourceWorld {
  addFolder(path: WorldPath): Promise<void>
  /** The folder exists already. */
  addFile(path: WorldPath, bytes: Uint8Array): Promise<void>
  /** Other bytes under the same name, later than the ones before. */
  changeFile(path: WorldPath, bytes: Uint8Array): Promise<void>
  /** Rename, move, or both; a folder takes its content along. */
  move(from: WorldPath, to: WorldPath): Promise<void>
  /** A folder goes with its content. */
  remove(path: WorldPath): Promise<void>
}

/**
 * What the server does wrong, to every request of one sort (`list`: listings; `fetch`: bytes of files) until `heal()`.
 * - `status`: answers with that code
 * - `cut`: closes the connection after `bytes` of the body, the length in the headers being right (or the body chunked)
 * - `stall`: sends `bytes` of the body, then nothing more, the connection staying open
 * - `garble`: flips bits in the body, the length staying the same
 * - `html`: answers 200 with a page of HTML
 * - `no-range`: answers 200 with everything whatever range was asked for
 * - `bad-cursor`: refuses every cursor (page and change tokens) that it gave out so far, in the way it documents
 */
export type Fault =
  | {
      readonly kind: 'status'
      readonly on: 'list' | 'fetch'
      readonly status: 401 | 403 | 404 | 429 | 500 | 503
      readonly skip?: number
    }
  | { readonly kind: 'cut'; readonly on: 'list' | 'fetch'; readonly bytes: number; readonly skip?: number }
  | { readonly kind: 'stall'; readonly on: 'list' | 'fetch'; readonly bytes: number; readonly skip?: number }
  | { readonly kind: 'garble'; readonly on: 'fetch' }
  | { readonly kind: 'html'; readonly on: 'list' | 'fetch'; readonly skip?: number }
  | { readonly kind: 'no-range'; readonly on: 'fetch' }
  | { readonly kind: 'bad-cursor'; readonly on: 'list' }

export interface SourceHarness {
  /**
   * The source on a new transport that signs in, explains failures as the provider does, and retries nothing.
   * Its pages are small enough (by the server's own limit, say) that the suite's tree of 40 files in 12 folders takes three or more.
   */
  open(): Source
  readonly world: SourceWorld
  /** `skip` in a fault: so many requests of its sort are still answered rightly. */
  inject(fault: Fault): Promise<void>
  heal(): Promise<void>
  close(): Promise<void>
}

/** What the suite must know before it starts anything. */
export interface Subject {
  readonly features: Features
  /** The faults that the server can be told to show; tests of others are skipped, and say so. */
  readonly faults: readonly Fault['kind'][]
  /**
   * What the service does not have; tests that need it are skipped, and say so. `folders`: everything lies in one heap, so `addFolder` and `move`
   * are never called, and of a path only the last part need mean anything. `changes`: content never changes, so `changeFile` is never called.
   */
  readonly lacks?: readonly ('folders' | 'changes')[]
  /** Streams that are read whole each time, so that the service gives no cursor that it could refuse. */
  readonly whole?: readonly string[]
  /** Local path under which the listing shows the world's root, e.g. `['My Drive']`; default: the source's own folder. */
  readonly below?: WorldPath
  /** Names that only some servers can hold, besides the suite's. */
  readonly names?: readonly string[]
  start(): Promise<SourceHarness>
}

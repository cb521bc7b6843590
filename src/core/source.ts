import type { Checksum, ChecksumAlgorithm } from './checksum.ts'
import type { Failure } from './failure.ts'
import type { Item, Part } from './item.ts'
import type { Json, JsonObject } from './json.ts'
import type { Localised } from './language.ts'

/** What a source can do, as facts that the engine and the contract tests ask before they act. */
export interface Features {
  /** A later listing asks only for what changed. */
  readonly changeFeed: boolean
  /** A cut-off download goes on where it was. */
  readonly resumable: boolean
  /** Checksums that listings state, best first; empty where there are none. */
  readonly checksums: readonly ChecksumAlgorithm[]
  /** Sizes are known at listing. */
  readonly sizes: boolean
  /** Ids survive a rename and a move. */
  readonly lastingIds: boolean
}

/** One of the logs that a source consists of, with a cursor and a fate of its own. */
export interface Stream {
  /** Stable from run to run, unique within the source. */
  readonly id: string
  readonly title: string
}

/** A later statement about an item already listed that brings no new bytes (labels, sharing). */
export interface Patch {
  readonly id: string
  readonly details: JsonObject
}

/** A folder whose content this listing does not name. */
export interface Unread {
  readonly id: string
  /** Absent: the provider vouches that nothing below changed. Present: it could not be listed, and its absence from the listing proves nothing. */
  readonly failure?: Failure
}

/** One answer of a listing. It enters the journal in one transaction together with its cursor. */
export interface Page {
  readonly items: readonly Item[]
  readonly patches?: readonly Patch[]
  /** Ids that the provider says are no longer there. */
  readonly gone?: readonly string[]
  readonly unread?: readonly Unread[]
  /**
   * Opaque; a listing given it goes on right after this page. It carries the change token that was taken before the first page.
   * The cursor of the last page of a listing is where the next run starts (for a source without change feed: a cursor that leads to a full listing).
   */
  readonly cursor: string
  /** A sentence for the person about what this listing asks for and what not. */
  readonly note?: string
  /** True on the first page of a full listing: what this listing does not name (`unread` aside) is gone when it ends. */
  readonly startsOver?: boolean
}

/** What the journal knows of an item, for sources that can skip what did not change. */
export interface Known {
  /** The version of a folder whose whole content was listed at that version; undefined where that is not so. */
  folderVersion(id: string): string | undefined
  /**
   * Whether the content of anything in the stream being listed has been saved: where it has not, nothing said of items besides their names is older than this
   * listing. Absent: it may have been.
   */
  holdsContent?(): boolean
}

/** Where a download goes on. */
export interface FetchOptions {
  /** Bytes that are already there, all of `version`; 0 to start. */
  readonly from: number
  /** The `Content.version` that those bytes belong to. */
  readonly version?: string
  /** What an earlier attempt left for this one (`Content.resume`). */
  readonly resume?: string
  readonly signal: AbortSignal
}

/** The bytes of a part, as they begin to arrive. The receiver must consume `bytes` or destroy it (return() of its iterator). */
export interface Content {
  readonly bytes: AsyncIterable<Uint8Array>
  /** The offset really honoured: either the `from` asked for or 0. */
  readonly from: number
  /** Length of the whole part in bytes, where the answer states it. */
  readonly size?: number
  readonly checksums?: readonly Checksum[]
  /**
   * Why size and checksums as the provider states them are known to describe other bytes at times than those that it serves. `size` here is what it states,
   * `Content.size` the answer's own length. Where a checksum (or, without one, the size) contradicts what arrived, the part is fetched once more: the same
   * bytes again, as many as the answers said, are taken, and the contradiction is noted in the details. Absent: what contradicts is damage.
   */
  readonly doubtful?: { readonly why: string; readonly size?: number }
  /** Identifies exactly this content (ETag, revision); a resume is only asked for with it. Absent: not resumable. */
  readonly version?: string
  /** Completes the item where the listing had only its id: name, path, time, details. */
  readonly learned?: Partial<Pick<Item, 'name' | 'parent' | 'path' | 'modified' | 'details'>> & { readonly partName?: string }
  /** Further parts that only the content reveals (pictures of a page). */
  readonly more?: readonly Part[]
  /** Kept for the next attempt (the name of an export operation). */
  readonly resume?: string
}

/** A row that the journal holds, for `compose`. */
export interface ComposeRow {
  readonly item: Item
  /** It is no longer there at the provider. */
  readonly gone: boolean
  /** Local paths of saved parts by part key, relative to the source's folder. */
  readonly files: ReadonlyMap<string, string>
  /**
   * The bytes of a saved part, out of the archive; they are not hashed. Throws a Failure of kind `gone` where its file is not there, `corrupt` where
   * it has another length than when it was saved, and what the disk says.
   */
  read(key: string): AsyncIterable<Uint8Array>
}

/** What a composed file had to leave out. */
export interface Lack {
  /** A sentence for the person, with the name of what is missing. */
  readonly message: string
  readonly hint?: string
}

/** A file that a source derives from what the journal holds (contacts.vcf). */
export interface Composed {
  /** File path below the source's folder, `/` between components. */
  readonly path: string
  readonly bytes: AsyncIterable<Uint8Array>
  /** What it lacks; asked for once `bytes` has ended. */
  readonly lacks?: () => readonly Lack[]
}

/** A total that a provider shows of what it holds. It stands beside ours, and decides nothing: it counts other things, and is counted at another time. */
export interface DisplayedTotal {
  /** What is counted, as the provider says it. */
  readonly what: Localised
  readonly count: number
  readonly unit: 'bytes' | 'items'
  /** Which of our counts of the source stands beside it: all items, or the bytes saved. Absent: nothing of ours is counted like that. */
  readonly beside?: 'items' | 'bytes'
  /** Why the two are known to differ: whole sentences. */
  readonly because: readonly Localised[]
}

/**
 * A kind of data in an account, opened for one run. It lists and it fetches, and nothing else:
 * it never writes files, retries, sleeps, prints or sees the journal. It throws {@link Failure} only.
 */
export interface Source {
  /** The logs it consists of now. Throws a Failure of kind `signin` or `forbidden` when the account does not allow it. */
  streams(signal: AbortSignal): Promise<readonly Stream[]>
  /**
   * Streams that only the listings of this run revealed (a shared folder to which a link in the depth of a tree leads), those of earlier answers among them or
   * not. Asked when all streams known so far have ended, well or not, until it names nothing new. A stream revealed once has to be revealed in each run, also
   * where a list of changes no longer names what leads to it: its absence means that it is gone. Absent: `streams` names all.
   */
  revealed?(signal: AbortSignal): Promise<readonly Stream[]>
  /**
   * Lists `stream`: everything where `since` is absent, else what comes after that cursor.
   * A cursor that the provider no longer takes leads to a full listing by itself (`startsOver`).
   */
  list(stream: Stream, since: string | undefined, known: Known, signal: AbortSignal): AsyncIterable<Page>
  /** Throws a Failure: `gone` when it vanished, `unexportable` when the provider refuses this item for good. */
  fetch(item: Item, part: Part, options: FetchOptions): Promise<Content>
  /**
   * The ids of everything that is there, by another road than `list` took it (files listed against a log of changes, messages label by label): held
   * against the journal when a run ends. Absent: there is no other road.
   */
  recount?(signal: AbortSignal): AsyncIterable<readonly string[]>
  /**
   * `recount`, as far as the listing of this run asked, at about the price of that listing: made in every run, where `recount` is made when something changed.
   * Asked for when the listing has ended. Absent: the other road always leads through everything, and would make a run that finds nothing new a long one.
   */
  recountListed?(signal: AbortSignal): {
    /** The listing asked for everything, and so does this. */
    readonly everything: boolean
    readonly ids: AsyncIterable<readonly string[]>
  }
  /**
   * Sizes (bytes) of some items whose size no listing tells, cheaper than by fetching them: for forecasts. What is gone meanwhile is passed over. Absent:
   * there is no such question.
   */
  sample?(ids: readonly string[], signal: AbortSignal): AsyncIterable<number>
  /** The totals that the provider shows, with no right that the listing does not need. Asked for once a run, after the listing. Absent: it documents none. */
  displayed?(signal: AbortSignal): Promise<readonly DisplayedTotal[]>
  /** Derived files, made anew from all rows when anything of the source changed. */
  compose?(rows: () => AsyncIterable<ComposeRow>): AsyncIterable<Composed>
}

/** What kind of things a source holds; commands ask this, never the id. */
export type Holds = 'files' | 'mail' | 'contacts' | 'calendar' | 'tasks' | 'notes' | 'recordings'

/** Settings of a source as they come from the configuration, after validation by the source's own schema. */
export type SourceSettings = { readonly [key: string]: Json }

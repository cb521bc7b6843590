import type { Checksum } from './checksum.ts'
import type { JsonObject } from './json.ts'

/**
 * Why a provider gives no bytes of an item: a closed list, so that reports and tests can count on it.
 * They are facts about the item, not failures, and a rerun does not mend them; but what was forbidden or protected when it was fetched is asked for again
 * in later runs, since a person may have lifted that.
 */
export type UnexportableReason =
  | 'no-export' // the service offers no download of this kind of thing (Forms, Sites, My Maps)
  | 'download-forbidden' // its owner or the organisation forbids downloading
  | 'flagged-abusive' // the service holds it back as malware or spam
  | 'encrypted' // encrypted by a client that we are not
  | 'third-party' // lives in another company's app
  | 'too-large' // the service cannot export something of this size
  | 'elsewhere' // another source of the archive holds it
  | 'password-protected'

export interface Unexportable {
  readonly reason: UnexportableReason
  /** A sentence for the person, without the item's name. */
  readonly message: string
}

/** How the content of a part is looked at before it is believed, where the provider gives no checksum. */
export type Format = 'zip' | 'pdf' | 'html' | 'text' | 'json' | 'png' | 'jpeg' | 'svg' | 'mp4' | 'm4a' | 'mp3' | 'vtt'

/** What becomes one local file. Most items have one part; a document saved as docx and as pdf has two; a folder none. */
export interface Part {
  /** Stable within the item, e.g. `file`, `docx`, `pdf`. Never empty. */
  readonly key: string
  /** The original file name, with extension, exactly as the provider has it. Absent: learned with the content. */
  readonly name?: string
  /** Bytes, where the listing knows them. */
  readonly size?: number
  readonly checksums?: readonly Checksum[]
  /** Checked in the finished draft, before it gets its final name. */
  readonly format?: Format
  /** The whole content (UTF-8), where the listing already carries it: nothing is fetched then. */
  readonly inline?: string
}

/**
 * - `file`: has bytes in one or more parts
 * - `folder`: holds others; becomes a local folder
 * - `place`: a folder that we made up ("Shared with me"); not counted as an item
 * - `record`: known by its details alone (a contact); its source composes files from the records
 */
export type ItemKind = 'file' | 'folder' | 'place' | 'record'

/** One thing at a source, as its provider lists it. A value: nothing in it changes after it was made. */
export interface Item {
  /** The provider's lasting id; where the protocol has only paths, the path. Unique within the source. */
  readonly id: string
  readonly kind: ItemKind
  /** Equal versions mean equal bytes of all parts. For a folder: equal means nothing below changed, or a constant where that is not known. */
  readonly version: string
  /** The name that the person knows, exactly as the provider has it. Absent: learned with the content. */
  readonly name?: string
  /** Id of the folder or place that holds it, in any order of arrival. Absent: directly below the source's own folder. */
  readonly parent?: string
  /** Id of the place that takes it when `parent` never arrives or the parents form a circle. Absent: the source's own folder. */
  readonly fallback?: string
  /** Ready folder names below the source's own folder, instead of `parent`; the folders come into being as needed. */
  readonly path?: readonly string[]
  /** Milliseconds since 1970; becomes the local file's modification time. */
  readonly modified?: number
  readonly parts: readonly Part[]
  readonly unexportable?: Unexportable
  /** Not taken because of the source's settings: why, as a short phrase. */
  readonly excluded?: string
  /** Not ready at the provider yet (still processing): why. The item stays pending. */
  readonly waiting?: string
  /** Milliseconds since 1970: from then on the provider removes it by itself (retention rules). What goes soonest is taken first. */
  readonly expires?: number
  /**
   * Its place among what does not expire, a whole number: lower goes first, equals in the order in which they were listed. For what can least be recovered
   * (one's own before what others share). A source needs a handful of them. Absent: what an earlier listing said, else 0.
   */
  readonly rank?: number
  /** The page that shows the item in a browser; an address without any authority of its own. */
  readonly link?: string
  /** For providers without lasting ids: equal twins are one file that moved (an inner id of the server, say). */
  readonly twin?: string
  /** For the metadata line: owner, sharing, labels, links. Never secrets or signed addresses. */
  readonly details: JsonObject
}

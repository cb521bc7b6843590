import { z } from 'zod'
import type { Checksum } from '../core/checksum.ts'
import type { Item, ItemKind, Part, Unexportable } from '../core/item.ts'
import type { JsonObject } from '../core/json.ts'

/** Where an item stands in the journal. The contract's `unchanged` is `saved` in an earlier run. */
export type StoredState = 'pending' | 'saved' | 'unexportable' | 'excluded' | 'gone' | 'failed'

/** A row of `item` as SQLite gives it. */
export interface ItemRow {
  readonly n: number
  readonly source: number
  readonly id: string
  readonly stream: string
  readonly kind: ItemKind
  readonly version: string
  readonly folder_version: string | null
  readonly name: string | null
  readonly parent: string | null
  readonly fallback: string | null
  readonly dir: number | null
  readonly modified: number | null
  readonly link: string | null
  readonly twin: string | null
  readonly parts: string
  readonly details: string
  readonly unexportable: string | null
  readonly excluded: string | null
  readonly waiting: string | null
  readonly generation: number
  readonly state: StoredState
  readonly reason: string | null
  readonly hint: string | null
  readonly failure: string | null
  readonly run: number
  readonly missing: number | null
  readonly vanished: number | null
  readonly expires: number | null
  readonly rank: number
}

/** A row of `entry`: one name in one folder, of a folder (key '') or of a part. */
export interface EntryRow {
  readonly item: number
  readonly key: string
  readonly dir: number
  readonly name: string
  readonly fold: string
  readonly local: string
  readonly local_fold: string
  readonly living: 0 | 1
  readonly disk_dir: number | null
  readonly disk: string | null
  readonly bytes: number | null
  readonly sha256: string | null
  readonly version: string | null
  readonly modified: number | null
  /** When its bytes were last saved, milliseconds since 1970. */
  readonly saved: number | null
  readonly intent: string | null
  readonly draft: string | null
}

/** What a save is about to do: committed before the rename, so that a crash in between can be finished. */
export interface Intent {
  readonly dir: number
  readonly local: string
  readonly bytes: number
  readonly sha256: string
  readonly checksum?: Checksum
  readonly version: string
  readonly modified?: number
  /** The draft that is renamed; absent for a move of what stands on disk already. */
  readonly draft?: string
}

const draftNote = z.object({
  /** Bytes that were safe on disk when this was written. */
  length: z.number().int().nonnegative(),
  /** The `Content.version` that they belong to, and the item's version then. */
  version: z.string().exactOptional(),
  itemVersion: z.string(),
  resume: z.string().exactOptional(),
})

/** What is known of an unfinished download. */
export type DraftNote = Readonly<z.infer<typeof draftNote>>

/** Undefined where nothing is known, or the note is damaged: then the download begins anew. */
export function draftNoteOf({ draft }: Pick<EntryRow, 'draft'>): DraftNote | undefined {
  if (draft === null) return undefined
  try {
    return draftNote.safeParse(JSON.parse(draft)).data
  } catch {
    return undefined
  }
}

/** What the journal keeps of a refusal that a download met; one that a listing stated is just {@link Unexportable}. */
export interface Refusal extends Unexportable {
  readonly atFetch?: true
  /** All parts that were asked for, those refused among them. */
  readonly asked?: readonly Part[]
}

/** The refusal that a download met. */
export function refusalOf(row: Pick<ItemRow, 'unexportable'>): Refusal | undefined {
  const refusal = row.unexportable === null ? undefined : (JSON.parse(row.unexportable) as Refusal)
  return refusal?.atFetch === true ? refusal : undefined
}

/** The item of a row, as its provider listed it. */
export function itemOf(row: ItemRow): Item {
  return {
    id: row.id,
    kind: row.kind,
    version: row.version,
    ...(row.name !== null && { name: row.name }),
    ...(row.parent !== null && { parent: row.parent }),
    ...(row.fallback !== null && { fallback: row.fallback }),
    ...(row.modified !== null && { modified: row.modified }),
    parts: partsOf(row),
    ...(row.unexportable !== null && { unexportable: JSON.parse(row.unexportable) as Unexportable }),
    ...(row.excluded !== null && { excluded: row.excluded }),
    ...(row.waiting !== null && { waiting: row.waiting }),
    ...(row.expires !== null && { expires: row.expires }),
    ...(row.rank !== 0 && { rank: row.rank }),
    ...(row.link !== null && { link: row.link }),
    ...(row.twin !== null && { twin: row.twin }),
    details: JSON.parse(row.details) as JsonObject,
  }
}

export function partsOf(row: Pick<ItemRow, 'parts'>): readonly Part[] {
  return JSON.parse(row.parts) as Part[]
}

import type { JsonObject } from './json.ts'
import type { Localised } from './language.ts'
import type { Connection } from './provider.ts'

/** How a thing to do before the account ends stands: as far as the program sees it; `look`: only a person can say. */
export const leaveStates = ['done', 'to-do', 'look', 'unknown'] as const

export type LeaveState = (typeof leaveStates)[number]

/** The parts of the checklist, in the order in which they are shown. */
export const leaveSections = ['backups', 'mail', 'accounts-elsewhere', 'shared-files', 'services', 'organisation'] as const

export type LeaveSection = (typeof leaveSections)[number]

/** What to do next: any of a command of this program, words, a page, and a file of the archive (relative, `/` between components). */
export interface LeaveStep {
  readonly command?: string
  readonly text?: Localised
  readonly page?: string
  readonly file?: string
}

/** A line of the leaver's checklist. */
export interface LeaveLine {
  readonly section: LeaveSection
  /** What it is about, stable: `mail-forwarding`. Several lines may share it. */
  readonly about: string
  readonly state: LeaveState
  readonly what: Localised
  /** Why it stands so: one sentence or two. */
  readonly why: Localised
  readonly next: readonly LeaveStep[]
  /** For scripts. Never secrets. */
  readonly facts?: JsonObject
}

/** An item as it was listed last. */
export interface ListedItem {
  readonly id: string
  readonly name: string | undefined
  /** The id of the folder that it lies in. */
  readonly parent: string | undefined
  readonly details: JsonObject
}

/** What the archive remembers of an account, by the ids of its provider's sources. */
export interface Remembered {
  /** When the source was last listed to its end, milliseconds since 1970; undefined: never. */
  listed(source: string): number | undefined
  /** Undefined: not known, or no longer there. */
  item(source: string, id: string): ListedItem | undefined
  items(source: string): Iterable<ListedItem>
}

/** Whose a mail address is, told by its domain: the account's own, of the organisation at which the account ends, or neither. */
export type AddressStanding = 'own' | 'organisation' | 'elsewhere'

export interface LeavingRequest {
  /** Absent: nobody is signed in, and only what is remembered can be said. */
  readonly connection?: Connection
  /** The rights of the sign-in. */
  readonly granted: readonly string[]
  /** Ids of the sources that the settings choose. */
  readonly sources: readonly string[]
  readonly remembered: Remembered
  standing(address: string): AddressStanding
  /** When the account ends, milliseconds since 1970, where that is known. */
  readonly ends: number | undefined
  /** What the organisation says of mail to the address after the last day. */
  readonly forwarding?:
    | { readonly days?: number | undefined; readonly text: Localised; readonly page?: string | undefined }
    | undefined
  readonly signal: AbortSignal
}

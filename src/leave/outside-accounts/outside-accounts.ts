/** What a message says of an account elsewhere; everything that says nothing of one is `other`. */
export const evidenceKinds = ['federated', 'security', 'registration', 'receipt', 'newsletter'] as const

export type EvidenceKind = (typeof evidenceKinds)[number]

export type MessageKind = EvidenceKind | 'other'

/** What sort of service it is, where that changes how much hangs on it. */
export type ServiceCategory = 'government' | 'finance' | 'identity' | 'communication' | 'shop' | 'other'

/**
 * What to do, in the order in which it should be done; the sentences stand in `words.accountsElsewhere.advice`.
 * - `set-password`: it is entered with the dying account's own sign-in ("Sign in with Google"): give it a way in of its own first
 * - `change-address`: change the address in its settings before the last day
 * - `renew-second-factor`: its codes or alarms go to the address
 * - `save-receipts`: it has sent bills or bookings: change the address, and download what it keeps
 * - `unsubscribe`: only bulk mail was seen: change the address if there is an account, or unsubscribe
 */
export type Advice = 'set-password' | 'change-address' | 'renew-second-factor' | 'save-receipts' | 'unsubscribe'

/** A saved message that shows something about a service. */
export interface EvidenceMessage {
  readonly kind: EvidenceKind
  /** Relative to the archive, `/` between components. */
  readonly path: string
  readonly subject: string
  /** The sender's address. */
  readonly from: string
  /** When it was received, milliseconds since 1970; 0: not known. */
  readonly date: number
  /** Why it was taken for this kind: names of features, strongest first (`words.accountsElsewhere.features`). */
  readonly reasons: readonly string[]
}

/** A service at which the person seems to have an account under the address. */
export interface OutsideService {
  /** Organisational domain (`example.co.jp`), or, where a message shows only the name of an app, that name; see `named`. */
  readonly domain: string
  /** As it calls itself. */
  readonly name: string
  /** True: `domain` is no domain but a name that a sign-in service mentioned. */
  readonly named: boolean
  readonly category: ServiceCategory
  /** Messages by kind; kinds without any are absent. */
  readonly kinds: Readonly<Partial<Record<EvidenceKind, number>>>
  /** At most one a kind, the strongest and latest, in the order of `evidenceKinds`. */
  readonly evidence: readonly EvidenceMessage[]
  /** Milliseconds since 1970; 0: not known. */
  readonly firstSeen: number
  readonly lastSeen: number
  readonly messages: number
  /** `certain`: says itself that there is an account. `likely`: a receipt, or weaker words. `possible`: bulk mail only, or a sender that nobody vouched for. */
  readonly confidence: 'certain' | 'likely' | 'possible'
  /** With whose sign-in it is entered ("Google"), where a message says so. */
  readonly signInWith?: string
  readonly advice: readonly Advice[]
}

/** Why a message was not believed; the sentences stand in `words.accountsElsewhere.doubts`. */
export type Doubt =
  | 'failed-authentication' // the receiver's check of the sender's domain failed
  | 'lookalike-domain' // a domain made to look like a known one
  | 'brand-in-name' // the display name is a brand's, the address is not
  | 'foreign-links' // its links lead to another organisation than the sender's
  | 'disguised-link' // a link shows one address and leads to another
  | 'odd-link' // a link to a bare IP address, with a user name, or through a free host
  | 'threat' // presses and threatens, in words of known frauds
  | 'reply-elsewhere' // answers go to a free mail address of somebody else
  | 'spam-folder' // the provider put it into spam

/** A message that looks like one of a service and is no evidence: it may be forged. */
export interface DoubtfulMessage {
  readonly path: string
  readonly subject: string
  readonly from: string
  readonly date: number
  /** What it claims to be. */
  readonly kind: EvidenceKind
  readonly why: readonly Doubt[]
}

export interface OutsideAccounts {
  /** Messages that the archive's sources of mail hold on disk. 0: no mail was ever backed up, and nothing is known. */
  readonly messages: number
  /** Those that were looked at in this run or an earlier one. */
  readonly read: number
  /** Messages whose file is missing or cannot be read; `holdall verify` names them. */
  readonly unreadable: number
  /** Messages known and not saved yet: what they show is not in the list. */
  readonly unsaved: number
  /** Sources of mail, ACCOUNT/SOURCE. Empty: no mail was ever backed up. */
  readonly sources: readonly string[]
  /** What matters most first. */
  readonly services: readonly OutsideService[]
  /** The latest ones, at most 200; `doubtfulMessages` counts all. */
  readonly doubtful: readonly DoubtfulMessage[]
  readonly doubtfulMessages: number
}

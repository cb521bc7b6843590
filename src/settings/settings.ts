import type { Language } from '../core/language.ts'
import type { SourceSettings } from '../core/source.ts'
import type { ProxySettings } from './environment.ts'
import type { Profile } from './profile/load-profile.ts'
import type { AccountFacts } from './profile/profile-definition.ts'

/** The one complete value that the program works with: every default filled in, every path absolute, every unit plain. */
export interface Settings {
  /** The file they came from; absent when a command got only `--archive`. */
  readonly file: string | undefined
  /** The user's own folder for Holdall ($HOLDALL_HOME): tokens stand here where there is no keychain. */
  readonly folder: string
  readonly archive: string
  readonly profile: Profile | undefined
  /** In the order of the file. Empty only when there is no file. */
  readonly accounts: readonly AccountSettings[]
  readonly keepVersions: boolean
  /** Absent: the computer's. */
  readonly language: Language | undefined
  readonly limits: Limits
  readonly tokens: 'auto' | 'keychain' | 'file'
  readonly network: Network
}

export interface AccountSettings {
  readonly name: string
  /** The provider's id. */
  readonly provider: string
  /** The app that signs in; only where the provider signs in by OAuth. */
  readonly client: Client | undefined
  /** Only where the provider takes passwords, and only if it was given; else it is asked for or kept in the keychain. */
  readonly password: string | undefined
  /** Ids of the sources wanted, in the provider's order. */
  readonly sources: readonly string[]
  /** The provider's own keys. */
  readonly settings: SourceSettings
  /** What the organisation's profile says of accounts at this provider. */
  readonly facts: AccountFacts | undefined
  /** The settings of every source of the provider, by its id. */
  readonly options: Readonly<Record<string, SourceSettings>>
}

export interface Client {
  readonly id: string
  readonly secret: string | undefined
  /** Where it stands, as FILE:LINE:COLUMN, for messages. */
  readonly place: string | undefined
}

export interface Limits {
  /** Downloads at once, per account. */
  readonly transfers: number
  /** Bytes per second for everything together; undefined: no limit. */
  readonly bandwidth: number | undefined
  /** Milliseconds for which a request is tried again. */
  readonly retryFor: number
  /** Milliseconds without a byte after which a connection counts as dead. */
  readonly stall: number
  /** Milliseconds that a run waits while nothing answers at all. */
  readonly offline: number
}

export interface Network {
  /** A file of certificates (PEM) that are trusted besides the usual ones. */
  readonly ca: string | undefined
  readonly extraCa: string | undefined
  readonly proxy: ProxySettings
}

import type { Failure } from './failure.ts'
import type { Connection } from './provider.ts'

/** How a file of an account stands at this moment. */
export interface Holding {
  readonly id: string
  readonly name: string
  readonly folder: boolean
  /** Whether the person who signed in owns it. */
  readonly owned: boolean
  /** Mail addresses of its owners; empty where an organisation owns it. */
  readonly owners: readonly string[]
  /** Mail addresses of those who may read or change it, its owners aside. */
  readonly people: readonly string[]
  /** Who was offered it and has not accepted yet. */
  readonly offeredTo: readonly string[]
  /** The page that shows it. */
  readonly link: string | undefined
}

/** What became of an attempt. */
export type Given =
  /** The other owns it now. */
  | 'given'
  /** The other has to accept; until then nothing has changed. */
  | 'offered'

/** How files of a provider are given to others: the one thing that changes an account. */
export interface Ownership {
  /** Rights that it needs, asked for on that occasion alone and given back after it. */
  readonly scopes: readonly string[]
  /** Query parameters of the authorisation request that make it one for this occasion: nothing to renew it with comes back. */
  readonly parameters: Readonly<Record<string, string>>
  /** Throws a Failure: `gone` where there is no such file for this account. */
  look(connection: Connection, id: string, signal: AbortSignal): Promise<Holding>
  /** Gives a file to the person with this address. Throws a Failure that says why the service does not allow it. */
  give(connection: Connection, holding: Holding, to: string, signal: AbortSignal): Promise<Given>
  /** Why it could not be given, known before it is tried; undefined: nothing is known against it. */
  objection(holding: Holding, to: string, own: string): Failure | undefined
}

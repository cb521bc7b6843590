import type { JsonObject } from './json.ts'
import type { Localised } from './language.ts'

/** Who depends on something that the leaver owns. */
export interface Dependence {
  /** Mail addresses, where the service names them; those who may change it apart. `group`: an address of many. */
  readonly people: readonly { readonly address: string; readonly may: 'write' | 'read'; readonly group?: true }[]
  /** Open besides to everyone who has its address, or to the whole organisation. */
  readonly open?: 'anyone' | 'organisation'
  /** The service shares it with people whom the listing does not name. */
  readonly unnamed?: true
}

/**
 * - `transfer`: give it to a colleague who works on it, or move it to where the organisation owns it
 * - `download`: those who use it cannot own it: they take a copy, or get one
 * - `keep`: nobody in particular uses it; the archive's copy is enough
 */
export type Proposal = 'transfer' | 'download' | 'keep'

/** What a source can say of things that the account owns and others use. */
export interface Dependents {
  /** Undefined: nobody depends on it, or somebody else owns it. `own` is the address that signed in, where it is known. */
  of(details: JsonObject, own: string | undefined): Dependence | undefined
  /** How each proposal is carried out at this service. */
  readonly proposals: Readonly<Record<Proposal, { readonly text: Localised; readonly page: string }>>
}

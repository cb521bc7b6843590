import type { MicrosoftAccount } from '../account.ts'
import type { Consent } from './consent.ts'
import type { EntraGrants } from './grants.ts'

/** What all addresses of the Entra host share. */
export interface EntraService {
  /** Who may sign in, the practice account first. */
  accounts(): readonly MicrosoftAccount[]
  /** The one public client that is registered, with the redirect `http://localhost`. */
  readonly clientId: string
  readonly grants: EntraGrants
  readonly consent: Consent
  readonly now: () => number
  /** Seconds between two polls that a device code asks for. */
  readonly deviceIntervalSeconds: number
  /** The app is registered as a confidential one by mistake: "Allow public client flows" is off. */
  demandSecret: boolean
  /** With a slash at the end; known once the host listens. */
  root: string
}

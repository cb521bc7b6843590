import type { LibraryParty, LibrarySignIn } from '../core/provider.ts'
import type { OAuthParty } from './token-endpoint.ts'

/** A provider's library, and what it gets to work with. */
export interface LibrarySignInParty extends LibraryParty {
  readonly signIn: LibrarySignIn
}

/** Whom a sign-in through a browser talks to: an authorization server as the standards have it, or a provider's own library. */
export type SignInParty = OAuthParty | LibrarySignInParty

export const signsInByLibrary = (party: SignInParty): party is LibrarySignInParty => party.signIn.method === 'library'

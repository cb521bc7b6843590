import { Failure } from '../core/failure.ts'
import type { LibrarySignIn, OAuthSignIn } from '../core/provider.ts'

/**
 * The rights asked for that were not granted, in the order asked. People can untick boxes, and then a sign-in succeeds with less
 * than was asked (https://developers.google.com/identity/protocols/oauth2/resources/granular-permissions). The provider's sign-in says which wider rights
 * do as well.
 */
export const missingScopes = (
  asked: readonly string[],
  granted: readonly string[],
  { sameRights = (scope) => [scope] }: Pick<OAuthSignIn | LibrarySignIn, 'sameRights'> = {},
): readonly string[] => {
  const have = new Set(granted.map(canonical))
  return asked.filter((scope) => !silent.has(scope) && ![scope, ...sameRights(scope)].some((one) => have.has(canonical(one))))
}

/**
 * What a source says that lacks rights: exit 4, never an empty success.
 * `source` as ACCOUNT/SOURCE.
 */
export const missingRights = (account: string, source: string, missing: readonly string[]): Failure =>
  new Failure('signin', `${source} cannot be read: the sign-in was not given ${list(missing)}`, {
    hint: `sign in again and tick every box on the page that asks: holdall connect ${account}`,
    stops: 'source',
  })

/** OpenID's short names come back as the addresses of the same rights: `email` as `https://…/auth/userinfo.email`. */
const canonical = (scope: string): string => /^https:\/\/[^/]+\/auth\/userinfo\.(email|profile)$/.exec(scope)?.[1] ?? scope

/** Answered by a refresh token instead of a name in `scope` (OpenID Connect Core §11). */
const silent = new Set(['offline_access'])

const list = (scopes: readonly string[]): string => new Intl.ListFormat('en', { type: 'conjunction' }).format(scopes.map(short))

/** The end of a right that is an address: what people find again on the page that asks. */
const short = (scope: string): string => /^https:\/\/.*\/([^/]+)$/.exec(scope)?.[1] ?? scope

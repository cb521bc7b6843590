import { Failure } from '../core/failure.ts'
import type { Language, Localised } from '../core/language.ts'
import type { Explains, LibrarySignIn, OAuthSignIn } from '../core/provider.ts'

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
 * `source` as ACCOUNT/SOURCE; the provider says how a right is given.
 */
export const missingRights = (account: string, source: string, missing: readonly string[], signIn: Explains = {}): Failure => {
  const hint = howToGive(signIn, account)
  return Failure.in(
    'signin',
    {
      en: { message: `${source} cannot be read: the sign-in was not given ${list('en', missing)}`, hint: hint.en },
      ja: {
        message: `${source} を読み取れません。サインインで次の権限が与えられていません：${list('ja', missing)}`,
        hint: hint.ja,
      },
    },
    { stops: 'source' },
  )
}

/** What a person does to give a right: in the provider's words, since the pages differ. */
export const howToGive = (signIn: Explains, account: string): Localised => {
  const command = `holdall connect ${account}`
  return (
    signIn.giveRight?.(command) ?? {
      en: `sign in again and allow all that is asked: ${command}`,
      ja: `もう一度サインインし、求められた内容をすべて許可してください：${command}`,
    }
  )
}

/** The end of a right that is an address: what people find again on the page that asks. */
export const shortRight = (scope: string): string => /^https:\/\/.*\/([^/]+)$/.exec(scope)?.[1] ?? scope

/** OpenID's short names come back as the addresses of the same rights: `email` as `https://…/auth/userinfo.email`. */
const canonical = (scope: string): string => /^https:\/\/[^/]+\/auth\/userinfo\.(email|profile)$/.exec(scope)?.[1] ?? scope

/** Answered by a refresh token instead of a name in `scope` (OpenID Connect Core §11). */
const silent = new Set(['offline_access'])

const list = (language: Language, scopes: readonly string[]): string =>
  new Intl.ListFormat(language, { type: 'conjunction' }).format(scopes.map(shortRight))

import * as oauth from 'oauth4webapi'
import { Failure } from '../core/failure.ts'
import type { LibraryTokens, SignInLibrary } from '../core/provider.ts'
import { authorizationFailure } from './authorization-failure.ts'
import { type SignInParty, signsInByLibrary } from './sign-in-party.ts'
import { authorizationServer, type OAuthParty, tokenEndpoint } from './token-endpoint.ts'
import type { TokenSet } from './token-set.ts'

/** What the flows and the credentials ask of an authorization server or of a provider's library, in one form. Throws a Failure, or the signal's reason. */
export interface Authorization {
  /** Where the browser signs in. */
  address(request: {
    readonly redirectUri: string
    readonly scopes: readonly string[]
    readonly state: string
    readonly challenge: string
    readonly loginHint: string | undefined
    /** The WWW-Authenticate header of the 401 that made another sign-in necessary. */
    readonly demand?: string | undefined
  }): Promise<string>
  /** Makes tokens of the answer that the browser brought; the Failure that it states where it is an error. */
  redeem(request: {
    readonly answer: URLSearchParams
    readonly redirectUri: string
    readonly scopes: readonly string[]
    readonly state: string
    readonly verifier: string
    readonly demand?: string | undefined
    readonly signal: AbortSignal
  }): Promise<TokenSet>
  /**
   * `challenge` is the WWW-Authenticate header of the 401 that made it necessary. No signal: once sent, the old refresh token may be dead, and only the
   * answer holds the new one. Ends by itself.
   */
  renew(refreshToken: string, scopes: readonly string[], challenge: string | undefined): Promise<TokenSet>
  /** Ends the sign-in at the provider; also resolves where it had ended already, and where the provider has no way to. */
  revoke(token: string): Promise<void>
}

/** Loads the provider's library, where it signs in by one. */
export const authorizationOf = async (party: SignInParty): Promise<Authorization> =>
  signsInByLibrary(party) ? byLibrary(await party.signIn.open(party)) : byServer(party)

const byLibrary = (library: SignInLibrary): Authorization => ({
  address: ({ demand, ...request }) => library.authorizationAddress({ ...request, ...claimsIn(library, demand) }),
  redeem: async ({ demand, ...request }) => tokenSetOf(await library.redeem({ ...request, ...claimsIn(library, demand) })),
  renew: async (memory, scopes, challenge) =>
    tokenSetOf(await library.renew({ memory, scopes, ...claimsIn(library, challenge) })),
  revoke: async () => undefined,
})

/** What a library asks for besides, where a 401 named it. */
export const claimsIn = (library: SignInLibrary, challenge: string | undefined): { readonly claims?: string } => {
  const claims = challenge === undefined ? undefined : library.claimsOf(challenge)
  return claims === undefined ? {} : { claims }
}

/** Whether a 401 asks for something that only another sign-in by the person can bring; where the standards are all there is, none does. */
export const asksForMore = async (party: SignInParty, challenge: string): Promise<boolean> =>
  signsInByLibrary(party) && (await party.signIn.open(party)).claimsOf(challenge) !== undefined

/** What a library must be given again stands in the place of the refresh token: both are what a sign-in is renewed with. */
export const tokenSetOf = ({ memory, ...tokens }: LibraryTokens): TokenSet => ({
  ...tokens,
  ...(memory === undefined ? {} : { refreshToken: memory }),
  tokenType: 'bearer',
})

const byServer = (party: OAuthParty): Authorization => {
  const endpoint = tokenEndpoint(party)
  return {
    address: async ({ redirectUri, scopes, state, challenge, loginHint }) => {
      const url = new URL(authorizationServer(party).authorization_endpoint ?? '')
      const parameters = {
        ...party.signIn.parameters,
        response_type: 'code',
        client_id: party.client.id,
        redirect_uri: redirectUri,
        ...(party.signIn.scopesFromApp === true ? {} : { scope: scopes.join(' ') }),
        state,
        code_challenge: challenge,
        code_challenge_method: 'S256',
        ...(loginHint === undefined || party.signIn.takesLoginHint === false ? {} : { login_hint: loginHint }),
      }
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
      return url.href
    },
    redeem: async ({ answer, redirectUri, scopes, state, verifier, signal }) =>
      endpoint.exchange(acceptedCode(party, answer, state), redirectUri, verifier, scopes, signal),
    renew: (refreshToken, scopes) => endpoint.refresh(refreshToken, scopes),
    revoke: endpoint.revoke,
  }
}

const acceptedCode = (party: OAuthParty, parameters: URLSearchParams, state: string): URLSearchParams => {
  // `iss` (RFC 9207) tells several authorization servers apart; one account here has one, named by its provider.
  const answer = new URLSearchParams(parameters)
  answer.delete('iss')
  try {
    return oauth.validateAuthResponse(authorizationServer(party), { client_id: party.client.id }, answer, state)
  } catch (error) {
    if (error instanceof oauth.AuthorizationResponseError) {
      throw authorizationFailure(party.signIn, {
        code: error.error,
        ...(error.error_description === undefined ? {} : { description: error.error_description }),
        ...(answer.has('error_subtype') ? { subtype: answer.get('error_subtype') ?? '' } : {}),
        secrets: [state, ...(party.client.secret === undefined ? [] : [party.client.secret])],
      })
    }
    // oauth4webapi's error holds the parameters, the code among them
    throw Failure.in('signin', {
      en: { message: 'the answer of the service to the sign-in could not be understood', hint: 'sign in again' },
      ja: {
        message: 'サインインに対するサービスの応答を理解できませんでした',
        hint: 'もう一度サインインしてください',
      },
    })
  }
}

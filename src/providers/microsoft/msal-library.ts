import {
  type AccountInfo,
  AuthError,
  type AuthenticationResult,
  InteractionRequiredAuthError,
  PublicClientApplication,
} from '@azure/msal-node'
import { Failure } from '../../core/failure.ts'
import type { LibraryParty, LibraryTokens, SignInLibrary } from '../../core/provider.ts'
import { endOf, readMemory, renewable, writeMemory } from './msal-memory.ts'
import { type MsalNetwork, msalNetwork } from './msal-network.ts'
import { claimsOf } from './sign-in-claims.ts'
import { type EntraContext, entraFailure } from './sign-in-errors.ts'
import { checkTenant, directoryOf, isDomain, namesDirectory } from './sign-in-tenant.ts'

/** MSAL asks for these by itself: they are not of Graph. */
const ownScopes = new Set(['openid', 'profile', 'offline_access', 'email'])

const graphScopes = (scopes: readonly string[]): string[] => scopes.filter((scope) => !ownScopes.has(scope))

/**
 * Microsoft's own sign-in library, made anew for each step: it keeps nothing between them that could refuse the next one, and what it must remember is
 * handed out and in as text, so that one lock and one store keep it for all processes.
 */
export async function openMsal(party: LibraryParty): Promise<SignInLibrary> {
  const tenant = String(party.settings.tenant ?? 'common').toLowerCase()
  const authority = party.endpoints.authority!
  const context: EntraContext = { authority, tenant, clientId: party.client.id }

  const step = async <T>(
    work: (app: PublicClientApplication, network: MsalNetwork) => Promise<T>,
    { signal, directory = tenant }: { readonly signal?: AbortSignal; readonly directory?: string } = {},
  ): Promise<T> => {
    const network = msalNetwork({ party, context, signal })
    try {
      const app = new PublicClientApplication({
        auth: {
          clientId: party.client.id,
          authority: new URL(directory, authority).href,
          // No question to the worldwide cloud about which hosts are to be trusted.
          knownAuthorities: [new URL(authority).host],
          // We answer claims challenges: https://learn.microsoft.com/entra/identity-platform/claims-challenge#how-to-use-the-cp1-client-capability
          clientCapabilities: ['CP1'],
        },
        system: { networkClient: network.client },
      })
      return await work(app, network)
    } catch (error) {
      if (signal?.aborted) throw signal.reason
      throw error instanceof Failure ? error : (network.failure() ?? msalFailure(error))
    }
  }

  /** What the store keeps of an answer. */
  const tokensOf = (app: PublicClientApplication, result: AuthenticationResult, asked: readonly string[]): LibraryTokens => {
    const cache = app.getTokenCache().serialize()
    const ends = endOf(cache)
    return {
      accessToken: result.accessToken,
      // Lifetimes are stated (https://learn.microsoft.com/entra/identity-platform/access-tokens#token-lifetime); an hour is the least of them.
      expiresAt: result.expiresOn?.getTime() ?? party.clock.now() + 3_600_000,
      scopes: namedAsAsked(result.scopes, asked),
      ...(renewable(cache) ? { memory: writeMemory({ tenant: directoryIn(result), cache }) } : {}),
      ...(ends === undefined ? {} : { signInEndsAt: ends }),
    }
  }

  /** The first tokens of a sign-in: only those of the right directory are handed on. */
  const signedIn = async (
    app: PublicClientApplication,
    network: MsalNetwork,
    result: AuthenticationResult | null,
    asked: readonly string[],
  ): Promise<LibraryTokens> => {
    if (result === null || result.accessToken === '')
      throw new Failure('corrupt', 'Microsoft’s answer to the sign-in holds no token')
    checkTenant(tenant, directoryIn(result), isDomain(tenant) ? await directoryNamed(network) : undefined)
    return tokensOf(app, result, asked)
  }

  let named: string | undefined
  /** The id of the one directory that `tenant` names. Throws where there is none. */
  const directoryNamed = async ({ client }: MsalNetwork): Promise<string> => {
    if (named !== undefined) return named
    const url = new URL(`${tenant}/v2.0/.well-known/openid-configuration`, authority).href
    const { body } = await client.sendGetRequestAsync<{ readonly issuer?: unknown }>(url)
    named = directoryOf(body.issuer)
    if (named === undefined) throw new Failure('corrupt', `Microsoft does not say which organisation ${tenant} is`)
    return named
  }

  return {
    authorizationAddress: ({ redirectUri, scopes, state, challenge, loginHint, claims }) =>
      step(async (app, network) => {
        // A directory that does not exist is known now: the page would tell the person alone, and we would wait.
        if (namesDirectory(tenant)) await directoryNamed(network)
        return app.getAuthCodeUrl({
          scopes: graphScopes(scopes),
          redirectUri,
          state,
          codeChallenge: challenge,
          codeChallengeMethod: 'S256',
          responseMode: 'query',
          // Without a name the page would take whoever is signed in to this browser.
          ...(loginHint === undefined ? { prompt: 'select_account' } : { loginHint }),
          ...(claims === undefined ? {} : { claims }),
        })
      }),

    redeem: ({ answer, redirectUri, scopes, verifier, claims, signal }) =>
      step(
        async (app, network) => {
          const error = answer.get('error')
          if (error !== null) throw entraFailure({ error, description: answer.get('error_description') ?? undefined }, context)
          const result = await app.acquireTokenByCode({
            code: answer.get('code') ?? '',
            scopes: graphScopes(scopes),
            redirectUri,
            codeVerifier: verifier,
            clientInfo: answer.get('client_info') ?? '',
            ...(claims === undefined ? {} : { claims }),
          })
          return signedIn(app, network, result, scopes)
        },
        { signal },
      ),

    signInByDevice: ({ scopes, announce, claims, signal }) =>
      step(
        async (app, network) => {
          const result = await app.acquireTokenByDeviceCode({
            scopes: graphScopes(scopes),
            deviceCodeCallback: ({ verificationUri, userCode }) => announce({ address: verificationUri, userCode }),
            ...(claims === undefined ? {} : { claims }),
          })
          return signedIn(app, network, result, scopes)
        },
        { signal },
      ),

    renew: async ({ memory, scopes, claims }) => {
      const { tenant: directory, cache } = readMemory(memory)
      checkTenant(tenant, directory)
      return step(
        async (app) => {
          app.getTokenCache().deserialize(cache)
          const result = await app.acquireTokenSilent({
            account: onlyAccount(await app.getTokenCache().getAllAccounts()),
            scopes: graphScopes(scopes),
            // The caller has looked at the token that it has.
            forceRefresh: true,
            ...(claims === undefined ? {} : { claims }),
          })
          if (directoryIn(result) !== directory)
            throw new Failure('corrupt', 'Microsoft renewed the sign-in of another organisation')
          return tokensOf(app, result, scopes)
        },
        { directory },
      )
    },

    claimsOf,
  }
}

const onlyAccount = (accounts: readonly AccountInfo[]): AccountInfo => {
  const [account, second] = accounts
  if (account === undefined || second !== undefined)
    throw new Failure('signin', 'what is kept of the sign-in at Microsoft does not name its account', { hint: 'sign in again' })
  return account
}

function directoryIn({ tenantId, account }: AuthenticationResult): string {
  const id = tenantId || account?.tenantId
  if (id === undefined || id === '')
    throw new Failure('corrupt', 'Microsoft does not say which organisation the account belongs to')
  return id.toLowerCase()
}

/** Rights come back with or without the address of Graph before them, and in any letter case: https://learn.microsoft.com/entra/identity-platform/scopes-oidc */
function namedAsAsked(granted: readonly string[], asked: readonly string[]): string[] {
  const names = new Map(asked.map((scope) => [scope.toLowerCase(), scope]))
  return granted.map((scope) => {
    const short = scope.replace(/^https:\/\/graph\.microsoft\.com\//i, '')
    return names.get(short.toLowerCase()) ?? short
  })
}

/** What MSAL itself finds wrong. Its messages may quote what it was given, so only its code goes on. */
function msalFailure(error: unknown): Failure {
  if (!(error instanceof AuthError)) return Failure.from(error)
  const code = /^\w{1,60}$/.test(error.errorCode) ? error.errorCode : 'unknown'
  const failed = (en: string, ja: string, next = { en: 'sign in again', ja: 'もう一度サインインしてください' }) =>
    Failure.in('signin', { en: { message: en, hint: next.en }, ja: { message: ja, hint: next.ja } }, { refusal: { code } })
  if (error instanceof InteractionRequiredAuthError || code === 'no_account_in_silent_request')
    return failed(`the sign-in at Microsoft has ended (${code})`, `Microsoft へのサインインの期限が切れました（${code}）`)
  if (/device_code_expired|user_timeout_reached/.test(code))
    return failed('nobody signed in before the code ended', 'コードの有効期限までにサインインが行われませんでした', {
      en: 'run the same command again when you are ready',
      ja: '準備ができたら、同じコマンドをもう一度実行してください',
    })
  return failed(
    `Microsoft's answer to the sign-in could not be used (${code})`,
    `サインインに対する Microsoft の応答を利用できませんでした（${code}）`,
  )
}

import * as oauth from 'oauth4webapi'
import type { Clock } from '../core/clock.ts'
import { Failure } from '../core/failure.ts'
import type { Endpoints, OAuthSignIn } from '../core/provider.ts'
import { networkFailure } from '../http/network-failure.ts'
import { retryAfter } from '../http/retry-after.ts'
import { authorizationFailure } from './authorization-failure.ts'
import { clientAuthentication } from './client-authentication.ts'
import type { TokenSet } from './token-set.ts'

/** A client registered at the provider. Public ones have no secret. */
export interface OAuthClient {
  readonly id: string
  readonly secret?: string | undefined
}

/** The fetch of the web, or of undici with a dispatcher: it sends without credentials, without retries and follows no redirect. */
export type SignInFetch = (
  url: string,
  init: {
    readonly method: string
    readonly headers: Record<string, string>
    readonly body: URLSearchParams
    readonly redirect: 'manual'
    readonly signal?: AbortSignal
  },
) => Promise<SignInAnswer>

export interface SignInAnswer {
  readonly status: number
  readonly headers: Iterable<[string, string]>
  readonly body: AsyncIterable<Uint8Array> | null
}

/** Whom a flow talks to, and how. */
export interface OAuthParty {
  readonly signIn: OAuthSignIn
  readonly endpoints: Endpoints
  readonly client: OAuthClient
  readonly fetch: SignInFetch
  readonly clock: Clock
}

export interface TokenEndpoint {
  exchange(
    answer: URLSearchParams,
    redirectUri: string,
    verifier: string,
    scopes: readonly string[],
    signal: AbortSignal,
  ): Promise<TokenSet>
  /** No signal: once sent, the old refresh token may be dead, and only the answer holds the new one. Ends by itself after 60 s. */
  refresh(refreshToken: string, scopes: readonly string[]): Promise<TokenSet>
  startDevice(scopes: readonly string[], signal: AbortSignal): Promise<oauth.DeviceAuthorizationResponse>
  /** The sign-in, or why there is none yet. */
  pollDevice(deviceCode: string, scopes: readonly string[], signal: AbortSignal): Promise<TokenSet | 'pending' | 'slow-down'>
  /** Ends the sign-in at the provider; also resolves where it had ended already, and where the provider has no way to. */
  revoke(token: string): Promise<void>
}

/** The authorization server in the form that oauth4webapi takes. */
export const authorizationServer = ({
  signIn,
  endpoints,
}: Pick<OAuthParty, 'signIn' | 'endpoints'>): oauth.AuthorizationServer => {
  const authorization = endpointOf(endpoints, signIn.authorizationEndpoint)
  return {
    issuer: new URL(authorization).origin,
    authorization_endpoint: authorization,
    token_endpoint: endpointOf(endpoints, signIn.tokenEndpoint),
    ...(signIn.revocationEndpoint === undefined ? {} : { revocation_endpoint: endpointOf(endpoints, signIn.revocationEndpoint) }),
    ...(signIn.deviceAuthorizationEndpoint === undefined
      ? {}
      : { device_authorization_endpoint: endpointOf(endpoints, signIn.deviceAuthorizationEndpoint) }),
  }
}

/** What a flow asks of the token endpoint and its neighbours. Throws a Failure only, without the secrets that went there or came back. */
export const tokenEndpoint = (party: OAuthParty): TokenEndpoint => {
  const { signIn, clock } = party
  const server = authorizationServer(party)
  const client: oauth.Client = { client_id: party.client.id }
  const secret = party.client.secret
  const authentication = clientAuthentication(signIn, secret)

  /** Sends one request; what goes wrong becomes a Failure. `secrets` are what must not come back in a message. */
  const ask = async <T>(request: {
    readonly url: string | undefined
    readonly signal: AbortSignal
    readonly secrets: readonly string[]
    readonly send: (options: oauth.TokenEndpointRequestOptions) => Promise<Response>
    readonly read: (answer: Response) => Promise<T>
  }): Promise<T> => {
    const host = new URL(request.url ?? server.token_endpoint ?? server.issuer).host
    const options: oauth.TokenEndpointRequestOptions = {
      signal: request.signal,
      [oauth.customFetch]: async (url, init) => plainAnswer(await party.fetch(url, init)),
      [oauth.allowInsecureRequests]: isLoopback(request.url),
    }
    let answer: Response
    try {
      answer = await request.send(options)
    } catch (error) {
      throw unanswered(error, host, request.signal)
    }
    const { status } = answer
    if (status === 429 || status >= 500) throw busy(host, status, answer.headers.get('retry-after') ?? undefined, clock)
    try {
      return await request.read(answer)
    } catch (error) {
      if (error instanceof oauth.ResponseBodyError) {
        // `reason` is no standard's, but what some services say instead.
        const { error: code, error_description, reason, error_subtype: subtype } = error.cause
        const description = error_description ?? reason
        const traceId = signIn.traceHeader === undefined ? null : answer.headers.get(signIn.traceHeader)
        throw authorizationFailure(signIn, {
          code: String(code),
          ...(traceId === null ? {} : { traceId }),
          ...(typeof description === 'string' ? { description } : {}),
          ...(typeof subtype === 'string' ? { subtype } : {}),
          secrets: [...request.secrets, ...(secret === undefined ? [] : [secret])],
        })
      }
      if (status === 401) throw authorizationFailure(signIn, { code: 'invalid_client', secrets: [] })
      // oauth4webapi's errors carry the answer, and the answer carries tokens: nothing of them goes on.
      throw new Failure('corrupt', `${host} answered the sign-in with something else than tokens (status ${status})`, {
        hint: 'if this network has a login page, open it in a browser first, then run the same command again',
      })
    }
  }

  /** ID tokens are taken out before oauth4webapi sees them: which issuer signs them differs from tenant to tenant, and nothing here trusts them. */
  const tokens =
    (scopes: readonly string[], asked: number, process: (answer: Response) => Promise<oauth.TokenEndpointResponse>) =>
    async (answer: Response): Promise<TokenSet> => {
      const { rest, idToken } = await withoutIdToken(answer)
      const body = await process(rest)
      const ends = body.refresh_token_expires_in
      return {
        accessToken: body.access_token,
        // RFC 6749 §5.1 lets the lifetime be left out; an hour is what the services known to us give.
        expiresAt: asked + (body.expires_in ?? 3600) * 1000,
        ...(body.refresh_token === undefined ? {} : { refreshToken: body.refresh_token }),
        scopes: body.scope === undefined ? scopes : body.scope.split(' ').filter((scope) => scope !== ''),
        tokenType: body.token_type,
        ...(typeof ends === 'number' ? { signInEndsAt: asked + ends * 1000 } : {}),
        ...(idToken === undefined ? {} : { idToken }),
      }
    }

  return {
    exchange: (answer, redirectUri, verifier, scopes, signal) =>
      ask({
        url: server.token_endpoint,
        signal,
        secrets: [answer.get('code') ?? '', verifier],
        send: (options) =>
          oauth.authorizationCodeGrantRequest(server, client, authentication, answer, redirectUri, verifier, options),
        read: tokens(scopes, clock.now(), (body) => oauth.processAuthorizationCodeResponse(server, client, body)),
      }),

    refresh: (refreshToken, scopes) =>
      ask({
        url: server.token_endpoint,
        signal: AbortSignal.timeout(60_000),
        secrets: [refreshToken],
        send: (options) => oauth.refreshTokenGrantRequest(server, client, authentication, refreshToken, options),
        read: tokens(scopes, clock.now(), (body) => oauth.processRefreshTokenResponse(server, client, body)),
      }),

    startDevice: (scopes, signal) =>
      ask({
        url: server.device_authorization_endpoint,
        signal,
        secrets: [],
        send: (options) =>
          oauth.deviceAuthorizationRequest(
            server,
            client,
            authentication,
            { ...signIn.parameters, ...(signIn.scopesFromApp === true ? {} : { scope: scopes.join(' ') }) },
            options,
          ),
        read: (answer) => oauth.processDeviceAuthorizationResponse(server, client, answer),
      }),

    pollDevice: (deviceCode, scopes, signal) => {
      const take = tokens(scopes, clock.now(), (body) => oauth.processDeviceCodeResponse(server, client, body))
      return ask<TokenSet | 'pending' | 'slow-down'>({
        url: server.token_endpoint,
        signal,
        secrets: [deviceCode],
        send: (options) => oauth.deviceCodeGrantRequest(server, client, authentication, deviceCode, options),
        read: async (answer) => {
          try {
            return await take(answer)
          } catch (error) {
            const code = error instanceof oauth.ResponseBodyError ? error.error : undefined
            if (code === 'authorization_pending') return 'pending'
            if (code === 'slow_down') return 'slow-down'
            throw error
          }
        },
      })
    },

    revoke: async (token) => {
      const url = server.revocation_endpoint
      if (url === undefined) return
      await ask({
        url,
        signal: AbortSignal.timeout(30_000),
        secrets: [token],
        send: (options) => oauth.revocationRequest(server, client, authentication, token, options),
        read: async (answer) => {
          // RFC 7009 §2.2 wants 200 for a token that is dead already; some answer 400 (https://developers.google.com/identity/protocols/oauth2/web-server#tokenrevoke).
          if (answer.status === 400 && /"invalid_(token|grant)"/.test(await answer.clone().text())) return
          await oauth.processRevocationResponse(answer)
        },
      })
    },
  }
}

const endpointOf = (endpoints: Endpoints, name: string): string => {
  const address = endpoints[name]
  if (address === undefined || !URL.canParse(address)) throw new Failure('bug', `no address is known for the endpoint ${name}`)
  return address
}

/** Plain http is for a practice server on this machine; oauth4webapi refuses it everywhere else. */
const isLoopback = (address: string | undefined): boolean => {
  if (address === undefined) return false
  const { protocol, hostname } = new URL(address)
  return protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname)
}

const mostBytes = 256 * 1024

/** The answer as a Response of this realm, read whole; the answers of a token endpoint are a few kilobytes. */
const plainAnswer = async (answer: SignInAnswer): Promise<Response> => {
  const chunks: Uint8Array[] = []
  let length = 0
  if (answer.body !== null) {
    for await (const chunk of answer.body) {
      length += chunk.byteLength
      if (length > mostBytes) throw new Failure('corrupt', 'the answer to the sign-in is too long to be one')
      chunks.push(chunk)
    }
  }
  const empty = [101, 204, 205, 304].includes(answer.status)
  return new Response(empty ? null : Buffer.concat(chunks), { status: answer.status, headers: [...answer.headers] })
}

const withoutIdToken = async (answer: Response): Promise<{ rest: Response; idToken?: string }> => {
  if (!answer.ok) return { rest: answer }
  const text = await answer.text()
  const init = { status: answer.status, headers: { 'content-type': answer.headers.get('content-type') ?? '' } }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { rest: new Response(text, init) } // oauth4webapi judges it
  }
  if (typeof value !== 'object' || value === null || !('id_token' in value)) return { rest: new Response(text, init) }
  const { id_token: idToken, ...rest } = value
  return { rest: new Response(JSON.stringify(rest), init), ...(typeof idToken === 'string' ? { idToken } : {}) }
}

const unanswered = (error: unknown, host: string, signal: AbortSignal): unknown => {
  if (error instanceof Failure) return error
  if (signal.aborted) {
    const late = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError'
    return late ? new Failure('transient', `${host} did not answer the sign-in in time`) : signal.reason
  }
  if (error instanceof Error && 'code' in error && error.code === oauth.HTTP_REQUEST_FORBIDDEN) {
    return new Failure('settings', `the sign-in at ${host} would not be encrypted`, { hint: 'use an https address' })
  }
  // fetch wraps what really happened
  const inner = error instanceof TypeError && error.cause instanceof Error ? error.cause : error
  return networkFailure(inner, { what: `sign-in at ${host}`, host, known: false, stallMs: 60_000 })
}

const busy = (host: string, status: number, header: string | undefined, clock: Clock): Failure => {
  const at = retryAfter(header, clock.now())
  return new Failure(
    status === 429 ? 'throttled' : 'transient',
    `${host} could not renew the sign-in just now (status ${status})`,
    {
      hint: 'run the same command again in a few minutes',
      ...(at === undefined ? {} : { retryAfter: at }),
    },
  )
}

import { createHash, randomBytes } from 'node:crypto'
import { bearerOf, type Exchange, type Handler, type Json, sendJson } from '../serving/reply.ts'
import type { AppRegistration } from './app-registration.ts'
import { type Grants, testingLifeSeconds } from './grants.ts'
import type { Person } from './items.ts'

export interface TokenEndpointOptions {
  readonly client: { readonly id: string; readonly secret: string }
  readonly grants: Grants
  readonly person: (email: string) => Person | undefined
  readonly now: () => number
  readonly testing: boolean
  readonly app: AppRegistration
}

/** An error of the token endpoint: https://datatracker.ietf.org/doc/html/rfc6749#section-5.2 */
class TokenError extends Error {
  readonly status: number
  readonly body: Json

  constructor(error: string, description: string, status = 400, more: Readonly<Record<string, string>> = {}) {
    super(description)
    this.status = status
    this.body = { error, error_description: description, ...more }
  }
}

/** oauth2.googleapis.com: token, revoke, tokeninfo. https://developers.google.com/identity/protocols/oauth2/native-app#exchange-authorization-code */
export function createTokenEndpoint(options: TokenEndpointOptions): Handler {
  return async (exchange) => {
    const { method, url } = exchange
    try {
      if (url.pathname === '/token' && method === 'POST') return await sendJson(exchange, 200, await token(exchange, options))
      if (url.pathname === '/revoke' && method === 'POST') return await sendJson(exchange, 200, await revoke(exchange, options))
      if (url.pathname === '/tokeninfo' && (method === 'GET' || method === 'POST'))
        return await sendJson(exchange, 200, tokenInfo(exchange, options))
    } catch (error) {
      if (!(error instanceof TokenError)) throw error
      return sendJson(exchange, error.status, error.body)
    }
    return sendJson(exchange, 404, { error: 'not_found' })
  }
}

async function formOf(exchange: Exchange): Promise<URLSearchParams> {
  const text = await exchange.body()
  if (text !== '' && !/^application\/x-www-form-urlencoded\b/i.test(exchange.headers['content-type'] ?? '')) {
    throw new TokenError('invalid_request', 'The body must be application/x-www-form-urlencoded.')
  }
  const form = new URLSearchParams(text)
  for (const name of new Set(form.keys())) {
    if (form.getAll(name).length > 1) throw new TokenError('invalid_request', `Parameter given more than once: ${name}`)
  }
  return form
}

async function token(exchange: Exchange, options: TokenEndpointOptions): Promise<Json> {
  for (const name of ['code', 'refresh_token', 'client_secret', 'code_verifier']) {
    if (exchange.url.searchParams.has(name)) exchange.violation(`${name} in an address`)
  }
  const form = await formOf(exchange)
  const type = form.get('grant_type') ?? ''
  exchange.log.detail = type
  checkClient(exchange, form, options)
  if (options.app.grantType === 'refused') throw new TokenError('unauthorized_client', 'Unauthorized', 401)
  if (type === 'authorization_code') return exchangeCode(form, options)
  if (type === 'refresh_token') return refreshed(form, options)
  if (type === 'urn:ietf:params:oauth:grant-type:jwt-bearer' || type === 'urn:ietf:params:oauth:grant-type:device_code') {
    throw new TokenError('unauthorized_client', 'Unauthorized client or scope in request.', 401)
  }
  throw new TokenError('unsupported_grant_type', `Invalid grant_type: ${type}`)
}

/** A desktop client proves its secret too, although Google does not regard it as confidential there. */
function checkClient({ headers }: Exchange, form: URLSearchParams, { client, app }: TokenEndpointOptions): void {
  const basic = /^Basic (.+)$/i.exec(headers.authorization ?? '')?.[1]
  const [user, password] = basic === undefined ? [] : Buffer.from(basic, 'base64').toString().split(':').map(decodeURIComponent)
  const id = form.get('client_id') ?? user
  const secret = form.get('client_secret') ?? password
  if (id === undefined) throw new TokenError('invalid_request', 'Could not determine client ID from request.')
  if (id !== client.id) throw new TokenError('invalid_client', 'The OAuth client was not found.', 401)
  if (app.client !== 'active') throw new TokenError(`${app.client}_client`, `The OAuth client was ${app.client}.`, 401)
  if (secret === undefined) throw new TokenError('invalid_request', 'client_secret is missing.')
  if (secret !== client.secret) throw new TokenError('invalid_client', 'The provided client secret is invalid.', 401)
}

function exchangeCode(form: URLSearchParams, options: TokenEndpointOptions): Json {
  const required = (name: string): string => {
    const value = form.get(name)
    if (value === null || value === '') throw new TokenError('invalid_request', `Missing required parameter: ${name}`)
    return value
  }
  const code = required('code')
  const redirectUri = required('redirect_uri')
  const pending = options.grants.takeCode(code)
  if (pending === undefined) throw new TokenError('invalid_grant', code.startsWith('4/') ? 'Bad Request' : 'Malformed auth code.')
  if (pending.redirectUri !== redirectUri) throw new TokenError('redirect_uri_mismatch', 'Bad Request')
  const verifier = form.get('code_verifier')
  if (verifier === null) throw new TokenError('invalid_grant', 'Missing code verifier.')
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) throw new TokenError('invalid_grant', 'Invalid code verifier.')
  if (createHash('sha256').update(verifier).digest('base64url') !== pending.challenge)
    throw new TokenError('invalid_grant', 'Invalid code verifier.')
  const { user, scopes, nonce, withRefreshToken } = pending
  const access = options.grants.issueAccess(user, scopes)
  const refresh = withRefreshToken ? { refresh_token: options.grants.issueRefresh(user, scopes).token } : {}
  return {
    access_token: access.token,
    expires_in: access.expiresIn,
    ...refresh,
    scope: scopes.join(' '),
    token_type: 'Bearer',
    ...(scopes.includes('openid') ? { id_token: idToken(user, access.token, nonce, options) } : {}),
    ...(options.testing && withRefreshToken ? { refresh_token_expires_in: testingLifeSeconds } : {}),
  }
}

function refreshed(form: URLSearchParams, options: TokenEndpointOptions): Json {
  const given = form.get('refresh_token')
  if (given === null || given === '') throw new TokenError('invalid_request', 'Missing required parameter: refresh_token')
  const found = options.grants.refresh(given)
  if (found?.ended === 'invalid_rapt') {
    throw new TokenError('invalid_grant', 'reauth related error (invalid_rapt)', 400, {
      error_uri: 'https://support.google.com/a/answer/9368756',
      error_subtype: 'invalid_rapt',
    })
  }
  if (found?.ended === 'account-deleted') throw new TokenError('invalid_grant', 'Account has been deleted')
  // "If an admin set any of the services requested in your app's scopes to Restricted": https://developers.google.com/identity/protocols/oauth2#expiration
  if (options.app.policy === 'blocked')
    throw new TokenError(
      'admin_policy_enforced',
      'Access to your account data is restricted by policies within your organization.',
    )
  if (found === undefined || found.ended !== undefined)
    throw new TokenError('invalid_grant', 'Token has been expired or revoked.')
  const asked = form.get('scope')?.split(' ')
  if (asked?.some((scope) => !found.scopes.includes(scope)))
    throw new TokenError('invalid_scope', 'Some requested scopes were invalid.')
  const scopes = asked ?? found.scopes
  const access = options.grants.issueAccess(found.user, scopes)
  // No refresh token in the answer: Google does not rotate it, and the old one is to be kept.
  return {
    access_token: access.token,
    expires_in: access.expiresIn,
    scope: scopes.join(' '),
    token_type: 'Bearer',
    ...(scopes.includes('openid') ? { id_token: idToken(found.user, access.token, undefined, options) } : {}),
  }
}

/** Signed-looking: the signature is random, since a client that got it from the token endpoint over TLS need not check it. */
function idToken(
  user: string,
  accessToken: string,
  nonce: string | undefined,
  { client, person, now }: TokenEndpointOptions,
): string {
  const who = person(user)
  const issued = Math.floor(now() / 1000)
  const half = createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url')
  const claims = {
    iss: 'https://accounts.google.com',
    azp: client.id,
    aud: client.id,
    sub: who?.subject,
    email: user,
    email_verified: true,
    at_hash: half,
    ...(nonce === undefined ? {} : { nonce }),
    name: who?.name,
    iat: issued,
    exp: issued + 3600,
  }
  const part = (value: Json) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'RS256', kid: 'practice', typ: 'JWT' })}.${part(claims)}.${randomBytes(256).toString('base64url')}`
}

async function revoke(exchange: Exchange, { grants }: TokenEndpointOptions): Promise<Json> {
  const form = await formOf(exchange)
  const given = form.get('token') ?? exchange.url.searchParams.get('token')
  if (given === null) throw new TokenError('invalid_request', 'Missing required parameter: token')
  if (!grants.revoke(given)) throw new TokenError('invalid_token', 'Token expired or revoked')
  return {}
}

function tokenInfo({ url }: Exchange, { grants, client, person, now }: TokenEndpointOptions): Json {
  const access = grants.access(url.searchParams.get('access_token') ?? '')
  if (access === undefined) throw new TokenError('invalid_token', 'Invalid Value')
  const { user, scopes, expiresAt } = access
  return {
    azp: client.id,
    aud: client.id,
    ...(scopes.includes('openid') ? { sub: person(user)?.subject } : {}),
    scope: scopes.join(' '),
    exp: String(Math.floor(expiresAt / 1000)),
    expires_in: String(Math.floor((expiresAt - now()) / 1000)),
    ...(scopes.some((scope) => scope.endsWith('userinfo.email')) ? { email: user, email_verified: 'true' } : {}),
    access_type: 'offline',
  }
}

/** openidconnect.googleapis.com: https://developers.google.com/identity/openid-connect/openid-connect#obtainuserinfo */
export function createUserInfo({ grants, person }: Pick<TokenEndpointOptions, 'grants' | 'person'>): Handler {
  return async (exchange) => {
    if (exchange.url.pathname !== '/v1/userinfo' || (exchange.method !== 'GET' && exchange.method !== 'POST')) {
      return sendJson(exchange, 404, { error: 'not_found' })
    }
    const access = grants.access(bearerOf(exchange) ?? '')
    if (access === undefined) {
      const challenge = { 'WWW-Authenticate': 'Bearer realm="https://accounts.google.com/", error="invalid_token"' }
      return sendJson(exchange, 401, { error: 'invalid_request', error_description: 'Invalid Credentials' }, challenge)
    }
    const has = (name: string) => access.scopes.includes(name)
    const email = has('https://www.googleapis.com/auth/userinfo.email')
    const profile = has('https://www.googleapis.com/auth/userinfo.profile')
    if (!has('openid') && !email && !profile) {
      return sendJson(exchange, 403, {
        error: 'insufficient_scope',
        error_description: 'Request had insufficient authentication scopes.',
      })
    }
    const who = person(access.user)
    return sendJson(exchange, 200, {
      sub: who?.subject,
      ...(profile ? { name: who?.name } : {}),
      ...(email ? { email: access.user, email_verified: true } : {}),
    })
  }
}

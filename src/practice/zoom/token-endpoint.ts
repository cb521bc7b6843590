import { createHash } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { type Exchange, type Handler, type Json, sendJson } from '../serving/reply.ts'
import { type App, isRegistered } from './app-registration.ts'
import { type ClientKind, clientOf } from './client-authentication.ts'
import type { Devices } from './devices.ts'
import type { Grants, RefreshEnd, Tokens } from './grants.ts'
import { OAuthError } from './oauth-error.ts'
import { oauthBody } from './zoom-hosts.ts'

export interface TokenEndpointOptions {
  readonly app: App
  readonly grants: Grants
  readonly devices: Devices
  readonly now: () => number
  /** `errorCodes`: the numbers of the documentation's table stand in the answers, too; they were not in those that were seen. */
  readonly settings: { readonly errorCodes: boolean; readonly tokensOnTheWayMs: number }
  readonly roots: { readonly api: string; readonly oauth: string }
}

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'

/** zoom.us, what programs see. Errors: https://developers.zoom.us/docs/integrations/oauth/ (table); bodies as seen at the real endpoint. */
export function createTokenEndpoint(options: TokenEndpointOptions): Handler {
  const answers: Readonly<Record<string, (exchange: Exchange, options: TokenEndpointOptions) => Promise<Json>>> = {
    '/oauth/token': token,
    '/oauth/revoke': revoke,
    '/oauth/devicecode': deviceCode,
  }
  return async (exchange) => {
    const answer = answers[exchange.url.pathname]
    try {
      if (answer === undefined || exchange.method !== 'POST') throw new OAuthError(404, 4700, 'not_found', 'Not found')
      const body = await answer(exchange, options)
      if (options.settings.tokensOnTheWayMs > 0) await setTimeout(options.settings.tokensOnTheWayMs)
      await sendJson(exchange, 200, body)
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error
      const { status, code, error: name, message } = error
      // "Use the tracking ID": the table of https://developers.zoom.us/docs/integrations/oauth/
      const headers = { 'x-zm-trackingid': 'v=2.0;clid=us02;rid=WEB_PRACTICE' }
      await sendJson(exchange, status, oauthBody(name, message, options.settings.errorCodes ? code : undefined), headers)
    }
  }
}

/** Zoom takes the fields from the address, too; a secret there is a violation. */
async function formOf(exchange: Exchange): Promise<URLSearchParams> {
  const text = await exchange.body()
  if (text !== '' && !/^application\/x-www-form-urlencoded\b/i.test(exchange.headers['content-type'] ?? ''))
    throw new OAuthError(400, 4700, 'invalid_request', 'Bad Request')
  const form = new URLSearchParams(text)
  for (const [name, value] of exchange.url.searchParams) {
    if (/code|token|secret|verifier/.test(name)) exchange.violation(`${name} in an address`)
    form.append(name, value)
  }
  for (const name of new Set(form.keys()))
    if (form.getAll(name).length > 1)
      throw new OAuthError(400, 4700, 'invalid_request', `Parameter given more than once: ${name}`)
  return form
}

function checkState({ state }: App): void {
  if (state === 'disabled') throw new OAuthError(400, 4717, 'invalid_client', 'The app has been disabled')
  if (state === 'disabled-by-admin') throw new OAuthError(400, 4738, 'invalid_grant', 'The token is disabled by admin.')
}

async function token(exchange: Exchange, options: TokenEndpointOptions): Promise<Json> {
  const form = await formOf(exchange)
  const type = form.get('grant_type')
  exchange.log.detail = type ?? ''
  const client = clientOf(exchange, form, options.app)
  checkState(options.app)
  if (type === null || type === '') throw new OAuthError(400, 4706, 'invalid_request', 'Missing grant type.')
  if (type === 'authorization_code') return exchangeCode(form, client, options)
  if (type === 'refresh_token') return refresh(form, options)
  if (type === deviceGrant) return pollDevice(form, client, options)
  throw new OAuthError(400, 4705, 'unsupported_grant_type', 'unsupported grant type')
}

function exchangeCode(form: URLSearchParams, client: ClientKind, { app, grants, roots }: TokenEndpointOptions): Json {
  const code = form.get('code') ?? ''
  const address = form.get('redirect_uri') ?? ''
  const verifier = form.get('code_verifier')
  if (!isRegistered(app, address, verifier !== null)) throw new OAuthError(400, 4709, 'invalid_request', 'Redirect URI mismatch.')
  const pending = grants.takeCode(code)
  if (pending === 'expired') throw new OAuthError(400, 4733, 'invalid_request', 'Code is expired')
  if (pending === 'unknown' || pending.clientId !== client.id)
    throw new OAuthError(400, 4734, 'invalid_request', `Invalid authorization code ${code}`)
  // https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3: identical to the one of the authorisation request, port and all.
  if (pending.redirectUri !== address) throw new OAuthError(400, 4709, 'invalid_request', 'Redirect URI mismatch.')
  if (pending.challenge !== undefined) {
    const proof =
      pending.challenge.method === 'plain'
        ? verifier
        : createHash('sha256')
            .update(verifier ?? '')
            .digest('base64url')
    const wellFormed = /^[A-Za-z0-9._~-]{43,128}$/.test(verifier ?? '')
    if (!wellFormed || proof !== pending.challenge.value)
      throw new OAuthError(400, 4700, 'invalid_grant', 'Invalid code verifier.')
  }
  return answerOf(grants.authorize(pending.user, pending.scopes), roots)
}

const ends: Readonly<Record<RefreshEnd, readonly [code: number, reason: string]>> = {
  unknown: [4737, 'Can not find the authentication for the access token.'],
  used: [4737, 'Invalid Token!'],
  expired: [4735, 'Invalid Token!'],
  revoked: [4741, 'The token has been revoked.'],
  tolerance: [4740, 'The token ID is out of the token tolerance range.'],
  // The table leaves the words to the exception: "An invalid JWT token is passed in the header."
  'bad-signature': [4724, 'Invalid JWT token.'],
  'owner-gone': [4735, 'The owner of the token does not exist.'],
}

function refresh(form: URLSearchParams, { app, grants, roots }: TokenEndpointOptions): Json {
  const given = form.get('refresh_token') ?? ''
  if (given === '') throw new OAuthError(400, 4700, 'invalid_request', 'Token cannot be empty.')
  // "The token scopes do not match with the client scopes."
  if (grants.scopesOf(given).some((scope) => !app.scopes.includes(scope)))
    throw new OAuthError(400, 4711, 'invalid_grant', 'Refresh token invalid.')
  const found = grants.rotate(given)
  if (typeof found !== 'string') return answerOf(found, roots)
  throw new OAuthError(400, ends[found][0], 'invalid_grant', ends[found][1])
}

function answerOf({ accessToken, refreshToken, expiresIn, scopes }: Tokens, { api }: TokenEndpointOptions['roots']): Json {
  return {
    access_token: accessToken,
    token_type: 'bearer',
    refresh_token: refreshToken,
    expires_in: expiresIn,
    scope: scopes.join(' '),
    // The region's host, without `/v2`: github.com/zoom/skills, skills/rest-api/concepts/api-architecture.md
    api_url: api.replace(/\/$/, ''),
  }
}

/** https://developers.zoom.us/docs/integrations/oauth/#using-device-authorization: with id and secret, for apps that have it switched on. */
async function deviceCode(exchange: Exchange, { app, devices, roots }: TokenEndpointOptions): Promise<Json> {
  const form = await formOf(exchange)
  const client = clientOf(exchange, form, app)
  checkState(app)
  if (!app.device || client.kind === 'public')
    throw new OAuthError(400, 4700, 'unauthorized_client', 'The app is not allowed to use device authorization.')
  const asked = (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '')
  if (asked.some((scope) => !app.scopes.includes(scope))) throw new OAuthError(400, 4700, 'invalid_scope', 'Invalid scope')
  const { deviceCode: code, userCode, expiresIn, interval } = devices.start(asked.length === 0 ? app.scopes : asked)
  const page = `${roots.oauth}oauth_device`
  return {
    device_code: code,
    user_code: userCode,
    verification_uri: page,
    verification_uri_complete: `${page}?user_code=${userCode}`,
    expires_in: expiresIn,
    interval,
  }
}

/** https://www.rfc-editor.org/rfc/rfc8628#section-3.5 */
function pollDevice(form: URLSearchParams, client: ClientKind, { devices, grants, now, roots }: TokenEndpointOptions): Json {
  const code = form.get('device_code') ?? ''
  const found = client.kind === 'public' ? undefined : devices.byDeviceCode(code)
  const refused = (error: string) => new OAuthError(400, 4700, error, error)
  if (found === undefined) throw refused('invalid_grant')
  if (found.expiresAt <= now()) throw refused('expired_token')
  const early = found.polledAt !== undefined && now() - found.polledAt < found.interval * 1000
  found.polledAt = now()
  if (early) {
    found.interval += 5
    throw refused('slow_down')
  }
  if (found.decision === undefined) throw refused('authorization_pending')
  devices.forget(code)
  if (found.decision === 'denied') throw refused('access_denied')
  return answerOf(grants.authorize(found.decision.user, found.scopes), roots)
}

async function revoke(exchange: Exchange, { app, grants }: TokenEndpointOptions): Promise<Json> {
  const form = await formOf(exchange)
  clientOf(exchange, form, app)
  const given = form.get('token') ?? ''
  if (given === '') throw new OAuthError(400, 4700, 'invalid_request', 'Token cannot be empty.')
  if (!grants.revoke(given)) throw new OAuthError(400, 4737, 'invalid_grant', 'Invalid Token!')
  return { status: 'success' }
}

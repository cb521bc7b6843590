import { createHash } from 'node:crypto'
import type { Exchange, Json } from '../../serving/reply.ts'
import type { MicrosoftAccount } from '../account.ts'
import { EntraError } from './aadsts.ts'
import { isRegisteredRedirect } from './authorize.ts'
import type { EntraService } from './entra-service.ts'
import { asksForStepUp, refreshLifeMs } from './grants.ts'
import { clientInfo, idToken } from './id-token.ts'
import { isSignInScope, parseScopes, plainScope } from './scopes.ts'
import { checkTenant, checkTenantExists, mayEnter } from './tenant.ts'

/** The name of the standard, which the documentation gives, and the short one, which MSAL sends. */
const deviceGrants = ['urn:ietf:params:oauth:grant-type:device_code', 'device_code']
/** "From the moment the request is sent, the user has 15 minutes": https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code */
const deviceLifeSeconds = 900

/** The form of a request, checked for what every form needs. Client secrets and codes in an address are violations. */
async function formOf(exchange: Exchange, service: EntraService, tenant: string): Promise<URLSearchParams> {
  for (const name of ['code', 'refresh_token', 'client_secret', 'code_verifier', 'device_code']) {
    if (exchange.url.searchParams.has(name)) exchange.violation(`${name} in an address`)
  }
  const text = await exchange.body()
  if (!/^application\/x-www-form-urlencoded\b/i.test(exchange.headers['content-type'] ?? ''))
    throw new EntraError('AADSTS9002313', 'the body must be application/x-www-form-urlencoded')
  const form = new URLSearchParams(text)
  for (const name of new Set(form.keys())) {
    if (form.getAll(name).length > 1) throw new EntraError('AADSTS9002313', `duplicate parameter ${name}`)
  }
  if (required(form, 'client_id') !== service.clientId) throw new EntraError('AADSTS700016', form.get('client_id') ?? '')
  checkTenantExists(tenant, service.accounts())
  return form
}

function required(form: URLSearchParams, name: string): string {
  const value = form.get(name)
  if (value === null || value === '') throw new EntraError('AADSTS900144', name)
  return value
}

/** `/{tenant}/oauth2/v2.0/devicecode` */
export async function deviceCode(exchange: Exchange, service: EntraService, tenant: string): Promise<Json> {
  const form = await formOf(exchange, service, tenant)
  const scopes = parseScopes(form.get('scope'))
  // Who will come to the page is not known yet.
  checkTenantExists(tenant, service.accounts())
  service.consent.strike('device', service.consent.person())
  const { code, userCode } = service.grants.addDeviceCode(scopes, asksForStepUp(form.get('claims')))
  const page = `${service.root}common/oauth2/deviceauth`
  return {
    user_code: userCode,
    device_code: code,
    verification_uri: page,
    expires_in: deviceLifeSeconds,
    interval: service.deviceIntervalSeconds,
    message: `To sign in, use a web browser to open the page ${page} and enter the code ${userCode} to authenticate.`,
  }
}

/** `/{tenant}/oauth2/v2.0/token`: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#redeem-a-code-for-an-access-token */
export async function token(exchange: Exchange, service: EntraService, tenant: string): Promise<Json> {
  const form = await formOf(exchange, service, tenant)
  const type = required(form, 'grant_type')
  exchange.log.detail = type
  if (service.demandSecret && !form.has('client_secret') && !form.has('client_assertion')) throw new EntraError('AADSTS7000218')
  if (form.has('client_secret')) throw new EntraError('AADSTS9002313', 'a public client has no client_secret')
  service.consent.strike(type === 'refresh_token' ? 'refresh' : 'token', service.consent.person())
  if (type === 'authorization_code') return redeemed(form, service, tenant)
  if (type === 'refresh_token') return refreshed(form, service, tenant)
  if (deviceGrants.includes(type)) return polled(form, service, tenant)
  throw new EntraError('AADSTS70003', type)
}

function redeemed(form: URLSearchParams, service: EntraService, tenant: string): Json {
  const code = required(form, 'code')
  const redirectUri = required(form, 'redirect_uri')
  const verifier = required(form, 'code_verifier')
  const pending = service.grants.takeCode(code)
  if (pending === 'used') throw new EntraError('AADSTS54005')
  if (pending === 'expired') throw new EntraError('AADSTS70008')
  if (pending === undefined) throw new EntraError('AADSTS70000')
  checkTenant(tenant, pending.account)
  if (pending.redirectUri !== redirectUri || !isRegisteredRedirect(redirectUri)) throw new EntraError('AADSTS50011', redirectUri)
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) throw new EntraError('AADSTS501481')
  if (createHash('sha256').update(verifier).digest('base64url') !== pending.challenge) throw new EntraError('AADSTS501481')
  const asked = form.has('scope') ? parseScopes(form.get('scope')) : pending.scopes
  const granted = pending.scopes.map(plainScope)
  const given = asked.filter((scope) => granted.includes(plainScope(scope)))
  return tokens({ ...pending, granted: given }, form, service)
}

function refreshed(form: URLSearchParams, service: EntraService, tenant: string): Json {
  const { grants, now, clientId } = service
  const found = grants.refresh(required(form, 'refresh_token'))
  if (found === undefined) throw new EntraError('AADSTS70000')
  checkTenant(tenant, found.account)
  if (found.ended !== undefined) throw new EntraError(found.ended)
  if (now() - found.issuedAt > refreshLifeMs) throw new EntraError('AADSTS700082')
  // Bound to person and client, not to what was asked for at that time: whatever was consented to can be had.
  const asked = form.has('scope') ? parseScopes(form.get('scope')) : found.scopes
  const missing = asked.find((scope) => !isSignInScope(scope) && !grants.consented(found.account).has(plainScope(scope)))
  if (missing !== undefined) throw new EntraError('AADSTS65001', clientId)
  // What only the person can give is not had by a renewal.
  if (asksForStepUp(form.get('claims')) && !found.stepUp) throw new EntraError('AADSTS50076', '', 'interaction_required')
  return tokens({ granted: asked, account: found.account, nonce: undefined, stepUp: found.stepUp }, form, service)
}

function polled(form: URLSearchParams, service: EntraService, tenant: string): Json {
  const { grants, consent, now } = service
  const device = grants.deviceCode(required(form, 'device_code'))
  if (device === undefined) throw new EntraError('AADSTS70018')
  if (now() - device.issuedAt > deviceLifeSeconds * 1000) throw new EntraError('AADSTS70019')
  device.polls += 1
  // Somebody of elsewhere is told so on the page; the program goes on asking until the code ends.
  if (device.state === 'waiting' && device.polls > consent.afterPolls && mayEnter(tenant, consent.person()))
    device.state = 'approved'
  if (device.state === 'waiting') throw new EntraError('AADSTS70016')
  grants.dropDeviceCode(device.code)
  if (device.state === 'declined') throw new EntraError('AADSTS65004', '', 'authorization_declined')
  const account = consent.person()
  checkTenant(tenant, account)
  const scopes = consent.decide(device.scopes, account)
  for (const scope of scopes) grants.consented(account).add(plainScope(scope))
  return tokens({ granted: scopes, account, nonce: undefined, stepUp: device.stepUp }, form, service)
}

/** The answer with new tokens. Without offline_access there is no refresh token; it never stands among the scopes of the answer. */
function tokens(
  given: {
    readonly granted: readonly string[]
    readonly account: MicrosoftAccount
    readonly nonce: string | undefined
    readonly stepUp: boolean
  },
  form: URLSearchParams,
  service: EntraService,
): Json {
  const { grants, clientId, root, now } = service
  const { granted, account, nonce, stepUp } = given
  const plain = granted.map(plainScope)
  const withClaims = (form.get('claims') ?? '').includes('access_token')
  const access = grants.issueAccess(account, plain, { withClaims, stepUp })
  const scope = granted.filter((name) => plainScope(name) !== 'offline_access').join(' ')
  return {
    token_type: 'Bearer',
    scope,
    expires_in: access.expiresIn,
    ext_expires_in: access.expiresIn,
    access_token: access.token,
    ...(plain.includes('offline_access') ? { refresh_token: grants.issueRefresh(account, granted, stepUp) } : {}),
    ...(plain.includes('openid') ? { id_token: idToken({ account, clientId, root, nonce, time: now() }) } : {}),
    ...(form.get('client_info') === '1' ? { client_info: clientInfo(account) } : {}),
  }
}

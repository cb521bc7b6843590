import { type Exchange, escapeHtml, type Handler, type Json, sendHtml, sendJson, sendRedirect } from '../../serving/reply.ts'
import { EntraError } from './aadsts.ts'
import { createAuthorize } from './authorize.ts'
import { sendEntra, sendErrorPage } from './entra-answers.ts'
import type { EntraService } from './entra-service.ts'
import { signingKeySet } from './id-token.ts'
import { checkTenantExists, directoryId, splitTenant } from './tenant.ts'
import { deviceCode, token } from './token-endpoint.ts'

/** login.microsoftonline.com: the documents that say where things are, the pages for people, the endpoints for programs. */
export function createEntraHost(service: EntraService): Handler {
  const authorize = createAuthorize(service)
  const { now } = service
  return async (exchange) => {
    const { method, url } = exchange
    if (method === 'GET' && url.pathname === '/common/discovery/instance') return sendJson(exchange, 200, instances(service))
    if (method === 'POST' && url.pathname === '/consent') return authorize.answer(exchange)
    if (url.pathname === '/common/oauth2/deviceauth') return devicePage(exchange, service)
    const { tenant, rest } = splitTenant(url.pathname) ?? { tenant: '', rest: '' }
    switch (`${method} ${rest}`) {
      case 'GET /v2.0/.well-known/openid-configuration':
        return sendEntra(exchange, now, async () => {
          // Who will sign in is not known yet: the document says the same to everybody.
          checkTenantExists(tenant, service.accounts())
          return openidConfiguration(service, tenant)
        })
      case 'GET /discovery/v2.0/keys':
        return sendJson(exchange, 200, signingKeySet())
      case 'GET /oauth2/v2.0/authorize':
        return authorize.ask(exchange, tenant)
      case 'POST /oauth2/v2.0/token':
        return sendEntra(exchange, now, () => token(exchange, service, tenant))
      case 'POST /oauth2/v2.0/devicecode':
        return sendEntra(exchange, now, () => deviceCode(exchange, service, tenant))
      case 'GET /adminconsent':
        return adminConsent(exchange, service)
      case 'GET /oauth2/v2.0/logout':
        return logout(exchange)
      default:
        return sendHtml(exchange, 404, '<h1>404</h1><p>The page cannot be found.</p>')
    }
  }
}

/** https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#fetch-the-openid-configuration-document */
function openidConfiguration({ root, accounts }: EntraService, tenant: string): Json {
  const here = `${root}${tenant}`
  // For common and organizations the directory is known only once someone has signed in.
  const issuer = ['common', 'organizations'].includes(tenant) ? '{tenantid}' : directoryId(tenant, accounts())
  return {
    token_endpoint: `${here}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    jwks_uri: `${here}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: `${root}${issuer}/v2.0`,
    authorization_endpoint: `${here}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${here}/oauth2/v2.0/devicecode`,
    end_session_endpoint: `${here}/oauth2/v2.0/logout`,
    tenant_region_scope: null,
    cloud_instance_name: 'microsoftonline.com',
  }
}

/** Which hosts are Microsoft's sign-in, under which names. */
function instances({ root }: EntraService): Json {
  const host = new URL(root).host
  return {
    tenant_discovery_endpoint: `${root}common/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  }
}

async function devicePage(exchange: Exchange, { grants, consent }: EntraService): Promise<void> {
  if (exchange.method === 'POST') {
    const form = new URLSearchParams(await exchange.body())
    const device = grants.byUserCode(form.get('code') ?? '')
    if (device === undefined)
      return sendHtml(exchange, 200, '<h1>Enter code</h1><p>That code didn’t work. Check the code and try again.</p>')
    device.state = form.get('answer') === 'cancel' ? 'declined' : 'approved'
    return sendHtml(exchange, 200, '<h1>Practice</h1><p>You can close this window now.</p>')
  }
  return sendHtml(
    exchange,
    200,
    `<h1>Enter code</h1><p>Signed in as ${escapeHtml(consent.person().username)}.</p><form method="post"><input name="code">` +
      '<button name="answer" value="accept">Next</button> <button name="answer" value="cancel">Cancel</button></form>',
  )
}

/** Where an administrator consents for everybody: https://learn.microsoft.com/entra/identity-platform/v2-admin-consent */
function adminConsent(exchange: Exchange, { clientId, consent, now }: EntraService): Promise<void> {
  const given = exchange.url.searchParams.get('client_id') ?? ''
  if (given !== clientId) return sendErrorPage(exchange, new EntraError('AADSTS700016', given), now)
  consent.controls.administrator(true)
  return sendHtml(exchange, 200, '<h1>Practice</h1><p>The administrator has consented for the whole organisation.</p>')
}

/** https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#send-a-sign-out-request */
function logout(exchange: Exchange): Promise<void> {
  const back = exchange.url.searchParams.get('post_logout_redirect_uri')
  if (back !== null && /^http:\/\/localhost(:\d{1,5})?\/?$/.test(back)) return sendRedirect(exchange, back)
  return sendHtml(exchange, 200, '<h1>You signed out of your account</h1>')
}

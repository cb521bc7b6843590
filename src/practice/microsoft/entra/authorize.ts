import { randomBytes } from 'node:crypto'
import { type Exchange, escapeHtml, sendHtml } from '../../serving/reply.ts'
import type { MicrosoftAccount } from '../account.ts'
import { EntraError } from './aadsts.ts'
import { backWithError, sendBack, sendErrorPage, type WayBack } from './entra-answers.ts'
import type { EntraService } from './entra-service.ts'
import { asksForStepUp } from './grants.ts'
import { parseScopes, plainScope } from './scopes.ts'
import { checkTenant, checkTenantExists } from './tenant.ts'

interface Asked extends WayBack {
  readonly account: MicrosoftAccount
  readonly scopes: readonly string[]
  readonly challenge: string
  readonly nonce: string | undefined
  readonly stepUp: boolean
}

export interface Authorize {
  /** `/{tenant}/oauth2/v2.0/authorize`: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#request-an-authorization-code */
  ask(exchange: Exchange, tenant: string): Promise<void>
  /** The click on the page that `ask` showed. */
  answer(exchange: Exchange): Promise<void>
}

export function createAuthorize(service: EntraService): Authorize {
  const { grants, consent, now } = service
  const waiting = new Map<string, Asked>()
  const decide = async (exchange: Exchange, asked: Asked): Promise<void> => {
    try {
      const { account } = asked
      const scopes = consent.decide(asked.scopes, account)
      for (const scope of scopes) grants.consented(account).add(plainScope(scope))
      const { redirectUri, challenge, nonce, stepUp } = asked
      const code = grants.addCode({ account, scopes, redirectUri, challenge, nonce, stepUp })
      await sendBack(exchange, asked, { code, session_state: randomBytes(16).toString('hex') })
    } catch (error) {
      if (!(error instanceof EntraError)) throw error
      await backWithError(exchange, asked, error, now)
    }
  }
  return {
    async ask(exchange, tenant) {
      const query = exchange.url.searchParams
      let asked: Asked
      try {
        checkClientAndRedirect(query, service.clientId)
        const account = consent.person(query.get('login_hint'))
        checkTenantExists(tenant, service.accounts())
        checkTenant(tenant, account)
        asked = { account, ...parseAsked(query) }
      } catch (error) {
        if (!(error instanceof EntraError)) throw error
        // Nothing is sent to an address that was not checked, and these errors are shown to the person alone.
        return sendErrorPage(exchange, error, now)
      }
      try {
        checkRequest(query)
        consent.strike('authorize', asked.account)
        const consented = grants.consented(asked.account)
        const allGranted = asked.scopes.every((scope) => consented.has(plainScope(scope)))
        if (query.get('prompt') === 'none' && !allGranted)
          throw new EntraError(consented.size === 0 ? 'AADSTS50058' : 'AADSTS65001', service.clientId)
      } catch (error) {
        if (!(error instanceof EntraError)) throw error
        return consent.shown === 'page' ? sendErrorPage(exchange, error, now) : backWithError(exchange, asked, error, now)
      }
      if (!consent.waits) return decide(exchange, asked)
      const ticket = randomBytes(16).toString('base64url')
      waiting.set(ticket, asked)
      return sendHtml(exchange, 200, consentPage(asked, ticket))
    },
    async answer(exchange) {
      const form = new URLSearchParams(await exchange.body())
      const ticket = form.get('ticket') ?? ''
      const asked = waiting.get(ticket)
      waiting.delete(ticket)
      if (asked === undefined) return sendErrorPage(exchange, new EntraError('AADSTS9002313', 'this page is too old'), now)
      if (form.get('answer') === 'accept') return decide(exchange, asked)
      return backWithError(exchange, asked, new EntraError('AADSTS65004'), now)
    },
  }
}

/** Any port, http only, no path: only `http://localhost` is registered. https://learn.microsoft.com/entra/identity-platform/reply-url#localhost-exceptions */
function checkClientAndRedirect(query: URLSearchParams, clientId: string): void {
  for (const name of new Set(query.keys())) {
    if (query.getAll(name).length > 1) throw new EntraError('AADSTS9002313', `duplicate parameter ${name}`)
  }
  if (query.get('client_id') !== clientId) throw new EntraError('AADSTS700016', query.get('client_id') ?? '')
  const redirectUri = query.get('redirect_uri') ?? ''
  if (!isRegisteredRedirect(redirectUri)) throw new EntraError('AADSTS50011', redirectUri)
}

export const isRegisteredRedirect = (uri: string): boolean => /^http:\/\/localhost(:\d{1,5})?\/?$/.test(uri)

function parseAsked(query: URLSearchParams): Omit<Asked, 'account'> {
  const mode = query.get('response_mode') ?? 'query'
  if (mode !== 'query' && mode !== 'fragment' && mode !== 'form_post')
    throw new EntraError('AADSTS9002313', `response_mode ${mode}`)
  return {
    redirectUri: query.get('redirect_uri') ?? '',
    mode,
    state: query.get('state') ?? undefined,
    scopes: parseScopes(query.get('scope')),
    challenge: query.get('code_challenge') ?? '',
    nonce: query.get('nonce') ?? undefined,
    stepUp: asksForStepUp(query.get('claims')),
  }
}

function checkRequest(query: URLSearchParams): void {
  if (query.get('response_type') !== 'code') throw new EntraError('AADSTS9002313', 'response_type must be code')
  // Entra recommends PKCE for public clients and takes `plain` too; the practice cloud insists on the safe one.
  if (query.get('code_challenge_method') !== 'S256' || !/^[A-Za-z0-9_-]{43}$/.test(query.get('code_challenge') ?? ''))
    throw new EntraError('AADSTS9002325')
  const prompt = query.get('prompt')
  if (prompt !== null && !['login', 'none', 'consent', 'select_account', 'create'].includes(prompt))
    throw new EntraError('AADSTS9002313', `prompt ${prompt}`)
}

function consentPage({ scopes, account: { username } }: Asked, ticket: string): string {
  // All or nothing: unlike others, Microsoft's page has no check boxes.
  const list = scopes.map((scope) => `<li>${escapeHtml(scope)}</li>`).join('')
  return (
    `<h1>Practice: permissions requested</h1><p>A program on this machine asks for access to the practice account ${escapeHtml(username)}.</p><ul>${list}</ul>` +
    `<form method="post" action="/consent"><input type="hidden" name="ticket" value="${ticket}">` +
    `<button name="answer" value="accept">Accept</button> <button name="answer" value="cancel">Cancel</button></form>`
  )
}

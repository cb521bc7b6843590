import { randomBytes } from 'node:crypto'
import { type Exchange, escapeHtml, type Handler, sendHtml, sendJson, sendRedirect } from '../serving/reply.ts'
import { type AppRegistration, refusalOfApp, refusalOfPerson } from './app-registration.ts'
import type { Grants } from './grants.ts'
import type { Person } from './items.ts'
import { canonicalScope, isSignInScope, knownScopes } from './scopes.ts'

/** How the person at the browser behaves. */
export interface ConsentControls {
  /** `at-once`: consents without anyone looking; `page`: a page with check boxes waits for a click. */
  mode(how: 'at-once' | 'page'): void
  /** The next `times` consents are refused. */
  deny(times?: number): void
  /** From now on only these are granted, of whatever is asked for; undefined: all again. Scopes of signing in are always granted. */
  grantOnly(scopes: readonly string[] | undefined): void
  /** Who is at the browser, whatever `login_hint` says; undefined: the hinted person, or the one whose Drive it is. */
  signInAs(email: string | undefined): void
}

export interface AuthorizationOptions {
  readonly clientId: string
  readonly grants: Grants
  readonly person: (email: string) => Person | undefined
  readonly me: Person
  readonly app: AppRegistration
}

interface Asked {
  readonly redirectUri: string
  readonly scopes: readonly string[]
  readonly state: string | undefined
  readonly challenge: string
  readonly nonce: string | undefined
  readonly user: string
  readonly prompts: readonly string[]
}

/** accounts.google.com: https://developers.google.com/identity/protocols/oauth2/native-app */
export function createAuthorization({ clientId, grants, person, me, app }: AuthorizationOptions): {
  handler: Handler
  controls: ConsentControls
} {
  let mode: 'at-once' | 'page' = 'at-once'
  let denials = 0
  let only: readonly string[] | undefined
  let chosen: string | undefined
  const waiting = new Map<string, Asked>()

  const refuse = (exchange: Exchange, status: number, error: string, message: string) =>
    sendHtml(exchange, status, `<h1>Error ${status}: ${error}</h1><p>${escapeHtml(message)}</p>`)
  const back = (exchange: Exchange, asked: Asked, parameters: Record<string, string>) => {
    const url = new URL(asked.redirectUri)
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
    if (asked.state !== undefined) url.searchParams.set('state', asked.state)
    return sendRedirect(exchange, url.href)
  }
  const decide = (exchange: Exchange, asked: Asked, ticked: readonly string[] | 'denied') => {
    if (ticked === 'denied') return back(exchange, asked, { error: 'access_denied' })
    const scopes = asked.scopes.filter((scope) => isSignInScope(scope) || ticked.includes(scope)).map(canonicalScope)
    // A second grant brings no refresh token unless consent was asked for again.
    const withRefreshToken = asked.prompts.includes('consent') || !grants.consented(asked.user)
    const { user, redirectUri, challenge, nonce } = asked
    const code = grants.addCode({ user, scopes, redirectUri, challenge, nonce, withRefreshToken })
    return back(exchange, asked, { code, scope: scopes.join(' '), authuser: '0', prompt: asked.prompts[0] ?? 'none' })
  }
  const ask = async (exchange: Exchange): Promise<void> => {
    const query = exchange.url.searchParams
    for (const name of new Set(query.keys())) {
      if (query.getAll(name).length > 1)
        return refuse(exchange, 400, 'invalid_request', `OAuth 2 parameters can only have a single value: ${name}`)
    }
    if (query.get('client_id') !== clientId) return refuse(exchange, 401, 'invalid_client', 'The OAuth client was not found.')
    const refused = refusalOfApp(app, exchange.headers['user-agent'] ?? '')
    if (refused !== undefined) return refuse(exchange, refused.status, refused.error, refused.message)
    const redirectUri = query.get('redirect_uri') ?? ''
    const loopback = app.type === 'desktop' && /^http:\/\/127\.0\.0\.1:\d{1,5}(\/[^#]*)?$/.test(redirectUri)
    if (!loopback || !URL.canParse(redirectUri)) {
      return refuse(exchange, 400, 'redirect_uri_mismatch', `redirect_uri=${redirectUri}`)
    }
    const problem = requestProblem(query, app.unknownScopes)
    if (problem !== undefined) return refuse(exchange, 400, ...problem)
    const hint = query.get('login_hint')
    const hinted = hint === null ? undefined : person(hint)?.email
    const asked: Asked = {
      redirectUri,
      scopes: [...new Set((query.get('scope') ?? '').split(' ').filter((scope) => scope !== ''))],
      state: query.get('state') ?? undefined,
      challenge: query.get('code_challenge') ?? '',
      nonce: query.get('nonce') ?? undefined,
      user: chosen ?? hinted ?? me.email,
      prompts: (query.get('prompt') ?? '').split(' ').filter((prompt) => prompt !== ''),
    }
    const blocked = refusalOfPerson(app, asked.user, asked.scopes)
    if (blocked !== undefined) return refuse(exchange, blocked.status, blocked.error, blocked.message)
    if (asked.prompts.includes('none') && !grants.consented(asked.user))
      return back(exchange, asked, { error: 'interaction_required' })
    if (denials > 0) {
      denials -= 1
      return decide(exchange, asked, 'denied')
    }
    if (mode === 'at-once') return decide(exchange, asked, only ?? asked.scopes)
    const ticket = randomBytes(16).toString('base64url')
    waiting.set(ticket, asked)
    return sendHtml(exchange, 200, consentPage(asked, ticket, only))
  }
  const handler: Handler = async (exchange) => {
    const { method, url } = exchange
    if (method === 'GET' && url.pathname === '/o/oauth2/v2/auth') return ask(exchange)
    if (method === 'POST' && url.pathname === '/consent') {
      const form = new URLSearchParams(await exchange.body())
      const asked = waiting.get(form.get('ticket') ?? '')
      waiting.delete(form.get('ticket') ?? '')
      if (asked === undefined) return refuse(exchange, 400, 'invalid_request', 'This page is too old.')
      return decide(exchange, asked, form.get('answer') === 'allow' ? form.getAll('scope') : 'denied')
    }
    if (method === 'GET' && url.pathname === '/ServiceLogin')
      return sendHtml(exchange, 200, '<h1>Sign in</h1><p>to continue to Practice Google</p>')
    return sendJson(exchange, 404, { error: 'not_found' })
  }
  return {
    handler,
    controls: {
      mode(how) {
        mode = how
      },
      deny(times = 1) {
        denials = times
      },
      grantOnly(scopes) {
        only = scopes
      },
      signInAs(email) {
        if (email !== undefined && person(email) === undefined) throw new Error(`practice Google: nobody is called ${email}`)
        chosen = email
      },
    },
  }
}

function requestProblem(query: URLSearchParams, gone: readonly string[]): [error: string, message: string] | undefined {
  const value = (name: string) => query.get(name) ?? ''
  if (value('response_type') === '') return ['invalid_request', 'Required parameter is missing: response_type']
  if (value('response_type') !== 'code')
    return ['unsupported_response_type', 'Only response_type=code is supported for this client.']
  const scopes = value('scope')
    .split(' ')
    .filter((scope) => scope !== '')
  if (scopes.length === 0) return ['invalid_request', 'Missing required parameter: scope']
  const unknown = scopes.filter((scope) => !knownScopes.has(scope) || gone.includes(scope))
  if (unknown.length > 0) return ['invalid_scope', `Some requested scopes were invalid. {invalid=[${unknown.join(', ')}]}`]
  if (value('code_challenge_method') !== 'S256') return ['invalid_request', 'code_challenge_method must be S256']
  if (!/^[A-Za-z0-9_-]{43}$/.test(value('code_challenge')))
    return ['invalid_request', 'code_challenge must be 43 characters of base64url']
  if (!['', 'online', 'offline'].includes(value('access_type')))
    return ['invalid_request', 'Invalid parameter value for access_type']
  const prompts = value('prompt')
    .split(' ')
    .filter((prompt) => prompt !== '')
  const known = prompts.every((prompt) => ['none', 'consent', 'select_account'].includes(prompt))
  if (!known || (prompts.includes('none') && prompts.length > 1)) return ['invalid_request', 'Invalid parameter value for prompt']
  return undefined
}

function consentPage({ scopes, user }: Asked, ticket: string, only: readonly string[] | undefined): string {
  const others = scopes.filter((scope) => !isSignInScope(scope))
  // One right alone is granted or refused as a whole; of several each has its box.
  // https://developers.google.com/identity/protocols/oauth2/resources/granular-permissions
  const boxes = others.map((scope) =>
    others.length > 1
      ? `<p><label><input type="checkbox" name="scope" value="${escapeHtml(scope)}"${(only ?? others).includes(scope) ? ' checked' : ''}> ${escapeHtml(scope)}</label></p>`
      : `<p><input type="hidden" name="scope" value="${escapeHtml(scope)}">${escapeHtml(scope)}</p>`,
  )
  return (
    `<h1>Practice consent</h1><p>A program on this machine asks for access to the practice account ${escapeHtml(user)}.</p>` +
    `<form method="post" action="/consent"><input type="hidden" name="ticket" value="${ticket}">${boxes.join('')}` +
    `<button name="answer" value="allow">Continue</button> <button name="answer" value="deny">Cancel</button></form>`
  )
}

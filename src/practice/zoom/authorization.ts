import { randomBytes } from 'node:crypto'
import { type Exchange, escapeHtml, type Handler, sendJson, sendRedirect } from '../serving/reply.ts'
import { type App, isRegistered } from './app-registration.ts'
import { checkAuthorization } from './authorization-request.ts'
import type { Devices } from './devices.ts'
import type { Grants } from './grants.ts'
import type { Person } from './model.ts'
import { sendPage } from './pages.ts'

/** How the person at the browser behaves. */
export interface ConsentControls {
  /** `at-once`: consents without anyone looking; `page`: a page waits for a click. */
  mode(how: 'at-once' | 'page'): void
  /** The next `times` consents are refused. */
  deny(times?: number): void
  /** From now on only these are granted, of whatever the app has; undefined: all again. */
  grantOnly(scopes: readonly string[] | undefined): void
  /** Who is at the browser; undefined: the person whose recordings they are. */
  signInAs(email: string | undefined): void
  /** Answers every device request that waits, or only the one with this code; returns how many. */
  answerDevices(answer: 'allow' | 'deny', userCode?: string): number
}

export interface AuthorizationOptions {
  readonly app: App
  readonly grants: Grants
  readonly devices: Devices
  readonly people: readonly [Person, ...Person[]]
}

interface Asked {
  readonly redirectUri: string
  readonly clientId: string
  readonly scopes: readonly string[]
  readonly state: string | undefined
  readonly challenge: { readonly value: string; readonly method: 'S256' | 'plain' } | undefined
}

/** zoom.us, what a browser sees: https://developers.zoom.us/docs/integrations/oauth/ */
export function createAuthorization({ app, grants, devices, people }: AuthorizationOptions): {
  handler: Handler
  controls: ConsentControls
} {
  let mode: 'at-once' | 'page' = 'at-once'
  let denials = 0
  let only: readonly string[] | undefined
  let user: Person = people[0]
  const waiting = new Map<string, Asked>()

  /** As seen at the real address: `{"status":false,"errorCode":4702,"errorMessage":"Invalid client_id: …","result":null}`. */
  const refuse = (exchange: Exchange, errorCode: number, errorMessage: string) =>
    sendJson(exchange, 400, { status: false, errorCode, errorMessage, result: null })
  const back = (exchange: Exchange, { redirectUri, state }: Asked, parameters: Record<string, string>) => {
    const url = new URL(redirectUri)
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
    if (state !== undefined) url.searchParams.set('state', state)
    return sendRedirect(exchange, url.href)
  }
  const decide = (exchange: Exchange, asked: Asked, allowed: boolean) => {
    if (!allowed) return back(exchange, asked, { error: 'access_denied' })
    const { redirectUri, clientId, challenge } = asked
    const scopes = asked.scopes.filter((scope) => only === undefined || only.includes(scope))
    return back(exchange, asked, { code: grants.addCode({ user: user.id, clientId, scopes, redirectUri, challenge }) })
  }
  const deniedNow = (): boolean => {
    if (denials === 0) return false
    denials -= 1
    return true
  }
  const ask = async (exchange: Exchange): Promise<void> => {
    const query = exchange.url.searchParams
    const clientId = query.get('client_id') ?? ''
    if (clientId !== app.id && clientId !== app.publicId) return refuse(exchange, 4702, `Invalid client_id: ${clientId}`)
    if (app.state === 'disabled') return refuse(exchange, 4717, 'The app has been disabled')
    const redirectUri = query.get('redirect_uri') ?? ''
    if (!isRegistered(app, redirectUri, query.has('code_challenge'))) return refuse(exchange, 4709, 'Redirect URI mismatch.')
    const checked = checkAuthorization(exchange, app, clientId === app.publicId)
    if ('problem' in checked) return refuse(exchange, 4700, checked.problem)
    if (app.state === 'no-codes') return refuse(exchange, 4732, 'Creating authorization code error.')
    if (app.state === 'unexpected') return refuse(exchange, 4700, 'Exception message')
    if (app.state !== 'active') return sendPage(exchange, 'App approval - Zoom', notApproved)
    const asked: Asked = { ...checked, redirectUri, clientId, state: query.get('state') ?? undefined }
    if (deniedNow()) return decide(exchange, asked, false)
    if (mode === 'at-once') return decide(exchange, asked, true)
    const ticket = randomBytes(16).toString('base64url')
    waiting.set(ticket, asked)
    return sendPage(exchange, 'Authorize - Zoom', consentPage(asked.scopes, user, ticket))
  }
  const answerDevice = (userCode: string | undefined, answer: 'allow' | 'deny'): number => {
    const found = devices.waiting().filter((request) => userCode === undefined || request.userCode === userCode)
    for (const request of found) request.decision = answer === 'allow' ? { user: user.id } : 'denied'
    return found.length
  }
  const verify = async (exchange: Exchange): Promise<void> => {
    const userCode = exchange.url.searchParams.get('user_code') ?? ''
    if (exchange.method === 'POST') {
      const form = new URLSearchParams(await exchange.body())
      const answered = answerDevice(form.get('user_code') ?? '', form.get('answer') === 'allow' ? 'allow' : 'deny')
      return sendPage(exchange, 'Device - Zoom', answered > 0 ? '<h1>Done</h1>' : '<h1>This code is not valid</h1>')
    }
    if (mode === 'at-once' && userCode !== '') {
      const answered = answerDevice(userCode, deniedNow() ? 'deny' : 'allow')
      return sendPage(exchange, 'Device - Zoom', answered > 0 ? '<h1>Done</h1>' : '<h1>This code is not valid</h1>')
    }
    return sendPage(exchange, 'Device - Zoom', devicePage(userCode))
  }
  const handler: Handler = async (exchange) => {
    const { method, url } = exchange
    if (method === 'GET' && url.pathname === '/oauth/authorize') return ask(exchange)
    if (url.pathname === '/oauth_device' && (method === 'GET' || method === 'POST')) return verify(exchange)
    if (method === 'POST' && url.pathname === '/consent') {
      const form = new URLSearchParams(await exchange.body())
      const asked = waiting.get(form.get('ticket') ?? '')
      waiting.delete(form.get('ticket') ?? '')
      if (asked === undefined) return refuse(exchange, 4700, 'This page is too old.')
      return decide(exchange, asked, form.get('answer') === 'allow')
    }
    return sendPage(exchange, 'Error - Zoom', '<h1>This page does not exist. (3,000)</h1>', 404)
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
        const found = email === undefined ? people[0] : people.find((person) => person.email === email)
        if (found === undefined) throw new Error(`practice Zoom: nobody is called ${email}`)
        user = found
      },
      answerDevices: (answer, userCode) => answerDevice(userCode, answer),
    },
  }
}

/** The person never gets back to the program: no redirect. */
const notApproved =
  '<h1>You cannot authorize the app</h1><p>This app is not approved by your account administrator. Ask the administrator to approve it.</p>'

const buttons = '<button name="answer" value="allow">Allow</button> <button name="answer" value="deny">Decline</button></form>'

const consentPage = (scopes: readonly string[], user: Person, ticket: string): string =>
  `<h1>Practice consent</h1><p>A program on this machine asks for access to the practice account ${escapeHtml(user.email)}:</p>` +
  `<ul>${scopes.map((scope) => `<li>${escapeHtml(scope)}</li>`).join('')}</ul>` +
  `<form method="post" action="/consent"><input type="hidden" name="ticket" value="${ticket}">${buttons}`

const devicePage = (userCode: string): string =>
  `<h1>Connect a device</h1><form method="post" action="/oauth_device"><label>Code <input name="user_code" value="${escapeHtml(userCode)}"></label> ${buttons}`

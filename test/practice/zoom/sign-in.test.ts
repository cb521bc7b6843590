import { expect, test } from 'vitest'
import type { ZoomSettings } from '../../../src/practice/zoom/practice-zoom.ts'
import { classicScopes, granularScopes } from '../../../src/practice/zoom/scopes.ts'
import { type Body, pkce, redirect, type Started, start } from './start.ts'

type Fields = Record<string, string | null>

const fields = (all: Fields): URLSearchParams =>
  new URLSearchParams(Object.entries(all).filter((field): field is [string, string] => field[1] !== null))

/** As the examples of the documentation: response_type, client_id, redirect_uri, state, and the challenge. */
async function authorize({ zoom, get }: Started, changes: Fields = {}) {
  const query = fields({
    response_type: 'code',
    client_id: zoom.client.publicId,
    redirect_uri: redirect,
    state: 'abc',
    ...changes,
  })
  return get(`${zoom.endpoints.oauth}oauth/authorize?${query}`)
}

async function post({ zoom, get }: Started, path: string, form: Fields, basic?: string) {
  const headers = basic === undefined ? {} : { authorization: `Basic ${Buffer.from(basic).toString('base64')}` }
  const response = await get(`${zoom.endpoints.oauth}oauth/${path}`, { method: 'POST', headers, body: fields(form) })
  return { status: response.status, body: (await response.json()) as Body }
}

interface SignedIn {
  readonly code: string
  readonly verifier: string
  readonly access_token: string
  readonly refresh_token: string
}

/** The public client's whole way. */
async function signIn(started: Started, changes: Fields = {}): Promise<SignedIn> {
  const { verifier, challenge } = pkce()
  const back = await authorize(started, { code_challenge: challenge, code_challenge_method: 'S256', ...changes })
  const code = new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? ''
  const { status, body } = await exchange(started, code, { code_verifier: verifier })
  expect(status).toBe(200)
  return { ...(body as unknown as SignedIn), code, verifier }
}

const exchange = (started: Started, code: string, changes: Fields, basic?: string) =>
  post(
    started,
    'token',
    {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirect,
      client_id: basic === undefined ? started.zoom.client.publicId : null,
      ...changes,
    },
    basic,
  )

const refresh = (started: Started, token: string, changes: Fields = {}) =>
  post(started, 'token', {
    grant_type: 'refresh_token',
    refresh_token: token,
    client_id: started.zoom.client.publicId,
    ...changes,
  })

const me = async ({ zoom, get }: Started, token: string) => {
  const response = await get(`${zoom.endpoints.api}users/me`, { headers: { authorization: `Bearer ${token}` } })
  return { status: response.status, body: (await response.json()) as Body }
}

test('the public client: challenge, code, tokens without a secret, who signed in', async () => {
  await using started = await start()
  const { verifier, challenge } = pkce()
  const back = await authorize(started, { code_challenge: challenge, code_challenge_method: 'S256' })
  expect(back.status).toBe(302)
  const location = new URL(back.headers.get('location') ?? '')
  expect(`${location.origin}${location.pathname}`).toBe(redirect)
  expect(location.searchParams.get('state')).toBe('abc')
  const { status, body } = await exchange(started, location.searchParams.get('code') ?? '', { code_verifier: verifier })
  expect(status).toBe(200)
  expect(body).toMatchObject({ token_type: 'bearer', expires_in: 3599, scope: granularScopes.join(' ') })
  expect(`${body.api_url}/v2/`).toBe(started.zoom.endpoints.api)
  expect(String(body.access_token).length).toBeGreaterThan(1000)
  const who = await me(started, String(body.access_token))
  expect(who.body).toMatchObject({
    id: started.model.me.id,
    email: started.model.me.email,
    created_at: '2020-03-30T01:02:03Z',
    timezone: 'Asia/Tokyo',
  })
  expect(started.zoom.violations).toEqual([])
  expect(started.zoom.errors).toEqual([])
})

test('the confidential client proves its secret by Basic, and nothing else will do', async () => {
  await using started = await start()
  const { id, secret, publicId } = started.zoom.client
  const { verifier, challenge } = pkce()
  const again = async () => {
    const back = await authorize(started, { client_id: id, code_challenge: challenge, code_challenge_method: 'S256' })
    return new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? ''
  }
  started.zoom.settings.errorCodes = true
  const code = await again()
  const form = { code_verifier: verifier }
  expect(await exchange(started, code, { ...form, client_id: id })).toMatchObject({
    status: 401,
    body: { errorCode: 4706, error: 'invalid_client' },
  })
  const inBody = await exchange(started, code, { ...form, client_id: id, client_secret: secret })
  expect(inBody).toMatchObject({ status: 401, body: { errorCode: 4706 } })
  expect(started.zoom.violations).toEqual([expect.stringContaining('client_secret in a body')])
  expect(await exchange(started, code, form, `${id}:wrong`)).toMatchObject({
    status: 401,
    body: { errorCode: 4704, reason: 'Invalid client secret.' },
  })
  expect(await exchange(started, code, form, `someone:${secret}`)).toMatchObject({ status: 401, body: { errorCode: 4702 } })
  expect(await exchange(started, code, form, `${publicId}:${secret}`)).toMatchObject({ status: 401, body: { errorCode: 4702 } })
  const answer = await exchange(started, code, form, `${id}:${secret}`)
  expect(answer.status).toBe(200)
  const next = { grant_type: 'refresh_token', refresh_token: String(answer.body.refresh_token) }
  expect((await post(started, 'token', next, `${id}:${secret}`)).status).toBe(200)
})

test('a code of one client is none of the other, and a confidential client may do without PKCE at an https address', async () => {
  const address = 'https://practice.example/back'
  await using started = await start({ redirects: [address, 'http://127.0.0.1/callback'] })
  const { id, secret } = started.zoom.client
  const back = await authorize(started, { client_id: id, redirect_uri: address })
  const code = new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? ''
  expect((await exchange(started, code, { redirect_uri: address })).body).toMatchObject({ error: 'invalid_request' })
  const second = await authorize(started, { client_id: id, redirect_uri: address })
  const good = new URL(second.headers.get('location') ?? '').searchParams.get('code') ?? ''
  expect((await exchange(started, good, { redirect_uri: address }, `${id}:${secret}`)).status).toBe(200)
})

const challenged = { code_challenge: pkce().challenge, code_challenge_method: 'S256' }

test.each<[string, Fields, number, RegExp]>([
  ['an unknown client', { client_id: 'nobody', ...challenged }, 4702, /Invalid client_id/],
  ['another path', { redirect_uri: 'http://127.0.0.1:49152/back', ...challenged }, 4709, /Redirect URI mismatch/],
  ['no path', { redirect_uri: 'http://127.0.0.1:49152', ...challenged }, 4709, /Redirect URI mismatch/],
  ['localhost', { redirect_uri: 'http://localhost:49152/callback', ...challenged }, 4709, /Redirect URI mismatch/],
  ['https on loopback', { redirect_uri: 'https://127.0.0.1:49152/callback', ...challenged }, 4709, /Redirect URI mismatch/],
  ['a query in the address', { redirect_uri: `${redirect}?a=b`, ...challenged }, 4709, /Redirect URI mismatch/],
  ['no address', { redirect_uri: null, ...challenged }, 4709, /Redirect URI mismatch/],
  ['loopback without PKCE', {}, 4709, /Redirect URI mismatch/],
  ['another response type', { response_type: 'token', ...challenged }, 4700, /response type/],
  ['a right that the app does not have', { scope: 'user:read:user meeting:write:meeting', ...challenged }, 4700, /Invalid scope/],
  ['a challenge of another length', { ...challenged, code_challenge: 'short' }, 4700, /challenge/],
  ['an unknown challenge method', { ...challenged, code_challenge_method: 'S512' }, 4700, /method/],
])('authorisation refused: %s', async (_, changes, errorCode, message) => {
  await using started = await start()
  const response = await authorize(started, changes)
  expect(response.status).toBe(400)
  const body = (await response.json()) as Body
  expect(body).toMatchObject({ status: false, errorCode, result: null })
  expect(body.errorMessage).toMatch(message)
})

test('a plain challenge and an unknown parameter are violations, not refusals', async () => {
  await using started = await start()
  const { verifier } = pkce()
  const back = await authorize(started, { code_challenge: verifier, code_challenge_method: 'plain', prompt: 'consent' })
  const code = new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? ''
  expect((await exchange(started, code, { code_verifier: verifier })).status).toBe(200)
  expect(started.zoom.violations).toEqual([expect.stringContaining('unknown parameter prompt'), expect.stringContaining('plain')])
})

test('a code is good once, for five minutes, with its verifier and its address', async () => {
  await using started = await start()
  started.zoom.settings.errorCodes = true
  const { verifier, challenge } = pkce()
  const fresh = async () => {
    const back = await authorize(started, { code_challenge: challenge, code_challenge_method: 'S256' })
    return new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? ''
  }
  const once = await fresh()
  expect((await exchange(started, once, { code_verifier: verifier })).status).toBe(200)
  expect(await exchange(started, once, { code_verifier: verifier })).toMatchObject({
    status: 400,
    body: { errorCode: 4734, error: 'invalid_request', reason: `Invalid authorization code ${once}` },
  })
  const late = await fresh()
  started.advance(300_001)
  expect((await exchange(started, late, { code_verifier: verifier })).body).toMatchObject({
    errorCode: 4733,
    reason: 'Code is expired',
  })
  expect((await exchange(started, await fresh(), { code_verifier: pkce().verifier })).body).toMatchObject({
    error: 'invalid_grant',
  })
  const wrong = await exchange(started, await fresh(), {
    code_verifier: verifier,
    redirect_uri: redirect.replace('49152', '49153'),
  })
  expect(wrong.body).toMatchObject({ errorCode: 4709, reason: 'Redirect URI mismatch.' })
})

test('without the setting the answers carry no number, as they were seen', async () => {
  await using started = await start()
  expect(await refresh(started, 'nonsense')).toEqual({
    status: 400,
    body: { reason: 'Can not find the authentication for the access token.', error: 'invalid_grant' },
  })
  expect((await post(started, 'token', { grant_type: 'password', client_id: started.zoom.client.publicId })).body).toEqual({
    reason: 'unsupported grant type',
    error: 'unsupported_grant_type',
  })
})

test('a refresh token is good once; the new one goes on, the access token before lives out its hour', async () => {
  await using started = await start()
  started.zoom.settings.errorCodes = true
  const first = await signIn(started)
  const second = await refresh(started, first.refresh_token)
  expect(second.status).toBe(200)
  expect(second.body.refresh_token).not.toBe(first.refresh_token)
  expect(await refresh(started, first.refresh_token)).toMatchObject({
    status: 400,
    body: { errorCode: 4737, reason: 'Invalid Token!' },
  })
  expect((await me(started, first.access_token)).status).toBe(200)
  const third = await refresh(started, String(second.body.refresh_token))
  expect(third.status).toBe(200)
  started.advance(3_599_000)
  expect(await me(started, String(third.body.access_token))).toMatchObject({
    status: 401,
    body: { code: 124, message: 'Access token is expired.' },
  })
  started.advance(90 * 86_400_000)
  expect((await refresh(started, String(third.body.refresh_token))).body).toMatchObject({ errorCode: 4735 })
})

test('a second sign-in of the same person ends the tokens of the first', async () => {
  await using started = await start()
  started.zoom.settings.errorCodes = true
  const first = await signIn(started)
  const second = await signIn(started)
  expect((await refresh(started, first.refresh_token)).body).toMatchObject({
    errorCode: 4741,
    reason: 'The token has been revoked.',
  })
  expect(await me(started, first.access_token)).toMatchObject({ status: 401, body: { code: 124 } })
  started.zoom.consent.signInAs(started.model.colleague.email)
  const other = await signIn(started)
  expect((await me(started, other.access_token)).body.id).toBe(started.model.colleague.id)
  expect((await me(started, second.access_token)).body.id).toBe(started.model.me.id)
})

test('revocation ends both kinds of token', async () => {
  await using started = await start()
  const { access_token, refresh_token } = await signIn(started)
  const client_id = started.zoom.client.publicId
  expect(await post(started, 'revoke', { token: access_token, client_id })).toEqual({ status: 200, body: { status: 'success' } })
  expect((await me(started, access_token)).status).toBe(401)
  expect((await refresh(started, refresh_token)).status).toBe(400)
  expect((await post(started, 'revoke', { token: access_token, client_id })).status).toBe(400)
  expect((await post(started, 'revoke', { token: access_token })).status).toBe(401)
})

test('rights: fewer asked for, fewer granted, those of an app with classic scopes', async () => {
  await using started = await start()
  const asked = await signIn(started, { scope: 'user:read:user' })
  expect(asked).toMatchObject({ scope: 'user:read:user' })
  started.zoom.consent.grantOnly(['cloud_recording:read:list_user_recordings'])
  expect(await signIn(started)).toMatchObject({ scope: 'cloud_recording:read:list_user_recordings' })
  started.zoom.consent.grantOnly(undefined)
  started.zoom.setApp({ scopes: classicScopes })
  expect(await signIn(started)).toMatchObject({ scope: classicScopes.join(' ') })
})

test('the person declines, or has to click', async () => {
  await using started = await start()
  started.zoom.consent.deny()
  const declined = new URL((await authorize(started, challenged)).headers.get('location') ?? '')
  expect([...declined.searchParams]).toEqual([
    ['error', 'access_denied'],
    ['state', 'abc'],
  ])
  started.zoom.consent.mode('page')
  const page = await (await authorize(started, challenged)).text()
  expect(page).toContain('Practice consent')
  const body = fields({ ticket: /name="ticket" value="([^"]+)"/.exec(page)?.[1] ?? '', answer: 'allow' })
  const clicked = await started.get(`${started.zoom.endpoints.oauth}consent`, { method: 'POST', body })
  expect(clicked.headers.get('location')).toContain('code=')
  expect((await started.get(`${started.zoom.endpoints.oauth}consent`, { method: 'POST', body })).status).toBe(400)
})

test('an app that is not approved shows a page and never comes back; a disabled one says its number', async () => {
  await using started = await start()
  const { refresh_token } = await signIn(started)
  started.zoom.settings.errorCodes = true
  started.zoom.setApp({ state: 'not-approved' })
  const page = await authorize(started, challenged)
  expect(page.status).toBe(200)
  expect(page.headers.get('location')).toBeNull()
  expect(await page.text()).toContain('administrator')
  started.zoom.setApp({ state: 'disabled' })
  expect((await (await authorize(started, challenged)).json()) as Body).toMatchObject({ errorCode: 4717 })
  expect((await refresh(started, refresh_token)).body).toMatchObject({ errorCode: 4717, reason: 'The app has been disabled' })
  started.zoom.setApp({ state: 'disabled-by-admin' })
  expect((await refresh(started, refresh_token)).body).toMatchObject({
    errorCode: 4738,
    reason: 'The token is disabled by admin.',
  })
  started.zoom.setApp({ state: 'active' })
  expect((await refresh(started, refresh_token)).status).toBe(200)
})

test('device: a code, waiting, too fast, allowed; declined and expired ones', async () => {
  await using started = await start()
  const { id, secret } = started.zoom.client
  const basic = `${id}:${secret}`
  const begin = async () => (await post(started, 'devicecode', { client_id: id }, basic)).body
  const poll = (device: Body) =>
    post(
      started,
      'token',
      { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: String(device.device_code) },
      basic,
    )
  const device = await begin()
  expect(device).toMatchObject({ expires_in: 900, interval: 5 })
  expect(device.verification_uri_complete).toBe(`${device.verification_uri}?user_code=${device.user_code}`)
  expect((await poll(device)).body.error).toBe('authorization_pending')
  expect((await poll(device)).body.error).toBe('slow_down')
  started.advance(5000)
  expect((await poll(device)).body.error).toBe('slow_down')
  started.advance(15_000)
  expect(await (await started.get(String(device.verification_uri_complete))).text()).toContain('Done')
  const answer = await poll(device)
  expect(answer.status).toBe(200)
  expect((await me(started, String(answer.body.access_token))).status).toBe(200)
  expect((await poll(device)).body.error).toBe('invalid_grant')

  const declined = await begin()
  expect(started.zoom.consent.answerDevices('deny', String(declined.user_code))).toBe(1)
  expect((await poll(declined)).body.error).toBe('access_denied')
  const late = await begin()
  started.advance(900_000)
  expect((await poll(late)).body.error).toBe('expired_token')
  expect((await post(started, 'devicecode', { client_id: started.zoom.client.publicId })).body).toMatchObject({
    error: 'unauthorized_client',
  })
  started.zoom.setApp({ device: false })
  expect((await post(started, 'devicecode', { client_id: id }, basic)).body).toMatchObject({ error: 'unauthorized_client' })
})

test('a secret in an address is written down, a body of another type is refused', async () => {
  await using started = await start()
  const { zoom, get } = started
  const { refresh_token } = await signIn(started)
  const query = fields({ grant_type: 'refresh_token', client_id: zoom.client.publicId, refresh_token })
  expect((await get(`${zoom.endpoints.oauth}oauth/token?${query}`, { method: 'POST' })).status).toBe(200)
  expect(zoom.violations).toEqual([expect.stringContaining('refresh_token in an address')])
  const json = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }
  expect((await get(`${zoom.endpoints.oauth}oauth/token`, json)).status).toBe(400)
})

test('faults at the token endpoint speak its language', async () => {
  await using started = await start()
  const settings: ZoomSettings = started.zoom.settings
  expect(settings).toEqual({ errorCodes: false, tokensOnTheWayMs: 0, ranges: true, clipDownloads: true, linkSeconds: 3600 })
  started.zoom.addFault({ match: { host: 'zoom.us' }, do: { status: 400, reason: 'invalid_grant', message: 'Invalid Token!' } })
  expect((await refresh(started, 'x')).body).toEqual({ reason: 'Invalid Token!', error: 'invalid_grant' })
})

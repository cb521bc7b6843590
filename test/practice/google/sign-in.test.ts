import * as oauth from 'oauth4webapi'
import { fetch } from 'undici'
import { expect, test } from 'vitest'
import { driveReadonly, pkce, type Started, start } from './start.ts'

const redirect = 'http://127.0.0.1:49152/back'
const metadata = 'https://www.googleapis.com/auth/drive.metadata.readonly'
type Answer = Record<string, unknown> & { access_token?: string; refresh_token?: string }

function authorizationUrl({ google }: Started, challenge: string, extra: Record<string, string | null> = {}): string {
  const url = new URL(google.endpoints.authorization)
  const all: Record<string, string | null> = {
    client_id: google.client.id,
    redirect_uri: redirect,
    response_type: 'code',
    scope: `openid email ${driveReadonly}`,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    state: 'abc',
    access_type: 'offline',
    prompt: 'consent',
    ...extra,
  }
  for (const [name, value] of Object.entries(all)) if (value !== null) url.searchParams.set(name, value)
  return url.href
}

async function consent(started: Started, challenge: string, extra?: Record<string, string | null>): Promise<URL> {
  const response = await started.get(authorizationUrl(started, challenge, extra))
  expect(response.status).toBe(302)
  return new URL(response.headers.get('location') ?? '')
}

async function token(started: Started, form: Record<string, string>): Promise<{ status: number; answer: Answer }> {
  const { google } = started
  const body = new URLSearchParams({ client_id: google.client.id, client_secret: google.client.secret, ...form })
  for (const [name, value] of Object.entries(form)) if (value === '') body.delete(name)
  const response = await started.get(google.endpoints.token, { method: 'POST', body })
  return { status: response.status, answer: (await response.json()) as Answer }
}

const exchange = (started: Started, code: string, verifier: string, extra: Record<string, string> = {}) =>
  token(started, { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: redirect, ...extra })

async function signedIn(started: Started, extra?: Record<string, string | null>): Promise<Answer> {
  const { verifier, challenge } = pkce()
  const back = await consent(started, challenge, extra)
  return (await exchange(started, back.searchParams.get('code') ?? '', verifier)).answer
}

test('PKCE sign-in with plain fetch: code, tokens, who signed in, a refresh without a new refresh token, revocation', async () => {
  await using started = await start()
  const { google, get, model } = started
  const { verifier, challenge } = pkce()
  const back = await consent(started, challenge)
  expect(`${back.origin}${back.pathname}`).toBe(redirect)
  expect(back.searchParams.get('state')).toBe('abc')
  expect(back.searchParams.get('scope')).toBe(`openid https://www.googleapis.com/auth/userinfo.email ${driveReadonly}`)
  const code = back.searchParams.get('code') ?? ''
  expect(code).toContain('/')
  const { status, answer } = await exchange(started, code, verifier)
  expect(status).toBe(200)
  expect(answer).toMatchObject({
    token_type: 'Bearer',
    expires_in: 3599,
    scope: `openid https://www.googleapis.com/auth/userinfo.email ${driveReadonly}`,
  })
  const claims = JSON.parse(Buffer.from(String(answer.id_token).split('.')[1] ?? '', 'base64url').toString())
  expect(claims).toMatchObject({
    iss: 'https://accounts.google.com',
    aud: google.client.id,
    sub: model.me.subject,
    email: model.me.email,
  })
  const who = await get(google.endpoints.userinfo, { headers: { authorization: `Bearer ${answer.access_token}` } })
  expect(await who.json()).toEqual({ sub: model.me.subject, email: model.me.email, email_verified: true })
  expect((await exchange(started, code, verifier)).answer).toMatchObject({ error: 'invalid_grant' })

  const refreshed = await token(started, { grant_type: 'refresh_token', refresh_token: answer.refresh_token ?? '' })
  expect(refreshed.status).toBe(200)
  expect(refreshed.answer).not.toHaveProperty('refresh_token')
  expect(refreshed.answer.access_token).not.toBe(answer.access_token)
  expect(google.requests.at(-1)).toMatchObject({ host: 'oauth2.googleapis.com', detail: 'refresh_token', status: 200 })

  const revoked = await get(google.endpoints.revocation, {
    method: 'POST',
    body: new URLSearchParams({ token: answer.refresh_token ?? '' }),
  })
  expect(revoked.status).toBe(200)
  expect((await token(started, { grant_type: 'refresh_token', refresh_token: answer.refresh_token ?? '' })).answer).toMatchObject(
    { error: 'invalid_grant' },
  )
  expect(
    (await get(google.endpoints.userinfo, { headers: { authorization: `Bearer ${refreshed.answer.access_token}` } })).status,
  ).toBe(401)
  const again = await get(google.endpoints.revocation, {
    method: 'POST',
    body: new URLSearchParams({ token: answer.refresh_token ?? '' }),
  })
  expect([again.status, await again.json()]).toMatchObject([400, { error: 'invalid_token' }])
  expect(google.violations).toEqual([])
  expect(JSON.stringify(google.requests)).not.toContain(code.slice(4))
})

test('oauth4webapi signs in against it', async () => {
  await using started = await start()
  const { google, get } = started
  const server = { issuer: 'https://accounts.google.com', token_endpoint: google.endpoints.token }
  const client = { client_id: google.client.id }
  const verifier = oauth.generateRandomCodeVerifier()
  const back = await consent(started, await oauth.calculatePKCECodeChallenge(verifier), { nonce: 'n1' })
  const parameters = oauth.validateAuthResponse(server, client, back, 'abc')
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.ClientSecretPost(google.client.secret),
    parameters,
    redirect,
    verifier,
    {
      // Our own fetch, since the practice certificate is trusted nowhere else.
      [oauth.customFetch]: async (url, init) => {
        const answer = await get(url, { method: init.method, headers: init.headers, body: String(init.body) })
        return new Response(await answer.arrayBuffer(), { status: answer.status, headers: Object.fromEntries(answer.headers) })
      },
    },
  )
  const result = await oauth.processAuthorizationCodeResponse(server, client, response, {
    expectedNonce: 'n1',
    requireIdToken: true,
  })
  expect(result.refresh_token).toBeTruthy()
  expect(oauth.getValidatedIdTokenClaims(result)?.sub).toBe(started.model.me.subject)
})

test.for([
  [{ client_id: 'someone else' }, 401, 'invalid_client'],
  [{ redirect_uri: 'http://localhost:4000/' }, 400, 'redirect_uri_mismatch'],
  [{ redirect_uri: 'https://127.0.0.1:4000/' }, 400, 'redirect_uri_mismatch'],
  [{ redirect_uri: 'http://127.0.0.1.example.org:4000/' }, 400, 'redirect_uri_mismatch'],
  [{ redirect_uri: 'urn:ietf:wg:oauth:2.0:oob' }, 400, 'redirect_uri_mismatch'],
  [{ response_type: 'token' }, 400, 'unsupported_response_type'],
  [{ code_challenge_method: 'plain' }, 400, 'invalid_request'],
  [{ code_challenge: null }, 400, 'invalid_request'],
  [{ scope: 'openid https://www.googleapis.com/auth/everything' }, 400, 'invalid_scope'],
  [{ scope: null }, 400, 'invalid_request'],
  [{ access_type: 'sideways' }, 400, 'invalid_request'],
  [{ prompt: 'none consent' }, 400, 'invalid_request'],
] as const)('authorization request with %j: a page with %i %s, no redirect', async ([extra, status, error]) => {
  await using started = await start()
  const response = await started.get(authorizationUrl(started, pkce().challenge, extra))
  expect(response.status).toBe(status)
  expect(await response.text()).toContain(error)
})

test.for([
  [{ code_verifier: 'x'.repeat(43) }, 400, 'invalid_grant'],
  [{ code_verifier: '' }, 400, 'invalid_grant'],
  [{ code: 'nonsense' }, 400, 'invalid_grant'],
  [{ code: '' }, 400, 'invalid_request'],
  [{ redirect_uri: 'http://127.0.0.1:1/other' }, 400, 'redirect_uri_mismatch'],
  [{ client_id: 'someone else' }, 401, 'invalid_client'],
  [{ client_secret: 'wrong' }, 401, 'invalid_client'],
  [{ client_secret: '' }, 400, 'invalid_request'],
  [{ grant_type: 'password' }, 400, 'unsupported_grant_type'],
  [{ grant_type: 'urn:ietf:params:oauth:grant-type:device_code' }, 401, 'unauthorized_client'],
] as const)('code exchange with %j: %i %s', async ([extra, status, error]) => {
  await using started = await start()
  const { verifier, challenge } = pkce()
  const back = await consent(started, challenge)
  const result = await exchange(started, back.searchParams.get('code') ?? '', verifier, extra)
  expect([result.status, result.answer.error]).toEqual([status, error])
})

test('a code lives ten minutes, an access token an hour, a sign-in of an app in testing seven days', async () => {
  let now = Date.now()
  await using started = await start({ clock: { now: () => now }, testing: true })
  const { verifier, challenge } = pkce()
  const late = await consent(started, challenge)
  now += 10 * 60_000 + 1
  expect((await exchange(started, late.searchParams.get('code') ?? '', verifier)).answer.error).toBe('invalid_grant')
  const tokens = await signedIn(started)
  expect(tokens.refresh_token_expires_in).toBe(604_800)
  const about = () =>
    started.get(`${started.google.endpoints.drive}drive/v3/about?fields=user`, {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    })
  expect((await about()).status).toBe(200)
  now += 3600_000
  expect((await about()).status).toBe(401)
  expect((await token(started, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' })).status).toBe(200)
  now += 7 * 24 * 3600_000
  expect((await token(started, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' })).answer.error).toBe(
    'invalid_grant',
  )
})

test('a second grant without prompt=consent brings no refresh token; the hundred-and-first ends the oldest', async () => {
  await using started = await start()
  const first = await signedIn(started, { prompt: null })
  expect(first.refresh_token).toBeTruthy()
  expect(await signedIn(started, { prompt: null })).not.toHaveProperty('refresh_token')
  expect(await signedIn(started, { prompt: 'select_account' })).not.toHaveProperty('refresh_token')
  expect((await signedIn(started, { prompt: 'select_account consent' })).refresh_token).toBeTruthy()
  for (let count = 0; count < 99; count += 1) started.google.issueTokens([driveReadonly])
  expect((await token(started, { grant_type: 'refresh_token', refresh_token: first.refresh_token ?? '' })).answer.error).toBe(
    'invalid_grant',
  )
})

test('the person refuses, unticks a right, or is someone else', async () => {
  await using started = await start()
  const { google, model } = started
  google.consent.deny()
  expect((await consent(started, pkce().challenge)).searchParams.get('error')).toBe('access_denied')
  google.consent.grantOnly([metadata])
  expect((await signedIn(started, { scope: `openid ${metadata} ${driveReadonly}` })).scope).toBe(`openid ${metadata}`)
  google.consent.grantOnly(undefined)
  const other = model.addPerson('other@example.com', 'Other')
  google.consent.signInAs(other.email)
  const tokens = await signedIn(started, { login_hint: model.me.email })
  const who = await started.get(google.endpoints.userinfo, { headers: { authorization: `Bearer ${tokens.access_token}` } })
  expect(await who.json()).toMatchObject({ sub: other.subject })
})

test('with a page: a box for each right, and only ticked ones are granted', async () => {
  await using started = await start({ consent: 'page' })
  const { verifier, challenge } = pkce()
  const page = await started.get(authorizationUrl(started, challenge, { scope: `openid ${metadata} ${driveReadonly}` }))
  const html = await page.text()
  expect(html.match(/type="checkbox"/g)).toHaveLength(2)
  const ticket = /name="ticket" value="([^"]+)"/.exec(html)?.[1] ?? ''
  const answer = await started.get(new URL('/consent', started.google.endpoints.authorization).href, {
    method: 'POST',
    body: new URLSearchParams({ ticket, answer: 'allow', scope: driveReadonly }),
  })
  const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? ''
  expect((await exchange(started, code, verifier)).answer.scope).toBe(`openid ${driveReadonly}`)
})

test('a sign-in that ended says so, and invalid_rapt has its subtype', async () => {
  await using started = await start()
  const dead = await signedIn(started)
  started.google.endSignIns('invalid_rapt')
  const { status, answer } = await token(started, { grant_type: 'refresh_token', refresh_token: dead.refresh_token ?? '' })
  expect([status, answer.error, answer.error_subtype]).toEqual([400, 'invalid_grant', 'invalid_rapt'])
  const widened = await signedIn(started)
  expect(
    (await token(started, { grant_type: 'refresh_token', refresh_token: widened.refresh_token ?? '', scope: metadata })).answer
      .error,
  ).toBe('invalid_scope')
})

test('a bearer where it does not belong is noticed, and so is a secret in an address', async () => {
  await using started = await start()
  const { google, get } = started
  const bearer = { authorization: `Bearer ${google.issueTokens([driveReadonly]).accessToken}` }
  await get(google.endpoints.authorization, { headers: bearer })
  await get(google.endpoints.token, { method: 'POST', headers: bearer })
  expect((await get(`${google.storage}x`, { headers: bearer })).status).toBe(401)
  await get(`${google.endpoints.drive}drive/v3/about?fields=user&access_token=abc`)
  expect(google.violations.map((violation) => violation.split(':')[0])).toEqual([
    'accounts.google.com',
    'oauth2.googleapis.com',
    'storage',
    'www.googleapis.com',
  ])
  google.resetLog()
  expect([google.violations, google.requests]).toEqual([[], []])
})

test('a client that does not trust the certificate cannot speak to it', async () => {
  await using started = await start()
  await expect(fetch(started.google.endpoints.userinfo)).rejects.toThrow()
})

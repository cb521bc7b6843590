import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Agent, fetch as undiciFetch } from 'undici'
import { afterEach, expect, it } from 'vitest'
import { systemClock } from '../../src/core/clock.ts'
import type { Failure } from '../../src/core/failure.ts'
import { makeCertificate } from '../../src/practice/certificate.ts'
import { createDriveModel } from '../../src/practice/google/model.ts'
import { type PracticeGoogleOptions, startPracticeGoogle } from '../../src/practice/google/practice-google.ts'
import { googleSignIn } from '../../src/providers/google/sign-in.ts'
import { googleDiagnoses } from '../../src/providers/google/sign-in-diagnoses.ts'
import { accountLock } from '../../src/signin/account-lock.ts'
import { signInWithBrowser } from '../../src/signin/browser-flow.ts'
import { findDiagnosis } from '../../src/signin/find-diagnosis.ts'
import { missingScopes } from '../../src/signin/granted.ts'
import { memoryStore } from '../../src/signin/memory-store.ts'
import { oauthCredentials, storeAccount } from '../../src/signin/oauth-credentials.ts'
import { accountRecord } from '../../src/signin/token-set.ts'
import { everythingIn } from './authorization-server.ts'

type Google = Awaited<ReturnType<typeof startPracticeGoogle>>

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})

const drive = 'https://www.googleapis.com/auth/drive.readonly'
const scopes = [...googleSignIn.identityScopes, drive]

/** Google's sign-in against the practice Google over TLS, as the program does it. */
const begin = async (options: Partial<PracticeGoogleOptions> = {}) => {
  const { key, cert, ca } = await makeCertificate()
  const google = await startPracticeGoogle({ tls: { key, cert }, model: createDriveModel(), ...options })
  const dispatcher = new Agent({ connect: { ca } })
  const folder = await mkdtemp(join(tmpdir(), 'holdall-signin-'))
  cleanups.push(
    () => rm(folder, { recursive: true }),
    () => google.close(),
    () => dispatcher.destroy(),
  )
  const party = {
    signIn: googleSignIn,
    endpoints: { ...google.endpoints },
    client: google.client,
    fetch: (url: string, init: object) => undiciFetch(url, { ...init, dispatcher }),
    clock: systemClock,
  }
  const browser = async (url: string) => {
    const consent = await undiciFetch(url, { dispatcher, redirect: 'manual' })
    const back = consent.headers.get('location')
    if (back !== null) await fetch(back)
  }
  const signIn = () =>
    signInWithBrowser({ ...party, scopes, announce: () => undefined, open: browser, signal: AbortSignal.timeout(5000) })
  const store = memoryStore()
  const lock = accountLock({ folder, account: 'google', clock: systemClock })
  const connect = async () => {
    const tokens = await signIn()
    const identity = { subject: '1', name: 'me@example.org' }
    await storeAccount(
      'google',
      accountRecord({ provider: 'google', identity, clientId: party.client.id, tokens, signedInAt: 1 }),
      { store, lock },
    )
    return { tokens, credentials: oauthCredentials({ key: 'google', store, lock, ...party }) }
  }
  const ask = async (headers: Record<string, string>) =>
    (await undiciFetch(google.endpoints.userinfo, { dispatcher, headers })).status
  return { google, signIn, connect, ask, store, ca }
}

const request = { method: 'GET', url: 'https://www.googleapis.com/', headers: {} }

it('signs in, is renewed after a 401, and disconnects', async () => {
  const { google, connect, ask, store } = await begin()
  const { tokens, credentials } = await connect()
  expect(missingScopes(scopes, tokens.scopes)).toEqual([])
  expect(tokens.signInEndsAt).toBeUndefined()
  const first = await credentials.sign(request)
  expect(await ask(first)).toBe(200)
  google.expireAccessTokens()
  expect(await ask(await credentials.sign(request))).toBe(401)
  await credentials.renew(first, undefined)
  const second = await credentials.sign(request)
  expect(await ask(second)).toBe(200)
  await credentials.forget()
  expect(await store.get('google')).toBeUndefined()
  expect(await ask(second)).toBe(401)
  expect(google.violations).toEqual([])
  expect(google.errors).toEqual([])
})

it('renews when the access token is about to end', async () => {
  const { connect, google } = await begin({ accessTokenSeconds: 30 })
  const { credentials } = await connect()
  await credentials.sign(request)
  const refreshes = google.requests.filter(({ detail }) => detail === 'refresh_token')
  expect(refreshes.length).toBe(1)
})

it('knows the day on which the sign-in of an app in testing ends', async () => {
  const { connect } = await begin({ testing: true })
  const { credentials } = await connect()
  const { expiresAt = 0 } = await credentials.describe()
  expect(expiresAt - Date.now()).toBeGreaterThan(6 * 86_400_000)
  expect(expiresAt - Date.now()).toBeLessThan(8 * 86_400_000)
})

it('names what was not ticked, and that access was refused', async () => {
  const { google, signIn } = await begin()
  google.consent.grantOnly([])
  expect(missingScopes(scopes, (await signIn()).scopes)).toEqual([drive])
  google.consent.deny()
  await expect(signIn()).rejects.toMatchObject({ kind: 'signin', message: expect.stringMatching(/access was not given/) })
})

it.each([
  ['expired', /7 days/],
  ['invalid_rapt', /sign in again/],
] as const)('says how a sign-in ended: %s', async (why, hint) => {
  const { google, connect } = await begin()
  const { credentials } = await connect()
  google.expireAccessTokens()
  google.endSignIns(why)
  const rejected = await credentials.sign(request)
  await expect(credentials.renew(rejected, undefined)).rejects.toMatchObject({
    kind: 'signin',
    hint: expect.stringMatching(hint),
  })
  await expect(credentials.sign(request)).rejects.toMatchObject({ hint: expect.stringContaining('holdall connect google') })
})

it.each([
  ['invalid_grant', (google: Google) => google.endSignIns('expired')],
  ['invalid_rapt', (google: Google) => google.endSignIns('invalid_rapt')],
  ['account_deleted', (google: Google) => google.endSignIns('account-deleted')],
  ['admin_policy_enforced', (google: Google) => google.setApp({ policy: 'blocked' })],
  ['deleted_client', (google: Google) => google.setApp({ client: 'deleted' })],
  ['disabled_client', (google: Google) => google.setApp({ client: 'disabled' })],
] as const)('a renewal that is refused is diagnosed: %s', async (id, happens) => {
  const { google, connect } = await begin()
  const { credentials, tokens } = await connect()
  const rejected = await credentials.sign(request)
  google.expireAccessTokens()
  happens(google)
  const failure = await credentials.renew(rejected, undefined).then(
    () => undefined,
    (error: unknown) => error as Failure,
  )
  expect(failure?.diagnosis?.id).toBe(id)
  expect(failure?.refusal?.code).toMatch(/^[a-z_]+$/)
  expect(failure?.said('ja').message).toContain(failure?.diagnosis?.meaning.ja)
  if (failure?.kind === 'signin') expect(failure.said('ja').hint).toContain('holdall connect google')
  for (const secret of [tokens.accessToken, tokens.refreshToken ?? '']) expect(everythingIn(failure)).not.toContain(secret)
})

it('an app in testing ends after seven days, and says which button keeps it', async () => {
  let time = Date.now()
  const { connect } = await begin({ testing: true, clock: { now: () => time } })
  const { credentials } = await connect()
  const rejected = await credentials.sign(request)
  time += 7 * 86_400_000 + 1000
  await expect(credentials.renew(rejected, undefined)).rejects.toMatchObject({
    diagnosis: { id: 'invalid_grant' },
    hint: expect.stringMatching(/7 days.*Publish app/),
  })
})

it('Google’s page refuses a browser inside another program', async () => {
  const { google, ca } = await begin()
  const query = new URLSearchParams({ client_id: google.client.id, redirect_uri: 'http://127.0.0.1:1/' })
  const dispatcher = new Agent({ connect: { ca } })
  const page = await undiciFetch(`${google.endpoints.authorization}?${query}`, {
    dispatcher,
    redirect: 'manual',
    headers: { 'user-agent': 'Mozilla/5.0 (Linux; Android 15; wv) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile' },
  })
  expect(page.status).toBe(403)
  expect(page.headers.has('location')).toBe(false)
  expect(findDiagnosis(googleDiagnoses, await page.text())?.id).toBe('disallowed_useragent')
  await dispatcher.destroy()
})

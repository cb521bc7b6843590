import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Agent, fetch as undiciFetch } from 'undici'
import { expect, it, onTestFinished } from 'vitest'
import { systemClock } from '../../src/core/clock.ts'
import type { Failure } from '../../src/core/failure.ts'
import type { OAuthSignIn } from '../../src/core/provider.ts'
import { makeCertificate } from '../../src/practice/certificate.ts'
import { createRecordingsModel } from '../../src/practice/zoom/model.ts'
import { type PracticeZoomOptions, startPracticeZoom } from '../../src/practice/zoom/practice-zoom.ts'
import { sameScopes, scopes as zoomScopes } from '../../src/providers/zoom/scopes.ts'
import { zoomSignIn } from '../../src/providers/zoom/sign-in.ts'
import { accountLock } from '../../src/signin/account-lock.ts'
import { signInWithBrowser } from '../../src/signin/browser-flow.ts'
import { signInWithDevice } from '../../src/signin/device-flow.ts'
import { fileStore } from '../../src/signin/file-store.ts'
import { missingScopes } from '../../src/signin/granted.ts'
import { oauthCredentials, storeAccount } from '../../src/signin/oauth-credentials.ts'
import { accountRecord } from '../../src/signin/token-set.ts'
import { sleepersClock } from './test-clock.ts'

type Zoom = Awaited<ReturnType<typeof startPracticeZoom>>

let certificate: ReturnType<typeof makeCertificate> | undefined
const signIn: OAuthSignIn = { ...zoomSignIn, scopesFromApp: true, takesLoginHint: false, sameRights: sameScopes }
const scopes = [...zoomScopes.identity, ...zoomScopes.recordings]
const request = { method: 'GET', url: 'https://api.zoom.us/v2/users/me', headers: {} }

/** Zoom's sign-in against the practice Zoom over TLS: the public client, or the one with a secret. */
const begin = async (kind: 'public' | 'confidential', options: Partial<PracticeZoomOptions> = {}) => {
  certificate ??= makeCertificate()
  const { key, cert, ca } = await certificate
  const zoom = await startPracticeZoom({ tls: { key, cert }, model: createRecordingsModel(), ...options })
  const dispatcher = new Agent({ connect: { ca } })
  const folder = await mkdtemp(join(tmpdir(), 'holdall-zoom-'))
  onTestFinished(async () => {
    await dispatcher.destroy()
    await zoom.close()
    await rm(folder, { recursive: true })
  })
  const party = {
    signIn,
    endpoints: { ...zoom.endpoints },
    client: kind === 'public' ? { id: zoom.client.publicId } : { id: zoom.client.id, secret: zoom.client.secret },
    fetch: (url: string, init: object) => undiciFetch(url, { ...init, dispatcher }),
    clock: systemClock,
  }
  const open = async (url: string) => {
    const page = await undiciFetch(url, { dispatcher, redirect: 'manual' })
    const back = page.headers.get('location')
    if (back !== null) await fetch(back)
  }
  const browse = (loginHint?: string) =>
    signInWithBrowser({ ...party, scopes, loginHint, announce: () => undefined, open, signal: AbortSignal.timeout(5000) })
  const store = fileStore({ folder, platform: process.platform, notice: () => undefined })
  const lock = accountLock({ folder, account: 'zoom', clock: systemClock })
  /** As another run of the program has it. */
  const signedIn = () => oauthCredentials({ key: 'zoom', store, lock, ...party })
  const connect = async () => {
    const tokens = await browse()
    const identity = { subject: '1', name: 'me@example.org' }
    const record = accountRecord({ provider: 'test', identity, clientId: party.client.id, tokens, signedInAt: 1 })
    await storeAccount('zoom', record, { store, lock })
    return signedIn()
  }
  const me = async (headers: Record<string, string>) =>
    (await undiciFetch(`${zoom.endpoints.api}users/me`, { dispatcher, headers })).status
  return { zoom, party, browse, connect, signedIn, me, store }
}

it.each(['public', 'confidential'] as const)('signs in, renews and disconnects with a client that is %s', async (kind) => {
  const { zoom, connect, signedIn, me, store } = await begin(kind)
  let credentials = await connect()
  expect(await me(await credentials.sign(request))).toBe(200)
  for (let round = 0; round < 3; round++) {
    credentials = signedIn()
    zoom.expireAccessTokens()
    const refused = await credentials.sign(request)
    expect(await me(refused)).toBe(401)
    // Each refresh token is good for one renewal.
    await credentials.renew(refused, undefined)
    expect(await me(await credentials.sign(request))).toBe(200)
  }
  const last = await credentials.sign(request)
  await credentials.forget()
  expect(await store.get('zoom')).toBeUndefined()
  expect(await me(last)).toBe(401)
  expect(zoom.violations).toEqual([])
  expect(zoom.errors).toEqual([])
})

it('names no right and no person in the address, and takes what the app was registered with', async () => {
  const { zoom, browse } = await begin('public')
  const tokens = await browse('me@example.org')
  expect(missingScopes(scopes, tokens.scopes, signIn)).toEqual([])
  expect(zoom.violations).toEqual([])
})

it('takes the older, broader rights for those that they include', async () => {
  const { browse } = await begin('public', { scopes: ['user:read', 'recording:read'] })
  const { scopes: granted } = await browse()
  expect(granted).toEqual(['user:read', 'recording:read'])
  expect(missingScopes(scopes, granted, signIn)).toEqual([])
  expect(missingScopes(['meeting:read:list_past_participants'], granted, signIn)).toEqual(['meeting:read:list_past_participants'])
  expect(missingScopes(scopes, granted)).toEqual(scopes)
})

it('disconnects where the sign-in had ended already', async () => {
  const { zoom, connect, store } = await begin('public')
  const credentials = await connect()
  zoom.endSignIns()
  zoom.expireAccessTokens()
  await credentials.forget()
  expect(await store.get('zoom')).toBeUndefined()
})

it('hears the reason in Zoom’s own words, and says it without the code that it quotes', async () => {
  const { zoom, connect } = await begin('public')
  const credentials = await connect()
  zoom.expireAccessTokens()
  zoom.endSignIns()
  const refused = await credentials.sign(request)
  await expect(credentials.renew(refused, undefined)).rejects.toMatchObject({
    kind: 'signin',
    message: expect.stringMatching(/a newer one|withdrawn/),
    hint: expect.stringContaining('holdall connect zoom'),
  })
})

it('signs in by a code on another device, with the secret', async () => {
  const clock = sleepersClock(Date.now())
  const { zoom, party } = await begin('confidential', { now: clock.now })
  const polls: number[] = []
  const sleep = async (ms: number, signal?: AbortSignal) => {
    await clock.sleep(ms, signal)
    polls.push(ms)
    if (polls.length === 2) zoom.consent.answerDevices('allow')
  }
  const announced: string[] = []
  const tokens = await signInWithDevice({
    ...party,
    clock: { now: clock.now, sleep },
    scopes,
    announce: ({ userCode }) => announced.push(userCode),
    signal: AbortSignal.timeout(5000),
  })
  expect(announced).toHaveLength(1)
  expect(polls).toEqual([5000, 5000])
  expect(missingScopes(scopes, tokens.scopes, signIn)).toEqual([])
  expect(zoom.violations).toEqual([])
})

it.each([
  ['4711', (zoom: Zoom) => zoom.setApp({ scopes: ['user:read:user'] })],
  ['4717', (zoom: Zoom) => zoom.setApp({ state: 'disabled' })],
  ['4738', (zoom: Zoom) => zoom.setApp({ state: 'disabled-by-admin' })],
  ['4735', (zoom: Zoom) => zoom.endSignIns('owner-gone')],
  ['4741', (zoom: Zoom) => zoom.endSignIns('revoked')],
  ['4741', (zoom: Zoom) => zoom.endSignIns('tolerance')],
] as const)('a renewal that is refused is diagnosed, by Zoom’s words and by its numbers: %s', async (id, happens) => {
  for (const errorCodes of [false, true]) {
    const { zoom, connect } = await begin('public')
    zoom.settings.errorCodes = errorCodes
    const credentials = await connect()
    const refused = await credentials.sign(request)
    zoom.expireAccessTokens()
    happens(zoom)
    const failure = await credentials.renew(refused, undefined).then(
      () => undefined,
      (error: unknown) => error as Failure,
    )
    expect(failure?.diagnosis?.id, String(errorCodes)).toBe(id)
    expect(failure?.refusal?.traceId).toBe('v=2.0;clid=us02;rid=WEB_PRACTICE')
    expect(failure?.said('ja').hint).toContain('holdall connect zoom')
    expect(zoom.errors).toEqual([])
  }
})

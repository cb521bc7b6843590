import { createPublicKey, type JsonWebKey, verify } from 'node:crypto'
import { type AuthenticationResult, InteractionRequiredAuthError, type PublicClientApplication } from '@azure/msal-node'
import { expect, test } from 'vitest'
import { personalAccount, personalTenant, strangeTenant } from '../../../src/practice/microsoft/account.ts'
import { createOneDriveModel } from '../../../src/practice/microsoft/drive/model.ts'
import { visitAsBrowser } from '../../../src/practice/microsoft/entra/browser.ts'
import { type Started, start } from './start.ts'

const scopes = ['Files.Read', 'User.Read']

async function interactive(
  app: PublicClientApplication,
  { ca }: Started,
  more: { press?: string; scopes?: string[] } = {},
): Promise<AuthenticationResult> {
  const result = await app.acquireTokenInteractive({
    scopes: more.scopes ?? scopes,
    openBrowser: async (url) => {
      await visitAsBrowser(url, { ca, ...(more.press === undefined ? {} : { press: more.press }) })
    },
  })
  return result
}

test('MSAL signs in by a browser: the account, a signed id token with the nonce checked, what is granted', async () => {
  await using started = await start()
  const { microsoft, get } = started
  const app = started.msal()
  const result = await interactive(app, started)
  expect(result.account).toMatchObject({
    homeAccountId: `${microsoft.account.oid}.${microsoft.tenant}`,
    tenantId: microsoft.tenant,
    username: microsoft.account.username,
    name: microsoft.account.name,
  })
  expect(result.scopes).toEqual(expect.arrayContaining(scopes))
  expect(result.scopes).not.toContain('offline_access')
  const [header = '', payload = '', signature = ''] = result.idToken.split('.')
  const { keys } = (await (await get(`${microsoft.endpoints.authority}common/discovery/v2.0/keys`)).json()) as {
    keys: JsonWebKey[]
  }
  const key = createPublicKey({ key: keys[0] ?? {}, format: 'jwk' })
  expect(verify('RSA-SHA256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'))).toBe(true)
  expect(result.idTokenClaims).toMatchObject({ aud: microsoft.client.id, tid: microsoft.tenant, oid: microsoft.account.oid })
  const me = await get(`${microsoft.endpoints.graph}v1.0/me`, { headers: { authorization: `Bearer ${result.accessToken}` } })
  expect(await me.json()).toMatchObject({ id: microsoft.account.oid, userPrincipalName: microsoft.account.username })
  expect(microsoft.log.violations).toEqual([])
  expect(microsoft.errors).toEqual([])
})

test('MSAL renews silently, with another refresh token each time, until the sign-in has ended', async () => {
  let time = Date.now()
  await using started = await start({ now: () => time })
  const { microsoft } = started
  const app = started.msal()
  const first = await interactive(app, started)
  const account = first.account!
  const refreshToken = () =>
    Object.values(JSON.parse(app.getTokenCache().serialize()).RefreshToken as Record<string, { secret: string }>)[0]?.secret
  const before = refreshToken()
  time += 60_000
  const second = await app.acquireTokenSilent({ account, scopes, forceRefresh: true })
  expect(second.accessToken).not.toBe(first.accessToken)
  expect(refreshToken()).not.toBe(before)
  for (const [why, suberror] of [
    ['AADSTS700082', 'bad_token'],
    ['AADSTS50173', 'bad_token'],
    ['AADSTS50076', 'basic_action'],
    ['AADSTS53003', 'message_only'],
  ] as const) {
    // What MSAL was told is dead, it forgets.
    await interactive(app, started)
    microsoft.endSignIns(why)
    const refused = await app.acquireTokenSilent({ account, scopes, forceRefresh: true }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(InteractionRequiredAuthError)
    expect(refused).toMatchObject({ errorMessage: expect.stringContaining(`${why}: `), subError: suberror })
  }
})

test('the old refresh token still works after a renewal; one for more than was consented to is refused', async () => {
  await using started = await start()
  const { microsoft, get } = started
  const { refreshToken } = microsoft.issueTokens(['Files.Read'])
  const refresh = async (scope: string) => {
    const body = new URLSearchParams({
      client_id: microsoft.client.id,
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      scope,
    })
    const response = await get(`${microsoft.endpoints.authority}${microsoft.tenant}/oauth2/v2.0/token`, { method: 'POST', body })
    const answer = (await response.json()) as Record<string, unknown>
    return { ...answer, status: response.status, refreshToken: answer.refresh_token }
  }
  const first = await refresh('Files.Read offline_access')
  const second = await refresh('Files.Read offline_access')
  expect([first.status, second.status]).toEqual([200, 200])
  expect(new Set([refreshToken, first.refreshToken, second.refreshToken]).size).toBe(3)
  expect(first).toMatchObject({ scope: 'Files.Read' })
  expect(await refresh('Notes.Read')).toMatchObject({
    status: 400,
    error: 'invalid_grant',
    suberror: 'consent_required',
    error_codes: [65001],
  })
})

test('MSAL signs in by device code: pending at first, then the tokens', async () => {
  await using started = await start({ deviceIntervalSeconds: 1 })
  const { microsoft, get } = started
  const app = started.msal('organizations')
  let shown = ''
  const result = await app.acquireTokenByDeviceCode({
    scopes,
    deviceCodeCallback: ({ message, userCode, verificationUri }) => {
      shown = message
      expect(message).toContain(userCode)
      expect(message).toContain(verificationUri)
    },
  })
  expect(shown).not.toBe('')
  expect(result?.account?.tenantId).toBe(microsoft.tenant)
  const polls = microsoft.log.requests.filter(({ detail }) => detail?.endsWith('device_code'))
  expect(polls.map(({ status }) => status)).toEqual([400, 200])

  microsoft.consent.device('nobody comes')
  const answered = app.acquireTokenByDeviceCode({
    scopes,
    deviceCodeCallback: ({ userCode, verificationUri }) => {
      const body = new URLSearchParams({ code: userCode, answer: 'cancel' })
      void get(verificationUri, { method: 'POST', body })
    },
  })
  await expect(answered).rejects.toMatchObject({ errorMessage: 'authorization_declined' })
})

test('consent: denied, a page with buttons, only some scopes, an administrator wanted', async () => {
  await using started = await start()
  const { microsoft } = started
  microsoft.consent.deny()
  await expect(interactive(started.msal(), started)).rejects.toMatchObject({ errorCode: 'access_denied' })
  microsoft.consent.mode('page')
  await expect(interactive(started.msal(), started, { press: 'cancel' })).rejects.toMatchObject({
    errorMessage: expect.stringContaining('AADSTS65004'),
  })
  expect((await interactive(started.msal(), started)).scopes).toContain('Files.Read')
  microsoft.consent.mode('at-once')
  microsoft.consent.grantOnly(['User.Read'])
  expect((await interactive(started.msal(), started)).scopes).not.toContain('Files.Read')
  microsoft.consent.grantOnly(undefined)
  const wide = { scopes: ['Files.Read.All'] }
  await expect(interactive(started.msal(), started, wide)).rejects.toMatchObject({
    errorMessage: expect.stringContaining('AADSTS90094'),
  })
  microsoft.consent.administrator(true)
  expect((await interactive(started.msal(), started, wide)).scopes).toContain('Files.Read.All')
})

test('refusals that a test chose reach MSAL from each place', async () => {
  await using started = await start({ deviceIntervalSeconds: 1 })
  const { microsoft } = started
  for (const code of ['AADSTS50105', 'AADSTS53003', 'AADSTS65001'] as const) {
    microsoft.consent.refuse(code, { at: 'authorize' })
    await expect(interactive(started.msal(), started)).rejects.toMatchObject({ errorMessage: expect.stringContaining(code) })
    microsoft.consent.refuse(code, { at: 'token' })
    await expect(interactive(started.msal(), started)).rejects.toMatchObject({ errorMessage: expect.stringContaining(code) })
  }
  microsoft.demandSecret(true)
  const refused = started.msal().acquireTokenByDeviceCode({ scopes, deviceCodeCallback: () => {} })
  // Of a failed poll MSAL keeps the word alone.
  await expect(refused).rejects.toMatchObject({ errorMessage: 'invalid_client' })
  await expect(interactive(started.msal(), started)).rejects.toMatchObject({
    errorMessage: expect.stringContaining('AADSTS7000218'),
  })
})

test('tenants: which of them take a work account and which a personal one', async () => {
  const open = async (started: Started, tenant: string) => {
    const { microsoft, get } = started
    const response = await get(`${microsoft.endpoints.authority}${tenant}/v2.0/.well-known/openid-configuration`)
    const body = (await response.json()) as { error_description?: string; issuer?: string }
    if (body.error_description !== undefined) return body.error_description.split(':')[0]
    // Who the person is shows at the page, when the browser has opened.
    const query = new URLSearchParams({
      client_id: microsoft.client.id,
      redirect_uri: 'http://localhost:5000',
      response_type: 'code',
      scope: 'openid',
      code_challenge: 'c'.repeat(43),
      code_challenge_method: 'S256',
    })
    const page = await get(`${microsoft.endpoints.authority}${tenant}/oauth2/v2.0/authorize?${query}`)
    const refused = /AADSTS\d+/.exec(await page.text())?.[0]
    expect(page.headers.has('location'), tenant).toBe(refused === undefined)
    return refused ?? 'open'
  }
  await using work = await start()
  await using home = await start({ model: createOneDriveModel({ kind: 'personal' }) })
  const table: [tenant: string, work: string, home: string][] = [
    ['common', 'open', 'open'],
    ['organizations', 'open', 'AADSTS50020'],
    ['consumers', 'AADSTS50020', 'open'],
    [work.microsoft.tenant, 'open', 'AADSTS90002'],
    ['contoso.example', 'open', 'AADSTS90002'],
    [personalTenant, 'AADSTS50020', 'open'],
    [strangeTenant, 'AADSTS50020', 'AADSTS50020'],
    ['99999999-0000-4000-8000-000000000000', 'AADSTS90002', 'AADSTS90002'],
  ]
  for (const [tenant, ofWork, ofHome] of table) {
    expect([await open(work, tenant), await open(home, tenant)], tenant).toEqual([ofWork, ofHome])
  }
  const result = await interactive(home.msal('consumers'), home)
  expect(result.account).toMatchObject({ tenantId: personalTenant, homeAccountId: `${personalAccount.oid}.${personalTenant}` })
  expect((await interactive(work.msal('common'), work)).account?.tenantId).toBe(work.microsoft.tenant)
})

test('someone else at the browser gets their own account and drive; a hint is heard; an administrator consents at their page', async () => {
  await using started = await start()
  const { microsoft, model, get, ca } = started
  const teacher = model.addOtherDrive('teacher@contoso.example')
  const own = async ({ accessToken }: AuthenticationResult) => {
    const response = await get(`${microsoft.endpoints.graph}v1.0/me/drive`, {
      headers: { authorization: `Bearer ${accessToken}` },
    })
    return ((await response.json()) as { id: string }).id
  }
  const app = started.msal()
  const hinted = await app.acquireTokenInteractive({
    scopes,
    loginHint: 'teacher@contoso.example',
    openBrowser: async (url) => void (await visitAsBrowser(url, { ca })),
  })
  expect(hinted.account?.username).toBe('teacher@contoso.example')
  expect(await own(hinted)).toBe(teacher.driveId)
  microsoft.consent.signInAs('teacher@contoso.example')
  expect((await interactive(app, started)).account?.username).toBe('teacher@contoso.example')
  microsoft.consent.signInAs(undefined)
  expect(await own(await interactive(app, started))).toBe(model.driveId)
  expect(await app.getAllAccounts()).toHaveLength(2)

  const page = await get(`${microsoft.endpoints.authority}${microsoft.tenant}/adminconsent?client_id=${microsoft.client.id}`)
  expect(page.status).toBe(200)
  expect((await interactive(app, started, { scopes: ['Files.Read.All'] })).scopes).toContain('Files.Read.All')
})

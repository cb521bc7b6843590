import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { systemClock } from '../../../src/core/clock.ts'
import { Failure } from '../../../src/core/failure.ts'
import { personalAccount, strangeTenant } from '../../../src/practice/microsoft/account.ts'
import { createOneDriveModel } from '../../../src/practice/microsoft/drive/model.ts'
import { claimsOf } from '../../../src/providers/microsoft/sign-in-claims.ts'
import { accountLock } from '../../../src/signin/account-lock.ts'
import { signInWithBrowser } from '../../../src/signin/browser-flow.ts'
import { signInWithDevice } from '../../../src/signin/device-flow.ts'
import { missingScopes } from '../../../src/signin/granted.ts'
import { keychainStore } from '../../../src/signin/keychain-store.ts'
import { oauthCredentials, storeAccount } from '../../../src/signin/oauth-credentials.ts'
import { accountRecord } from '../../../src/signin/token-set.ts'
import { everythingIn } from '../../signin/authorization-server.ts'
import { fakeKeyring } from '../../signin/fake-keyring.ts'
import { sleepersClock } from '../../signin/test-clock.ts'
import { begin, type Options, request, scopes } from './sign-in-harness.ts'

const thrown = async (work: Promise<unknown>): Promise<Failure> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(Failure)
  return error as Failure
}

describe('signing in to Microsoft in the browser', () => {
  it('brings tokens for what was asked, which Graph takes, are renewed after a 401 and kept in one place', async () => {
    const { microsoft, connect, me, store, refreshes } = await begin()
    const { tokens, credentials } = await connect()
    expect(missingScopes(scopes, tokens.scopes)).toEqual([])
    const first = await credentials.sign(request)
    expect(await me(first)).toMatchObject({ status: 200 })
    expect(refreshes()).toBe(0)
    microsoft.expireAccessTokens()
    const { challenge } = await me(first)
    await credentials.renew(first, challenge)
    const second = await credentials.sign(request)
    expect(second).not.toEqual(first)
    expect(await me(second)).toMatchObject({ status: 200 })
    expect(refreshes()).toBe(1)
    const kept = (await store.get('uni')) ?? ''
    expect(kept.split(String(second.authorization).slice('Bearer '.length))).toHaveLength(2)
    await credentials.forget()
    expect(await store.get('uni')).toBeUndefined()
    await expect(credentials.sign(request)).rejects.toMatchObject({ kind: 'signin' })
    expect(microsoft.log.violations).toEqual([])
    expect(microsoft.errors).toEqual([])
  })

  it('asks with PKCE, over http://localhost, for what was asked and what renews it', async () => {
    const { microsoft, signIn, party } = await begin()
    let address = ''
    await signIn()
    const library = await party().signIn.open(party())
    address = await library.authorizationAddress({
      redirectUri: 'http://localhost:1',
      scopes,
      state: 'st',
      challenge: 'c'.repeat(43),
    })
    const url = new URL(address)
    expect(`${url.origin}/`).toBe(microsoft.endpoints.authority)
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: microsoft.client.id,
      redirect_uri: 'http://localhost:1',
      response_type: 'code',
      response_mode: 'query',
      code_challenge_method: 'S256',
      state: 'st',
      prompt: 'select_account',
    })
    expect(url.searchParams.get('scope')?.split(' ').sort()).toEqual(
      ['User.Read', 'Files.Read', 'Notes.Read', 'openid', 'profile', 'offline_access'].sort(),
    )
    const again = await library.authorizationAddress({
      redirectUri: 'http://localhost:1',
      scopes,
      state: 'st',
      challenge: 'c'.repeat(43),
      loginHint: 'hana@contoso.example',
    })
    expect(new URL(again).searchParams.get('login_hint')).toBe('hana@contoso.example')
    expect(new URL(again).searchParams.has('prompt')).toBe(false)
  })

  it('signs in personal accounts, and renews them', async () => {
    const model = createOneDriveModel({ account: personalAccount })
    const { connect, me, microsoft } = await begin({ model, tenantSetting: 'consumers' })
    const { credentials } = await connect()
    microsoft.expireAccessTokens()
    const first = await credentials.sign(request)
    await credentials.renew(first, undefined)
    expect(await me(await credentials.sign(request))).toMatchObject({ status: 200 })
  })

  it('keeps several accounts apart, in a keychain that holds as little as Windows’ does', async () => {
    const [uni, home] = [await begin(), await begin({ model: createOneDriveModel({ account: personalAccount }) })]
    const { keyring, entries } = fakeKeyring()
    const store = keychainStore({ keyring, folder: uni.folder, platform: process.platform, notice: () => undefined })
    const open = async (key: string, at: typeof uni) => {
      const lock = accountLock({ folder: uni.folder, account: key, clock: systemClock })
      const { oid: subject, username: name } = at.microsoft.account
      const tokens = await at.signIn()
      const record = accountRecord({
        provider: 'test',
        identity: { subject, name },
        clientId: at.microsoft.client.id,
        tokens,
        signedInAt: 1,
      })
      await storeAccount(key, record, { store, lock })
      return oauthCredentials({ key, store, lock, ...at.party() })
    }
    const [first, second] = [await open('uni', uni), await open('home', home)]
    // MSAL's memory alone is more than an entry of a keychain may be.
    expect((await store.get('uni'))!.length).toBeGreaterThan(1280)
    expect(Math.max(...[...entries.values()].map(({ length }) => length))).toBeLessThanOrEqual(1280)
    for (const [credentials, at] of [
      [first, uni],
      [second, home],
    ] as const) {
      at.microsoft.expireAccessTokens()
      await credentials.renew(await credentials.sign(request), undefined)
      expect(await at.me(await credentials.sign(request))).toMatchObject({ status: 200 })
      expect(at.refreshes()).toBe(1)
    }
    expect(await home.me(await first.sign(request))).toMatchObject({ status: 401 })
    expect(await store.get('uni')).not.toContain(home.microsoft.account.username)
    await first.forget()
    expect(await store.get('uni')).toBeUndefined()
    expect(await home.me(await second.sign(request))).toMatchObject({ status: 200 })
  })

  it('names what was not granted', async () => {
    const { microsoft, signIn } = await begin()
    microsoft.consent.grantOnly(['User.Read'])
    expect(missingScopes(scopes, (await signIn()).scopes)).toEqual(['Files.Read', 'Notes.Read'])
  })

  it('asks nobody but the person’s network', async () => {
    const global = globalThis.fetch
    globalThis.fetch = () => Promise.reject(new Error('the global fetch was used'))
    try {
      const { connect } = await begin()
      const { credentials } = await connect()
      const first = await credentials.sign(request)
      await credentials.renew(first, undefined)
    } finally {
      globalThis.fetch = global
    }
  })
})

describe('refusals of Microsoft', () => {
  it.each([
    ['AADSTS65001', 'signin', /nobody has agreed/, /adminconsent\?client_id=/],
    ['AADSTS50105', 'signin', /only chosen people/, /assign you/],
    ['AADSTS53003', 'signin', /Conditional Access/, /administrator/],
    ['AADSTS50076', 'signin', /second proof/, /sign in again/],
    ['AADSTS65004', 'signin', /declined/, /agree/],
    ['AADSTS90094', 'signin', /only an administrator/, /adminconsent/],
  ] as const)('in the redirect: %s', async (code, kind, message, hint) => {
    const { microsoft, signIn } = await begin()
    microsoft.consent.refuse(code, { at: 'authorize' })
    const failure = await thrown(signIn())
    expect(failure.kind).toBe(kind)
    expect(failure.message).toMatch(message)
    expect(failure.message).toContain(code)
    expect(failure.hint).toMatch(hint)
  })

  it('for a client that is no public one', async () => {
    const { microsoft, signIn } = await begin()
    microsoft.demandSecret(true)
    const failure = await thrown(signIn())
    expect(failure).toMatchObject({ kind: 'settings', message: expect.stringContaining('AADSTS7000218') })
    expect(failure.hint).toContain('Allow public client flows')
  })

  it.each([
    ['organizations', 'personal', /personal account/],
    [strangeTenant, 'business', /another organisation|does not belong/],
  ] as const)('for an account of another directory than tenant: %s', async (tenant, kind, message) => {
    const model = kind === 'personal' ? createOneDriveModel({ account: personalAccount }) : createOneDriveModel()
    const { party, signIn, microsoft } = await begin({ model })
    const tokens = await signIn()
    const library = await party(tenant).signIn.open(party(tenant))
    const failure = await thrown(library.renew({ memory: tokens.refreshToken ?? '', scopes }))
    expect(failure.kind).toBe('settings')
    expect(failure.message).toMatch(message)
    expect(microsoft.log.requests.filter(({ detail }) => detail === 'refresh_token')).toEqual([])
  })

  it.each([
    ['organizations', 'personal', /this is a personal account/],
    ['consumers', 'business', /no personal account/],
  ] as const)('and of one that Microsoft let in all the same: tenant: %s', async (tenantSetting, kind, message) => {
    const model = kind === 'personal' ? createOneDriveModel({ account: personalAccount }) : createOneDriveModel()
    const anyone = (url: string) => url.replace(`/${tenantSetting}/`, '/common/')
    const through: Options['through'] = (next) => (url, init) => next(anyone(String(url)), init)
    const { party, browser } = await begin({ model, tenantSetting, through })
    const signIn = signInWithBrowser({
      ...party(),
      scopes,
      announce: () => undefined,
      open: (url) => browser(anyone(url)),
      signal: AbortSignal.timeout(10_000),
    })
    expect(await thrown(signIn)).toMatchObject({ kind: 'settings', message: expect.stringMatching(message) })
  })

  it('for a tenant that does not exist, before the browser opens', async () => {
    const { signIn } = await begin({ tenantSetting: 'no-such-place.example' })
    expect(await thrown(signIn())).toMatchObject({ kind: 'settings', message: expect.stringContaining('AADSTS90002') })
  })

  it.each(['business', 'id', 'domain'] as const)('none where tenant names the account’s own directory: %s', async (how) => {
    const model = createOneDriveModel()
    const names = { business: 'organizations', id: model.account.tenant.toUpperCase(), domain: 'contoso.example' }
    const { connect, me } = await begin({ model, tenantSetting: names[how] })
    const { credentials } = await connect()
    const first = await credentials.sign(request)
    await credentials.renew(first, undefined)
    expect(await me(await credentials.sign(request))).toMatchObject({ status: 200 })
  })
})

describe('renewing a sign-in at Microsoft', () => {
  it.each([
    ['AADSTS700082', /not used for long/],
    ['AADSTS70008', /not used for long/],
    ['AADSTS50173', /password/],
    ['AADSTS53003', /Conditional Access/],
    ['AADSTS50076', /second proof/],
    ['AADSTS70043', /from time to time/],
    ['AADSTS50057', /disabled/],
    ['AADSTS65001', /nobody has agreed/],
  ] as const)('says why it ended and what to type: %s', async (why, message) => {
    const { microsoft, connect, store } = await begin()
    const { credentials, tokens } = await connect()
    microsoft.expireAccessTokens()
    microsoft.endSignIns(why)
    const failure = await thrown(credentials.renew(await credentials.sign(request), undefined))
    expect(failure).toMatchObject({ kind: 'signin', stops: 'account' })
    expect(failure.message).toMatch(message)
    expect(failure.hint).toContain('holdall connect uni')
    expect(failure.said('ja').hint).toContain('holdall connect uni')
    expect(failure.refusal).toMatchObject({ code: why, correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/) })
    expect([failure.diagnosis?.id, ...(failure.diagnosis?.aliases ?? [])]).toContain(why)
    const said = everythingIn(failure)
    expect(said).not.toContain(tokens.accessToken)
    const cache = JSON.parse(JSON.parse(tokens.refreshToken ?? '').cache) as { RefreshToken: Record<string, { secret: string }> }
    for (const { secret } of Object.values(cache.RefreshToken)) expect(said).not.toContain(secret)
    expect(await store.get('uni')).toBeDefined()
  })

  it('answers a claims challenge with the claims that it asks for', async () => {
    const sent: string[] = []
    const { microsoft, connect, me } = await begin({
      through: (next) => (url, init) => {
        sent.push(String(init?.body ?? ''))
        return next(url, init)
      },
    })
    const { credentials } = await connect()
    const first = await credentials.sign(request)
    microsoft.demandClaims()
    const { status, challenge = '' } = await me(first)
    expect(status).toBe(401)
    expect(challenge).toContain('insufficient_claims')
    await credentials.renew(first, challenge)
    expect(await me(await credentials.sign(request))).toMatchObject({ status: 200 })
    const asked = JSON.parse(claimsOf(challenge) ?? '') as { access_token: object }
    const claims = new URLSearchParams(sent.at(-1)).get('claims') ?? '{}'
    expect(JSON.parse(claims)).toMatchObject(asked)
    expect(JSON.parse(claims)).toMatchObject({ access_token: { xms_cc: { values: ['CP1'] } } })
  })

  it.each([
    [{ status: 503 }, 'transient'],
    [{ status: 429, retryAfter: 30 }, 'throttled'],
    [{ drop: true }, 'transient'],
    [{ htmlPage: true }, 'corrupt'],
  ] as const)('is refused once by %o and not a second time by itself', async (fault, kind) => {
    const { microsoft, connect, me } = await begin()
    const { credentials } = await connect()
    microsoft.expireAccessTokens()
    const first = await credentials.sign(request)
    microsoft.faults.add({ match: { host: 'login.microsoftonline.com', method: 'POST' }, do: fault })
    const failure = await thrown(credentials.renew(first, undefined))
    expect(failure.kind).toBe(kind)
    if ('retryAfter' in fault) expect(failure.retryAfter).toBeGreaterThan(Date.now() + 25_000)
    await credentials.renew(first, undefined)
    expect(await me(await credentials.sign(request))).toMatchObject({ status: 200 })
  })

  it('asks once for a hundred requests, and stores before it is used', async () => {
    const { microsoft, connect, refreshes, store } = await begin()
    const { credentials } = await connect()
    microsoft.expireAccessTokens()
    const first = await credentials.sign(request)
    await Promise.all(Array.from({ length: 100 }, () => credentials.renew(first, undefined)))
    expect(refreshes()).toBe(1)
    const { authorization = '' } = await credentials.sign(request)
    expect(await store.get('uni')).toContain(authorization.slice('Bearer '.length))
  })

  it('asks once for several processes, and spoils none', async () => {
    const { microsoft, connect, me, refreshes, ca, folder, store } = await begin()
    await connect()
    const record = JSON.parse((await store.get('uni')) ?? '') as { tokens: { expiresAt: number } }
    record.tokens.expiresAt = Date.now() - 1
    await store.set('uni', JSON.stringify(record))
    const file = join(folder, 'party.json')
    await writeFile(file, JSON.stringify({ folder, ca, client: microsoft.client, endpoints: microsoft.endpoints }))
    const processes = [1, 2, 3].map(
      () =>
        new Promise<string>((resolve, reject) => {
          const child = spawn(process.execPath, [new URL('sign-in-process.ts', import.meta.url).pathname], {
            env: { ...process.env, PARTY: file },
            stdio: ['ignore', 'pipe', 'inherit'],
          })
          let said = ''
          child.stdout.setEncoding('utf8').on('data', (text: string) => {
            said += text
          })
          child.once('close', (code) => (code === 0 ? resolve(said) : reject(new Error(`ended with ${code}`))))
        }),
    )
    const bearers = await Promise.all(processes)
    for (const authorization of bearers) expect(await me({ authorization })).toMatchObject({ status: 200 })
    expect(refreshes()).toBe(1)
    expect(microsoft.log.violations).toEqual([])
  }, 20_000)

  it('refuses a renewal that is of another organisation than the sign-in was', async () => {
    let strange = false
    const { signIn, party, microsoft } = await begin({
      through: (next) => async (url, init) => {
        const answer = await next(url, init)
        if (!strange || !String(url).includes('/oauth2/v2.0/token')) return answer
        const body = (await answer.json()) as { id_token: string }
        const [head, claims = '', signature] = body.id_token.split('.')
        const told = Buffer.from(claims, 'base64url').toString().replaceAll(microsoft.tenant, strangeTenant)
        const changed = [head, Buffer.from(told).toString('base64url'), signature].join('.')
        return Response.json({ ...body, id_token: changed })
      },
    })
    const { refreshToken: memory = '' } = await signIn()
    const library = await party().signIn.open(party())
    expect((await library.renew({ memory, scopes })).accessToken).not.toBe('')
    strange = true
    expect(await thrown(library.renew({ memory, scopes }))).toMatchObject({
      kind: 'corrupt',
      message: expect.stringContaining('another organisation'),
    })
  })

  it('says that what is kept cannot be read, and quotes nothing of it', async () => {
    const { party } = await begin()
    const library = await party().signIn.open(party())
    const failure = await thrown(library.renew({ memory: '{"version":1,"cache":"canary-secret"', scopes }))
    expect(failure.kind).toBe('signin')
    expect(everythingIn(failure)).not.toContain('canary')
  })
})

it('does not wait for ever for a server that takes a question and never answers: MSAL itself would', async () => {
  const asked: number[] = []
  const timeout = AbortSignal.timeout
  let silent = false
  const spy = vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    if (silent) asked.push(ms)
    return timeout.call(AbortSignal, silent ? ms / 1000 : ms)
  })
  try {
    const through: Options['through'] = (next) => (url, init) => {
      if (!silent) return next(url, init)
      return new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)))
    }
    const { connect, party } = await begin({ through })
    const { tokens } = await connect()
    silent = true
    const library = await party().signIn.open(party())
    const failure = await thrown(library.renew({ memory: tokens.refreshToken ?? '', scopes: tokens.scopes }))
    expect(failure).toMatchObject({ kind: 'transient', message: expect.stringContaining('did not answer the sign-in in time') })
    expect(asked.every((ms) => ms >= 30_000 && ms <= 60_000)).toBe(true)
  } finally {
    spy.mockRestore()
  }
})

describe('signing in to Microsoft by a code on another device', () => {
  const device = (one: Awaited<ReturnType<typeof begin>>, signal = AbortSignal.timeout(10_000)) => {
    const announced: { address: string; userCode: string }[] = []
    const result = signInWithDevice({ ...one.party(), scopes, announce: (code) => announced.push(code), signal })
    return { announced, result }
  }

  it('shows the code and brings the tokens', async () => {
    const one = await begin({ deviceIntervalSeconds: 1 })
    const { announced, result } = device(one)
    const tokens = await result
    expect(announced).toHaveLength(1)
    expect(announced[0]?.userCode).toMatch(/^\w{6,}$/)
    expect(missingScopes(scopes, tokens.scopes)).toEqual([])
    expect(await one.me({ authorization: `Bearer ${tokens.accessToken}` })).toMatchObject({ status: 200 })
    const library = await one.party().signIn.open(one.party())
    const { accessToken } = await library.renew({ memory: tokens.refreshToken ?? '', scopes: tokens.scopes })
    expect(await one.me({ authorization: `Bearer ${accessToken}` })).toMatchObject({ status: 200 })
  })

  it('says what a rule against it means', async () => {
    const one = await begin({ deviceIntervalSeconds: 1 })
    one.microsoft.consent.refuse('AADSTS530035', { at: 'device' })
    expect(await thrown(device(one).result)).toMatchObject({ kind: 'signin', hint: expect.stringContaining('without --device') })
    one.microsoft.consent.refuse('AADSTS53003', { at: 'token' })
    expect(await thrown(device(one).result)).toMatchObject({
      kind: 'signin',
      message: expect.stringContaining('Conditional Access'),
    })
  })

  it('says that it was declined, and what then', async () => {
    const one = await begin({ deviceIntervalSeconds: 1 })
    one.microsoft.consent.deny()
    expect(await thrown(device(one).result)).toMatchObject({
      kind: 'signin',
      message: expect.stringContaining('declined'),
      hint: expect.stringMatching(/agree to what is asked.*adminconsent/),
    })
  })

  it('waits as it is told, longer when asked or when the server fails, and ends by itself', async () => {
    const clock = sleepersClock(Date.now())
    const one = await begin({ clock })
    one.microsoft.consent.device({ afterPolls: 3 })
    const token = { pathPattern: /\/token$/ }
    one.microsoft.faults.add({
      match: token,
      do: { status: 400, body: '{"error":"slow_down"}', contentType: 'application/json' },
    })
    one.microsoft.faults.add({ match: token, do: { status: 502 } })
    one.microsoft.faults.add({ match: token, do: { drop: true } })
    expect((await device(one).result).accessToken).toBeTruthy()
    expect(clock.slept).toEqual([5, 10, 20, 40, 40, 40, 40].map((seconds) => seconds * 1000))
    one.microsoft.endSignIns()
    one.microsoft.consent.refuse('AADSTS70019', { at: 'token' })
    expect(await thrown(device(one).result)).toMatchObject({
      kind: 'signin',
      message: expect.stringContaining('before the code ended'),
    })
  })

  it('ends at once when it is stopped', async () => {
    const one = await begin({ deviceIntervalSeconds: 600 })
    const stop = new AbortController()
    const { announced, result } = device(one, stop.signal)
    const ended = result.catch((error: unknown) => error)
    await vi.waitFor(() => expect(announced).toHaveLength(1), { interval: 5 })
    const reason = new Error('enough')
    stop.abort(reason)
    expect(await ended).toBe(reason)
  })
})

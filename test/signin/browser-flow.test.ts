import { request } from 'node:http'
import { networkInterfaces } from 'node:os'
import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/core/clock.ts'
import { Failure } from '../../src/core/failure.ts'
import { type BrowserSignInOptions, signInWithBrowser } from '../../src/signin/browser-flow.ts'
import { missingScopes } from '../../src/signin/granted.ts'
import type { OAuthParty } from '../../src/signin/token-endpoint.ts'
import {
  type AuthorizationServer,
  type AuthorizationServerOptions,
  client,
  everythingIn,
  startAuthorizationServer,
  testSignIn,
} from './authorization-server.ts'
import { sleepersClock } from './test-clock.ts'

const servers: AuthorizationServer[] = []
const start = async (options?: AuthorizationServerOptions) => {
  const server = await startAuthorizationServer(options)
  servers.push(server)
  return server
}
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

const scopes = ['openid', 'email', 'https://example.org/auth/files.readonly']

/** Begins a sign-in and hands over the address that was announced. */
const begin = async (server: AuthorizationServer, more: Partial<OAuthParty & BrowserSignInOptions> = {}) => {
  const told: string[] = []
  const { promise: announced, resolve: announce } = Promise.withResolvers<string>()
  const result = signInWithBrowser({
    signIn: testSignIn,
    endpoints: server.endpoints,
    client,
    scopes,
    fetch,
    clock: systemClock,
    signal: new AbortController().signal,
    announce,
    tell: (message) => told.push(message.en),
    ...more,
  })
  const outcome = result.then(
    (tokens) => ({ tokens, error: undefined }),
    (error: unknown) => ({ tokens: undefined, error }),
  )
  const address = await announced
  const redirect = new URL(address).searchParams.get('redirect_uri') ?? ''
  const state = new URL(address).searchParams.get('state') ?? ''
  return { address, redirect, state, outcome, told }
}

/** The redirected address, as a browser that does not reach the loopback would show it. */
const approve = async (address: string): Promise<string> =>
  (await fetch(address, { redirect: 'manual' })).headers.get('location') ?? ''

const failureOf = (outcome: { error: unknown }): Failure => {
  expect(outcome.error).toBeInstanceOf(Failure)
  return outcome.error as Failure
}

describe('signing in with the browser', () => {
  it('asks with PKCE, state and the parameters of the provider, and brings the tokens', async () => {
    const server = await start()
    const opened: string[] = []
    const { address, redirect, outcome } = await begin(server, {
      loginHint: 'ann@example.org',
      open: async (url) => {
        opened.push(url)
      },
    })
    const query = new URL(address).searchParams
    expect(Object.fromEntries(query)).toMatchObject({
      response_type: 'code',
      client_id: client.id,
      scope: scopes.join(' '),
      access_type: 'offline',
      code_challenge_method: 'S256',
      login_hint: 'ann@example.org',
    })
    expect(query.get('code_challenge')).toMatch(/^[\w-]{43}$/)
    expect((query.get('state') ?? '').length).toBeGreaterThanOrEqual(32)
    expect(redirect).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
    expect(opened).toEqual([address])

    const page = await fetch(address)
    expect(await page.text()).toContain('You may close this window')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    const { tokens } = await outcome
    expect(tokens).toMatchObject({ scopes, tokenType: 'bearer' })
    expect(server.secrets).toContain(tokens?.accessToken)
    expect(server.secrets).toContain(tokens?.refreshToken)
    expect(tokens?.expiresAt).toBeGreaterThan(Date.now() + 3_500_000)
    await expect(fetch(redirect)).rejects.toThrow() // nobody listens any more
  })

  it.each([
    [{ host: '127.0.0.1', path: '/callback' }, /^http:\/\/127\.0\.0\.1:\d+\/callback$/],
    [{ host: 'localhost', path: '' }, /^http:\/\/localhost:\d+$/],
    [{ host: 'localhost', path: '/' }, /^http:\/\/localhost:\d+\/$/],
  ] as const)('comes back where the provider wants it: %o', async (redirect, form) => {
    const server = await start()
    const { address, redirect: sent, outcome } = await begin(server, { signIn: { ...testSignIn, redirect } })
    expect(sent).toMatch(form)
    const { port } = new URL(sent)
    const root = redirect.path === '' ? '/' : redirect.path
    const other = redirect.host === 'localhost' ? '127.0.0.1' : 'localhost'
    expect(await statusWithHost(`http://127.0.0.1:${port}${root}`, `${redirect.host}:${port}`)).toBe(400)
    expect(await statusWithHost(`http://127.0.0.1:${port}${root}`, `${other}:${port}`)).toBe(404)
    expect((await fetch(`http://${redirect.host}:${port}/elsewhere?code=x`)).status).toBe(404)
    if (redirect.path === '/callback') expect((await fetch(`http://127.0.0.1:${port}/?code=x`)).status).toBe(404)
    const back = await approve(address)
    expect((await fetch(back)).status).toBe(200)
    expect((await outcome).tokens).toBeDefined()
  })

  it('listens at ::1 for the name localhost, where this machine has it, and on no other address', async ({ skip }) => {
    const server = await start()
    const { redirect, outcome, address } = await begin(server, {
      signIn: { ...testSignIn, redirect: { host: 'localhost', path: '' } },
    })
    const { port } = new URL(redirect)
    const reached = await statusWithHost(`http://[::1]:${port}/`, `localhost:${port}`).catch(() => undefined)
    await fetch(await approve(address))
    await outcome
    const ipv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address: one }) => one === '::1'))
    if (!ipv6) return skip('this machine has no ::1')
    expect(reached).toBe(400)
  })

  it.each([
    ['basic', client],
    ['nothing', { id: client.id }],
  ] as const)('proves itself to the token endpoint with its secret in: %s', async (secretIn, by) => {
    const server = await start({ secretIn })
    const { address, outcome } = await begin(server, { signIn: { ...testSignIn, secretIn: 'basic' }, client: by })
    await fetch(address)
    expect((await outcome).tokens).toBeDefined()
  })

  it('names rights that the person unticked', async () => {
    const server = await start({ tick: (asked) => asked.filter((scope) => scope !== 'https://example.org/auth/files.readonly') })
    const { address, outcome } = await begin(server)
    await fetch(address)
    const { tokens } = await outcome
    expect(missingScopes(scopes, tokens?.scopes ?? [])).toEqual(['https://example.org/auth/files.readonly'])
  })

  it('takes no other path, method, host, wrong state or second code', async () => {
    const server = await start({ delay: 30 })
    const { address, redirect, outcome, told } = await begin(server)
    expect((await fetch(`${redirect}favicon.ico`)).status).toBe(404)
    expect((await fetch(`${redirect}?code=x&state=y`, { method: 'POST' })).status).toBe(405)
    expect((await fetch(`${redirect}?code=x&state=y`)).status).toBe(400)
    expect((await fetch(`${redirect}?code=x`)).status).toBe(400)
    expect((await fetch(redirect)).status).toBe(400)
    expect(await statusWithHost(redirect, 'evil.example')).toBe(404)
    expect(told.length).toBe(3)
    expect(server.asked).toEqual([])

    const right = await approve(address)
    const [first, second] = await Promise.all([fetch(right), fetch(right)])
    expect([first.status, second.status].sort()).toEqual([200, 410])
    expect((await outcome).tokens).toBeDefined()
    expect(server.asked.length).toBe(1)
  })

  it.each([
    ['access_denied', 'signin', /declined/],
    ['temporarily_unavailable', 'transient', /not available/],
    ['something_new', 'signin', /something_new/],
    ['<script>alert(1)</script>', 'signin', /unknown error/],
  ] as const)('says what the error %s means', async (code, kind, message) => {
    const server = await start()
    const { redirect, state, outcome } = await begin(server)
    const answer = new URL(redirect)
    answer.search = new URLSearchParams({ error: code, state, error_description: `because ${state} <b>of</b> it` }).toString()
    const page = await (await fetch(answer)).text()
    expect(page).toContain('did not work')
    expect(page).not.toContain('<script>')
    expect(page).not.toContain('<b>')
    const failure = failureOf(await outcome)
    expect(failure.kind).toBe(kind)
    expect(failure.message).toMatch(message)
    expect(failure.message).not.toContain(state)
    expect(failure.hint).toBeTruthy()
  })

  it('speaks to the person in the browser in their language', async () => {
    const server = await start()
    const { redirect, state, outcome } = await begin(server, { language: 'ja' })
    expect(await (await fetch(`${redirect}?code=x&state=y`)).text()).toContain('サインインはまだ完了を待っています')
    const answer = new URL(redirect)
    answer.search = new URLSearchParams({ error: 'access_denied', state }).toString()
    const page = await (await fetch(answer)).text()
    expect(page).toContain('lang="ja"')
    expect(page).toContain('サービスの画面でサインインが拒否されました')
    await outcome
  })

  it('does not end on an error that belongs to another sign-in', async () => {
    const server = await start()
    const { address, redirect, outcome } = await begin(server)
    expect((await fetch(`${redirect}?error=access_denied&state=old`)).status).toBe(400)
    await fetch(address)
    expect((await outcome).tokens).toBeDefined()
  })

  it('takes a pasted address, and asks again for what is none', async () => {
    const server = await start()
    let redirected = ''
    const { promise: ready, resolve: go } = Promise.withResolvers<void>()
    const pasted = (async function* () {
      await ready
      yield ''
      yield 'hello'
      yield `${server.endpoints.authorization}?x=1`
      yield 'http://127.0.0.1:1/?code=a&state=b'
      yield redirected.replace(/&state=[^&]*/, '&state=other')
      yield redirected.slice(0, redirected.indexOf('?'))
      yield `  "${redirected}" `
    })()
    const { address, outcome, told } = await begin(server, { pasted })
    redirected = await approve(address)
    go()
    const { tokens } = await outcome
    expect(tokens?.refreshToken).toBeDefined()
    expect(told.length).toBe(5)
    expect(told[0]).toMatch(/not an address/)
    expect(told[1]).toMatch(/page to sign in on/)
    expect(told[3]).toMatch(/another sign-in/)
    expect(told[4]).toMatch(/cut off/)
    for (const secret of server.secrets) expect(told.join('\n')).not.toContain(secret)
  })

  it('goes on waiting for the browser when nothing more can be pasted', async () => {
    const server = await start()
    const { address, outcome } = await begin(server, { pasted: (async function* () {})() })
    await fetch(address)
    expect((await outcome).tokens).toBeDefined()
  })

  it('says so when the browser cannot be opened', async () => {
    const server = await start()
    const { address, outcome, told } = await begin(server, { open: () => Promise.reject(new Error('no browser')) })
    await fetch(address)
    await outcome
    expect(told).toEqual([expect.stringMatching(/could not be opened/)])
  })

  it('ends after ten minutes, and at once when it is stopped', async () => {
    const server = await start()
    const clock = sleepersClock()
    const { outcome } = await begin(server, { clock })
    expect(failureOf(await outcome)).toMatchObject({
      kind: 'signin',
      message: expect.stringMatching(/ten minutes/),
      hint: expect.stringMatching(/page in the browser showed an error/),
    })
    expect(clock.slept).toEqual([600_000])

    const patient = sleepersClock()
    let reminded = 0
    const { outcome: late } = await begin(server, { clock: patient, waiting: () => void reminded++ })
    expect(failureOf(await late).said('ja').message).toContain('10 分以内')
    expect(reminded).toBe(1)
    expect(patient.slept).toEqual([60_000, 540_000])

    const stop = new AbortController()
    const { outcome: stopped } = await begin(server, { signal: stop.signal, pasted: neverEnding() })
    stop.abort(new Error('stopped'))
    expect((await stopped).error).toMatchObject({ message: 'stopped' })
  })

  it.each([
    [
      'an error that repeats what was sent',
      (body: URLSearchParams) => ({ status: 400, body: JSON.stringify({ error: 'weird', error_description: `${body}` }) }),
    ],
    [
      'a page of a captive portal',
      () => ({ status: 200, body: '<html>log in</html>', headers: { 'content-type': 'text/html' } }),
    ],
    ['tokens in a broken form', () => ({ status: 200, body: '{"access_token":"canary-broken-token"' })],
    ['a wrong token type', () => ({ status: 200, body: '{"access_token":"canary-broken-token","token_type":"mac"}' })],
    ['an error of the server', () => ({ status: 503, body: 'canary-broken-token', headers: { 'retry-after': '7' } })],
    ['a redirect', () => ({ status: 302, body: '', headers: { location: 'https://example.org/?canary-broken-token' } })],
    ['an endless answer', () => ({ status: 200, body: 'x'.repeat(400_000) })],
  ])('turns %s into a failure without secrets', async (_, fault) => {
    const server = await start({ fault })
    const { address, outcome } = await begin(server)
    const page = await (await fetch(address)).text()
    expect(page).toContain('did not work')
    const failure = failureOf(await outcome)
    expect(failure.kind).not.toBe('bug')
    const said = `${everythingIn(failure)}\n${page}`
    const sent = [...(server.asked[0]?.values() ?? [])].filter((value) => value.startsWith('4/') || value.length > 40)
    for (const secret of [...server.secrets, ...sent, 'canary-broken-token']) expect(said).not.toContain(secret)
    if (failure.retryAfter !== undefined) expect(failure.retryAfter).toBeGreaterThan(Date.now() + 5000)
  })

  it('says that nothing answers, and refuses an endpoint without encryption', async () => {
    const server = await start()
    const gone = await startAuthorizationServer()
    await gone.close()
    const { address, outcome } = await begin(server, { endpoints: { ...server.endpoints, token: gone.endpoints.token ?? '' } })
    await fetch(address)
    expect(failureOf(await outcome).kind).toBe('offline')

    const plain = await begin(server, { endpoints: { ...server.endpoints, token: 'http://example.org/token' } })
    await fetch(plain.address)
    expect(failureOf(await plain.outcome)).toMatchObject({ kind: 'settings', message: expect.stringMatching(/not be encrypted/) })
  })

  it('says that the client is wrong', async () => {
    const server = await start()
    const { address, outcome } = await begin(server, { client: { id: client.id, secret: 'canary-other-secret' } })
    await fetch(address)
    const failure = failureOf(await outcome)
    expect(failure.kind).toBe('settings')
    expect(everythingIn(failure)).not.toContain('canary-other-secret')
  })
})

const neverEnding = (): AsyncIterable<string> => ({
  [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined) }),
})

const statusWithHost = (address: string, host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request(`${address}?code=x&state=y`, { headers: { host } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })

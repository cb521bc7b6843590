import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../../../src/core/clock.ts'
import { Failure } from '../../../src/core/failure.ts'
import { accountLock } from '../../../src/signin/account-lock.ts'
import { carryOut } from '../../../src/signin/apart/carry-out.ts'
import type { Answer, Order } from '../../../src/signin/apart/order.ts'
import { type RenewApartOptions, renewApart, type StartRenewal } from '../../../src/signin/apart/renew-apart.ts'
import { fileStore } from '../../../src/signin/file-store.ts'
import { oauthCredentials } from '../../../src/signin/oauth-credentials.ts'
import { openTokenStore } from '../../../src/signin/open-token-store.ts'
import { readAccountRecord, writeAccountRecord } from '../../../src/signin/token-set.ts'
import {
  type AuthorizationServer,
  type AuthorizationServerOptions,
  client,
  everythingIn,
  startAuthorizationServer,
  testSignIn,
} from '../authorization-server.ts'
import { fakeKeyring } from '../fake-keyring.ts'
import { sleepersClock } from '../test-clock.ts'

const program = fileURLToPath(new URL('../../../src/renewal.ts', import.meta.url))
let folder = ''
const servers: AuthorizationServer[] = []
const children: ChildProcess[] = []
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'holdall-apart-'))
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await Promise.all(servers.splice(0).map((server) => server.close()))
  await rm(folder, { recursive: true, force: true })
})

const request = { method: 'GET', url: 'https://example.org/', headers: {} }
const files = () => fileStore({ folder, platform: process.platform, notice: () => undefined })
const stored = async () => readAccountRecord('home', (await files().get('home')) ?? '')

/** As main.ts starts it. */
const start: StartRenewal = () => {
  const child = spawn(process.execPath, [program], { detached: true, stdio: ['pipe', 'pipe', 'ignore'] })
  children.push(child)
  return child as ReturnType<StartRenewal> & typeof child
}

interface Begun extends AuthorizationServerOptions {
  readonly start?: StartRenewal
  readonly refresh?: string
  readonly signIn?: typeof testSignIn
}

/** An account whose access token is over, at a server whose refresh tokens are good once. */
const begin = async (options: Begun = {}) => {
  const server = await startAuthorizationServer({ rotates: true, ...options })
  servers.push(server)
  const refreshToken = options.refresh ?? server.grant('a')
  const tokens = { accessToken: 'canary-access-old', expiresAt: 0, tokenType: 'bearer', refreshToken }
  const about = { provider: 'test', subject: '42', name: 'ann@example.org', clientId: client.id, scopes: ['a'], signedInAt: 1 }
  await files().set('home', writeAccountRecord({ version: 1, ...about, tokens }))
  const notices: string[] = []
  const { endpoints } = server
  const signIn = options.signIn ?? { ...testSignIn, rotates: true }
  const party = { signIn, endpoints, client, fetch, clock: systemClock }
  const shared: RenewApartOptions = {
    account: 'home',
    start: options.start ?? start,
    party,
    network: { proxies: {}, ca: [] },
    store: { wanted: 'file', folder },
    notice: ({ message }) => notices.push(message),
  }
  const lock = () => accountLock({ folder, account: 'home', clock: systemClock })
  const credentials = (apart = renewApart(shared)) =>
    oauthCredentials({ key: 'home', store: files(), lock: lock(), apart, ...party })
  return { server, shared, credentials, lock, notices, refreshToken }
}

const order = (server: AuthorizationServer): Order => ({
  account: 'home',
  spent: 'canary-access-old',
  client,
  server: { authorization: server.endpoints.authorization ?? '', token: server.endpoints.token ?? '' },
  network: { proxies: {}, ca: [] },
  store: { wanted: 'file', folder },
})

const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await sleep(5)
}

const thrown = async (work: Promise<unknown>): Promise<Failure> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(Failure)
  return error as Failure
}

test('another process renews and stores, and what it stored is used', async () => {
  const { server, credentials, notices } = await begin()
  const one = credentials()
  const headers = await Promise.all(Array.from({ length: 20 }, () => one.sign(request)))
  expect(server.asked).toHaveLength(1)
  expect(children).toHaveLength(1)
  const { tokens } = await stored()
  expect(tokens.accessToken).not.toBe('canary-access-old')
  expect(new Set(headers.map(({ authorization }) => authorization))).toEqual(new Set([`Bearer ${tokens.accessToken}`]))
  expect(notices).toEqual([])
})

test('only where refresh tokens are good once', async () => {
  const { shared } = await begin()
  expect(renewApart(shared)).toBeDefined()
  expect(
    renewApart({
      ...shared,
      party: { ...shared.party, signIn: { ...testSignIn, rotates: false } } as RenewApartOptions['party'],
    }),
  ).toBeUndefined()
  expect(renewApart({ ...shared, start: undefined })).toBeUndefined()
})

test('no secret stands in its arguments or its environment', async () => {
  if (process.platform !== 'linux') return
  const { server, credentials } = await begin({ delay: 400 })
  const signing = credentials().sign(request)
  await until(() => server.asked.length === 1)
  const { pid } = children[0] ?? {}
  const seen = ['cmdline', 'environ'].map((name) => readFileSync(`/proc/${pid}/${name}`, 'utf8')).join('\n')
  expect(seen).toContain('renewal.ts')
  expect(seen).not.toContain('canary')
  await signing
})

test('nobody to answer to, Ctrl-C, a hang-up and a polite end do not end it', async () => {
  const { server } = await begin({ delay: 600 })
  const child = start() as ReturnType<StartRenewal> & ChildProcess
  child.stdin.end(JSON.stringify(order(server)))
  await until(() => server.asked.length === 1)
  child.stdout.destroy()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) child.kill(signal)
  const [status, signal] = await once(child, 'exit')
  expect([status, signal]).toEqual([0, null])
  expect((await stored()).tokens.accessToken).toMatch(/^canary-access-(?!old)/)
  expect(server.asked).toHaveLength(1)
})

test('an order that was cut off is not carried out', async () => {
  const { server, refreshToken } = await begin()
  for (const text of ['', JSON.stringify(order(server)).slice(0, -20), '{}']) {
    const child = start() as ReturnType<StartRenewal> & ChildProcess
    child.stdin.end(text)
    expect(await once(child, 'exit')).toEqual([1, null])
  }
  expect(server.asked).toEqual([])
  expect((await stored()).tokens.refreshToken).toBe(refreshToken)
})

test('two runs at once ask once', async () => {
  const { server, credentials } = await begin({ delay: 300 })
  const [one, two] = await Promise.all([credentials().sign(request), credentials().sign(request)])
  expect(children).toHaveLength(2)
  expect(server.asked).toHaveLength(1)
  expect(one).toEqual(two)
})

test('it waits for whoever works on the sign-in, and asks nothing before', async () => {
  const { server, credentials, lock } = await begin()
  const over = await lock().hold(async () => {
    const signing = credentials().sign(request)
    await sleep(900)
    expect(children).toHaveLength(1)
    expect(server.asked).toEqual([])
    return { signing }
  })
  expect((await over.signing).authorization).toMatch(/^Bearer canary-access-(?!old)/)
  expect(server.asked).toHaveLength(1)
})

test('who comes while it works, and does not know of it, waits for it and finds the new tokens', async () => {
  const { server, credentials } = await begin({ delay: 500 })
  const child = start() as ReturnType<StartRenewal> & ChildProcess
  child.stdin.end(JSON.stringify(order(server)))
  await until(() => server.asked.length === 1)
  // In this process alone, as a run does that could start none.
  const here = await credentials(async () => 'no answer').sign(request)
  expect(here.authorization).toBe(`Bearer ${(await stored()).tokens.accessToken}`)
  expect(server.asked).toHaveLength(1)
})

const silent =
  (text = ''): StartRenewal =>
  () => {
    const stdout = new PassThrough()
    stdout.end(text)
    return { stdin: new PassThrough().resume(), stdout, once: () => undefined }
  }

test.each<[string, StartRenewal, RegExp]>([
  [
    'no process can be started',
    () => {
      throw Object.assign(new Error('spawn EAGAIN'), { code: 'EAGAIN' })
    },
    /no process of its own .*: EAGAIN/,
  ],
  [
    'the program is not there',
    () => spawn('/nowhere/node', [], { stdio: ['pipe', 'pipe', 'ignore'] }),
    /no process of its own .*: ENOENT/,
  ],
  [
    'it ends without a word',
    () => spawn(process.execPath, ['-e', ''], { stdio: ['pipe', 'pipe', 'ignore'] }),
    /ended without an answer/,
  ],
  ['it says something else', silent('canary-not JSON\n'), /not understood/],
  ['it says something unknown', silent('{"is":"canary"}\n'), /not understood/],
])('where %s, this process renews, and says so', async (_, broken, said) => {
  const { server, credentials, notices } = await begin({ start: broken })
  expect((await credentials().sign(request)).authorization).toMatch(/^Bearer canary-access-(?!old)/)
  expect(server.asked).toHaveLength(1)
  expect(notices).toEqual([expect.stringMatching(said)])
  expect(notices.join()).not.toContain('canary')
})

test('killed when it has stored, but not answered: what it left is taken, and nothing asked again', async () => {
  const { server, credentials } = await begin({
    start: () => {
      const child = start() as ReturnType<StartRenewal> & ChildProcess
      const stdout = new PassThrough()
      void once(child, 'exit').then(() => stdout.end()) // without what it said
      child.stdout.resume()
      return { stdin: child.stdin, stdout, once: () => undefined }
    },
  })
  const { authorization } = await credentials().sign(request)
  expect(server.asked).toHaveLength(1)
  expect(authorization).toBe(`Bearer ${(await stored()).tokens.accessToken}`)
})

test.each<[string, Begun]>([
  ['a sign-in that is over', { refresh: 'canary-refresh-dead' }],
  [
    'a refusal in the provider’s own words',
    {
      fault: () => ({
        status: 400,
        body: '{"error":"canary_code","error_description":"ends in canary-refresh-dead"}',
        headers: { 'x-trace': 'T1' },
      }),
      refresh: 'canary-refresh-dead',
      signIn: {
        ...testSignIn,
        rotates: true,
        traceHeader: 'x-trace',
        explain: ({ code, description }) =>
          Failure.in('signin', {
            en: { message: `${code} means: ${description}`, hint: 'ask' },
            ja: { message: `${code} の意味：${description}`, hint: '聞いて' },
          }),
      },
    },
  ],
  ['an error of the server', { fault: () => ({ status: 503, body: 'oops', headers: { 'retry-after': '3' } }) }],
  ['too many requests', { fault: () => ({ status: 429, body: '{}' }) }],
  ['a page of a captive portal', { fault: () => ({ status: 200, body: '<html>' }) }],
])('%s is told as if it had been met here', async (_, options) => {
  const { server, credentials } = await begin(options)
  const apart = await thrown(credentials().sign(request))
  const here = await thrown(credentials(async () => 'no answer').sign(request))
  const shown = (failure: Failure) => [failure.kind, failure.said('en'), failure.said('ja'), failure.refusal, failure.diagnosis]
  expect(shown(apart)).toEqual(shown(here))
  expect(apart.retryAfter === undefined).toBe(here.retryAfter === undefined)
  expect(children).toHaveLength(1)
  for (const secret of [...server.secrets, 'canary-refresh-dead', 'canary-access-old'])
    expect(everythingIn(apart)).not.toContain(secret)
})

/** A keychain that has a sign-in, and goes silent at will. */
const inKeychain = async () => {
  const { server } = await begin({ delay: 100 })
  const fake = fakeKeyring()
  const keyring = async () => fake.keyring
  const store = await openTokenStore({ wanted: 'keychain', folder, platform: process.platform, notice: () => undefined, keyring })
  await store.set('home', (await files().get('home')) ?? '')
  const clock = sleepersClock(Date.now())
  const told: Answer[] = []
  const options = { platform: process.platform, keyring, tell: (answer: Answer) => told.push(answer) }
  const saved = async () => readAccountRecord('home', (await store.get('home')) ?? '')
  return {
    server,
    fake,
    clock,
    told,
    options,
    saved,
    order: { ...order(server), store: { wanted: 'keychain' as const, folder } },
  }
}

test('a store that does not take the new tokens is tried again, and that is said', async () => {
  const { server, fake, clock, told, options, saved, order } = await inKeychain()
  const sleepsLater = {
    ...clock,
    sleep: async (ms: number) => {
      await clock.sleep(ms)
      if (told.length > 0 && clock.slept.length > 3) fake.mode = 'works'
    },
  }
  const breaking = { ...options, clock: sleepsLater }
  const carried = carryOut(order, breaking)
  await until(() => server.asked.length === 1)
  fake.mode = 'throws'
  expect(await carried).toEqual({ is: 'stored' })
  expect(told).toEqual([{ is: 'unsaved', reason: expect.stringContaining('keychain') }])
  expect(server.asked).toHaveLength(1)
  expect((await saved()).tokens.accessToken).toMatch(/^canary-access-(?!old)/)
})

test('one that takes nothing for a minute: said, with what to do', async () => {
  const { server, fake, clock, options, order } = await inKeychain()
  const carried = carryOut(order, { ...options, clock })
  await until(() => server.asked.length === 1)
  fake.mode = 'throws'
  const answer = await carried
  expect(answer).toMatchObject({
    is: 'failed',
    en: {
      message: expect.stringMatching(/renewed, but .* could not be stored/),
      hint: expect.stringContaining('holdall connect home'),
    },
    ja: { hint: expect.stringContaining('holdall connect home') },
  })
  expect(clock.slept.length).toBeGreaterThanOrEqual(119)
  expect(server.asked).toHaveLength(1)
  for (const secret of server.secrets) expect(JSON.stringify(answer)).not.toContain(secret)
})

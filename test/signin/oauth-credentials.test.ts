import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Clock } from '../../src/core/clock.ts'
import { systemClock } from '../../src/core/clock.ts'
import { Failure } from '../../src/core/failure.ts'
import { accountLock, noLock } from '../../src/signin/account-lock.ts'
import { fileStore } from '../../src/signin/file-store.ts'
import { memoryStore } from '../../src/signin/memory-store.ts'
import { boundAccount, freshCredentials, oauthCredentials, storeAccount } from '../../src/signin/oauth-credentials.ts'
import { type AccountRecord, readAccountRecord, writeAccountRecord } from '../../src/signin/token-set.ts'
import type { TokenStore } from '../../src/signin/token-store.ts'
import {
  type AuthorizationServer,
  type AuthorizationServerOptions,
  client,
  everythingIn,
  startAuthorizationServer,
  testSignIn,
} from './authorization-server.ts'
import { sleepersClock } from './test-clock.ts'

let folder = ''
const servers: AuthorizationServer[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdall-signin-'))
})
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
  await rm(folder, { recursive: true, force: true })
})

const request = { method: 'GET', url: 'https://example.org/', headers: { accept: 'text/plain' } }

const record = (refreshToken: string | undefined, clock: Clock, lasts = -1): AccountRecord => ({
  version: 1,
  provider: 'test',
  subject: '42',
  name: 'ann@example.org',
  clientId: client.id,
  scopes: ['a'],
  tokens: {
    accessToken: 'canary-access-old',
    expiresAt: clock.now() + lasts,
    tokenType: 'bearer',
    ...(refreshToken === undefined ? {} : { refreshToken }),
  },
  signedInAt: 1,
})

const begin = async (
  options: AuthorizationServerOptions & {
    clock?: Clock
    lasts?: number
    store?: TokenStore
    refresh?: 'granted' | 'dead' | 'none'
  } = {},
) => {
  const server = await startAuthorizationServer(options)
  servers.push(server)
  const clock = options.clock ?? systemClock
  const store = options.store ?? memoryStore()
  const refreshToken =
    options.refresh === 'none' ? undefined : options.refresh === 'dead' ? 'canary-refresh-dead' : server.grant('a')
  await store.set('home', writeAccountRecord(record(refreshToken, clock, options.lasts)))
  const credentials = oauthCredentials({
    key: 'home',
    store,
    signIn: { ...testSignIn, secretIn: options.secretIn === 'basic' ? 'basic' : 'body' },
    endpoints: server.endpoints,
    client,
    fetch,
    clock,
    lock: noLock,
  })
  const stored = async () => readAccountRecord('home', (await store.get('home')) ?? '')
  return { server, store, credentials, clock, stored, refreshToken }
}

const thrown = async (work: Promise<unknown>): Promise<Failure> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(Failure)
  return error as Failure
}

describe('signing with an account', () => {
  it('adds the access token to a copy of the headers, without a refresh while it lasts', async () => {
    const { credentials, server } = await begin({ lasts: 61_000, clock: sleepersClock() })
    expect(await credentials.sign(request)).toEqual({ accept: 'text/plain', authorization: 'Bearer canary-access-old' })
    expect(request.headers).toEqual({ accept: 'text/plain' })
    expect(server.asked.length).toBe(0)
  })

  it.each([true, false])('renews once for a hundred requests (rotating: %s)', async (rotates) => {
    const { credentials, server, stored, refreshToken } = await begin({ rotates, delay: 20, lasts: 59_000 })
    const headers = await Promise.all(Array.from({ length: 100 }, () => credentials.sign(request)))
    expect(server.asked.length).toBe(1)
    const { tokens } = await stored()
    expect(new Set(headers.map(({ authorization }) => authorization))).toEqual(new Set([`Bearer ${tokens.accessToken}`]))
    expect(tokens.accessToken).not.toBe('canary-access-old')
    expect(tokens.refreshToken === refreshToken).toBe(!rotates)
  })

  it('renews and revokes with the secret as Basic where the provider wants that', async () => {
    const { credentials, server } = await begin({ secretIn: 'basic' })
    await credentials.sign(request)
    await credentials.forget()
    expect(server.asked.length).toBe(1)
    expect(server.revoked.length).toBe(1)
  })

  it('renews again and again over a long run', async () => {
    const clock = sleepersClock()
    const { credentials, server } = await begin({ rotates: true, clock })
    for (let hour = 0; hour < 5; hour += 1) {
      await credentials.sign(request)
      await credentials.sign(request)
      clock.advance(3_600_000)
    }
    expect(server.asked.length).toBe(5)
  })

  it('stores new tokens before it uses them, and does not lose them where that fails at first', async () => {
    const inner = memoryStore()
    let broken = false
    const store: TokenStore = {
      ...inner,
      set: async (key, value) => {
        if (broken) throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' })
        await inner.set(key, value)
      },
    }
    const { credentials, server, stored } = await begin({ rotates: true, store })
    broken = true
    await expect(credentials.sign(request)).rejects.toMatchObject({ kind: 'disk' })
    await expect(credentials.sign(request)).rejects.toMatchObject({ kind: 'disk' })
    broken = false
    const { authorization } = await credentials.sign(request)
    expect(server.asked.length).toBe(1) // the old refresh token is dead: a second request would have ended the sign-in
    expect(authorization).toBe(`Bearer ${(await stored()).tokens.accessToken}`)
  })

  it('takes what another process has renewed, instead of renewing again', async () => {
    const { credentials, server, store, clock } = await begin({ rotates: true, lasts: 120_000 })
    await credentials.sign(request)
    await store.set(
      'home',
      writeAccountRecord({
        ...record('x', clock, 3_600_000),
        tokens: { accessToken: 'newer', expiresAt: clock.now() + 3_600_000, tokenType: 'bearer' },
      }),
    )
    await credentials.renew({ authorization: 'Bearer canary-access-old' }, undefined)
    expect(await credentials.sign(request)).toMatchObject({ authorization: 'Bearer newer' })
    expect(server.asked.length).toBe(0)
  })

  it('renews once for all who were refused the same token, and not for those refused an older one', async () => {
    const { credentials, server } = await begin({ lasts: 3_600_000, delay: 10 })
    const rejected = await credentials.sign(request)
    await Promise.all(Array.from({ length: 20 }, () => credentials.renew(rejected, 'Bearer error="invalid_token"')))
    await credentials.renew(rejected, undefined)
    expect(server.asked.length).toBe(1)
    expect((await credentials.sign(request)).authorization).not.toBe(rejected.authorization)
  })

  it('renews once where the clock was set back, so that a token that is over is believed to last', async () => {
    const clock = sleepersClock()
    const { credentials, server } = await begin({ lasts: 3_600_000, clock })
    clock.advance(-7_200_000)
    const rejected = await credentials.sign(request)
    expect(server.asked.length).toBe(0)
    // The service knows better.
    await credentials.renew(rejected, 'Bearer error="invalid_token"')
    expect((await credentials.sign(request)).authorization).not.toBe(rejected.authorization)
    expect(server.asked.length).toBe(1)
    // And again, with a token that was renewed here, under a clock that is set back once more.
    clock.advance(-7_200_000)
    const second = await credentials.sign(request)
    await credentials.renew(second, 'Bearer error="invalid_token"')
    expect((await credentials.sign(request)).authorization).not.toBe(second.authorization)
    expect(server.asked.length).toBe(2)
  })

  it('renews where the clock was set forward, so that a token that lasts is believed to be over', async () => {
    const clock = sleepersClock()
    const { credentials, server } = await begin({ lasts: 3_600_000, clock })
    await credentials.sign(request)
    clock.advance(86_400_000)
    await credentials.sign(request)
    await credentials.sign(request)
    expect(server.asked.length).toBe(1)
  })

  it('does not renew in a circle where the service refuses what it has just renewed', async () => {
    const { credentials, server } = await begin({ lasts: 3_600_000 })
    await credentials.renew(await credentials.sign(request), undefined)
    const failure = await thrown(credentials.renew(await credentials.sign(request), undefined))
    expect(failure).toMatchObject({ kind: 'signin', hint: expect.stringContaining('holdall connect home') })
    expect(server.asked.length).toBe(1)
  })

  it('ends with one question where the sign-in is over, however many wait and come later', async () => {
    const { credentials, server } = await begin({ refresh: 'dead', delay: 10 })
    const failures = await Promise.all(Array.from({ length: 100 }, () => thrown(credentials.sign(request))))
    failures.push(
      await thrown(credentials.sign(request)),
      await thrown(credentials.renew({ authorization: 'Bearer canary-access-old' }, undefined)),
    )
    expect(server.asked.length).toBe(1)
    for (const failure of failures) {
      expect(failure).toMatchObject({ kind: 'signin', hint: expect.stringContaining('holdall connect home') })
      for (const secret of [...server.secrets, 'canary-refresh-dead', 'canary-access-old'])
        expect(everythingIn(failure)).not.toContain(secret)
    }
  })

  it('names the command where nobody is signed in, nothing can renew, or the record is damaged', async () => {
    const { credentials, store } = await begin()
    await store.delete('home')
    expect(await thrown(credentials.sign(request))).toMatchObject({
      kind: 'signin',
      hint: expect.stringContaining('holdall connect home'),
    })
    const { credentials: without } = await begin({ refresh: 'none' })
    expect(await thrown(without.sign(request))).toMatchObject({
      kind: 'signin',
      hint: expect.stringContaining('holdall connect home'),
    })
    for (const damaged of ['', '{"canary', '{"version":1,"tokens":{"accessToken":"canary"}}', 'null']) {
      const { credentials: broken, store: other } = await begin()
      await other.set('home', damaged)
      const failure = await thrown(broken.sign(request))
      expect(failure.kind).toBe('signin')
      expect(everythingIn(failure)).not.toContain('canary')
      expect(await boundAccount('home', other)).toBeUndefined()
    }
    const { credentials: newer, store: later } = await begin()
    await later.set('home', '{"version":2}')
    expect((await thrown(newer.sign(request))).kind).toBe('settings')
  })

  it.each([
    ['an error of the server', { status: 503, body: 'oops', headers: { 'retry-after': '3' } }, 'transient'],
    ['too many requests', { status: 429, body: '{}' }, 'throttled'],
    ['a page of a captive portal', { status: 200, body: '<html>' }, 'corrupt'],
  ] as const)('leaves %s to be tried again, and loses nothing', async (_, fault, kind) => {
    let faulty = true
    const { credentials, server, stored, refreshToken } = await begin({
      rotates: true,
      fault: () => (faulty ? fault : undefined),
    })
    const failure = await thrown(credentials.sign(request))
    expect(failure.kind).toBe(kind)
    expect(failure.consequence.retry).toBe(true)
    expect((await stored()).tokens.refreshToken).toBe(refreshToken)
    faulty = false
    await credentials.sign(request)
    expect(server.asked.length).toBe(2)
  })

  it('calls a network without answer by its name', async () => {
    const { credentials, server } = await begin()
    await server.close()
    expect((await thrown(credentials.sign(request))).kind).toBe('offline')
  })

  it('describes without secrets', async () => {
    const { credentials, store } = await begin({ lasts: 100 })
    const description = await credentials.describe()
    expect(description).toMatchObject({ name: 'ann@example.org', subject: '42', scopes: ['a'], signedInAt: 1 })
    expect(everythingIn(description)).not.toContain('canary')
    expect(await boundAccount('home', store)).toEqual(description)
  })
})

describe('ending a sign-in', () => {
  it('revokes, deletes, and signs nothing any more', async () => {
    const { credentials, server, store, refreshToken } = await begin({ lasts: 3_600_000 })
    await credentials.sign(request)
    await credentials.forget()
    expect(server.revoked).toEqual([refreshToken])
    expect(await store.get('home')).toBeUndefined()
    expect((await thrown(credentials.sign(request))).kind).toBe('signin')
  })

  it('is no error where the service had ended it already, or nobody was signed in', async () => {
    const { credentials, store } = await begin({ refresh: 'dead' })
    await credentials.forget()
    expect(await store.get('home')).toBeUndefined()
    await credentials.forget()
  })

  it('deletes even where the service cannot be told, and says so', async () => {
    const { credentials, server, store } = await begin()
    await server.close()
    const failure = await thrown(credentials.forget())
    expect(failure.message).toMatch(/deleted here/)
    expect(await store.get('home')).toBeUndefined()
    for (const secret of server.secrets) expect(everythingIn(failure)).not.toContain(secret)
  })
})

it('credentials of a sign-in that is not stored yet cannot be renewed', async () => {
  const fresh = freshCredentials('home', { accessToken: 'now', expiresAt: 0, scopes: [], tokenType: 'bearer' })
  expect(await fresh.sign(request)).toMatchObject({ authorization: 'Bearer now' })
  expect((await thrown(fresh.renew({}, undefined))).kind).toBe('signin')
})

/** Runs a process that signs once; resolves with what it printed and how it ended. */
const inProcess = (endpoints: object, more: Record<string, string> = {}) =>
  new Promise<{ out: string; error: string; signal: string | null }>((resolve) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'refresh-in-process.ts')], {
      env: { ...process.env, FOLDER: folder, ENDPOINTS: JSON.stringify(endpoints), ...more },
    })
    let out = ''
    let error = ''
    child.stdout.on('data', (chunk) => {
      out += chunk
    })
    child.stderr.on('data', (chunk) => {
      error += chunk
    })
    child.on('close', (_, signal) => resolve({ out, error, signal }))
  })

describe('several processes', () => {
  const files = () => fileStore({ folder, platform: process.platform, notice: () => undefined })

  it('share one refresh of a refresh token that serves once', { timeout: 30_000 }, async () => {
    const { server } = await begin({ rotates: true, delay: 400, store: files() })
    const results = await Promise.all([inProcess(server.endpoints), inProcess(server.endpoints), inProcess(server.endpoints)])
    expect(results.map(({ error }) => error).filter((text) => text.includes('Failure'))).toEqual([])
    expect(server.asked.length).toBe(1)
    expect(new Set(results.map(({ out }) => out)).size).toBe(1)
    expect(results[0]?.out).toMatch(/^Bearer canary-access-/)
  })

  it.each([
    [false, 'goes on with the old refresh token'],
    [true, 'names the command, where the service has taken the old one back'],
  ])(
    'a crash between answer and store leaves a whole record and no lock (rotating: %s): the next %s',
    { timeout: 30_000 },
    async (rotates) => {
      const { server, stored, refreshToken } = await begin({ rotates, store: files() })
      expect((await inProcess(server.endpoints, { DIE: 'answer' })).signal).toBe('SIGKILL')
      expect((await stored()).tokens).toMatchObject({ accessToken: 'canary-access-old', refreshToken })
      const next = await inProcess(server.endpoints)
      if (rotates) expect(next.error).toContain('holdall connect home')
      else expect(next.out).toMatch(/^Bearer canary-access-/)
      for (const secret of server.secrets) expect(next.error).not.toContain(secret)
    },
  )
})

describe('the lock of an account', () => {
  it('lets one in at a time, gives up after a while, and keeps accounts apart', async () => {
    const clock = sleepersClock()
    const lock = (account: string) => accountLock({ folder, account, clock, patience: 1000 })
    const order: string[] = []
    await lock('home').hold(async () => {
      order.push('in')
      expect(await thrown(lock('home').hold(async () => order.push('never')))).toMatchObject({ kind: 'transient' })
      await lock('Home').hold(async () => order.push('other'))
    })
    await lock('home').hold(async () => order.push('after'))
    await expect(lock('home').hold(() => Promise.reject(new Error('inside')))).rejects.toThrow('inside')
    await lock('home').hold(async () => order.push('after an error'))
    expect(order).toEqual(['in', 'other', 'after', 'after an error'])
  })

  it('keeps a new sign-in from being overwritten by a refresh of the old one', async () => {
    const clock = systemClock
    const server = await startAuthorizationServer({ rotates: true, delay: 150 })
    servers.push(server)
    const store = memoryStore()
    const lock = accountLock({ folder, account: 'home', clock })
    await store.set('home', writeAccountRecord(record(server.grant('a'), clock)))
    const credentials = oauthCredentials({
      key: 'home',
      store,
      signIn: testSignIn,
      endpoints: server.endpoints,
      client,
      fetch,
      clock,
      lock,
    })
    const signing = credentials.sign(request)
    while (server.asked.length === 0) await new Promise((resolve) => setImmediate(resolve))
    await storeAccount('home', { ...record('anew', clock, 3_600_000), subject: '43' }, { store, lock })
    await signing
    expect((await boundAccount('home', store))?.subject).toBe('43')
  })
})

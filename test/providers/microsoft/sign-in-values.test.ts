import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it, test } from 'vitest'
import { systemClock } from '../../../src/core/clock.ts'
import { endOf, readMemory, renewable, writeMemory } from '../../../src/providers/microsoft/msal-memory.ts'
import { microsoft } from '../../../src/providers/microsoft/provider.ts'
import { microsoftSignIn } from '../../../src/providers/microsoft/sign-in.ts'
import { claimsOf } from '../../../src/providers/microsoft/sign-in-claims.ts'
import { checkTenant, directoryOf, isDomain } from '../../../src/providers/microsoft/sign-in-tenant.ts'
import { missingScopes } from '../../../src/signin/granted.ts'

const claims = '{"access_token":{"nbf":{"essential":true,"value":"1700000000"}}}'
const base64 = Buffer.from(claims).toString('base64')

test.each([
  [`Bearer realm="", authorization_uri="https://x", error="insufficient_claims", claims="${base64}"`, claims],
  [`Bearer error="insufficient_claims",claims="${base64}"`, claims],
  ['Bearer error="invalid_token"', undefined],
  ['Bearer claims="!!!"', undefined],
  ['Bearer claims="WzFd"', undefined],
  ['Bearer other_claims="e30="', undefined],
  ['', undefined],
])('reads the claims of a challenge: %s', (challenge, found) => {
  expect(claimsOf(challenge)).toBe(found)
})

describe('the directory of an account', () => {
  const uni = 'c0ffee00-1234-4abc-9def-0123456789ab'
  const other = '11111111-2222-4333-8444-555555555555'
  const personal = '9188040d-6c67-4c5b-b112-36a304b66dad'
  it.each([
    ['common', uni, undefined],
    ['common', personal, undefined],
    ['organizations', uni, undefined],
    ['consumers', personal, undefined],
    [uni, uni, undefined],
    [uni.toUpperCase(), uni, undefined],
    ['uni.example', uni, uni],
    ['uni.example', uni, undefined],
  ])('tenant: %s takes %s', (tenant, directory, wanted) => {
    expect(() => checkTenant(tenant, directory, wanted)).not.toThrow()
  })
  it.each([
    ['organizations', personal, undefined, /personal account/],
    ['consumers', uni, undefined, /no personal account/],
    [uni, other, undefined, /another organisation/],
    ['uni.example', other, uni, /another organisation.*uni\.example/],
  ])('tenant: %s refuses %s', (tenant, directory, wanted, message) => {
    expect(() => checkTenant(tenant, directory, wanted)).toThrow(message)
  })
  it('knows domains, and the id in the issuer of one', () => {
    expect(['common', 'organizations', 'consumers', uni, 'uni.example'].map(isDomain)).toEqual([false, false, false, false, true])
    expect(directoryOf(`https://login.microsoftonline.com/${uni}/v2.0`)).toBe(uni)
    expect(directoryOf('https://login.microsoftonline.com/{tenantid}/v2.0')).toBeUndefined()
    expect(directoryOf(undefined)).toBeUndefined()
  })
})

describe('what MSAL must remember', () => {
  const cache = JSON.stringify({
    Account: { a: { username: 'x' } },
    AccessToken: { b: { secret: 'canary-access' } },
    RefreshToken: { c: { secret: 'r', expires_on: '1800000000' } },
  })
  it('is kept without access tokens, and read again', () => {
    const text = writeMemory({ tenant: 't', cache })
    expect(text).not.toContain('canary-access')
    const memory = readMemory(text)
    expect(memory.tenant).toBe('t')
    expect(JSON.parse(memory.cache)).toMatchObject({ Account: { a: { username: 'x' } }, RefreshToken: { c: { secret: 'r' } } })
  })
  it.each(['', '{', '{"version":2,"tenant":"t","cache":"{}"}', '{"version":1,"tenant":"t","cache":"canary"}'])(
    'refuses %s, unquoted',
    (text) => {
      expect(() => readMemory(text)).toThrow(/cannot be read/)
      expect(() => readMemory(text)).not.toThrow(/canary/)
    },
  )
  it('knows whether it renews anything, and until when', () => {
    expect([renewable(cache), renewable('{}'), renewable('{"RefreshToken":{}}')]).toEqual([true, false, false])
    expect(endOf(cache)).toBe(1_800_000_000_000)
    expect(endOf('{"RefreshToken":{"c":{"secret":"r"}}}')).toBeUndefined()
  })
})

describe("Microsoft's sign-in as it is described", () => {
  it('asks for the least, and comes back to what is registered', () => {
    expect(microsoftSignIn.identityScopes).toEqual(['User.Read', 'offline_access'])
    expect(microsoftSignIn.redirect).toEqual({ host: 'localhost', path: '' })
  })
  it.each([
    [['Files.Read', 'Notes.Read'], ['User.Read', 'Files.Read.All', 'Notes.ReadWrite'], []],
    [['Files.Read.All'], ['Files.ReadWrite.All'], []],
    [
      ['Files.Read.All', 'Notes.Read'],
      ['Files.Read', 'Files.ReadWrite', 'Notes.Create'],
      ['Files.Read.All', 'Notes.Read'],
    ],
  ])('a wider right will do, a narrower one will not: %s out of %s', (asked, granted, missing) => {
    expect(missingScopes(asked, granted, microsoftSignIn)).toEqual(missing)
  })
  it('sends its token to Graph alone', () => {
    expect(microsoft.credentialOrigins(microsoft.endpoints({}))).toEqual(['https://graph.microsoft.com'])
  })
  it.each([
    ['uni.example', true],
    ['c0ffee00-1234-4abc-9def-0123456789ab', true],
    ['a/b', false],
    ['../x', false],
    ['a?b', false],
    ['', false],
  ])('takes tenant: %s? %s', (tenant, good) => {
    expect(microsoft.settings.safeParse({ tenant }).success).toBe(good)
  })
  it.each(['common', 'Organizations', 'consumers'])(
    'asks nothing of the real service to send people there: tenant: %s',
    async (tenant) => {
      const party = { client: { id: 'x' }, settings: { tenant }, endpoints: microsoft.endpoints({}), clock: systemClock }
      const asked: string[] = []
      const library = await microsoftSignIn.open({
        ...party,
        fetch: (url) => {
          asked.push(String(url))
          return Promise.reject(new Error('no network in tests'))
        },
      })
      const request = { redirectUri: 'http://localhost:1', scopes: ['User.Read'], state: 's', challenge: 'c'.repeat(43) }
      const address = new URL(await library.authorizationAddress(request))
      expect(address.origin + address.pathname).toBe(
        `https://login.microsoftonline.com/${tenant.toLowerCase()}/oauth2/v2.0/authorize`,
      )
      expect(asked).toEqual([])
    },
  )
  it('looks before the browser opens whether the directory is there', async () => {
    const tenant = 'no-such-place.example'
    const said = { error: 'invalid_tenant', error_description: `AADSTS90002: Tenant '${tenant}' not found. Trace ID: 1` }
    const asked: string[] = []
    const library = await microsoftSignIn.open({
      client: { id: 'x' },
      settings: { tenant },
      endpoints: microsoft.endpoints({}),
      clock: systemClock,
      fetch: async (url) => {
        asked.push(String(url))
        return new Response(JSON.stringify(said), { status: 400 })
      },
    })
    const request = { redirectUri: 'http://localhost:1', scopes: ['User.Read'], state: 's', challenge: 'c'.repeat(43) }
    await expect(library.authorizationAddress(request)).rejects.toMatchObject({
      kind: 'settings',
      message: expect.stringContaining('AADSTS90002'),
    })
    expect(asked).toEqual([`https://login.microsoftonline.com/${tenant}/v2.0/.well-known/openid-configuration`])
  })
  it('loads MSAL when somebody signs in, and not before: the program starts without it', async () => {
    const run = promisify(execFile)
    const { stdout } = await run(process.execPath, [new URL('what-loads.ts', import.meta.url).pathname])
    const { before, after } = JSON.parse(stdout) as { before: string[]; after: string[] }
    expect(before).toEqual([])
    expect(after).toContain('msal-node')
  })
  it('everyone may sign in by default', () => {
    expect(microsoft.settings.parse({})).toEqual({ tenant: 'common' })
  })
})

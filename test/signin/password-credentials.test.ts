import { createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import type { Credentials } from '../../src/core/transport.ts'
import { parseChallenges } from '../../src/signin/challenges.ts'
import { type PasswordCredentialsOptions, passwordCredentials } from '../../src/signin/password-credentials.ts'
import { everythingIn } from './authorization-server.ts'

const login = { account: 'home', username: 'a123456', password: 'canary p\u00e4ssword' }
const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** What the transport does: sign, send, and after a 401 renew once and send once more. */
const get = async (credentials: Credentials, url: string): Promise<number> => {
  const once = async () => {
    const headers = await credentials.sign({ method: 'GET', url, headers: {} })
    return { headers, answer: await fetch(url, { headers }) }
  }
  const { headers, answer } = await once()
  if (answer.status !== 401) return answer.status
  await credentials.renew(headers, answer.headers.get('www-authenticate') ?? undefined)
  return (await once()).answer.status
}

/** A server that takes Digest only, and each nonce a limited number of times. */
const digestServer = async ({ algorithm = 'SHA-256', usesOfNonce = Number.POSITIVE_INFINITY, delay = 0 } = {}) => {
  const uses = new Map<string, Set<string>>()
  const seen: string[] = []
  const hash = (text: string) =>
    createHash(algorithm.startsWith('MD5') ? 'md5' : 'sha256')
      .update(text)
      .digest('hex')
  const server = createServer(async (request, response) => {
    const sent = request.headers.authorization ?? ''
    seen.push(sent.split(' ')[0] ?? '')
    const parameters = parseChallenges(sent)[0]?.parameters ?? new Map<string, string>()
    const field = (name: string) => parameters.get(name) ?? ''
    const challenge = (stale: boolean) => {
      const nonce = randomBytes(8).toString('hex')
      uses.set(nonce, new Set())
      response
        .writeHead(401, {
          'www-authenticate': `Digest realm="home", qop="auth", algorithm=${algorithm}, nonce="${nonce}"${stale ? ', stale=true' : ''}`,
        })
        .end()
    }
    if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay))
    if (!sent.startsWith('Digest ')) return challenge(false)
    const plain = hash(`${login.username}:home:${login.password}`)
    const key = algorithm.endsWith('-sess') ? hash(`${plain}:${field('nonce')}:${field('cnonce')}`) : plain
    const expected = hash(`${key}:${field('nonce')}:${field('nc')}:${field('cnonce')}:auth:${hash(`GET:${request.url}`)}`)
    const used = uses.get(field('nonce'))
    if (field('response') !== expected) return challenge(false)
    if (used === undefined || used.size >= usesOfNonce) return challenge(true)
    if (used.has(field('nc'))) return response.writeHead(400).end() // a replay
    used.add(field('nc'))
    response.writeHead(200).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => void server.close())
  const address = server.address()
  return { url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/a%20b?c=d`, seen, uses }
}

const make = (more: Partial<PasswordCredentialsOptions> = {}) => passwordCredentials({ ...login, ...more })
const secure = { method: 'GET', url: 'https://dav.example.org/', headers: { accept: 'x' } }
const open = { ...secure, url: 'http://dav.example.org/' }

describe('Basic', () => {
  it('is sent at once over TLS and on this machine, in UTF-8', async () => {
    // https://www.rfc-editor.org/rfc/rfc7617#section-2.1
    const credentials = make({ username: 'test', password: '123\u00a3' })
    expect(await credentials.sign(secure)).toEqual({ accept: 'x', authorization: 'Basic dGVzdDoxMjPCow==' })
    for (const url of ['http://127.0.0.1:80/', 'http://localhost/', 'http://[::1]:8080/']) {
      expect(await credentials.sign({ ...secure, url })).toHaveProperty('authorization')
    }
    for (const url of ['http://127.0.0.1.example.org/', 'http://localhost.example.org/']) {
      expect(await credentials.sign({ ...secure, url })).not.toHaveProperty('authorization')
    }
  })

  it('stops for good at the first refusal, also for those who wait', async () => {
    const credentials = make()
    const rejected = await credentials.sign(secure)
    const failures = await Promise.allSettled([
      credentials.renew(rejected, 'Basic realm="x"'),
      credentials.renew(rejected, 'Basic realm="x"'),
      credentials.sign(secure),
      credentials.renew(rejected, undefined),
    ])
    for (const outcome of failures) {
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: { kind: 'signin', stops: 'account', hint: expect.stringContaining('holdall connect home') },
      })
      expect(everythingIn(outcome)).not.toMatch(/canary|Basic /)
    }
  })

  it('counts a refusal without challenge as one, and does not try Digest with a password that Basic was refused for', async () => {
    for (const challenge of [undefined, '', 'Digest realm="x", nonce="1", qop="auth", Basic realm="x"']) {
      const credentials = make()
      await expect(credentials.renew(await credentials.sign(secure), challenge)).rejects.toMatchObject({ kind: 'signin' })
    }
  })

  it('names the ways of a server that takes no password', async () => {
    const credentials = make()
    await expect(credentials.renew(await credentials.sign(secure), 'Negotiate, NTLM')).rejects.toMatchObject({
      kind: 'signin',
      message: expect.stringContaining('negotiate, ntlm'),
    })
  })

  it('goes over plain http only where the person insists, and after the server asked', async () => {
    const refusing = make()
    const nothing = await refusing.sign(open)
    expect(nothing).toEqual({ accept: 'x' })
    await expect(refusing.renew(nothing, 'Basic realm="x"')).rejects.toMatchObject({
      kind: 'settings',
      hint: expect.stringContaining('insecure: true'),
    })

    const insisting = make({ plainHttp: 'allow' })
    const first = await insisting.sign(open)
    expect(first).toEqual({ accept: 'x' })
    await insisting.renew(first, 'Basic realm="x"')
    const second = await insisting.sign(open)
    expect(second.authorization).toMatch(/^Basic /)
    await expect(insisting.renew(second, 'Basic realm="x"')).rejects.toMatchObject({ kind: 'signin' })
  })

  it.each([
    ['a:b', 'x'],
    ['a', 'x\n'],
    ['a\r', 'x'],
  ])('refuses what HTTP cannot carry (%j)', (username, password) => {
    expect(() => make({ username, password })).toThrowError(
      expect.objectContaining({ kind: 'settings', message: expect.not.stringContaining(password) }),
    )
  })
})

describe('Digest', () => {
  it.each(['SHA-256', 'SHA-256-sess', 'MD5', 'MD5-sess'])(
    'is learned from the first refusal, then sent at once (%s)',
    async (algorithm) => {
      const { url, seen } = await digestServer({ algorithm })
      const credentials = make()
      expect([await get(credentials, url), await get(credentials, url), await get(credentials, url)]).toEqual([200, 200, 200])
      expect(seen).toEqual(['Basic', 'Digest', 'Digest', 'Digest'])
    },
  )

  it('serves many requests at once, each with a count of its own', async () => {
    const { url, uses } = await digestServer({ delay: 5 })
    const credentials = make()
    const statuses = await Promise.all(Array.from({ length: 40 }, () => get(credentials, url)))
    expect(new Set(statuses)).toEqual(new Set([200]))
    const counts = [...uses.values()].find((used) => used.size > 0) ?? new Set()
    expect(counts.size).toBe(40)
  })

  it('repeats with the new nonce where the old is stale, for all who used it', async () => {
    const { url } = await digestServer({ usesOfNonce: 3 })
    const credentials = make()
    for (let request = 0; request < 12; request += 1) expect(await get(credentials, url)).toBe(200)
  })

  it('stops at the second refusal: one try of the password, no more', async () => {
    const { url, seen } = await digestServer()
    const credentials = make({ password: 'canary wrong' })
    await get(credentials, url)
    for (let request = 0; request < 5; request += 1) {
      const failure: unknown = await get(credentials, url).catch((error: unknown) => error)
      expect(failure).toMatchObject({ kind: 'signin', hint: expect.stringContaining('app password') })
      expect(everythingIn(failure)).not.toContain('canary')
    }
    expect(seen).toEqual(['Basic', 'Digest', 'Digest'])
  })

  it('does not take another request’s renewal for a refusal', async () => {
    const credentials = make()
    const first = await credentials.sign(open)
    const second = await credentials.sign(open)
    await credentials.renew(first, 'Digest realm="x", nonce="1", qop="auth"')
    await credentials.renew(second, 'Digest realm="x", nonce="2", qop="auth"')
    const [third, fourth] = [await credentials.sign(open), await credentials.sign(open)]
    expect(third.authorization).toContain('nonce="1"')
    await credentials.renew(third, 'Digest realm="x", nonce="3", qop="auth", stale=true')
    await credentials.renew(fourth, 'Digest realm="x", nonce="4", qop="auth", stale=true')
    expect((await credentials.sign(open)).authorization).toContain('nonce="3"')
  })
})

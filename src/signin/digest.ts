import { createHash, randomBytes } from 'node:crypto'
import type { Challenge } from './challenges.ts'

/**
 * The client side of Digest (RFC 7616, https://www.rfc-editor.org/rfc/rfc7616), qop `auth`. Written here because the packages that
 * can do it (digest-fetch, urllib) send the requests themselves, or know MD5 only (digest-header).
 */
export interface Digest {
  readonly nonce: string
  /** The Authorization header of one request. Each call counts `nc` up, so concurrent requests never share one. */
  authorization(request: { readonly method: string; readonly url: string }): string
}

export interface DigestLogin {
  readonly username: string
  readonly password: string
  /** Handed in by tests. */
  readonly cnonce?: () => string
}

/** Best first: any of them is better than MD5, which stays for servers that know nothing else. */
const algorithms = [
  { name: 'sha-256', hash: 'sha256' },
  { name: 'sha-512-256', hash: 'sha512-256' },
  { name: 'md5', hash: 'md5' },
] as const

/** The Digest challenge to answer, best algorithm first; undefined where there is none that this program can. */
export const bestDigest = (challenges: readonly Challenge[]): Challenge | undefined => {
  const usable = challenges.filter(
    (challenge) => challenge.scheme === 'digest' && challenge.parameters.has('nonce') && supportsAuth(challenge),
  )
  for (const { name } of algorithms) {
    const found = usable.find((challenge) => algorithmOf(challenge).base === name)
    if (found !== undefined) return found
  }
  return undefined
}

export const isStale = (challenge: Challenge): boolean => challenge.parameters.get('stale')?.toLowerCase() === 'true'

/** Answers requests under one challenge. `challenge` must come from {@link bestDigest}. */
export const digest = (challenge: Challenge, { username, password, cnonce = randomCnonce }: DigestLogin): Digest => {
  const { parameters } = challenge
  const { base, session, stated } = algorithmOf(challenge)
  const hash = algorithms.find(({ name }) => name === base)?.hash ?? 'md5'
  const h = (text: string) => createHash(hash).update(text, 'utf8').digest('hex')

  const realm = parameters.get('realm') ?? ''
  const nonce = parameters.get('nonce') ?? ''
  const opaque = parameters.get('opaque')
  // RFC 2069 servers name no qop and want the short form.
  const qop = parameters.has('qop') ? 'auth' : undefined
  const hashedName = parameters.get('userhash')?.toLowerCase() === 'true'
  const secret = h(`${username}:${realm}:${password}`)
  // -sess: the cnonce of the first request goes into the key of all under this nonce (§3.4.2), so it is used for all of them.
  const sessionCnonce = session ? cnonce() : undefined
  const key = sessionCnonce === undefined ? secret : h(`${secret}:${nonce}:${sessionCnonce}`)
  let count = 0

  return {
    nonce,
    authorization: ({ method, url }) => {
      count += 1
      const { pathname, search } = new URL(url)
      const uri = `${pathname}${search}`
      const nc = count.toString(16).padStart(8, '0')
      const client = sessionCnonce ?? cnonce()
      const request = h(`${method}:${uri}`)
      const response =
        qop === undefined ? h(`${key}:${nonce}:${request}`) : h(`${key}:${nonce}:${nc}:${client}:${qop}:${request}`)
      return `Digest ${[
        hashedName ? `username="${h(`${username}:${realm}`)}"` : nameField(username),
        `realm="${realm}"`,
        `nonce="${nonce}"`,
        `uri="${uri}"`,
        ...(stated === undefined ? [] : [`algorithm=${stated}`]),
        `response="${response}"`,
        ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
        ...(qop === undefined ? [] : [`qop=${qop}`, `nc=${nc}`]),
        ...(qop === undefined && !session ? [] : [`cnonce="${client}"`]),
        ...(hashedName ? ['userhash=true'] : []),
      ].join(', ')}`
    },
  }
}

const randomCnonce = (): string => randomBytes(16).toString('hex')

const algorithmOf = ({ parameters }: Challenge): { base: string; session: boolean; stated: string | undefined } => {
  const stated = parameters.get('algorithm')
  const name = (stated ?? 'md5').toLowerCase()
  return { base: name.replace(/-sess$/, ''), session: name.endsWith('-sess'), stated }
}

const supportsAuth = ({ parameters }: Challenge): boolean =>
  parameters
    .get('qop')
    ?.toLowerCase()
    .split(/[\s,]+/)
    .includes('auth') ?? true

/** Headers hold ASCII; other names go in the extended form of RFC 8187 (RFC 7616 §3.4). */
const nameField = (username: string): string =>
  /^[\x20-\x7e]*$/.test(username)
    ? `username="${username.replace(/(["\\])/g, '\\$1')}"`
    : `username*=UTF-8''${encodeURIComponent(username).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)}`

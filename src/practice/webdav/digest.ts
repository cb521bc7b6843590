import { createHash, randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { realm, type Users, type Verdict } from './credentials.ts'

export type DigestAlgorithm = 'MD5' | 'SHA-256'
export type DigestOptions = {
  /** Challenges in this order, the preferred first (RFC 7616, 3.7). Default: SHA-256, MD5. */
  readonly algorithms?: readonly DigestAlgorithm[]
  /** A nonce serves so many requests, then it is stale. Default: no end. */
  readonly staleAfter?: number
}

type Nonce = { readonly counts: Set<number> }

/** Nonces kept; older ones are stale. */
const nonceLimit = 1000

/**
 * Digest as in RFC 7616 with `qop=auth`: the request target must be the one that was signed, and each nonce count may come once
 * only, in any order, since parallel requests overtake each other.
 */
export function createDigestCheck(users: Users, options: DigestOptions = {}) {
  const algorithms = options.algorithms ?? ['SHA-256', 'MD5']
  const staleAfter = options.staleAfter ?? Number.POSITIVE_INFINITY
  const nonces = new Map<string, Nonce>()
  const secrets = new Map<string, string>()
  const opaque = randomBytes(8).toString('hex')

  function challenges(stale: boolean): string[] {
    const nonce = randomBytes(18).toString('base64')
    nonces.set(nonce, { counts: new Set() })
    for (const oldest of nonces.keys()) {
      if (nonces.size <= nonceLimit) break
      nonces.delete(oldest)
    }
    return algorithms.map(
      (algorithm) =>
        `Digest realm="${realm}", qop="auth", algorithm=${algorithm}, nonce="${nonce}", opaque="${opaque}", charset=UTF-8${stale ? ', stale=true' : ''}`,
    )
  }

  /** H(A1); kept, because it is the same for every request. */
  function secretOf(user: string, algorithm: DigestAlgorithm): string {
    const key = `${algorithm}:${user}`
    const secret = secrets.get(key) ?? digestOf(algorithm, `${user}:${realm}:${users[user]}`)
    secrets.set(key, secret)
    return secret
  }

  return (header: string | undefined, request: IncomingMessage): Verdict => {
    if (header === undefined) return { outcome: 'asked', challenges: challenges(false) }
    const sent = readDigest(header)
    if (typeof sent === 'string') return { outcome: 'malformed', why: sent }
    if (sent.uri !== request.url) return { outcome: 'malformed', why: 'The signed uri is not the request target' }
    if (sent.opaque !== opaque && nonces.has(sent.nonce)) return { outcome: 'malformed', why: 'The opaque value was changed' }
    const algorithm = algorithms.find((offered) => offered === sent.algorithm)
    const nonce = nonces.get(sent.nonce)
    if (!algorithm || sent.realm !== realm) return { outcome: 'wrong', challenges: challenges(false) }
    if (!Object.hasOwn(users, sent.username)) return { outcome: 'wrong', challenges: challenges(false) }
    const count = Number.parseInt(sent.nc, 16)
    const request2 = digestOf(algorithm, `${request.method}:${sent.uri}`)
    const signed = `${sent.nonce}:${sent.nc}:${sent.cnonce}:auth:${request2}`
    if (digestOf(algorithm, `${secretOf(sent.username, algorithm)}:${signed}`) !== sent.response) {
      return { outcome: 'wrong', challenges: challenges(false) }
    }
    if (!nonce || nonce.counts.size >= staleAfter) return { outcome: 'asked', challenges: challenges(true) }
    if (nonce.counts.has(count)) return { outcome: 'malformed', why: 'A nonce count was used twice' }
    nonce.counts.add(count)
    return { outcome: 'in', user: sent.username }
  }
}

function digestOf(algorithm: DigestAlgorithm, text: string): string {
  return createHash(algorithm === 'MD5' ? 'md5' : 'sha256')
    .update(text)
    .digest('hex')
}

const quoted = ['username', 'realm', 'nonce', 'uri', 'response', 'cnonce', 'opaque'] as const
type DigestFields = Record<(typeof quoted)[number] | 'nc' | 'algorithm', string>

/** The fields of the header, or what is wrong with it: RFC 7616, 3.4 fixes which are quoted and which are not. */
function readDigest(header: string): DigestFields | string {
  const fields = new Map<string, { value: string; quoted: boolean }>()
  const form = /\s*([A-Za-z0-9*]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s",]+))\s*(?:,|$)/y
  form.lastIndex = 'digest '.length
  while (form.lastIndex < header.length) {
    const [, name = '', inner, bare = ''] = form.exec(header) ?? []
    if (name === '') return 'The Digest header cannot be read'
    if (fields.has(name.toLowerCase())) return `${name} stands twice`
    fields.set(name.toLowerCase(), { value: inner?.replace(/\\(.)/g, '$1') ?? bare, quoted: inner !== undefined })
  }
  const extended = fields.get('username*')
  if (extended && !fields.has('username')) {
    const [, value] = /^UTF-8'[^']*'((?:[^%]|%[0-9A-Fa-f]{2})+)$/i.exec(extended.value) ?? []
    if (value === undefined) return 'username* is not in the form of RFC 5987'
    fields.set('username', { value: unescaped(value), quoted: true })
  }
  for (const name of quoted) {
    if (!fields.get(name)?.quoted) return `${name} is missing or not quoted`
  }
  const { nc, qop, algorithm } = { nc: fields.get('nc'), qop: fields.get('qop'), algorithm: fields.get('algorithm') }
  if (qop?.value !== 'auth' || qop.quoted) return 'qop must be auth, without quotes'
  if (!nc || nc.quoted || !/^[0-9a-f]{8}$/.test(nc.value)) return 'nc must be eight lower-case hex digits, without quotes'
  if (algorithm?.quoted) return 'algorithm must not be quoted'
  const value = (name: string) => fields.get(name)?.value ?? ''
  // Node reads header bytes as Latin-1; a quoted user name comes in UTF-8.
  const username = extended ? value('username') : Buffer.from(value('username'), 'latin1').toString()
  return {
    username,
    realm: value('realm'),
    nonce: value('nonce'),
    uri: value('uri'),
    response: value('response'),
    cnonce: value('cnonce'),
    opaque: value('opaque'),
    nc: nc.value,
    algorithm: algorithm?.value ?? 'MD5',
  }
}

/** Percent-encoded bytes as UTF-8; bytes that are not become another character and so no user's name. */
function unescaped(value: string): string {
  return Buffer.from(
    value.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString()
}

import { describe, expect, it } from 'vitest'
import { type Challenge, parseChallenges } from '../../src/signin/challenges.ts'
import { bestDigest, digest, isStale } from '../../src/signin/digest.ts'

const plain = (challenges: readonly Challenge[]) =>
  challenges.map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)])
const one = (header: string): Challenge => {
  const found = bestDigest(parseChallenges(header))
  if (found === undefined) throw new Error('no challenge')
  return found
}
const fields = (authorization: string) => parseChallenges(authorization)[0]?.parameters ?? new Map<string, string>()

describe('reading challenges', () => {
  it.each<[string, unknown]>([
    ['', []],
    ['Basic realm="a, b", charset="UTF-8"', [['basic', { realm: 'a, b', charset: 'UTF-8' }]]],
    [
      'Negotiate, NTLM, Basic realm="x"',
      [
        ['negotiate', {}],
        ['ntlm', {}],
        ['basic', { realm: 'x' }],
      ],
    ],
    [
      'Negotiate YWJj==, BASIC realm=x',
      [
        ['negotiate', {}],
        ['basic', { realm: 'x' }],
      ],
    ],
    [
      'Digest realm="x",nonce="a=b,c", qop="auth,auth-int", algorithm=SHA-256, Stale=TRUE,Digest realm="x", nonce="d", Basic realm="q\\"uote"',
      [
        ['digest', { realm: 'x', nonce: 'a=b,c', qop: 'auth,auth-int', algorithm: 'SHA-256', stale: 'TRUE' }],
        ['digest', { realm: 'x', nonce: 'd' }],
        ['basic', { realm: 'q\\"uote' }],
      ],
    ],
    [
      'Basic realm = "spaced" , ,, Digest nonce="1"',
      [
        ['basic', { realm: 'spaced' }],
        ['digest', { nonce: '1' }],
      ],
    ],
    ['realm="nobody\'s"', []],
    ['Digest realm="never ends', [['digest', {}]]],
  ])('%s', (header, expected) => {
    expect(plain(parseChallenges(header))).toEqual(expected)
  })
})

describe('answering Digest', () => {
  // https://www.rfc-editor.org/rfc/rfc7616#section-3.9.1
  const common =
    'realm="http-auth@example.org", qop="auth, auth-int", nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"'
  const both = `Digest ${common}, algorithm=MD5, Digest ${common}, algorithm=SHA-256`
  const mufasa = { username: 'Mufasa', password: 'Circle of Life', cnonce: () => 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ' }
  const request = { method: 'GET', url: 'http://www.example.org/dir/index.html' }

  it('as the example of RFC 7616, SHA-256 before MD5', () => {
    expect(fields(digest(one(both), mufasa).authorization(request)).get('response')).toBe(
      '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1',
    )
    const md5 = digest(one(`Digest ${common}, algorithm=MD5`), mufasa).authorization(request)
    expect(md5).toBe(
      `Digest username="Mufasa", realm="http-auth@example.org", nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", uri="/dir/index.html", algorithm=MD5, response="8ca523f5e9506fed4657c9700eebdbec", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS", qop=auth, nc=00000001, cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"`,
    )
  })

  it('as the example of RFC 2617, and in the short form of RFC 2069 where there is no qop', () => {
    // https://www.rfc-editor.org/rfc/rfc2617#section-3.5; the short form computed with md5sum from RFC 2069 §2.4's rule
    const login = { username: 'Mufasa', password: 'Circle Of Life', cnonce: () => '0a4f113b' }
    const rest = 'realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"'
    const at = { method: 'GET', url: 'http://host.com/dir/index.html' }
    expect(fields(digest(one(`Digest ${rest}, qop="auth"`), login).authorization(at)).get('response')).toBe(
      '6629fae49393a05397450978507c4ef1',
    )
    const short = fields(digest(one(`Digest ${rest}`), login).authorization(at))
    expect(short.get('response')).toBe('670fd8c2df070c60b045671b8b24ff02')
    expect(short.has('nc') || short.has('cnonce') || short.has('qop')).toBe(false)
  })

  it('counts each request of a nonce up, with the query in the address', () => {
    const answering = digest(one(both), { username: 'a', password: 'b' })
    const answers = Array.from({ length: 300 }, () =>
      fields(answering.authorization({ method: 'GET', url: 'https://example.org/a%20b?c=d' })),
    )
    expect(answers.map((answer) => Number.parseInt(answer.get('nc') ?? '', 16))).toEqual(answers.map((_, index) => index + 1))
    expect(answers.at(-1)?.get('nc')).toBe('0000012c')
    expect(answers[0]?.get('uri')).toBe('/a%20b?c=d')
    expect(new Set(answers.map((answer) => answer.get('cnonce'))).size).toBe(300)
  })

  it('keeps one cnonce for a session (-sess)', () => {
    const answering = digest(one(`Digest ${common}, algorithm=MD5-sess`), { username: 'a', password: 'b' })
    const [first, second] = [fields(answering.authorization(request)), fields(answering.authorization(request))]
    expect(first.get('cnonce')).toBe(second.get('cnonce'))
    expect(first.get('algorithm')).toBe('MD5-sess')
  })

  it('keeps names that headers cannot carry, and hides names where the server asks for it', () => {
    // https://www.rfc-editor.org/rfc/rfc7616#section-3.9.2: user "Jäsøn Doe", SHA-512-256, userhash
    const challenge =
      'Digest realm="api@example.org", qop="auth", algorithm=SHA-512-256, nonce="5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK", opaque="HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS", charset=UTF-8'
    const login = {
      username: 'J\u00e4s\u00f8n Doe',
      password: 'Secret, or not?',
      cnonce: () => 'NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v',
    }
    const at = { method: 'GET', url: 'http://api.example.org/doe.json' }
    expect(digest(one(challenge), login).authorization(at)).toContain("username*=UTF-8''J%C3%A4s%C3%B8n%20Doe")
    const hidden = fields(digest(one(`${challenge}, userhash=true`), login).authorization(at))
    expect(hidden.get('userhash')).toBe('true')
    // as corrected by https://www.rfc-editor.org/errata/eid4897
    expect(hidden.get('username')).toBe('793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b')
    expect(hidden.get('response')).toBe('3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5')
    expect(digest(one(both), { username: 'a"b\\c', password: '' }).authorization(at)).toContain('username="a\\"b\\\\c"')
  })

  it.each([
    ['Digest realm="x", nonce="1", qop="auth-int"', undefined],
    ['Digest realm="x", nonce="1", algorithm=SHA-3', undefined],
    ['Digest realm="x"', undefined],
    ['Basic realm="x"', undefined],
    [
      'Digest realm="x", nonce="1", algorithm=md5, Digest realm="x", nonce="2", algorithm=sha-512-256, Digest realm="x", nonce="3", algorithm=SHA-256-sess',
      '3',
    ],
  ])('chooses from %s', (header, nonce) => {
    expect(bestDigest(parseChallenges(header))?.parameters.get('nonce')).toBe(nonce)
  })

  it('knows a stale nonce', () => {
    expect(isStale(one('Digest nonce="1", stale=TRUE'))).toBe(true)
    expect(isStale(one('Digest nonce="1", stale="false"'))).toBe(false)
    expect(isStale(one('Digest nonce="1"'))).toBe(false)
  })
})

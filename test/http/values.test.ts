import { describe, expect, test } from 'vitest'
import { Failure } from '../../src/core/failure.ts'
import { networkFailure } from '../../src/http/network-failure.ts'
import { bypassesProxy } from '../../src/http/no-proxy.ts'
import { patienceWith } from '../../src/http/patience.ts'
import { redactText, redactUrl } from '../../src/http/redact.ts'
import { redirected } from '../../src/http/redirects.ts'
import { retryAfter } from '../../src/http/retry-after.ts'
import { statusFailure } from '../../src/http/status.ts'
import type { Hop } from '../../src/http/step.ts'

describe('Retry-After', () => {
  const now = Date.UTC(2026, 10, 24, 12)
  test.each([
    ['0', now],
    ['120', now + 120_000],
    [' 3 ', now + 3000],
    ['Tue, 24 Nov 2026 12:01:00 GMT', now + 60_000],
    ['Tue, 24 Nov 2026 11:00:00 GMT', now],
    ['-5', undefined],
    ['soon', undefined],
    ['2026', now + 2_026_000],
    ['', undefined],
    [undefined, undefined],
  ])('%j', (header, expected) => {
    expect(retryAfter(header, now)).toBe(expected)
  })
})

describe('NO_PROXY', () => {
  test.each([
    ['https://example.org/', 'example.org', true],
    ['https://a.example.org/', 'example.org', true],
    ['https://a.example.org/', '.example.org', true],
    ['https://a.example.org/', '*.example.org', true],
    ['https://badexample.org/', 'example.org', false],
    ['https://example.org/', 'other.org, example.org', true],
    ['https://example.org/', 'other.org example.org', true],
    ['https://example.org:8443/', 'example.org:8443', true],
    ['https://example.org/', 'example.org:443', true],
    ['https://example.org/', 'example.org:80', false],
    ['https://EXAMPLE.org/', 'Example.ORG', true],
    ['http://[::1]:80/', '::1', true],
    ['http://[::1]:8080/', '[::1]:8080', true],
    ['http://127.0.0.1:3000/', '127.0.0.1', true],
    ['https://example.org/', '*', true],
    ['https://example.org/', '', false],
    ['https://example.org/', ',,', false],
  ])('%s with %j: %s', (url, list, expected) => {
    expect(bypassesProxy(new URL(url), list)).toBe(expected)
  })
})

test('an address in a message has no user, password, values or fragment', () => {
  expect(redactUrl('https://u:p@h.example:8443/a%20b?token=SECRET&x=1&x=2#SECRET')).toBe(
    'https://h.example:8443/a%20b?token=…&x=…',
  )
  expect(redactUrl('no address SECRET')).not.toContain('SECRET')
  const token = 'Ab1-_9'.repeat(14)
  expect(redactUrl(`https://meet.example/rec/download/${token}?x=1`)).toBe('https://meet.example/rec/download/…?x=…')
  const file = 'AbCdEf'.repeat(7)
  expect(redactUrl(`https://h.example/files/${file}`)).toBe(`https://h.example/files/${file}`)
  expect(redactText('GET "https://h.example/?sig=SECRET" with Bearer SECRET, Basic U0VDUkVU')).toBe(
    'GET "https://h.example/?sig=…" with Bearer …, Basic …',
  )
})

describe('redirects', () => {
  const hop = (method: string, more: Partial<Hop> = {}): Hop => ({
    method,
    url: new URL('https://a.example/dir'),
    headers: { authorization: 'Bearer SECRET', cookie: 'SECRET', depth: '1', 'content-type': 'text/xml' },
    body: '<x/>',
    trusted: true,
    ...more,
  })
  test.each([
    ['PROPFIND', 301, 'PROPFIND'],
    ['PROPFIND', 302, 'PROPFIND'],
    ['PROPFIND', 307, 'PROPFIND'],
    ['PROPFIND', 308, 'PROPFIND'],
    ['PROPFIND', 303, 'GET'],
    ['POST', 301, 'GET'],
    ['POST', 302, 'GET'],
    ['POST', 307, 'POST'],
    ['POST', 308, 'POST'],
    ['HEAD', 303, 'HEAD'],
    ['GET', 302, 'GET'],
  ])('%s stays or changes on %i: %s', (method, status, expected) => {
    const next = redirected(hop(method), status, '/dir/')
    expect(next.method).toBe(expected)
    expect(next.url.href).toBe('https://a.example/dir/')
    const kept = expected === method
    expect(next.body).toBe(kept ? '<x/>' : undefined)
    expect(next.headers['content-type']).toBe(kept ? 'text/xml' : undefined)
    expect(next.headers.depth).toBe('1')
    expect(next.headers.authorization).toBe('Bearer SECRET')
    expect(next.trusted).toBe(true)
  })
  test.each(['https://b.example/x', 'https://a.example:8443/x', '//b.example/x'])(
    'to %s: nothing that proves the account goes along',
    (to) => {
      const next = redirected(hop('GET'), 302, to)
      expect(next.trusted).toBe(false)
      expect(JSON.stringify(next.headers)).not.toContain('SECRET')
      expect(redirected(next, 302, 'https://a.example/back').trusted).toBe(false)
    },
  )
  test('http to https is another origin', () => {
    expect(redirected(hop('GET', { url: new URL('http://a.example/') }), 301, 'https://a.example/').trusted).toBe(false)
  })
  test.each([
    ['http://a.example/x?sig=SECRET', /unencrypted/],
    ['file:///etc/passwd', /another kind/],
    ['http://[', /no address/],
  ])('to %s is refused', (to, message) => {
    const refuse = () => redirected(hop('GET'), 302, to)
    expect(refuse).toThrow(Failure)
    expect(refuse).toThrow(message)
    expect(refuse).not.toThrow(/SECRET/)
  })
})

describe('statuses without an explanation of the provider', () => {
  const of = (status: number) =>
    statusFailure({ status, headers: {}, url: 'https://a.example/x' }, { method: 'GET', url: 'https://a.example/x?k=SECRET' })
  test.each([
    [400, 'bug', false],
    [401, 'signin', false],
    [403, 'forbidden', false],
    [404, 'gone', false],
    [407, 'settings', false],
    [408, 'transient', true],
    [410, 'gone', false],
    [412, 'changed', false],
    [423, 'transient', true],
    [429, 'throttled', true],
    [500, 'transient', true],
    [501, 'forbidden', false],
    [502, 'transient', true],
    [503, 'transient', true],
    [504, 'transient', true],
    [511, 'offline', true],
    [599, 'transient', true],
  ])('%i is %s (tried again: %s)', (status, kind, again) => {
    const failure = of(status)
    expect(failure.kind).toBe(kind)
    expect(patienceWith(failure, 300_000) > 0).toBe(again)
    expect(failure.message).toContain(String(status))
    expect(failure.message).not.toContain('SECRET')
  })
  test('a 401 after a redirect names the server that asked', () => {
    const failure = statusFailure(
      { status: 401, headers: {}, url: 'https://b.example/' },
      { method: 'GET', url: 'https://a.example/' },
    )
    expect(failure.message).toContain('https://b.example')
    expect(failure.hint).toContain('https://b.example')
  })
})

describe('errors of the network', () => {
  const context = { what: 'GET https://a.example/', host: 'a.example', known: false, stallMs: 60_000 }
  const coded = (code: string, message = 'it failed') => Object.assign(new Error(message), { code })
  test.each([
    ...['ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'ECONNREFUSED', 'UND_ERR_CONNECT_TIMEOUT'].map(
      (c) => [c, 'offline'],
    ),
    ...['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'HPE_INVALID_CONSTANT'].map(
      (c) => [c, 'transient'],
    ),
    ...['SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID'].map(
      (c) => [c, 'settings'],
    ),
    ['UND_ERR_INVALID_ARG', 'bug'],
  ])('%s is %s', (code, kind) => {
    expect(networkFailure(coded(code), context).kind).toBe(kind)
  })
  test('several addresses that were tried count as the first', () => {
    expect(networkFailure(new AggregateError([coded('ECONNREFUSED')]), context).kind).toBe('offline')
  })
  test('a certificate that cannot be trusted says what to do; of a host that was trusted before it is a passing thing', () => {
    expect(networkFailure(coded('DEPTH_ZERO_SELF_SIGNED_CERT'), context).hint).toMatch(/network\.ca.*NODE_EXTRA_CA_CERTS/)
    const passing = networkFailure(coded('DEPTH_ZERO_SELF_SIGNED_CERT'), { ...context, known: true })
    expect(passing.kind).toBe('offline')
    expect(patienceWith(passing, 300_000)).toBe(60_000)
  })
  test('a proxy that refuses', () => {
    const refused = (status: number) =>
      networkFailure(coded('UND_ERR_ABORTED', `Proxy response (${status}) !== 200 when HTTP Tunneling`), context)
    expect(refused(407).kind).toBe('settings')
    expect(refused(407).hint).toContain('HTTPS_PROXY')
    expect(refused(403).kind).toBe('settings')
    expect(refused(502).kind).toBe('offline')
  })
})

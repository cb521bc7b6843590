import { describe, expect, test } from 'vitest'
import { decodeName, pathOf, relate, requestPath } from '../../../src/providers/webdav/files/href.ts'

const folder = '/dav/My%20home/'

describe('relate', () => {
  const child = (path: string, name: string, key = name) => ({ is: 'child', path, name, key })
  test.each([
    ['/dav/My%20home/', { is: 'self' }],
    ['/dav/My%20home', { is: 'self' }],
    ['/dav/My home/', { is: 'self' }],
    ['/dav/%4D%79%20home/', { is: 'self' }],
    ['https://inner.example:8443/dav/My%20home/', { is: 'self' }],
    ['/dav/My%20home/a.txt', child('/dav/My%20home/a.txt', 'a.txt')],
    ['http://other/dav/My%20home/a%20b/', child('/dav/My%20home/a%20b/', 'a b')],
    ['a.txt', child('/dav/My%20home/a.txt', 'a.txt')],
    ['/dav//My%20home//a.txt', child('/dav//My%20home//a.txt', 'a.txt')],
    ['/dav/My%20home/100%25', child('/dav/My%20home/100%25', '100%')],
    ['/dav/My%20home/100%', child('/dav/My%20home/100%', '100%')],
    ['/dav/My%20home/a+b', child('/dav/My%20home/a+b', 'a+b')],
    ['/dav/My%20home/a%2fb', child('/dav/My%20home/a%2fb', 'a/b', 'a%2Fb')],
    ['/dav/My%20home/a%252Fb', child('/dav/My%20home/a%252Fb', 'a%2Fb', 'a%252Fb')],
    ['/dav/My%20home/%E9t%E9', child('/dav/My%20home/%E9t%E9', 'été', '%E9t%E9')],
    ['/dav/My%20home/%25E9', child('/dav/My%20home/%25E9', '%E9', '%25E9')],
    ['/dav/My%20home/e%CC%81', child('/dav/My%20home/e%CC%81', 'e\u0301')],
    ['/dav/My%20home/...', child('/dav/My%20home/...', '...')],
    ['/dav/My%20home/a/b.txt', { is: 'deeper', key: 'a' }],
    ['/dav/other/a.txt', { is: 'outside' }],
    ['/dav/My%20home2/a.txt', { is: 'outside' }],
    ['/', { is: 'outside' }],
    ['https://elsewhere.example', { is: 'outside' }],
  ])('%s', (href, expected) => {
    expect(relate(href, folder)).toEqual(expected)
  })

  test.each([
    '/dav/My%20home/..',
    '/dav/My%20home/%2e%2E/',
    '/dav/My%20home/../../etc/passwd',
    '/dav/My%20home/.',
    '/dav/My%20home/a/../b',
  ])('refuses %s', (href) => {
    expect(relate(href, folder)).toMatchObject({ is: 'refused' })
  })
  test.each(['/dav/My%20home/a%00b', '/dav/My%20home/why?.txt', '/dav/My%20home/issue#7'])('refuses %s', (href) => {
    expect(relate(href, folder)).toMatchObject({ is: 'refused' })
  })
})

describe('decodeName', () => {
  test('gives different names different keys, none with a slash', () => {
    const segments = [
      'a%2Fb',
      'a%252Fb',
      'a%25252Fb',
      'a%2525',
      'a%25',
      '%E9',
      '%25E9',
      '%C3%A9',
      '%',
      '%25',
      '%zz',
      'a%5Cb',
      '%E9%2F',
      '%25E9%252F',
    ]
    const keys = segments.map((segment) => decodeName(segment).key)
    expect(new Set(segments.map((segment) => decodeName(segment).name)).size).toBeLessThanOrEqual(new Set(keys).size)
    for (const key of keys) expect(key).not.toContain('/')
    // '%' and '%25' are one name, written rightly and wrongly.
    expect(new Set(keys).size).toBe(segments.length - 1)
  })
})

test('pathOf keeps the server’s bytes', () => {
  expect(pathOf('HTTP://h:1/a%2fb/%7e', '/')).toBe('/a%2fb/%7e')
  expect(pathOf('/a?b', '/')).toBeUndefined()
})

describe('requestPath', () => {
  test.each([
    ["/a%2fb/%7E!$&'()*+,;=:@~", "/a%2fb/%7E!$&'()*+,;=:@~"],
    ['/My home/ü', '/My%20home/%C3%BC'],
    ['/100%', '/100%25'],
    ['/100%25', '/100%25'],
    ['/a\\b|"<>^`{}', '/a%5Cb%7C%22%3C%3E%5E%60%7B%7D'],
    ['/💡', '/%F0%9F%92%A1'],
  ])('%s', (path, expected) => {
    expect(requestPath(path)).toBe(expected)
    // What the network's own URL class makes of it must be the same.
    expect(new URL(`http://h${expected}`).pathname).toBe(expected)
  })
})

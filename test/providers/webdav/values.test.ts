import { describe, expect, test } from 'vitest'
import { accountSettings, complainAbout, folderAddress } from '../../../src/providers/webdav/address.ts'
import { explain, explainStatus } from '../../../src/providers/webdav/explain.ts'
import { parseChecksums } from '../../../src/providers/webdav/files/checksums.ts'
import { readCursor, writeCursor } from '../../../src/providers/webdav/files/cursor.ts'
import { parseDate } from '../../../src/providers/webdav/files/date.ts'
import { isFolder, toItem } from '../../../src/providers/webdav/files/item.ts'
import type { Properties } from '../../../src/providers/webdav/files/multistatus.ts'

describe('parseDate', () => {
  const time = Date.UTC(1994, 10, 6, 8, 49, 37)
  test.each([
    ['Sun, 06 Nov 1994 08:49:37 GMT', time],
    ['Sun, 6 Nov 1994 08:49:37 GMT', time],
    ['Sun, 06 Nov 1994 08:49:37 +0000', time],
    ['Sun, 06 Nov 1994 10:49:37 +0200', time],
    ['Sun, 06 Nov 1994 03:19:37 -0530', time],
    ['Sun, 06 Nov 1994 17:49:37 JST', time],
    ['Sun, 06 Nov 1994 09:49:37 CET', time],
    ['Sunday, 06-Nov-94 08:49:37 GMT', time],
    ['06 Nov 1994 08:49:37', time],
    ['Sun Nov  6 08:49:37 1994', time],
    ['Sun Nov 6 08:49:37 GMT 1994', time],
    ['Sun Nov  6 03:49:37 EST 1994', time],
    ['1994-11-06T08:49:37Z', time],
    ['1994-11-06T08:49:37.5Z', time + 500],
    ['1994-11-06T10:49:37+02:00', time],
    ['1994-11-06 08:49:37', time],
    ['1994-11-06T08:49Z', time - 37_000],
    ['784111777', time],
    ['', undefined],
    ['yesterday', undefined],
    ['Sun, 06 Foo 1994 08:49:37 GMT', undefined],
    ['Sun, 06 Nov 1994 08:49:37 XYZ', undefined],
    ['0', undefined],
  ])('%s', (text, expected) => {
    expect(parseDate(text)).toBe(expected)
  })
})

test('parseChecksums takes what it can compute', () => {
  const [md5, sha1, sha256] = ['a'.repeat(32), 'B'.repeat(40), 'c'.repeat(64)]
  expect(parseChecksums(`SHA1:${sha1} MD5:${md5} ADLER32:12345678 sha-256:${sha256}`)).toEqual([
    { algorithm: 'sha1', value: 'b'.repeat(40) },
    { algorithm: 'md5', value: md5 },
    { algorithm: 'sha256', value: sha256 },
  ])
  expect(parseChecksums('SHA1:short MD5: :x')).toEqual([])
})

describe('toItem', () => {
  const file = (properties: Properties, around = {}) =>
    toItem(
      { id: 'd/a', name: 'a', path: '/d/a', properties: { resourcetype: '', ...properties } },
      { folder: 'd', encrypted: false, grants: true, ...around },
    )

  test('version: strong etag, quoted or not; else what the listing says', () => {
    expect(file({ getetag: '"x"' }).version).toBe('"x"')
    expect(file({ getetag: 'x' }).version).toBe('"x"')
    expect(file({ getetag: 'W/"x"', getcontentlength: '3', getlastmodified: 'then' }).version).toBe('W/"x"|3|then')
    expect(file({ getlastmodified: 'then' }).version).toBe('||then')
    // Nothing that would show a change: new each time, so that no change is missed.
    expect(file({ getcontentlength: '3' }).version).not.toBe(file({ getcontentlength: '3' }).version)
  })
  test('an absent length is not zero', () => {
    expect(file({}).parts[0]).toEqual({ key: 'file', name: 'a' })
    expect(file({ getcontentlength: '0' }).parts[0]!.size).toBe(0)
    expect(file({ getcontentlength: '-1' }).parts[0]!.size).toBeUndefined()
  })
  test('the letter G of permissions counts only where the server uses it', () => {
    expect(file({ permissions: 'S' }).unexportable?.reason).toBe('download-forbidden')
    expect(file({ permissions: 'SG' }).unexportable).toBeUndefined()
    expect(file({ permissions: 'RDNVW' }, { grants: false }).unexportable).toBeUndefined()
    expect(file({}, { encrypted: true }).unexportable?.reason).toBe('encrypted')
  })
  test('twin and parent', () => {
    expect(file({ fileid: '42' })).toMatchObject({ twin: 'fileid:42', parent: 'd', details: { href: '/d/a', fileId: '42' } })
    expect(
      toItem({ id: 'a', name: 'a', path: '/a', properties: {} }, { folder: '', encrypted: false, grants: false }),
    ).not.toHaveProperty('parent')
  })
  test('folders: Microsoft’s way of saying it, and a slash where nothing else does', () => {
    expect(isFolder({ path: '/a', properties: { resourcetype: 'collection' } })).toBe(true)
    expect(isFolder({ path: '/a', properties: { iscollection: '1' } })).toBe(true)
    expect(isFolder({ path: '/a/', properties: {} })).toBe(true)
    expect(isFolder({ path: '/a', properties: {} })).toBe(false)
  })
  test('a folder’s version is its etag only where that covers what lies below', () => {
    const folder = (properties: Properties) => file({ resourcetype: 'collection', getetag: '"e"', ...properties }).version
    expect(folder({})).toBe('folder')
    expect(folder({ fileid: '1' })).toBe('"e"')
    expect(folder({ id: '1oc' })).toBe('"e"')
    expect(folder({ fileid: '1', 'mount-type': 'external' })).toBe('folder')
    expect(folder({ fileid: '1', permissions: 'SM' })).toBe('folder')
    expect(folder({ fileid: '1', permissions: 'SMG', 'mount-type': 'shared' })).toBe('"e"')
  })
})

describe('cursor', () => {
  test('comes back as it went', () => {
    expect(readCursor(writeCursor({ after: 'a/b', below: true }))).toEqual({ after: 'a/b', below: true })
    expect(readCursor(writeCursor(undefined))).toBeUndefined()
  })
  test.each([undefined, '', 'x', '{}', '[]', '{"v":2,"after":"a","below":true}', '{"v":1,"after":1,"below":true}'])(
    '%s is none',
    (text) => {
      expect(readCursor(text)).toBeUndefined()
    },
  )
})

describe('the url', () => {
  test.each([
    ['https://dav.example.org/home', false],
    ['http://127.0.0.1:8080/dav/', false],
    ['http://localhost/dav', false],
    ['http://[::1]:1/', false],
    ['http://nas.example.org/dav', true],
  ])('%s is taken', (url, insecure) => {
    expect(complainAbout(url, insecure)).toBeUndefined()
  })
  test.each([
    ['http://nas.example.org/dav', /plain http/],
    ['http://127.0.0.1.example.org/', /plain http/],
    ['ftp://nas/', /https/],
    ['nas.example.org', /not an address/],
    ['https://me:secret@nas/', /must not hold/],
    ['https://nas/?a=b', /without "\?"/],
    ['https://nas/#x', /without "\?"/],
  ])('%s is refused', (url, why) => {
    const complaint = complainAbout(url, false)
    expect(complaint).toMatch(why)
    expect(complaint).not.toContain('secret')
    expect(accountSettings.safeParse({ url, username: 'me' }).error?.issues[0]).toMatchObject({
      path: ['url'],
      message: complaint,
    })
  })
  test('gets its slash', () => {
    expect(folderAddress('https://h/a%20b')).toBe('https://h/a%20b/')
    expect(folderAddress('https://h')).toBe('https://h/')
  })
})

describe('explain', () => {
  const of = (status: number, headers = {}) =>
    explain({ status, headers, url: 'http://h/' }, '', { method: 'GET', url: 'http://h/' }, 1000)
  test('leaves unknown statuses to the general table', () => {
    expect(of(418)).toBeUndefined()
  })
  test('maintenance stops the source, one missing storage only its item', () => {
    expect(of(503)?.stops).toBe('item')
    expect(of(503, { 'x-nextcloud-maintenance-mode': '1' })).toMatchObject({ kind: 'transient', stops: 'source' })
  })
  test('Retry-After in seconds and as a date', () => {
    expect(of(429, { 'retry-after': '7' })?.retryAfter).toBe(8000)
    expect(of(503, { 'retry-after': 'Thu, 01 Jan 1970 00:02:00 GMT' })?.retryAfter).toBe(120_000)
    expect(of(503, { 'retry-after': 'soon' })?.retryAfter).toBeUndefined()
  })
  test('a status inside a listing', () => {
    expect(explainStatus(425, 'a.txt')).toMatchObject({ kind: 'transient', message: expect.stringContaining('a.txt') })
    expect(explainStatus(418, 'a.txt').kind).toBe('unlisted')
  })
})

import { describe, expect, test } from 'vitest'
import { webdav } from '../../../src/providers/webdav/provider.ts'
import { dir, entry, multistatus, stub } from './stub.ts'

const signal = new AbortController().signal

describe('identify', () => {
  test('names the user at that server, with one request of depth 0', async () => {
    const { connection, requests } = stub(() => ({ status: 207, body: multistatus(entry('/dav/', dir)) }))
    expect(await webdav.identify(connection, signal)).toEqual({ subject: 'me@https://dav.example', name: 'me@dav.example' })
    expect(requests.map(({ method, url, headers }) => [method, url, headers?.depth])).toEqual([
      ['PROPFIND', 'https://dav.example/dav/', '0'],
    ])
  })
  test.each([
    ['a wrong password', { status: 401 }, 'signin'],
    ['a wrong address', { status: 404 }, 'settings'],
    ['a server without WebDAV', { status: 405 }, 'unlisted'],
    ['a web page', { status: 200, body: '<html></html>' }, 'unlisted'],
    ['a file', { status: 207, body: multistatus(entry('/dav', '<resourcetype/>')) }, 'settings'],
    ['an empty answer', { status: 207, body: multistatus() }, 'unlisted'],
    [
      'a root that may not be read',
      { status: 207, body: multistatus(entry('/dav/', '', 'HTTP/1.1 403 Forbidden')) },
      'forbidden',
    ],
  ])('%s', async (_, answer, kind) => {
    await expect(webdav.identify(stub(() => answer).connection, signal)).rejects.toMatchObject({ name: 'Failure', kind })
  })
})

test('credentials go to the origin of the url alone', () => {
  expect(
    webdav.credentialOrigins(webdav.endpoints({ url: 'https://dav.example:8443/a', username: 'me', insecure: false })),
  ).toEqual(['https://dav.example:8443'])
})

import { describe, expect, test } from 'vitest'
import { type DavResponse, readMultistatus } from '../../../src/providers/webdav/files/multistatus.ts'

async function* pieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.byteLength; at += size) yield bytes.subarray(at, at + size)
}

async function read(text: string | Uint8Array, size = 7): Promise<DavResponse[]> {
  const all: DavResponse[] = []
  for await (const batch of readMultistatus(pieces(Buffer.from(text), size), 'x')) all.push(...batch)
  return all
}

const one = `<?xml version="1.0" encoding="utf-8"?>
<D:multistatus xmlns:D="DAV:" xmlns:x="http://owncloud.org/ns">
 <D:response>
  <D:href>/dav/b&#38;c/%C3%BC</D:href>
  <D:propstat><D:prop><D:getetag/><x:fileid/></D:prop><D:status>HTTP/1.1 404 Not Found</D:status></D:propstat>
  <D:propstat><D:prop><D:resourcetype><D:collection/></D:resourcetype><D:getcontentlength>007</D:getcontentlength>
   <x:checksums><x:checksum>SHA1:aa</x:checksum></x:checksums><D:displayname>no</D:displayname></D:prop><D:status>HTTP/1.1 200</D:status></D:propstat>
 </D:response>
</D:multistatus>
`

describe('readMultistatus', () => {
  test.each([1, 3, 64, 10_000])(
    'reads namespaces, entities and the propstats that succeeded, in pieces of %i bytes',
    async (size) => {
      expect(await read(one, size)).toEqual([
        { href: '/dav/b&c/%C3%BC', properties: { resourcetype: 'collection', getcontentlength: '007', checksums: 'SHA1:aa' } },
      ])
    },
  )
  test.each(['', 'd:', 'lp1:'])('prefix "%s"', async (prefix) => {
    const space = prefix === '' ? 'xmlns' : `xmlns:${prefix.slice(0, -1)}`
    const text = `<${prefix}multistatus ${space}="DAV:"><${prefix}response><${prefix}href>/a </${prefix}href><${prefix}status>HTTP/1.1 425</${prefix}status></${prefix}response></${prefix}multistatus>`
    // The blank belongs to the name.
    expect(await read(text)).toEqual([{ href: '/a ', properties: {}, refused: 425 }])
  })
  test('properties that all failed make the entry refused', async () => {
    const text =
      '<multistatus xmlns="DAV:"><response><href>/a</href><propstat><prop><getetag/></prop><status>HTTP/1.1 403 Forbidden</status></propstat></response></multistatus>'
    expect(await read(text)).toEqual([{ href: '/a', properties: {}, refused: 403 }])
  })
  test('elements of other namespaces with the same names do not count', async () => {
    const text =
      '<multistatus xmlns="DAV:"><response><href>/a</href><propstat><prop><getetag>"real"</getetag><getetag xmlns="urn:x">"false"</getetag></prop><status>HTTP/1.1 200 OK</status></propstat><href xmlns="urn:x">/b</href></response></multistatus>'
    expect(await read(text)).toEqual([{ href: '/a', properties: { getetag: '"real"' } }])
  })
  test('an encoding that the declaration names', async () => {
    const text =
      '<?xml version="1.0" encoding="ISO-8859-1"?><multistatus xmlns="DAV:"><response><href>/\u00e9</href></response></multistatus>'
    expect((await read(Buffer.from(text, 'latin1')))[0]!.href).toBe('/é')
  })
  test('is corrupt wherever it is cut', async () => {
    const end = one.trimEnd().length
    for (let length = 0; length < end; length++) {
      await expect(read(one.slice(0, length), 4096), `cut after ${length} of ${end} bytes`).rejects.toMatchObject({
        name: 'Failure',
        kind: 'corrupt',
      })
    }
  })
  test.each([
    ['a web page', '<!DOCTYPE html><html><body>Sign in<br></body></html>', /web page/],
    ['another root', '<error xmlns="DAV:"/>', /no WebDAV list/],
    ['another namespace', '<multistatus xmlns="urn:x"/>', /no WebDAV list/],
    ['text', 'Bad gateway', /cut off or damaged/],
    ['two roots', '<multistatus xmlns="DAV:"/><multistatus xmlns="DAV:"/>', /cut off or damaged/],
    [
      'an entity of its own',
      '<!DOCTYPE a [<!ENTITY b "c">]><multistatus xmlns="DAV:"><response><href>/&b;</href></response></multistatus>',
      /damaged/,
    ],
    ['an entry without address', '<multistatus xmlns="DAV:"><response/></multistatus>', /without address/],
    [
      'a value without end',
      `<multistatus xmlns="DAV:"><response><href>/${'a'.repeat(70_000)}</href></response></multistatus>`,
      /without end/,
    ],
    ['endless nesting', `<multistatus xmlns="DAV:">${'<a>'.repeat(200)}`, /nested/],
    [
      'bytes that are no UTF-8',
      Buffer.from('<multistatus xmlns="DAV:"><response><href>/\u00e9</href></response></multistatus>', 'latin1'),
      /damaged/,
    ],
  ])('%s is corrupt', async (_, text, message) => {
    await expect(read(text)).rejects.toMatchObject({ name: 'Failure', kind: 'corrupt', message: expect.stringMatching(message) })
  })
  test('the list of nothing is one', async () => {
    expect(await read('<multistatus xmlns="DAV:"/>')).toEqual([])
  })
})

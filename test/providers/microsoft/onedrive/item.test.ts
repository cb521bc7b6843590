import { describe, expect, test } from 'vitest'
import type { Item } from '../../../../src/core/item.ts'
import { contentOf, whyDoubtful } from '../../../../src/providers/microsoft/onedrive/content-facts.ts'
import { readCursor, writeCursor } from '../../../../src/providers/microsoft/onedrive/cursor.ts'
import { driveTypeOf, sameForm, streamOf, targetKey } from '../../../../src/providers/microsoft/onedrive/ids.ts'
import { type ItemContext, itemsOf } from '../../../../src/providers/microsoft/onedrive/item.ts'
import { readEntries } from '../../../../src/providers/microsoft/onedrive/listing.ts'
import { driveItem } from '../../../../src/providers/microsoft/onedrive/schema.ts'

const context: ItemContext = {
  driveType: 'business',
  keyOf: sameForm,
  isTop: (id) => id === '01ROOT',
  fallback: 'place:unorganised',
  whyNotFollowed: () => 'a shortcut',
}
const entry = (more: object) => driveItem.parse({ id: '01A', name: 'a', parentReference: { id: '01ROOT' }, ...more })
const itemsFor = (more: object, as: ItemContext = context): Item[] => itemsOf(entry(more), as)
const one = (more: object, as?: ItemContext): Item => itemsFor(more, as)[0]!
const file = (more: object = {}) => ({ file: { mimeType: 'text/plain', ...more } })

describe('what an entry of a drive becomes', () => {
  test('a file, with everything that is known of it', () => {
    expect(
      one({
        name: 'Report.docx',
        size: 12,
        cTag: '"c:{A},1"',
        webUrl: 'https://contoso-my.sharepoint.com/personal/x/Documents/Report.docx?authkey=!secret&web=1',
        createdDateTime: '2026-01-01T00:00:00Z',
        lastModifiedDateTime: '2026-02-02T00:00:00Z',
        fileSystemInfo: { createdDateTime: '2020-01-01T00:00:00Z', lastModifiedDateTime: '2021-01-01T00:00:00Z' },
        createdBy: { user: { displayName: 'Hana', email: 'hana@contoso.example' } },
        lastModifiedBy: { application: { displayName: 'Scanner' } },
        shared: { scope: 'users', owner: { user: { displayName: 'Ken' } } },
        description: 'draft',
        ...file({ hashes: { quickXorHash: 'SgAAAAAAAAAAAAAAAQAAAAAAAAA=' } }),
        eTag: '"ignored"',
        '@microsoft.graph.downloadUrl': 'https://storage.example/?tempauth=secret',
      }),
    ).toEqual({
      id: '01A',
      kind: 'file',
      name: 'Report.docx',
      version: 'xor:4a00000000000000000000000100000000000000:12',
      modified: Date.parse('2021-01-01T00:00:00Z'),
      link: 'https://contoso-my.sharepoint.com/personal/x/Documents/Report.docx?web=1',
      parts: [
        {
          key: 'file',
          name: 'Report.docx',
          size: 12,
          checksums: [{ algorithm: 'quickxor', value: '4a00000000000000000000000100000000000000' }],
        },
      ],
      details: {
        mimeType: 'text/plain',
        created: '2020-01-01T00:00:00Z',
        createdAtService: '2026-01-01T00:00:00Z',
        modifiedAtService: '2026-02-02T00:00:00Z',
        createdBy: 'hana@contoso.example',
        lastModifiedBy: 'Scanner',
        shared: { scope: 'users', owner: 'Ken' },
        description: 'draft',
        webUrl: 'https://contoso-my.sharepoint.com/personal/x/Documents/Report.docx?web=1',
      },
    })
  })

  test.each([
    ['a folder', { folder: { childCount: 3 } }, { kind: 'folder', version: 'folder', parts: [] }],
    ['malware', { ...file(), malware: {} }, { kind: 'file', parts: [], unexportable: { reason: 'flagged-abusive' } }],
    ['another package', { package: { type: 'other' } }, { kind: 'file', parts: [], unexportable: { reason: 'no-export' } }],
    ['an album', { bundle: {}, folder: {} }, { kind: 'file', parts: [], unexportable: { reason: 'elsewhere' } }],
    ['nothing', {}, { kind: 'file', parts: [], unexportable: { reason: 'no-export' } }],
    ['a shortcut', { remoteItem: { id: 'X' }, folder: {} }, { kind: 'file', parts: [], excluded: 'a shortcut' }],
    ['a file without a name', { name: '', ...file() }, { name: '01A' }],
    ['a file in a folder', { ...file(), parentReference: { id: '01F' } }, { parent: '01F', fallback: 'place:unorganised' }],
    ['a file nowhere', { ...file(), parentReference: null }, { parent: 'place:unorganised' }],
    ['a file of a bad time', { ...file(), lastModifiedDateTime: 'soon' }, { kind: 'file' }],
    ['an empty file', { ...file(), size: 0 }, { parts: [{ key: 'file', name: 'a', size: 0 }] }],
  ])('%s', (_, given, expected) => {
    expect(one(given)).toMatchObject(expected)
  })

  test('the top’s own content lies in the source’s folder', () => {
    expect(one(file())).not.toHaveProperty('parent')
    expect(one(file(), { ...context, top: 'shared:1' }).parent).toBe('shared:1')
  })

  test('what a notebook holds finds a place of the id that it names as its parent, and Unorganised where no notebook is listed', () => {
    const [place, notebook] = itemsFor({
      id: '01N',
      name: 'Physics',
      package: { type: 'oneNote' },
      parentReference: { id: '01F' },
    })
    expect(notebook!.unexportable!.message).toContain('onenote')
    expect(notebook).toMatchObject({ id: 'notebook:01N', parent: '01N', details: { itemId: '01N' } })
    expect(place).toMatchObject({ id: '01N', kind: 'place', name: 'Physics', parent: '01F', fallback: 'place:unorganised' })
    for (const inside of [
      { name: 'Optics.one', ...file() },
      { name: 'Table.ONETOC2', ...file() },
      { name: 'Group', folder: {} },
    ])
      expect(one({ ...inside, parentReference: { id: '01N' } })).toMatchObject({
        parent: '01N',
        fallback: 'place:unorganised',
      })
  })

  test('in another one’s drive an id has the stream before it, and is asked for as the service wrote it', () => {
    const foreign = { ...context, foreignDrive: 'ABCDEF01', keyOf: (id: string) => `shared:1/${sameForm(id)}` }
    const item = one({ id: 'ABCDEF01!7', ...file(), parentReference: { id: 'ABCDEF01!6' } }, foreign)
    expect(item).toMatchObject({
      id: 'shared:1/00000000abcdef01!7',
      parent: 'shared:1/00000000abcdef01!6',
      details: { driveId: 'ABCDEF01', itemId: 'ABCDEF01!7' },
    })
  })
})

describe('a page of entries', () => {
  test('the last word counts, the top is none of them, and what is deleted is gone', () => {
    const entries = [
      entry({ id: '01ROOT', root: {}, folder: {} }),
      entry({ id: '01A', name: 'old', ...file() }),
      entry({ id: '01B', ...file() }),
      entry({ id: '01C', deleted: { state: 'deleted' }, name: null }),
      entry({ id: '01A', name: 'new', ...file() }),
      entry({ id: '01B', deleted: {} }),
      entry({ id: '01C', name: 'back', ...file() }),
    ]
    const { items, gone } = readEntries(entries, context)
    expect(items.map(({ name }) => name)).toEqual(['new', 'back'])
    expect(gone).toEqual(['01B'])
  })
})

describe('versions', () => {
  const hashes = { quickXorHash: 'SgAAAAAAAAAAAAAAAQAAAAAAAAA=' }
  const full = { cTag: 'tag', size: 1, lastModifiedDateTime: 'T', ...file({ hashes }) }
  test.each([
    ['personal', full, 'tag:tag'],
    ['business', full, 'xor:4a00000000000000000000000100000000000000:1'],
    ['business', { ...full, cTag: undefined }, 'xor:4a00000000000000000000000100000000000000:1'],
    ['business', { ...full, file: {} }, 'tag:tag'],
    ['personal', { ...full, cTag: undefined, file: {} }, 'time:T:1'],
  ])('of a %s drive: %o is %s', (type, given, version) => {
    expect(contentOf(entry(given), type).version).toBe(version)
  })

  test('checksums in one form, what is no checksum left out', () => {
    const sha256Hash = 'AB'.repeat(32)
    const sha1Hash = 'CD'.repeat(20)
    const stated = (given: object) => contentOf(entry(file({ hashes: given })), 'personal').checksums
    expect(stated({ sha256Hash, sha1Hash, ...hashes })).toEqual([
      { algorithm: 'sha256', value: 'ab'.repeat(32) },
      { algorithm: 'sha1', value: 'cd'.repeat(20) },
      { algorithm: 'quickxor', value: '4a00000000000000000000000100000000000000' },
    ])
    expect(stated({ sha256Hash: 'AB', sha1Hash: 'Z'.repeat(40), quickXorHash: 'AAAA' })).toEqual([])
    expect(stated({ crc32Hash: '00000000' })).toEqual([])
  })

  test.each([
    ['a.DOCX', true],
    ['b.xlsx', true],
    ['live.heic', true],
    ['protected.pdf', true],
    ['page.HTM', true],
    ['drawing.vsdx', true],
    ['plan.mpp', true],
    ['secret.pfile', true],
    ['Optics.one', true],
    ['Open Notebook.onetoc2', true],
    ['live.heif', true],
    ['photo.jpg', false],
    ['archive.zip', false],
    ['docx', false],
  ])('what is stated of %s may be wrong: %s', (name, doubtful) => {
    expect(whyDoubtful(name) !== undefined).toBe(doubtful)
  })
})

describe('ids', () => {
  test.each([
    ['A1B2C3D4E5', '000000a1b2c3d4e5'],
    ['0A1B2C3D4E5F6071!123', '0a1b2c3d4e5f6071!123'],
    ['A1B2C3D4E5F6071!sAbC', '0a1b2c3d4e5f6071!sAbC'],
    ['b!AbC-_d', 'b!AbC-_d'],
    ['01ABCDEFGHIJ', '01ABCDEFGHIJ'],
  ])('%s is compared as %s', (id, form) => {
    expect(sameForm(id)).toBe(form)
  })

  test('two ways to one thing are one', () => {
    const [a, b] = [
      { drive: 'A1B2C3D4E5F6071', id: 'A1B2C3D4E5F6071!5' },
      { drive: '0a1b2c3d4e5f6071', id: '0A1B2C3D4E5F6071!5' },
    ]
    expect(targetKey(a)).toBe(targetKey(b))
    expect(streamOf(a)).toBe(streamOf(b))
    expect(streamOf(a)).not.toBe(streamOf({ ...a, id: 'A1B2C3D4E5F6071!6' }))
    expect([driveTypeOf('A1B2C3D4E5F6071'), driveTypeOf('b!AbC')]).toEqual(['personal', undefined])
  })
})

test.each([
  undefined,
  '',
  'nonsense',
  '[]',
  '{"v":1}',
  '{"step":"page"}',
  '{"step":"walk","queue":[]}',
  '{"step":"rest","link":7}',
])('a cursor like %j is none', (cursor) => {
  expect(readCursor(cursor)).toBeUndefined()
  expect(readCursor(writeCursor({ step: 'rest', link: 'x' }))).toEqual({ step: 'rest', link: 'x' })
})

test('one’s own goes before what belongs to others', () => {
  expect(one(file()).rank).toBeUndefined()
  expect(one(file(), { ...context, foreignDrive: 'b!other' }).rank).toBe(1)
})

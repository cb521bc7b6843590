import { describe, expect, test } from 'vitest'
import type { UnexportableReason } from '../../../../src/core/item.ts'
import { driveItem, type ItemContext } from '../../../../src/providers/google/drive/item.ts'
import { place } from '../../../../src/providers/google/drive/places.ts'
import { driveFile } from '../../../../src/providers/google/drive/schema.ts'
import { driveSettings } from '../../../../src/providers/google/drive/settings.ts'

const apps = 'application/vnd.google-apps.'
const context = (settings: object = {}, more: Partial<ItemContext> = {}): ItemContext => ({
  settings: driveSettings.parse(settings),
  memberOf: new Set(['D']),
  ...more,
})
const item = (file: object, settings: object = {}, more: Partial<ItemContext> = {}) =>
  driveItem(driveFile.parse({ id: 'f', name: 'thing', mimeType: 'application/pdf', ...file }), context(settings, more))
const stored = {
  md5Checksum: 'ABCDEF',
  sha1Checksum: '0A',
  sha256Checksum: '0B',
  size: '9007199254740991',
  headRevisionId: 'r1',
  modifiedTime: '2026-01-02T03:04:05.678Z',
}

describe('stored files', () => {
  test('have one part with size and checksums', () => {
    expect(item({ ...stored, parents: ['p'], ownedByMe: true })).toMatchObject({
      id: 'f',
      kind: 'file',
      name: 'thing',
      parent: 'p',
      fallback: place.unorganised,
      version: 'md5:abcdef',
      modified: Date.parse('2026-01-02T03:04:05.678Z'),
      parts: [
        {
          key: 'file',
          name: 'thing',
          size: 9007199254740991,
          checksums: [
            { algorithm: 'sha256', value: '0b' },
            { algorithm: 'sha1', value: '0a' },
            { algorithm: 'md5', value: 'abcdef' },
          ],
        },
      ],
    })
  })
  test.each([
    ['md5 first', stored, 'md5:abcdef'],
    ['the revision where there is no md5', { headRevisionId: 'r1', modifiedTime: 't' }, 'revision:r1'],
    ['the time where there is neither', { modifiedTime: '2026-01-01T00:00:00Z' }, 'edited:2026-01-01T00:00:00Z'],
  ])('version: %s', (_, file, version) => {
    expect(item(file).version).toBe(version)
  })
  test('of a name or sharing that changed, the version stays', () => {
    expect(item({ ...stored, name: 'other', version: '9', starred: true, shared: true }).version).toBe(
      item({ ...stored, version: '1' }).version,
    )
  })
  test('empty ones have a part of no bytes', () => {
    expect(item({ ...stored, size: '0' }).parts[0]?.size).toBe(0)
  })
  test('an editor’s type with stored content is a stored file', () => {
    expect(item({ ...stored, mimeType: `${apps}photo` }).parts.map((part) => part.key)).toEqual(['file'])
  })
})

describe('documents', () => {
  test.each([
    ['document', undefined, ['docx']],
    ['spreadsheet', undefined, ['xlsx']],
    ['presentation', undefined, ['pptx']],
    ['drawing', undefined, ['svg', 'png']],
    ['script', undefined, ['json']],
    ['vid', undefined, ['mp4']],
    ['document', ['office', 'pdf'], ['docx', 'pdf']],
    ['document', ['odf', 'text', 'markdown', 'html', 'epub'], ['odt', 'txt', 'md', 'html', 'epub']],
    ['document', ['pdf', 'pdf'], ['pdf']],
    ['spreadsheet', ['text'], ['xlsx']],
    ['drawing', ['text'], ['svg', 'png']],
    ['script', ['pdf'], ['json']],
    ['presentation', ['odf', 'text'], ['odp', 'txt']],
  ])('%s as %j: %j', (type, exports, keys) => {
    const { parts, version } = item(
      { mimeType: `${apps}${type}`, modifiedTime: '2026-01-01T00:00:00Z', size: '1024' },
      exports === undefined ? {} : { exports },
    )
    expect(parts.map((part) => part.key)).toEqual(keys)
    expect(version).toBe('edited:2026-01-01T00:00:00Z')
    for (const part of parts) {
      expect(part.format).toBeDefined()
      expect(part.size).toBeUndefined()
      expect(part.name).toMatch(/^thing\.\w/)
    }
  })
  test('an extension that is in the name already is not doubled', () => {
    expect(item({ name: 'Report.DOCX', mimeType: `${apps}document` }).parts[0]?.name).toBe('Report.DOCX')
    expect(item({ name: 'Report.doc', mimeType: `${apps}document` }).parts[0]?.name).toBe('Report.doc.docx')
  })
})

describe('shortcuts', () => {
  test('are a small link file and name their target', () => {
    const { kind, parts, details, version } = item({
      mimeType: `${apps}shortcut`,
      shortcutDetails: { targetId: 'T', targetMimeType: `${apps}folder`, targetResourceKey: 'secret' },
    })
    expect(kind).toBe('file')
    expect(version).toBe('shortcut:T')
    expect(parts).toEqual([
      {
        key: 'link',
        name: 'thing.url',
        size: 66,
        inline: '[InternetShortcut]\r\nURL=https://drive.google.com/drive/folders/T\r\n',
      },
    ])
    expect(details.shortcut).toEqual({ target: 'T', mimeType: `${apps}folder` })
    expect(JSON.stringify(details)).not.toContain('secret')
  })
})

test.each<[string, object, UnexportableReason]>([
  ['forms', { mimeType: `${apps}form` }, 'no-export'],
  ['sites', { mimeType: `${apps}site` }, 'no-export'],
  ['maps', { mimeType: `${apps}map` }, 'no-export'],
  ['jamboards', { mimeType: `${apps}jam` }, 'no-export'],
  ['kinds that nobody knows', { mimeType: `${apps}hologram` }, 'no-export'],
  ['kinds with an unlucky name', { mimeType: `${apps}constructor` }, 'no-export'],
  ['files in other companies’ apps', { mimeType: `${apps}drive-sdk.12345` }, 'third-party'],
  ['files not to be downloaded', { ...stored, capabilities: { canDownload: false } }, 'download-forbidden'],
  ['documents not to be downloaded', { mimeType: `${apps}document`, capabilities: { canDownload: false } }, 'download-forbidden'],
  ['encrypted files', { ...stored, clientEncryptionDetails: { encryptionState: 'encrypted' } }, 'encrypted'],
  ['encrypted documents', { mimeType: 'application/vnd.google-gsuite.encrypted; content="x"' }, 'encrypted'],
])('%s are named with a reason and their link', (_, file, reason) => {
  const found = item({ ...file, webViewLink: 'https://docs.google.com/x/edit?usp=drivesdk&resourcekey=0-secret' })
  expect(found.unexportable).toMatchObject({ reason, message: expect.stringMatching(/\.$/) })
  expect(found.parts).toEqual([])
  expect(found.link).toBe('https://docs.google.com/x/edit?usp=drivesdk')
})

describe('places', () => {
  const folder = { mimeType: `${apps}folder` }
  test.each<[string, object, Partial<ReturnType<typeof item>>]>([
    ['mine, in a folder', { ownedByMe: true, parents: ['p'] }, { parent: 'p', fallback: place.unorganised }],
    ['my file without a folder', { ownedByMe: true }, { parent: place.unorganised, fallback: place.unorganised }],
    ['my folder without a folder', { ...folder, ownedByMe: true }, { parent: place.computers, fallback: place.computers }],
    [
      'my folder in one out of sight',
      { ...folder, ownedByMe: true, parents: ['p'] },
      { parent: 'p', fallback: place.unorganised },
    ],
    ['another’s file', { ownedByMe: false }, { parent: place.sharedWithMe, fallback: place.sharedWithMe }],
    ['another’s file in a folder', { ownedByMe: false, parents: ['p'] }, { parent: 'p', fallback: place.sharedWithMe }],
    ['in a shared drive', { driveId: 'D', parents: ['p'] }, { parent: 'p', fallback: 'D' }],
    ['at the top of a shared drive', { driveId: 'D', parents: ['D'] }, { parent: 'D', fallback: 'D' }],
    ['of a shared drive of others', { driveId: 'E', parents: ['p'] }, { parent: 'p', fallback: place.sharedWithMe }],
  ])('%s', (_, file, expected) => {
    expect(item(file)).toMatchObject(expected)
    expect(item(file).excluded).toBeUndefined()
  })
  test('found in a folder, where Drive states none', () => {
    expect(item({ ownedByMe: false }, {}, { foundIn: 'p' })).toMatchObject({ parent: 'p', fallback: place.sharedWithMe })
  })
})

describe('trash', () => {
  const explicit = { trashed: true, explicitlyTrashed: true, parents: ['p'], ownedByMe: true }
  const implied = { trashed: true, explicitlyTrashed: false, parents: ['p'], ownedByMe: true }
  test('is excluded unless asked for', () => {
    expect(item(explicit)).toMatchObject({ parent: 'p', excluded: 'in the trash', details: { trashed: true, folder: 'p' } })
    expect(item(explicit, { trash: true })).toMatchObject({ parent: place.trash, fallback: place.trash })
    expect(item(explicit, { trash: true }).excluded).toBeUndefined()
  })
  test('of its content only the folder is marked: what is in it follows the tree', () => {
    expect(item(implied)).toMatchObject({ parent: 'p' })
    expect(item(implied).excluded).toBeUndefined()
    expect(item(implied, { trash: true })).toMatchObject({ parent: 'p' })
  })
  test('what is trashed without a folder is marked itself', () => {
    expect(item({ trashed: true, ownedByMe: false }).excluded).toBe('in the trash')
  })
})

test('details hold what the person may want to know, and no key or signed address', () => {
  const { details } = item({
    ...stored,
    createdTime: '2020-01-01T00:00:00Z',
    owners: [{ displayName: 'Hana', emailAddress: 'hana@example.ac.jp' }, { displayName: 'Old' }],
    ownedByMe: true,
    shared: true,
    permissions: [
      { id: '1', type: 'user', role: 'reader', emailAddress: 'x@example.org' },
      { type: 'anyone', role: 'reader', allowFileDiscovery: false },
    ],
    description: 'What it is',
    starred: true,
    originalFilename: 'scan0001.pdf',
    properties: { a: 'b' },
    webViewLink: 'https://drive.google.com/file/d/f/view?usp=drivesdk&resourcekey=0-secret',
    resourceKey: '0-secret',
    exportLinks: { 'application/pdf': 'https://docs.google.com/x?resourcekey=0-secret' },
  })
  expect(details).toEqual({
    mimeType: 'application/pdf',
    created: '2020-01-01T00:00:00Z',
    owners: ['hana@example.ac.jp', 'Old'],
    ownedByMe: true,
    shared: true,
    sharing: [
      { type: 'user', role: 'reader', emailAddress: 'x@example.org' },
      { type: 'anyone', role: 'reader', allowFileDiscovery: false },
    ],
    description: 'What it is',
    starred: true,
    originalName: 'scan0001.pdf',
    properties: { a: 'b' },
    webViewLink: 'https://drive.google.com/file/d/f/view?usp=drivesdk',
  })
})

test('one’s own goes before what belongs to others', () => {
  expect(item({ ...stored, ownedByMe: true }).rank).toBeUndefined()
  expect(item({ ...stored, ownedByMe: false }).rank).toBe(1)
  expect(item({ ...stored, driveId: 'D' }).rank).toBe(1)
})

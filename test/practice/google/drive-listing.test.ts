import { request } from 'node:https'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { methodParameters, schemas, standardParameters } from '../../../src/practice/google/drive-tables.ts'
import { createDriveModel } from '../../../src/practice/google/model.ts'
import { deriveTables } from './derive-tables.ts'
import { driveReadonly, start } from './start.ts'

test('the tables of parameters and fields are those of the installed googleapis', () => {
  const derived = deriveTables()
  expect(standardParameters).toEqual(derived.standard)
  expect(methodParameters).toEqual(derived.parameters)
  expect(schemas).toEqual(derived.schemas)
  expect(Object.keys(derived.schemas.File ?? {}).length).toBeGreaterThan(50)
})

test('the official library lists page by page, and gets exactly the fields that it asked for', async () => {
  const model = createDriveModel()
  const folder = model.addFolder('Papers')
  for (let index = 0; index < 7; index += 1)
    model.addFile(`note ${index}.txt`, `text ${index}`, { parent: folder.id, mimeType: 'text/plain' })
  await using started = await start({ model })
  const drive = started.library()
  const names: string[] = []
  let pageToken: string | undefined
  let pages = 0
  do {
    const { data } = await drive.files.list({
      pageSize: 3,
      fields:
        'nextPageToken,incompleteSearch,files(id,name,size,md5Checksum,parents,capabilities/canDownload,owners(emailAddress))',
      ...(pageToken === undefined ? {} : { pageToken }),
    })
    for (const file of data.files ?? []) names.push(file.name ?? '')
    pageToken = data.nextPageToken ?? undefined
    pages += 1
    if (pages === 1) {
      expect(data.incompleteSearch).toBe(false)
      expect(data.files?.[1]).toEqual({
        id: expect.any(String),
        name: 'note 0.txt',
        size: '6',
        md5Checksum: '497e67dc6be0b9ba02f3dc5a1a6e43c9',
        parents: [folder.id],
        capabilities: { canDownload: true },
        owners: [{ emailAddress: model.me.email }],
      })
    }
  } while (pageToken !== undefined)
  expect(pages).toBe(3)
  expect(names).toEqual(['Papers', ...Array.from({ length: 7 }, (_, index) => `note ${index}.txt`)])
  const { data: bare } = await drive.files.get({ fileId: folder.id })
  expect(bare).toEqual({ kind: 'drive#file', id: folder.id, name: 'Papers', mimeType: 'application/vnd.google-apps.folder' })
  const { data: about } = await drive.about.get({ fields: 'user(emailAddress,permissionId),storageQuota,exportFormats' })
  expect(about.user).toEqual({ emailAddress: model.me.email, permissionId: model.me.permissionId })
  expect(about.storageQuota?.usage).toBe('42')
  expect(about.exportFormats?.['application/vnd.google-apps.drawing']).toContain('image/svg+xml')
  expect(started.google.violations).toEqual([])
  expect(started.google.errors).toEqual([])
})

test('nextPageToken comes only where it was asked for, and by default', async () => {
  await using started = await start()
  for (let index = 0; index < 3; index += 1) started.model.addFile(`${index}`, 'x')
  const keys = async (path: string) => Object.keys((await (await started.call(path)).json()) as object).sort()
  expect(await keys('files?pageSize=2&fields=files(id)')).toEqual(['files'])
  expect(await keys('files?pageSize=2&fields=nextPageToken,files(id)')).toEqual(['files', 'nextPageToken'])
  expect(await keys('files?pageSize=2')).toEqual(['files', 'incompleteSearch', 'kind', 'nextPageToken'])
  expect(await keys('files?fields=*')).toEqual(['files', 'incompleteSearch', 'kind'])
})

const metadataOnly = ['https://www.googleapis.com/auth/drive.metadata.readonly']

test.for([
  ['files?fields=files(id,nmae)', 400, 'invalidParameter', 'fields'],
  ['files?fields=files(id', 400, 'invalidParameter', 'fields'],
  ['files?fields=files(id/name)', 400, 'invalidParameter', 'fields'],
  ['files?feilds=files', 400, 'badRequest', undefined],
  ['files?pageSize=0', 400, 'invalid', 'pageSize'],
  ['files?pageSize=ten', 400, 'invalid', 'pageSize'],
  ['files?supportsAllDrives=yes', 400, 'invalid', 'supportsAllDrives'],
  ['files?pageToken=abc', 400, 'invalid', 'pageToken'],
  ['files?q=owner+is+me', 400, 'invalid', 'q'],
  ["files?q=name='a", 400, 'invalid', 'q'],
  ['files?q=trashed=maybe', 400, 'invalid', 'q'],
  ["files?q='nowhere'+in+parents", 404, 'notFound', 'fileId'],
  ['files?orderBy=size', 400, 'invalid', 'orderBy'],
  ['files?corpora=everything', 400, 'invalid', 'corpora'],
  ['files?corpora=drive', 403, 'teamDriveIdRequired', 'driveId'],
  ['files?driveId=x', 403, 'teamDriveIdRequired', 'driveId'],
  ['files?corpora=allDrives', 403, 'includeTeamDriveItemsRequired', 'includeItemsFromAllDrives'],
  ['files?includeItemsFromAllDrives=true', 403, 'teamDrivesNotSupported', 'supportsAllDrives'],
  ['files?corpora=drive&driveId=x&includeItemsFromAllDrives=true&supportsAllDrives=true', 404, 'notFound', 'driveId'],
  ['files/nowhere', 404, 'notFound', 'fileId'],
  ['files/root?fileId=root', 400, 'badRequest', undefined],
  ['files/root?alt=media', 403, 'fileNotDownloadable', undefined],
  ['files/root?alt=xml', 400, 'invalid', 'alt'],
  ['about', 400, 'required', 'fields'],
  ['changes', 400, 'required', 'pageToken'],
  ['changes?pageToken=12345678', 400, 'invalid', 'pageToken'],
  ['changes/startPageToken?driveId=x', 403, 'teamDrivesNotSupported', 'supportsAllDrives'],
  ['drives?pageSize=0', 400, 'invalid', 'pageSize'],
  ['drives/nowhere', 404, 'notFound', 'driveId'],
  ['drives?useDomainAdminAccess=true', 403, 'insufficientPermissions', undefined],
  ['operations/nothing', 404, 'notFound', 'name'],
  ['files/root/export?mimeType=application/pdf', 403, 'fileNotExportable', undefined],
  ['files/root/export', 400, 'required', 'mimeType'],
  ['files/root/export?mimeType=application/pdf&supportsAllDrives=true', 400, 'badRequest', undefined],
] as const)('%s is refused: %i %s', async ([path, status, reason, location]) => {
  await using started = await start()
  expect(await started.refusal(path)).toEqual({ status, reason, location })
})

test('scopes: drive.metadata.readonly lists, but gets no bytes and no shared drives', async () => {
  await using started = await start()
  const file = started.model.addFile('a', 'bytes')
  const document = started.model.addEditorFile('b', 'document')
  const status = async (path: string, method = 'GET') => (await started.call(path, { scopes: metadataOnly, method })).status
  for (const path of ['files', `files/${file.id}`, 'about?fields=user', 'changes/startPageToken', `files/${file.id}/permissions`])
    expect(await status(path)).toBe(200)
  for (const path of [
    `files/${file.id}?alt=media`,
    `files/${document.id}/export?mimeType=application/pdf`,
    'drives',
    'drives/x',
    'operations/x',
  ]) {
    expect(await started.refusal(path, { scopes: metadataOnly })).toMatchObject({
      status: 403,
      reason: 'insufficientPermissions',
    })
  }
  expect(await status(`files/${file.id}/download`, 'POST')).toBe(403)
  expect(await started.refusal('files', { scopes: ['openid'] })).toMatchObject({ status: 403, reason: 'insufficientPermissions' })
})

test('401 without a token, with a wrong one, and with one that was ended; in the envelope that the library reads', async () => {
  await using started = await start()
  const drive = started.library()
  await drive.files.list({})
  started.google.expireAccessTokens()
  await expect(drive.files.list({})).rejects.toMatchObject({ status: 401 })
  const url = `${started.google.endpoints.drive}drive/v3/files`
  expect(await (await started.get(url)).json()).toMatchObject({
    error: { code: 401, errors: [{ reason: 'required' }], status: 'UNAUTHENTICATED' },
  })
  const wrong = await started.get(url, { headers: { authorization: 'Bearer nonsense' } })
  expect(wrong.headers.get('www-authenticate')).toContain('invalid_token')
  expect(await wrong.json()).toMatchObject({ error: { code: 401, errors: [{ reason: 'authError', location: 'Authorization' }] } })
})

test('a page token is good for its own query, its own user, some hours, and until it is expired', async () => {
  let now = Date.now()
  await using started = await start({ clock: { now: () => now } })
  const other = started.model.addPerson('other@example.com', 'Other')
  for (let index = 0; index < 9; index += 1) started.model.addFile(`${index}`, 'x')
  const first = async () =>
    encodeURIComponent(((await (await started.call('files?pageSize=2')).json()) as { nextPageToken: string }).nextPageToken)
  const status = async (query: string, email?: string) =>
    (await started.call(`files?${query}`, email === undefined ? {} : { email })).status
  const token = await first()
  expect(await status(`pageSize=3&pageToken=${token}&fields=files(id)`)).toBe(200)
  expect(await status(`q=trashed%3Dfalse&pageToken=${token}`)).toBe(400)
  expect(await status(`supportsAllDrives=true&includeItemsFromAllDrives=true&pageToken=${token}`)).toBe(400)
  expect(await status(`pageToken=${token}`, other.email)).toBe(400)
  started.google.expirePageTokens()
  expect(await status(`pageToken=${token}`)).toBe(400)
  const second = await first()
  now += 7 * 3600_000
  expect(await status(`pageToken=${second}`)).toBe(400)
})

test('pages may be short, and empty with a nextPageToken', async () => {
  await using started = await start({ settings: { emptyPageEvery: 2, pageLimit: 2 } })
  for (let index = 0; index < 5; index += 1) started.model.addFile(`${index}`, 'x')
  const sizes: number[] = []
  let token: string | undefined
  do {
    const { data } = await started
      .library()
      .files.list(token === undefined ? { pageSize: 1000 } : { pageSize: 1000, pageToken: token })
    sizes.push(data.files?.length ?? -1)
    token = data.nextPageToken ?? undefined
  } while (token !== undefined)
  expect(sizes).toEqual([2, 0, 2, 0, 1])
})

test('what belongs to the corpus of a user, and what only folders lead to', async () => {
  const model = createDriveModel()
  const friend = model.addPerson('friend@example.com', 'Friend')
  const mine = model.addFolder('mine')
  const theirs = model.addFolder('theirs', { owner: friend.email, sharedWith: { [model.me.email]: 'reader' } })
  const inside = model.addFile('inside', 'x', { parent: theirs.id })
  const opened = model.addFile('opened', 'x', { parent: theirs.id })
  const hidden = model.addFile('hidden', 'x', { owner: friend.email })
  const single = model.addFile('single', 'x', { owner: friend.email, sharedWith: { [model.me.email]: 'writer' } })
  const orphan = model.addFile('orphan', 'x', { parent: null })
  const gift = model.addFile('gift', 'x', { parent: mine.id, owner: friend.email })
  model.open(opened.id)
  const trashed = model.addFolder('trashed')
  const below = model.addFile('below', 'x', { parent: trashed.id })
  model.trash(trashed.id)
  await using started = await start({ model })
  const list = async (q?: string) =>
    (
      await started.library().files.list({
        fields: 'files(name,parents,ownedByMe,trashed,explicitlyTrashed,sharedWithMeTime)',
        ...(q === undefined ? {} : { q }),
      })
    ).data.files ?? []
  const names = async (q?: string) => (await list(q)).map((file) => file.name).sort()
  expect(await names()).toEqual(['below', 'gift', 'mine', 'opened', 'orphan', 'single', 'theirs', 'trashed'])
  expect(await names('sharedWithMe')).toEqual(['single', 'theirs'])
  expect(await names(`'${theirs.id}' in parents`)).toEqual(['inside', 'opened'])
  expect(await names("'me' in owners and trashed = false")).toEqual(['mine', 'orphan'])
  expect(await names("'root' in parents and not trashed = true")).toEqual(['mine'])
  expect(await names(`('${mine.id}' in parents or '${theirs.id}' in parents) and name != 'opened'`)).toEqual(['gift', 'inside'])
  expect(await names(`'${mine.id}' in parents or 'nowhere' in parents`)).toEqual([])
  expect(await names("mimeType = 'application/vnd.google-apps.folder' and name contains 'the'")).toEqual(['theirs'])
  const byName = Object.fromEntries((await list()).map((file) => [file.name, file]))
  expect(byName.orphan).not.toHaveProperty('parents')
  expect(byName.single).not.toHaveProperty('parents')
  expect(byName.theirs).toMatchObject({ ownedByMe: false, sharedWithMeTime: expect.any(String) })
  expect(byName.opened?.parents).toEqual([theirs.id])
  expect(byName.below).toMatchObject({ trashed: true, explicitlyTrashed: false })
  expect(byName.trashed).toMatchObject({ trashed: true, explicitlyTrashed: true })
  expect((await started.call(`files/${hidden.id}`)).status).toBe(404)
  expect((await started.call(`files/${inside.id}`)).status).toBe(200)
  expect([single.id, gift.id, orphan.id, below.id].every((id) => model.get(id) !== undefined)).toBe(true)
})

test('shared drives: listed by themselves, only with both flags, and only to members', async () => {
  const model = createDriveModel()
  const lab = model.addSharedDrive('Lab', { [model.me.email]: 'reader' })
  const secret = model.addSharedDrive('Secret', {})
  const file = model.addFile('result', 'x', { parent: lab.id })
  model.addFile('own', 'x')
  await using started = await start({ model })
  const drive = started.library()
  expect((await drive.drives.list({})).data.drives).toEqual([{ kind: 'drive#drive', id: lab.id, name: 'Lab' }])
  const both = {
    includeItemsFromAllDrives: true,
    supportsAllDrives: true,
    fields: 'incompleteSearch,files(name,driveId,owners,ownedByMe,parents)',
  }
  const { data } = await drive.files.list({ corpora: 'drive', driveId: lab.id, ...both })
  expect(data.files).toEqual([{ name: 'result', driveId: lab.id, parents: [lab.id] }])
  expect((await drive.files.list(both)).data.files?.map((entry) => entry.name)).toEqual(['own'])
  started.google.settings.incompleteSearch = true
  const all = (await drive.files.list({ corpora: 'allDrives', ...both })).data
  expect([all.files?.map((entry) => entry.name), all.incompleteSearch]).toEqual([['result', 'own'], true])
  expect(await started.refusal(`files/${file.id}`)).toMatchObject({ status: 404 })
  expect((await started.call(`files/${file.id}?supportsAllDrives=true`)).status).toBe(200)
  expect(await started.refusal(`drives/${secret.id}`)).toMatchObject({ status: 404 })
  const permissions = (
    await drive.permissions.list({ fileId: file.id, supportsAllDrives: true, fields: 'permissions(emailAddress,role)' })
  ).data.permissions
  expect(permissions).toEqual([{ emailAddress: model.me.email, role: 'reader' }])
})

test('an item that wants its resource key is 404 without it', async () => {
  const model = createDriveModel()
  model.addPerson('friend@example.com', 'Friend')
  const file = model.addFile('old link', 'bytes', {
    owner: 'friend@example.com',
    sharedWith: { anyone: 'reader' },
    resourceKey: '0-abc',
    needsResourceKey: true,
  })
  await using started = await start({ model })
  const status = async (header?: string) =>
    (
      await started.call(
        `files/${file.id}?alt=media`,
        header === undefined ? {} : { headers: { 'x-goog-drive-resource-keys': header } },
      )
    ).status
  expect([await status(), await status(`${file.id}/wrong`), await status(`other/1,${file.id}/0-abc`)]).toEqual([404, 404, 200])
})

test('JSON is compressed where the client takes gzip, and only there; 64-bit numbers are strings', async () => {
  await using started = await start()
  const { google, ca } = started
  const file = started.model.addFile('a', { size: 5_000_000_000, seed: 1 }, { checksums: [] })
  const raw = (encoding: string): Promise<{ encoding: string | undefined; body: Buffer }> =>
    new Promise((resolve, reject) => {
      const { accessToken } = google.issueTokens([driveReadonly])
      const headers = { authorization: `Bearer ${accessToken}`, 'accept-encoding': encoding }
      request(
        `${google.endpoints.drive}drive/v3/files/${file.id}?fields=size,version,quotaBytesUsed`,
        { ca, headers },
        async (response) => {
          resolve({ encoding: response.headers['content-encoding'], body: await buffer(response) })
        },
      )
        .on('error', reject)
        .end()
    })
  const zipped = await raw('gzip')
  expect(zipped.encoding).toBe('gzip')
  const expected = { size: '5000000000', version: '1', quotaBytesUsed: '5000000000' }
  expect(JSON.parse(gunzipSync(zipped.body).toString())).toEqual(expected)
  const plain = await raw('identity')
  expect([plain.encoding, JSON.parse(plain.body.toString())]).toEqual([undefined, expected])
})

test('quota in units: over it 403 userRateLimitExceeded or 429, and the next minute is a new one', async () => {
  let now = 1_800_000_000_000
  await using started = await start({ clock: { now: () => now } })
  started.google.setQuota({ unitsPerMinute: 210 })
  expect([
    (await started.call('files')).status,
    (await started.call('files')).status,
    (await started.call('files/root')).status,
  ]).toEqual([200, 200, 200])
  expect(await started.refusal('files')).toMatchObject({ status: 403, reason: 'userRateLimitExceeded' })
  now += 60_000
  expect((await started.call('files')).status).toBe(200)
  started.google.setQuota({ unitsPerMinute: 10, answer: 429 })
  expect(await started.refusal('files')).toMatchObject({ status: 429, reason: 'rateLimitExceeded' })
  expect(started.google.requests.map((entry) => entry.units)).toEqual([100, 100, 5, 100, 100, 100])
})

test('whatever would change something is a violation', async () => {
  await using started = await start()
  expect((await started.call('files/root', { method: 'DELETE' })).status).toBe(404)
  expect(started.google.violations).toHaveLength(1)
})

import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { contentBytes } from '../../../src/practice/google/content.ts'
import { createDriveModel } from '../../../src/practice/google/model.ts'
import { driveReadonly, type Started, start } from './start.ts'

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const bearer = ({ google }: Started) => ({ authorization: `Bearer ${google.issueTokens([driveReadonly]).accessToken}` })
const bytesOf = async (response: { arrayBuffer(): Promise<ArrayBuffer> }) => Buffer.from(await response.arrayBuffer())

test('the official library downloads a generated file, and its checksums are those of the bytes', async () => {
  const model = createDriveModel()
  const file = model.addFile('big.bin', { size: 3_000_001, seed: 7 })
  await using started = await start({ model })
  const drive = started.library()
  const { data: stream } = await drive.files.get({ fileId: file.id, alt: 'media' }, { responseType: 'stream' })
  const body = await buffer(stream)
  expect(body.length).toBe(3_000_001)
  const hash = (name: string) => createHash(name).update(body).digest('hex')
  const { data } = await drive.files.get({ fileId: file.id, fields: 'md5Checksum,sha1Checksum,sha256Checksum,size' })
  expect(data).toEqual({ md5Checksum: hash('md5'), sha1Checksum: hash('sha1'), sha256Checksum: hash('sha256'), size: '3000001' })
  expect(started.google.requests[0]).toMatchObject({ call: 'files.get media', units: 200, bytes: 3_000_001, status: 200 })
})

test.for([
  ['bytes=0-9', 206, 'bytes 0-9/1000', 0, 10],
  ['bytes=990-', 206, 'bytes 990-999/1000', 990, 1000],
  ['bytes=-5', 206, 'bytes 995-999/1000', 995, 1000],
  ['bytes=900-5000', 206, 'bytes 900-999/1000', 900, 1000],
  ['bytes=1000-', 416, 'bytes */1000', 0, 0],
  ['bytes=5-1', 200, null, 0, 1000],
  ['bytes=0-1,3-4', 200, null, 0, 1000],
] as const)('Range %s: %i', async ([range, status, contentRange, from, to]) => {
  await using started = await start()
  const file = started.model.addFile('a', { size: 1000, seed: 3 })
  const response = await started.call(`files/${file.id}?alt=media`, { headers: { range } })
  expect([response.status, response.headers.get('content-range')]).toEqual([status, contentRange])
  expect(await bytesOf(response)).toEqual(contentBytes({ size: 1000, seed: 3 }).subarray(from, to))
})

test('an empty file has an empty body, and refuses every range', async () => {
  await using started = await start()
  const file = started.model.addFile('empty', '')
  expect((await bytesOf(await started.call(`files/${file.id}?alt=media`))).length).toBe(0)
  expect((await started.call(`files/${file.id}?alt=media`, { headers: { range: 'bytes=0-' } })).status).toBe(416)
})

test('exports: no length, no range, other bytes each time; above 10 MB refused; unknown formats refused', async () => {
  await using started = await start()
  const { model } = started
  const document = model.addEditorFile('Essay', 'document', { exports: { 'application/pdf': { size: 11_000_000, seed: 1 } } })
  const path = `files/${document.id}/export?mimeType=`
  const first = await started.call(path + docx, { headers: { range: 'bytes=5-9' } })
  expect([first.status, first.headers.get('content-length'), first.headers.get('content-range')]).toEqual([200, null, null])
  const one = await bytesOf(first)
  const two = await bytesOf(await started.call(path + docx))
  expect(one.subarray(0, 2).toString()).toBe('PK')
  expect(one.equals(two)).toBe(false)
  expect(await started.refusal(`${path}application/pdf`)).toMatchObject({ status: 403, reason: 'exportSizeLimitExceeded' })
  expect(await started.refusal(`${path}image/png`)).toMatchObject({ status: 400, reason: 'badRequest' })
  const form = model.addEditorFile('Poll', 'form')
  expect(await started.refusal(`files/${form.id}/export?mimeType=application/zip`)).toMatchObject({
    status: 403,
    reason: 'fileNotExportable',
  })
  expect(await started.refusal(`files/${form.id}/download`, { method: 'POST' })).toMatchObject({
    status: 403,
    reason: 'fileNotExportable',
  })
  const stored = model.addFile('a', 'x')
  expect(await started.refusal(`files/${stored.id}/export?mimeType=application/pdf`)).toMatchObject({
    status: 403,
    reason: 'fileNotExportable',
  })
})

test('an export link gives what is above 10 MB, with the bearer; without it a page for people', async () => {
  await using started = await start()
  const document = started.model.addEditorFile('Essay', 'document', {
    exports: { 'application/pdf': { size: 11_000_000, seed: 1 } },
  })
  const { data } = await started.library().files.get({ fileId: document.id, fields: 'exportLinks' })
  const link = data.exportLinks?.['application/pdf'] ?? ''
  expect(link.startsWith(started.google.endpoints.docs)).toBe(true)
  const response = await started.get(link, { headers: bearer(started) })
  expect([response.status, response.headers.get('content-type'), response.headers.get('content-length')]).toEqual([
    200,
    'application/pdf',
    null,
  ])
  expect((await bytesOf(response)).length).toBe(11_000_000)
  const nobody = await started.get(link)
  expect(nobody.status).toBe(302)
  const page = await started.get(nobody.headers.get('location') ?? '')
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Sign in')])
  expect((await started.get(link, { headers: { authorization: 'Bearer nonsense' } })).status).toBe(401)
  expect(started.google.violations).toEqual([])
})

test('files.download: an operation, polled until done, its address with the bearer, a redirect without', async () => {
  await using started = await start({ settings: { operationPolls: 2 } })
  const { google, model } = started
  const document = model.addEditorFile('Essay', 'document', { exports: { [docx]: { size: 12_000_000, seed: 2 } } })
  const drive = started.library()
  const begun = (await drive.files.download({ fileId: document.id, mimeType: docx })).data
  expect(begun).toEqual({ name: expect.any(String), metadata: expect.anything(), done: false })
  const poll = async () => (await drive.operations.get({ name: begun.name ?? '' })).data
  expect((await poll()).done).toBe(false)
  const done = await poll()
  expect(done).toMatchObject({ done: true, response: { partialDownloadAllowed: false } })
  const uri = String(done.response?.downloadUri)
  expect(uri.startsWith(google.endpoints.usercontent)).toBe(true)
  expect((await started.get(uri)).status).toBe(401)
  const moved = await started.get(uri, { headers: bearer(started) })
  expect(moved.status).toBe(302)
  const target = moved.headers.get('location') ?? ''
  expect(target.startsWith(google.storage)).toBe(true)
  expect((await started.get(target, { headers: bearer(started) })).status).toBe(401)
  expect(google.violations).toHaveLength(1)
  expect((await bytesOf(await started.get(target))).length).toBe(12_000_000)
  const slides = (await drive.files.download({ fileId: model.addEditorFile('Talk', 'presentation').id })).data
  expect(slides.done).toBe(false)
})

test('files.download of a stored file can be had in part; failed, foreign and old operations', async () => {
  let now = Date.now()
  await using started = await start({ settings: { operationPolls: 0 }, clock: { now: () => now } })
  const { model, google } = started
  const file = model.addFile('a', 'hello world')
  const download = async (path = `files/${file.id}/download`) =>
    (await (await started.call(path, { method: 'POST' })).json()) as {
      name: string
      error?: { code: number }
      response?: { downloadUri: string; partialDownloadAllowed: boolean }
    }
  const { name, response } = await download()
  expect(response?.partialDownloadAllowed).toBe(true)
  const part = await started.get(response?.downloadUri ?? '', { headers: { ...bearer(started), range: 'bytes=6-' } })
  expect([part.status, await part.text()]).toEqual([206, 'world'])
  expect(await started.refusal(`files/${file.id}/download?mimeType=application/pdf`, { method: 'POST' })).toMatchObject({
    status: 400,
  })
  google.failOperations(8, 'Resource exhausted')
  expect((await download()).error).toEqual({ code: 8, message: 'Resource exhausted' })
  model.addPerson('other@example.com', 'Other')
  expect(await started.refusal(`operations/${name}`, { email: 'other@example.com' })).toMatchObject({ status: 404 })
  now += 25 * 3600_000
  expect(await started.refusal(`operations/${name}`)).toMatchObject({ status: 404 })
})

test('what may not be downloaded: forbidden by its owner, flagged as abusive', async () => {
  const model = createDriveModel()
  model.addPerson('friend@example.com', 'Friend')
  const shared = { owner: 'friend@example.com', sharedWith: { [model.me.email]: 'reader' } } as const
  const locked = model.addFile('locked', 'x', { ...shared, downloadForbidden: true })
  const lockedDocument = model.addEditorFile('locked', 'document', { ...shared, downloadForbidden: true })
  const bad = model.addFile('bad.exe', 'x', { abusive: true })
  const theirBad = model.addFile('bad.exe', 'x', { ...shared, abusive: true })
  await using started = await start({ model })
  const reason = async (path: string, method = 'GET') => (await started.refusal(path, { method })).reason
  expect(await reason(`files/${locked.id}?alt=media`)).toBe('cannotDownloadFile')
  expect(await reason(`files/${lockedDocument.id}/export?mimeType=application/pdf`)).toBe('cannotExportFile')
  expect(await reason(`files/${lockedDocument.id}/download`, 'POST')).toBe('cannotDownloadFile')
  expect(await reason(`files/${bad.id}?alt=media`)).toBe('cannotDownloadAbusiveFile')
  expect(await reason(`files/${theirBad.id}?alt=media&acknowledgeAbuse=true`)).toBe('cannotDownloadAbusiveFile')
  expect((await started.call(`files/${bad.id}?alt=media&acknowledgeAbuse=true`)).status).toBe(200)
  const { data } = await started.library().files.get({ fileId: locked.id, fields: 'capabilities(canDownload,canEdit)' })
  expect(data).toEqual({ capabilities: { canDownload: false, canEdit: false } })
})

test('a redirected download carries its own authority, keeps ranges, and the library goes along when the host differs', async () => {
  await using started = await start()
  const file = started.model.addFile('a', 'hello world', { redirects: true })
  const response = await started.call(`files/${file.id}?alt=media`)
  expect(response.status).toBe(307)
  const target = response.headers.get('location') ?? ''
  const part = await started.get(target, { headers: { range: 'bytes=0-4' } })
  expect([part.status, await part.text()]).toEqual([206, 'hello'])
  expect((await started.get(`${started.google.storage}docs/securesc/x?sig=guess`)).status).toBe(403)
  expect(started.google.violations).toEqual([])
  const logged = JSON.stringify(started.google.requests)
  expect(logged).not.toContain(new URL(target).searchParams.get('sig') ?? 'none')
})

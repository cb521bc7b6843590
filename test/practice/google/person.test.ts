import { createHash } from 'node:crypto'
import type { drive_v3 } from 'googleapis/build/src/apis/drive/index.js'
import { expect, test } from 'vitest'
import { createDriveModel } from '../../../src/practice/google/model.ts'
import { oddNames } from '../../../src/practice/google/odd-names.ts'
import { docxType, fillPracticeDrive } from '../../../src/practice/google/person.ts'
import { start } from './start.ts'

const fields =
  'nextPageToken,files(id,name,mimeType,size,md5Checksum,sha256Checksum,parents,ownedByMe,owners(emailAddress),trashed,shortcutDetails,capabilities(canDownload),resourceKey,exportLinks,driveId)'

test('the practice Drive lists through the official library, with every odd case in it', async () => {
  const model = createDriveModel()
  const ids = fillPracticeDrive(model)
  await using started = await start({ model })
  const drive = started.library()
  const files = new Map<string, drive_v3.Schema$File>()
  let pageToken: string | undefined
  do {
    const { data } = await drive.files.list({ pageSize: 50, fields, ...(pageToken === undefined ? {} : { pageToken }) })
    for (const file of data.files ?? []) files.set(file.id ?? '', file)
    pageToken = data.nextPageToken ?? undefined
  } while (pageToken !== undefined)
  const all = [...files.values()]
  expect(all.length).toBeGreaterThan(150)
  const names = new Set(all.map((file) => file.name))
  for (const name of oddNames) expect(names.has(name)).toBe(true)
  expect(all.filter((file) => file.name === 'report.pdf')).toHaveLength(3)
  expect(files.get(ids.orphan)).not.toHaveProperty('parents')
  expect(files.get(ids.computer)).not.toHaveProperty('parents')
  expect(files.get(ids.forbidden)?.capabilities?.canDownload).toBe(false)
  expect(files.get(ids.trashedFile)?.trashed).toBe(true)
  const dangling = files.get(ids.danglingShortcut)?.shortcutDetails?.targetId ?? ''
  await expect(drive.files.get({ fileId: dangling })).rejects.toMatchObject({ status: 404 })
  expect(Number(files.get(ids.bigVideo)?.size)).toBe(40 * 1024 * 1024)
  // The content of the shared folder is reached through it alone, but for what was opened.
  const inside = (await drive.files.list({ q: `'${ids.sharedFolder}' in parents`, fields })).data.files ?? []
  expect(inside.map((file) => file.name).sort()).toEqual(['Minutes', 'data', 'my part.txt', 'plan.pdf'])
  expect(inside.filter((file) => files.has(file.id ?? '')).map((file) => file.name)).toEqual(['my part.txt'])
  // Every stored file that may be had is what its checksums say.
  for (const file of all) {
    if (
      file.md5Checksum === undefined ||
      file.capabilities?.canDownload === false ||
      /\.exe$/.test(file.name ?? '') ||
      file.resourceKey
    )
      continue
    const response = await started.call(`files/${file.id}?alt=media`)
    const body = response.status === 307 ? await started.get(response.headers.get('location') ?? '') : response
    const bytes = Buffer.from(await body.arrayBuffer())
    expect([file.name, bytes.length, createHash('md5').update(bytes).digest('hex')]).toEqual([
      file.name,
      Number(file.size),
      file.md5Checksum,
    ])
  }
  // The huge document cannot be exported, but linked to.
  expect(await started.refusal(`files/${ids.hugeDocument}/export?mimeType=${docxType}`)).toMatchObject({
    status: 403,
    reason: 'exportSizeLimitExceeded',
  })
  expect((await started.call(`files/${ids.essay}/export?mimeType=${docxType}`)).status).toBe(200)
  expect(started.google.errors).toEqual([])
  expect(started.google.violations).toEqual([])
})

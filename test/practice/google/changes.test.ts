import { expect, test } from 'vitest'
import { createDriveModel } from '../../../src/practice/google/model.ts'
import { start } from './start.ts'

const both = { includeItemsFromAllDrives: true, supportsAllDrives: true }

test('a change log: the last change of each file, children of a moved or trashed folder not named, removals without a file', async () => {
  const model = createDriveModel()
  const folder = model.addFolder('folder')
  const child = model.addFile('child', 'x', { parent: folder.id })
  const other = model.addFolder('other')
  await using started = await start({ model })
  const drive = started.library()
  const token = async () => (await drive.changes.getStartPageToken({})).data.startPageToken ?? ''
  const since = async (pageToken: string, extra: object = {}) => {
    const { data } = await drive.changes.list({
      pageToken,
      fields: 'nextPageToken,newStartPageToken,changes(changeType,removed,fileId,file(name,trashed,parents))',
      ...extra,
    })
    return data
  }
  const before = await token()
  expect(await since(before)).toEqual({ newStartPageToken: before, changes: [] })
  model.rename(folder.id, 'renamed')
  model.move(folder.id, other.id)
  expect((await since(before)).changes).toEqual([
    { changeType: 'file', removed: false, fileId: folder.id, file: { name: 'renamed', trashed: false, parents: [other.id] } },
  ])
  const moved = await token()
  model.trash(folder.id)
  expect((await since(moved)).changes).toEqual([
    { changeType: 'file', removed: false, fileId: folder.id, file: { name: 'renamed', trashed: true, parents: [other.id] } },
  ])
  const trashed = await token()
  model.remove(folder.id)
  expect((await since(trashed)).changes).toEqual([
    { changeType: 'file', removed: true, fileId: folder.id },
    { changeType: 'file', removed: true, fileId: child.id },
  ])
  expect((await since(trashed, { includeRemoved: false })).changes).toEqual([])
  expect((await since(before)).changes?.map((change) => change.removed)).toEqual([true, true])
})

test('pages: newStartPageToken only on the last, nextPageToken on the others', async () => {
  await using started = await start()
  const drive = started.library()
  const from = (await drive.changes.getStartPageToken({})).data.startPageToken ?? ''
  for (let index = 0; index < 5; index += 1) started.model.addFile(`${index}`, 'x')
  const first = (await drive.changes.list({ pageToken: from, pageSize: 3 })).data
  expect([first.changes?.length, first.newStartPageToken]).toEqual([3, undefined])
  const last = (await drive.changes.list({ pageToken: first.nextPageToken ?? '', pageSize: 3 })).data
  expect([last.changes?.length, last.nextPageToken]).toEqual([2, undefined])
  expect(last.newStartPageToken).toBe((await drive.changes.getStartPageToken({})).data.startPageToken)
  started.google.expireChangeTokens()
  await expect(drive.changes.list({ pageToken: from })).rejects.toMatchObject({ status: 400 })
})

test('gaining and losing access are changes of the user log', async () => {
  const model = createDriveModel()
  model.addPerson('friend@example.com', 'Friend')
  const file = model.addFile('theirs', 'x', { owner: 'friend@example.com' })
  await using started = await start({ model })
  const drive = started.library()
  const from = (await drive.changes.getStartPageToken({})).data.startPageToken ?? ''
  const changes = async () => (await drive.changes.list({ pageToken: from, fields: 'changes(removed,fileId)' })).data.changes
  model.rename(file.id, 'not mine')
  expect(await changes()).toEqual([])
  model.share(file.id, model.me.email)
  expect(await changes()).toEqual([{ removed: false, fileId: file.id }])
  model.unshare(file.id, model.me.email)
  expect(await changes()).toEqual([{ removed: true, fileId: file.id }])
})

test('each shared drive has a log of its own, whose tokens no other log takes; membership stands in the user log', async () => {
  const model = createDriveModel()
  await using started = await start({ model })
  const drive = started.library()
  const userToken = (await drive.changes.getStartPageToken({})).data.startPageToken ?? ''
  const lab = model.addSharedDrive('Lab', { [model.me.email]: 'organizer' })
  const driveToken =
    (await drive.changes.getStartPageToken({ driveId: lab.id, supportsAllDrives: true })).data.startPageToken ?? ''
  const file = model.addFile('result', 'x', { parent: lab.id })
  const user = async (extra: object = both) =>
    (
      await drive.changes.list({
        pageToken: userToken,
        fields: 'changes(changeType,removed,driveId,drive/name,fileId)',
        ...extra,
      })
    ).data.changes
  expect(await user()).toEqual([{ changeType: 'drive', removed: false, driveId: lab.id, drive: { name: 'Lab' } }])
  expect(await user({})).toEqual([])
  const inDrive = (
    await drive.changes.list({ pageToken: driveToken, driveId: lab.id, ...both, fields: 'changes(fileId,file/driveId)' })
  ).data.changes
  expect(inDrive).toEqual([{ fileId: file.id, file: { driveId: lab.id } }])
  await expect(drive.changes.list({ pageToken: userToken, driveId: lab.id, ...both })).rejects.toMatchObject({ status: 400 })
  await expect(drive.changes.list({ pageToken: driveToken })).rejects.toMatchObject({ status: 400 })
  model.setMember(lab.id, model.me.email, undefined)
  expect(await user()).toEqual([{ changeType: 'drive', removed: true, driveId: lab.id }])
  await expect(drive.changes.list({ pageToken: driveToken, driveId: lab.id, ...both })).rejects.toMatchObject({ status: 404 })
})

test('a move into a shared drive is a removal from the user log and news in the other', async () => {
  const model = createDriveModel()
  const lab = model.addSharedDrive('Lab', { [model.me.email]: 'organizer' })
  const file = model.addFile('paper', 'x')
  await using started = await start({ model })
  const drive = started.library()
  const userToken = (await drive.changes.getStartPageToken({})).data.startPageToken ?? ''
  const driveToken =
    (await drive.changes.getStartPageToken({ driveId: lab.id, supportsAllDrives: true })).data.startPageToken ?? ''
  model.move(file.id, lab.id)
  const fields = 'changes(removed,fileId,file/name)'
  expect((await drive.changes.list({ pageToken: userToken, fields })).data.changes).toEqual([{ removed: true, fileId: file.id }])
  expect((await drive.changes.list({ pageToken: userToken, fields, includeCorpusRemovals: true })).data.changes).toEqual([
    { removed: true, fileId: file.id, file: { name: 'paper' } },
  ])
  expect((await drive.changes.list({ pageToken: driveToken, driveId: lab.id, ...both, fields })).data.changes).toEqual([
    { removed: false, fileId: file.id, file: { name: 'paper' } },
  ])
})

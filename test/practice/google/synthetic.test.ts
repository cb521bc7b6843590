import { expect, test } from 'vitest'
import { createDriveModel } from '../../../src/practice/google/model.ts'
import { start } from './start.ts'

test('many files made while they are listed: each once, and they can be asked for, changed and removed', async () => {
  const model = createDriveModel()
  const folder = model.addFolder('many')
  const many = model.addSyntheticFiles(folder.id, 12_345)
  model.addFile('after', 'x')
  await using started = await start({ model })
  const drive = started.library()
  const from = (await drive.changes.getStartPageToken({})).data.startPageToken ?? ''
  model.rename(many.idOf(7), 'renamed')
  model.remove(many.idOf(8))
  const list = async (q: string | undefined) => {
    const names = new Map<string, string>()
    let pageToken: string | undefined
    do {
      const { data } = await drive.files.list({
        pageSize: 1000,
        fields: 'nextPageToken,files(id,name)',
        ...(q === undefined ? {} : { q }),
        ...(pageToken === undefined ? {} : { pageToken }),
      })
      for (const file of data.files ?? []) {
        expect(names.has(file.id ?? '')).toBe(false)
        names.set(file.id ?? '', file.name ?? '')
      }
      pageToken = data.nextPageToken ?? undefined
    } while (pageToken !== undefined)
    return names
  }
  const all = await list(undefined)
  expect(all.size).toBe(12_345 + 2 - 1)
  expect(model.count()).toBe(12_345 + 3 - 1)
  expect(all.get(many.idOf(7))).toBe('renamed')
  expect(all.has(many.idOf(8))).toBe(false)
  expect((await list(`'${folder.id}' in parents`)).size).toBe(12_344)
  expect((await list(`'${folder.id}' in parents and name = 'renamed'`)).size).toBe(1)
  const { data } = await drive.files.get({ fileId: many.idOf(12_344), fields: 'name,size,parents' })
  expect(data).toEqual({ name: 'file 0012344.bin', size: String((12_344 % 997) * 4), parents: [folder.id] })
  expect((await started.call(`files/${many.idOf(12_345)}`)).status).toBe(404)
  const changes = (await drive.changes.list({ pageToken: from, fields: 'changes(fileId,removed)' })).data.changes
  expect(changes).toEqual([
    { fileId: many.idOf(7), removed: false },
    { fileId: many.idOf(8), removed: true },
  ])
})

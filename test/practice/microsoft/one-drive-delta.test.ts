import { expect, test } from 'vitest'
import { createOneDriveModel } from '../../../src/practice/microsoft/drive/model.ts'
import { type Entry, type Started, start } from './start.ts'

const names = (entries: readonly Entry[]) => entries.map(({ name }) => name)
const flat = async (started: Started, path: string, headers?: Record<string, string>) => {
  const { pages, link } = await started.delta(path, headers === undefined ? {} : { headers })
  return { entries: pages.flat(), link, pages }
}

test('a first delta: every item once, parents before children, no path, no cTag in a business drive; then nothing', async () => {
  await using started = await start()
  const { model, microsoft } = started
  const folder = model.addFolder('Studies')
  const file = model.addFile('notes.txt', 'abc', { parent: folder.id, mimeType: 'text/plain' })
  const { entries, link } = await flat(started, 'me/drive/root/delta')
  expect(names(entries)).toEqual(['root', 'Studies', 'notes.txt'])
  const [root, , found] = entries
  expect(root).toMatchObject({ root: {}, folder: { childCount: 1 }, parentReference: { driveId: model.driveId } })
  expect(found).toMatchObject({
    id: file.id,
    size: 3,
    file: { mimeType: 'text/plain', hashes: { quickXorHash: 'YRDDGAAAAAAAAAAAAwAAAAAAAAA=' } },
    parentReference: { driveType: 'business', driveId: model.driveId, id: folder.id },
    '@microsoft.graph.downloadUrl': expect.stringContaining(microsoft.storage.business),
  })
  expect(Object.keys(found?.parentReference as object)).not.toContain('path')
  for (const entry of entries) expect(entry).not.toHaveProperty('cTag')
  const again = await flat(started, link)
  expect(again.entries).toEqual([])
  expect(again.link).toContain(microsoft.endpoints.graph)
})

test('a personal drive gives cTag and three checksums, and its own kind of ids', async () => {
  await using started = await start({ model: createOneDriveModel({ kind: 'personal' }) })
  const { model } = started
  model.addFile('a.txt', 'abc')
  const { entries } = await flat(started, `drives/${model.driveId}/root/delta`)
  expect(entries[1]).toMatchObject({
    id: expect.stringMatching(/^[0-9A-F]{16}!\d+$/),
    cTag: expect.any(String),
    file: {
      hashes: {
        quickXorHash: 'YRDDGAAAAAAAAAAAAwAAAAAAAAA=',
        sha1Hash: 'A9993E364706816ABA3E25717850C26C9CD0D89D',
        sha256Hash: 'BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD',
      },
    },
  })
})

test('changes: latest state of each, parents too unless told not to, deleted ones in the form of their kind of drive', async () => {
  for (const kind of ['business', 'personal'] as const) {
    await using started = await start({ model: createOneDriveModel({ kind }) })
    const { model } = started
    const folder = model.addFolder('Old')
    const kept = model.addFile('kept.txt', 'a', { parent: folder.id })
    const gone = model.addFile('gone.txt', 'b', { parent: folder.id })
    const { link } = await flat(started, 'me/drive/root/delta')
    model.rename(kept.id, 'x.txt')
    model.rename(kept.id, 'kept again.txt')
    model.remove(gone.id)
    model.rename(folder.id, 'New')
    const { entries } = await flat(started, link)
    expect(entries.map(({ id }) => id)).toEqual([model.rootId, folder.id, kept.id, gone.id])
    expect(entries[2]?.name).toBe('kept again.txt')
    const tombstone = entries[3]!
    expect(tombstone).toMatchObject({
      deleted: kind === 'business' ? { state: 'deleted' } : {},
      parentReference: { id: folder.id },
    })
    expect('name' in tombstone).toBe(kind === 'personal')
    expect('size' in tombstone).toBe(kind === 'business')
    expect(tombstone).not.toHaveProperty('cTag')
    const bare = await flat(started, link, { deltaExcludeParent: 'true' })
    expect(bare.entries.map(({ id }) => id)).toEqual([folder.id, kept.id, gone.id])
  }
})

test('the renaming of a folder names none of its content; a folder deleted may be named alone', async () => {
  await using started = await start()
  const { model } = started
  const folder = model.addFolder('a')
  model.addFile('inside', '1', { parent: folder.id })
  const { link } = await flat(started, 'me/drive/root/delta')
  model.rename(folder.id, 'b')
  const renamed = await flat(started, link, { deltaExcludeParent: 'true' })
  expect(names(renamed.entries)).toEqual(['b'])
  model.remove(folder.id, 'folder-only')
  expect((await flat(started, renamed.link, { deltaExcludeParent: 'true' })).entries).toHaveLength(1)
})

test('pages: $top and $select stay in the links, which take no others; empty pages, repeated and stale entries', async () => {
  await using started = await start()
  const { model, microsoft } = started
  for (let index = 0; index < 10; index += 1) model.addFile(`${index}`, `${index}`)
  const { pages } = await flat(started, 'me/drive/root/delta?$top=4&$select=id,name')
  expect(pages.map(({ length }) => length)).toEqual([4, 4, 3])
  expect(pages[1]?.[0]).toEqual({ id: expect.any(String), name: '3' })
  const first = await started.json('me/drive/root/delta?$top=4')
  expect(first['@odata.nextLink']).toMatch(/root\/delta\(token='[\w-]+'\)$/)
  expect(await started.refusal(`${first['@odata.nextLink']}?$top=5`)).toMatchObject({ status: 400, code: 'invalidRequest' })

  microsoft.settings.emptyPageEvery = 2
  expect((await flat(started, 'me/drive/root/delta?$top=4')).pages.map(({ length }) => length)).toEqual([4, 0, 4, 0, 3])
  microsoft.settings.emptyPageEvery = 0
  microsoft.settings.duplicates = 'stale'
  const doubled = await flat(started, 'me/drive/root/delta?$top=4')
  expect(doubled.pages.map(names)).toEqual([
    ['root', '0', '1', 'earlier 2'],
    ['2', '3', '4', 'earlier 5'],
    ['5', '6', '7', 'earlier 8'],
    ['8', '9'],
  ])
  microsoft.settings.duplicates = 'none'
  microsoft.settings.parents = 'last'
  expect(names((await flat(started, 'me/drive/root/delta')).entries).at(-1)).toBe('root')
})

test('links may be told to point to another host', async () => {
  await using started = await start({ settings: { linksTo: 'https://graph.example/' } })
  started.model.addFile('a', '1')
  expect((await started.json('me/drive/root/delta?$top=1'))['@odata.nextLink']).toMatch(
    /^https:\/\/graph\.example\/v1\.0\/me\/drive\/root\/delta/,
  )
  expect((await started.json('me/drive/root/children'))['@odata.nextLink']).toBeUndefined()
})

test('what happens during the listing comes with the next one', async () => {
  await using started = await start()
  const { model } = started
  const files = [0, 1, 2, 3].map((index) => model.addFile(`${index}`, `${index}`))
  const first = await started.json('me/drive/root/delta?$top=3')
  model.rename(files[0]!.id, 'renamed')
  model.addFile('new', 'x')
  model.remove(files[3]!.id)
  const rest = await flat(started, first['@odata.nextLink'] ?? '')
  expect(names(rest.entries)).toEqual(['2'])
  const { entries } = await flat(started, rest.link, { deltaExcludeParent: '1' })
  expect(entries.map((entry) => ('deleted' in entry ? 'deleted' : entry.name))).toEqual(['renamed', 'new', 'deleted'])
})

test('latest, a time, a dead token of each kind with its fresh link, and what was never a token', async () => {
  let time = Date.parse('2026-01-01T00:00:00Z')
  const now = () => time
  await using started = await start({ model: createOneDriveModel({ now }), now })
  const { model, microsoft } = started
  model.addFile('old', '1')
  time += 3_600_000
  const latest = await flat(started, 'me/drive/root/delta?token=latest')
  expect(latest.entries).toEqual([])
  model.addFile('new', '2')
  const noParents = { deltaExcludeParent: '1' }
  expect(names((await flat(started, latest.link, noParents)).entries)).toEqual(['new'])
  expect(names((await flat(started, 'me/drive/root/delta?token=2026-01-01T00%3A30%3A00Z', noParents)).entries)).toEqual(['new'])
  for (const code of ['resyncChangesApplyDifferences', 'resyncChangesUploadDifferences'] as const) {
    const { link } = await flat(started, 'me/drive/root/delta?$select=id,name')
    microsoft.expireDeltaTokens({ code })
    const response = await started.call(link)
    expect(response.status).toBe(410)
    expect(await response.json()).toMatchObject({ error: { code } })
    const fresh = await flat(started, response.headers.get('location') ?? '')
    expect(names(fresh.entries)).toEqual(['root', 'old', 'new'])
    expect(fresh.entries[0]).not.toHaveProperty('folder')
  }
  const { link } = await flat(started, 'me/drive/root/delta')
  microsoft.expireDeltaTokens({ code: 'resyncRequired', location: false })
  expect((await started.call(link)).headers.get('location')).toBeNull()
  expect(await started.refusal('me/drive/root/delta?token=abc')).toMatchObject({ status: 400, code: 'invalidRequest' })
  await using personal = await start({ model: createOneDriveModel({ kind: 'personal' }) })
  expect(await personal.refusal('me/drive/root/delta?token=2026-01-01T00%3A30%3A00Z')).toMatchObject({ status: 400 })
})

test('an item that is file and folder in turn, and one whose parent never comes', async () => {
  await using started = await start()
  const { model } = started
  const item = model.addFile('thing', 'bytes', { served: 'others' })
  model.addFile('lost', 'x', { parent: '01NOBODYHASTHISIDATALL000000000000' })
  const first = await flat(started, 'me/drive/root/delta')
  expect(first.entries.at(-1)).toMatchObject({ name: 'lost', parentReference: { id: '01NOBODYHASTHISIDATALL000000000000' } })
  model.turnInto(item.id, 'folder')
  const second = await flat(started, first.link)
  expect(second.entries.at(-1)).toMatchObject({ id: item.id, folder: {} })
  expect(second.entries.at(-1)).not.toHaveProperty('file')
  model.turnInto(item.id, 'file', 'other')
  const third = (await flat(started, second.link)).entries.at(-1)
  expect(third).toMatchObject({ id: item.id, file: {}, size: 5 })
  expect(await (await started.get(String(third?.['@microsoft.graph.downloadUrl']))).text()).toBe('other')
})

test('a million files cost nothing to have: first pages and ten changes are quick', async () => {
  await using started = await start()
  const { model, microsoft } = started
  const { idOf } = model.addSyntheticFiles(model.rootId, 1_000_000)
  const first = await started.json('me/drive/root/delta?$top=1000&$select=id,name,file,size,parentReference,eTag')
  expect(first.value).toHaveLength(1000)
  const { link } = await flat(started, 'me/drive/root/delta?token=latest')
  for (let index = 0; index < 10; index += 1) model.replaceContent(idOf(index * 99_999), `new ${index}`)
  model.remove(idOf(5))
  const before = microsoft.log.count()
  const { entries } = await flat(started, link)
  expect(entries).toHaveLength(12)
  expect(microsoft.log.count() - before).toBe(1)
  expect(model.count()).toBe(1_000_000)
})

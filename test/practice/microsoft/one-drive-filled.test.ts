import { expect, test } from 'vitest'
import { contentBytes, contentHashes, contentSize } from '../../../src/practice/microsoft/drive/content.ts'
import { fillPracticeOneDrive } from '../../../src/practice/microsoft/drive/fill-drive.ts'
import { createOneDriveModel } from '../../../src/practice/microsoft/drive/model.ts'
import { hostileNames, oddNames } from '../../../src/practice/microsoft/drive/odd-names.ts'
import { type Collection, type Entry, start } from './start.ts'

function filled(kind: 'business' | 'personal') {
  const model = createOneDriveModel({ kind })
  return { model, drive: fillPracticeOneDrive(model) }
}

test('the official Graph library lists the whole drive, every odd case among it', async () => {
  for (const kind of ['business', 'personal'] as const) {
    const { model, drive } = filled(kind)
    await using started = await start({ model })
    const client = started.graph()
    const entries: Entry[] = []
    for (let next = '/me/drive/root/delta?$top=50'; next !== ''; ) {
      const page = (await client.api(next).header('Prefer', 'Include-Feature=AddToOneDrive').get()) as Collection
      entries.push(...page.value)
      next = page['@odata.nextLink'] ?? ''
    }
    expect(entries).toHaveLength(model.count())
    const byId = new Map(entries.map((entry) => [entry.id, entry]))
    const of = (id: string) => byId.get(id)
    expect(of(drive.malware)).toMatchObject({ malware: {} })
    expect(of(drive.notebook)).toMatchObject({ package: { type: 'oneNote' } })
    expect(of(drive.notebook)).not.toHaveProperty('folder')
    expect(entries.filter(({ name }) => name?.endsWith('.one'))).toHaveLength(kind === 'business' ? 2 : 0)
    expect(of(drive.shortcut)).toMatchObject({
      remoteItem: { id: drive.sharedFolder, folder: {}, parentReference: { driveId: drive.sharedDrive } },
    })
    expect(of(drive.shortcut)).not.toHaveProperty('folder')
    expect(of(drive.danglingShortcut)).toMatchObject({ remoteItem: { id: expect.any(String) } })
    expect(
      Object.keys(of(drive.withoutFacet) ?? {}).filter((key) => ['file', 'folder', 'package', 'remoteItem'].includes(key)),
    ).toEqual([])
    expect(of(drive.withoutHashes)?.file).not.toHaveProperty('hashes')
    expect(of(drive.empty)).toMatchObject({ size: 0, file: { hashes: { quickXorHash: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' } } })
    const parents = new Set(entries.map((entry) => (entry.parentReference as { id?: string }).id))
    expect([...parents].filter((id) => id !== undefined && !byId.has(id))).toHaveLength(1)
    const listed = entries.map(({ name }) => name)
    // A lone surrogate comes too, as an escape of JSON.
    for (const name of [...oddNames, ...hostileNames]) expect(listed, name).toContain(name)
    for (const id of [drive.rewritten, drive.livePhoto, drive.rightsProtected]) {
      const { content, served } = model.get(id)!
      expect(contentHashes(served!).quickXorHash).not.toBe(contentHashes(content!).quickXorHash)
    }
    expect(started.microsoft.errors).toEqual([])
    expect(started.microsoft.log.violations).toEqual([])
  }
})

test('what is shared: the listing, folders of others page by page, shortcuts that lead round in a circle', async () => {
  const { model, drive } = filled('business')
  await using started = await start({ model, settings: { shortcutsWantAsking: false } })
  const shared = await started.json('me/drive/sharedWithMe?$select=id,name,remoteItem')
  expect(shared.value.map(({ name }) => name).sort()).toEqual(['Minutes of the club', 'Seminar material', 'leaflet.pdf'])
  const first = await started.json('me/drive/sharedWithMe?$top=2')
  expect((await started.json(first['@odata.nextLink'] ?? '')).value).toHaveLength(1)
  const all = { scopes: ['Files.Read.All'] }
  const base = `drives/${drive.sharedDrive}/items/${drive.sharedFolder}`
  const page = await started.json(`${base}/children?$top=2&$select=id,name,remoteItem,folder`, all)
  const rest = await started.json(page['@odata.nextLink'] ?? '', all)
  expect([page, rest].map(({ value }) => value.map(({ name }) => name))).toEqual([
    ['Week 1', 'task.docx'],
    ['back to the student'],
  ])
  started.microsoft.settings.shortcutsInDelta = false
  const hidden = (await started.delta('me/drive/root/delta')).pages.flat()
  expect(hidden.filter((entry) => 'remoteItem' in entry)).toEqual([])
  expect(hidden).toHaveLength(model.count() - 4)
  started.microsoft.settings.shortcutsInDelta = true
  expect(rest.value[0]).toMatchObject({ remoteItem: { id: drive.courses, parentReference: { driveId: model.driveId } } })
  const week = await started.json(`drives/${drive.sharedDrive}/items/${page.value[0]?.id}/children`, all)
  expect(week.value.find(({ name }) => name === 'up again')).toMatchObject({ remoteItem: { id: drive.sharedFolder } })
  expect(await started.refusal(`${base}/delta`, all)).toMatchObject({ status: 501, code: 'notSupported' })
  started.microsoft.settings.businessFolderDelta = true
  const { pages } = await started.delta(`${base}/delta`, all)
  expect(pages.flat().map(({ name }) => name)).toEqual([
    'Seminar material',
    'Week 1',
    'reading.pdf',
    'task.docx',
    'back to the student',
    'up again',
  ])
})

test('a work drive names its shortcuts where they are asked for, a personal one always', async () => {
  for (const kind of ['business', 'personal'] as const) {
    const { model } = filled(kind)
    await using started = await start({ model })
    const shortcuts = async (path: string, prefer?: string) => {
      let call = started.graph().api(path)
      if (prefer !== undefined) call = call.header('Prefer', prefer)
      const { value } = (await call.get()) as Collection
      return value.filter((entry) => 'remoteItem' in entry).length
    }
    for (const path of ['/me/drive/root/delta?$top=1000', '/me/drive/root/children']) {
      const asked = await shortcuts(path, 'deltashowsharingchanges, Include-Feature=AddToOneDrive;Vault')
      expect(asked).toBeGreaterThan(0)
      for (const prefer of [undefined, 'Include-Feature=Vault'])
        expect(await shortcuts(path, prefer)).toBe(kind === 'personal' ? asked : 0)
    }
  }
})

test('a delta of a folder of someone else’s personal drive, whose id comes in several forms', async () => {
  const { model, drive } = filled('personal')
  await using started = await start({ model })
  const all = { scopes: ['Files.Read.All'] }
  started.microsoft.settings.sloppyDriveIds = true
  const address = `drives/${drive.sharedDrive.toUpperCase()}/items/${encodeURIComponent(drive.sharedFolder)}/delta`
  const { pages, link } = await started.delta(address, all)
  expect(pages.flat()).toHaveLength(6)
  const own = await started.json('me/drive/root/children?$top=1')
  const seen = (own.value[0]!.parentReference as { driveId: string }).driveId
  expect(seen).not.toBe(model.driveId)
  expect(model.driveId).toMatch(/^0[0-9a-f]{15}$/)
  expect(seen).toBe(model.driveId.slice(1).toUpperCase())
  expect((await started.call(`drives/${seen}/root`)).status).toBe(200)
  const teacher = model.others[0]!
  teacher.rename(drive.sharedFolder, 'Seminar, renamed')
  teacher.addFile('elsewhere.txt', 'x')
  const changes = await started.delta(link, all)
  expect(changes.pages.flat().map(({ name }) => name)).toEqual(['Seminar, renamed'])
})

test('children and paths: pages of a folder, an item by its path, letter case aside', async () => {
  const { model, drive } = filled('business')
  await using started = await start({ model })
  const names: string[] = []
  for (let next = `me/drive/items/${drive.photos}/children?$top=6&$select=name`; next !== ''; ) {
    const page: Collection = await started.json(next)
    names.push(...page.value.map(({ name }) => name ?? ''))
    next = page['@odata.nextLink'] ?? ''
  }
  expect(names).toHaveLength(16)
  expect(new Set(names).size).toBe(16)
  const thesis = await started.json('me/drive/root:/documents/THESIS/thesis.docx')
  expect(thesis).toMatchObject({
    id: drive.thesis,
    parentReference: { path: `/drives/${model.driveId}/root:/Documents/Thesis`, name: 'Thesis' },
  })
  expect((await started.json(`me/drive/root:/${encodeURIComponent('Documents')}/Courses:/children`)).value).toHaveLength(4)
  expect(await started.json('me/drive?$select=id,driveType')).toEqual({ id: model.driveId, driveType: 'business' })
  expect((await started.json('me/drives')).value).toHaveLength(1)
})

test('everything that may be downloaded comes as stated, or as the odd case says', async () => {
  const { model, drive } = filled('personal')
  await using started = await start({ model })
  const { pages } = await started.delta('me/drive/root/delta')
  const differing: string[] = []
  let downloads = 0
  for (const entry of pages.flat()) {
    const address = entry['@microsoft.graph.downloadUrl']
    if (typeof address !== 'string' || Number(entry.size) > 1_000_000) continue
    const bytes = Buffer.from(await (await started.get(address)).arrayBuffer())
    downloads += 1
    if (contentHashes(bytes).quickXorHash !== contentHashes(model.get(entry.id)!.content!).quickXorHash) differing.push(entry.id)
  }
  expect(downloads).toBeGreaterThan(80)
  expect(differing.sort()).toEqual([drive.rewritten, drive.livePhoto, drive.rightsProtected].sort())
  const big = model.get(drive.bigVideo)!
  expect(contentSize(big.content!)).toBe(24 * 1024 * 1024)
  expect(contentBytes(big.content!)).toHaveLength(24 * 1024 * 1024)
})

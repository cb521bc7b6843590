import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { docx } from '../../../../src/practice/content/office.ts'
import { createOneDriveModel } from '../../../../src/practice/microsoft/drive/model.ts'
import type { FaultyRequest } from '../../../../src/practice/serving/faults.ts'
import { sameForm, streamOf } from '../../../../src/providers/microsoft/onedrive/ids.ts'
import { notebookId } from '../../../../src/providers/microsoft/onedrive/item.ts'
import { onedrive } from '../../../../src/providers/microsoft/onedrive/source.ts'
import { type Bench, createBench, type RunResult } from '../../../backup/bench-archive.ts'
import type { World } from '../../../backup/fake-source.ts'
import { pattern } from '../../../contracts/content.ts'
import { type ConnectedOneDrive, connectOneDrive, type OneDriveOptions } from './connect-onedrive.ts'
import { isDownload } from './practice-harness.ts'

const name = 'microsoft/onedrive'
const MB = 1024 * 1024

interface At extends ConnectedOneDrive {
  readonly bench: Bench
  run(settings?: { shared?: boolean }): Promise<RunResult>
  tree(): Record<string, string>
  item(id: string): NonNullable<ReturnType<Bench['item']>>
}

const open: At[] = []
afterEach(async () => {
  for (const at of open.splice(0)) {
    await at.close()
    await at.bench.dispose()
    expect(at.practice.errors).toEqual([])
    expect(at.practice.log.violations).toEqual([])
  }
})

async function start(options: OneDriveOptions = {}): Promise<At> {
  const connected = await connectOneDrive(options)
  const bench = await createBench()
  const at: At = {
    ...connected,
    bench,
    run: (settings = {}) => {
      const world = { source: connected.open(settings), features: onedrive.features } as World
      return bench.run({ [name]: world }, { shape: onedrive.shape(settings) })
    },
    tree: () => bench.tree(`data/${name}`),
    item: (id) => bench.item(id, name)!,
  }
  open.push(at)
  return at
}

describe('downloads', () => {
  test('an address that gives 404 once, 429 then, and other bytes with 200 after: the right bytes come in the end', async () => {
    const at = await start()
    at.model.addFile('a.bin', 'the right bytes')
    const struck = [
      { status: 404 },
      { status: 429, retryAfter: 1 },
      { status: 200, body: 'other bytes!!!!', contentType: 'application/octet-stream' },
    ].map((action) => at.practice.faults.add({ match: isDownload, do: action }))
    expect((await at.run()).status).toBe(0)
    expect(struck.map((fault) => fault.struck())).toEqual([1, 1, 1])
    expect(at.tree()).toEqual({ 'a.bin': 'the right bytes' })
    await at.bench.checkSound()
  })

  test('wrong bytes that come for ever are not saved, whatever their kind', async () => {
    const at = await start()
    const ids = ['a.bin', 'b.txt'].map((file) => at.model.addFile(file, 'the right bytes').id)
    at.practice.faults.add({
      match: isDownload,
      times: 100,
      do: { status: 200, body: 'other bytes!!!!', contentType: 'application/octet-stream' },
    })
    expect((await at.run()).status).toBe(3)
    for (const id of ids) expect(at.item(id)).toMatchObject({ state: 'failed', failure: 'corrupt' })
    expect(at.bench.files()).toEqual([])
  })

  test('an address that expires in the middle is asked for anew, and the download goes on where it was', async () => {
    const at = await start()
    const bytes = pattern(6 * MB, 3)
    at.model.addFile('big.bin', bytes)
    at.practice.faults.add({ match: isDownload, do: { cutAfter: 3 * MB } })
    // The address of the attempt after the cut dies on its way.
    at.practice.faults.add({ match: once(isDownload, () => at.practice.expireDownloadLinks()), do: { delayMs: 0 } })
    expect((await at.run()).status).toBe(0)
    expect(Buffer.compare(readFileSync(join(at.bench.root, `data/${name}/big.bin`)), bytes)).toBe(0)
    const downloads = at.practice.log.requests.filter(isDownloadLogged)
    expect(downloads[0]!.range).toBeUndefined()
    expect(downloads.slice(1).every(({ range }) => /^bytes=[1-9]\d{5,}-$/.test(range ?? ''))).toBe(true)
    expect(downloads.reduce((sum, { bytes: sent }) => sum + sent, 0)).toBeLessThan(7 * MB)
  })

  test.each([401, 403, 404] as const)(
    'an address that died before it was used (%i) is asked for anew',
    async (deadLinkStatus) => {
      let now = Date.now()
      const at = await start({ settings: { deadLinkStatus, linkSeconds: 60 }, now: () => now })
      at.model.addFile('a.txt', 'a')
      at.practice.faults.add({ match: once(isDownload, () => (now += 61_000)), do: { delayMs: 0 } })
      expect((await at.run()).status).toBe(0)
      expect(at.tree()).toEqual({ 'a.txt': 'a' })
    },
  )

  test('one that is refused for ever fails its item, without ending the sign-in', async () => {
    for (const status of [401, 403, 404]) {
      const at = await start()
      const bad = at.model.addFile('bad.txt', 'bad')
      at.practice.faults.add({ match: isDownload, times: 1000, do: { status } })
      expect((await at.run()).status).toBe(3)
      expect(at.item(bad.id).state, String(status)).toBe('failed')
      expect(['transient', 'forbidden']).toContain(at.item(bad.id).failure)
    }
  })

  test.each(['packed', 'file'] as const)(
    'an answer in gzip that nobody asked for, with the length of %s: nothing is saved of it, and the file comes when it comes plain',
    async (packed) => {
      const at = await start({ settings: { packed } })
      const bytes = 'the same again and again, '.repeat(400)
      // Of one of them nothing but its length could tell.
      const plain = at.model.addFile('a.csv', bytes)
      const unchecked = at.model.addFile('b.csv', bytes, { withoutHashes: true })
      const office = at.model.addFile('c.docx', bytes)
      expect((await at.run()).status).toBe(3)
      for (const { id } of [plain, unchecked, office]) expect(at.item(id).state).toBe('failed')
      expect(at.bench.files()).toEqual([])
      at.practice.settings.packed = 'never'
      expect((await at.run()).status).toBe(0)
      expect(at.tree()).toEqual({ 'a.csv': bytes, 'b.csv': bytes, 'c.docx': bytes })
      await at.bench.checkSound()
    },
  )

  test('no address, and no token, stands anywhere in the archive or in what is said', async () => {
    const at = await start()
    at.model.addFile('good.txt', 'good')
    at.model.addFile('bad.docx', 'what was uploaded', { served: 'what is served' })
    at.model.addFile('blocked.txt', 'no', { blocked: true })
    at.practice.faults.add({ match: isDownload, do: { status: 404 } })
    const run = await at.run()
    const said = JSON.stringify([run.events, run.failures, at.events])
    const journal = readFileSync(join(at.bench.root, '.holdall/journal.db'), 'latin1')
    for (const text of [said, journal]) expect(text).not.toMatch(/tempauth|Bearer|v1%2E/i)
  })
})

describe('size and checksum that are not those of the bytes', () => {
  test('an Office file that SharePoint changed is taken when it comes twice alike, and noted', async () => {
    const at = await start()
    const served = docx(['as SharePoint serves it, with properties'])
    const file = at.model.addFile('Thesis.docx', 'as it was uploaded', { served })
    expect((await at.run()).status).toBe(0)
    expect(at.tree()).toEqual({ 'Thesis.docx': Buffer.from(served).toString() })
    expect(JSON.parse(at.item(file.id).details).statedOtherwise).toMatchObject({
      size: 18,
      why: expect.stringContaining('SharePoint'),
    })
    expect(at.practice.log.requests.filter(isDownloadLogged)).toHaveLength(2)
    await at.bench.checkSound()
  })

  test('any other kind of file is damaged then', async () => {
    const at = await start()
    const file = at.model.addFile('data.csv', 'as it was uploaded', { served: 'as nobody uploaded it' })
    expect((await at.run()).status).toBe(3)
    expect(at.item(file.id)).toMatchObject({ state: 'failed', failure: 'corrupt' })
    expect(at.practice.log.requests.filter(isDownloadLogged)).toHaveLength(3)
  })

  test('without a checksum the length decides', async () => {
    const at = await start()
    const file = at.model.addFile('data.csv', 'as it was uploaded', { served: 'other', withoutHashes: true })
    at.model.addFile('plain.csv', 'plain', { withoutHashes: true })
    expect((await at.run()).status).toBe(3)
    expect(at.item(file.id)).toMatchObject({ state: 'failed', failure: 'changed' })
    expect(at.tree()).toEqual({ 'plain.csv': 'plain' })
  })

  test('an Office file of which the answer is cut short is not taken for one', async () => {
    const at = await start()
    const file = at.model.addFile('Thesis.docx', 'as it was uploaded', { served: 'as SharePoint serves it' })
    at.practice.faults.add({ match: isDownload, times: 100, do: { cutAfter: 5 } })
    expect((await at.run()).status).toBe(3)
    expect(at.item(file.id).state).toBe('failed')
    expect(at.bench.files()).toEqual([])
  })
})

describe('what gives no bytes', () => {
  test('is named with its reason, and does not keep the run from being complete', async () => {
    const at = await start()
    const { model } = at
    const ids = {
      malware: model.addFile('virus.exe', 'x', { malware: true }).id,
      blocked: model.addFile('view only.pdf', 'x', { blocked: true }).id,
      notebook: notebookId(model.addPackage('Physics', 'oneNote').id),
      other: model.addPackage('Board', 'whiteboard').id,
      nothing: model.addWithoutFacet('Vault').id,
    }
    const run = await at.run()
    expect(run.status).toBe(0)
    const reasons = Object.entries(ids).map(([what, id]) => [what, JSON.parse(at.item(id).unexportable!).reason])
    expect(Object.fromEntries(reasons)).toEqual({
      malware: 'flagged-abusive',
      blocked: 'download-forbidden',
      notebook: 'elsewhere',
      other: 'no-export',
      nothing: 'no-export',
    })
    expect(run.sources[name]).toMatchObject({ items: 5, unexportable: 5, failed: 0 })
  })

  test('a block on downloads that is lifted: the file comes with the next run, of which no listing tells', async () => {
    const at = await start()
    const file = at.model.addFile('view only.pdf', 'now it is given', { blocked: true })
    expect((await at.run()).status).toBe(0)
    expect(at.item(file.id).state).toBe('unexportable')
    // As a rule of the organisation does it: nothing about the file changes.
    Object.assign(at.model.get(file.id)!, { blocked: false })
    const run = await at.run()
    expect(run.status).toBe(0)
    expect(run.sources[name]).toMatchObject({ saved: 1, unexportable: 0 })
    expect(at.tree()).toMatchObject({ 'view only.pdf': 'now it is given' })
    await at.bench.checkSound()
  })

  test.each(['first', 'last'] as const)(
    'the parts of a notebook that the drive lists are saved in its place (%s)',
    async (parents) => {
      const at = await start({ settings: { parents } })
      const { model } = at
      const notebook = model.addPackage('Physics', 'oneNote', { parent: model.addFolder('Courses').id })
      model.addFile('Optics.one', 'section', { parent: notebook.id })
      model.addFile('Closed.one', 'x', { parent: notebook.id, blocked: true })
      const group = model.addFolder('Group', { parent: notebook.id })
      model.addFile('Waves.one', 'section in a group', { parent: group.id })
      expect((await at.run()).status).toBe(0)
      expect(Object.keys(at.tree()).filter((path) => !path.endsWith('.url'))).toEqual([
        'Courses/',
        'Courses/Physics/',
        'Courses/Physics/Group/',
        'Courses/Physics/Group/Waves.one',
        'Courses/Physics/Optics.one',
      ])
      expect(at.tree()['Courses/Physics/Optics.one']).toBe('section')
      expect(at.tree()).toHaveProperty('Courses/Physics/Physics.url')
      expect(at.item(notebookId(notebook.id))).toMatchObject({ state: 'unexportable', vanished: null })
      // Moved, then deleted: what says so names the notebook alone.
      model.move(notebook.id, model.rootId)
      for (let n = 0; n < 9; n++) model.addFile(`stays ${n}`, `${n}`)
      expect((await at.run()).status).toBe(0)
      expect(at.tree()['Physics/Group/Waves.one']).toBe('section in a group')
      model.remove(notebook.id, 'folder-only')
      expect((await at.run()).status).toBe(0)
      expect(at.item(notebookId(notebook.id))).toMatchObject({ vanished: expect.any(Number) })
      await at.bench.checkSound()
    },
  )
})

describe('the tree', () => {
  test('what has a parent that never comes is saved in Unorganised', async () => {
    const at = await start()
    at.model.addFile('orphan.txt', 'orphan', { parent: 'nowhere' })
    const lost = at.model.addFolder('lost', { parent: 'nowhere' })
    const inside = at.model.addFolder('inside', { parent: lost.id })
    at.model.addFile('deep.txt', 'deep', { parent: inside.id })
    at.model.addFile('Section.one', 'section', { parent: lost.id })
    expect((await at.run()).status).toBe(0)
    expect(at.tree()).toEqual({
      'Unorganised/': '',
      'Unorganised/orphan.txt': 'orphan',
      'Unorganised/lost/': '',
      'Unorganised/lost/Section.one': 'section',
      'Unorganised/lost/inside/': '',
      'Unorganised/lost/inside/deep.txt': 'deep',
    })
  })

  test('a file that becomes a folder, and a folder that becomes a file', async () => {
    const at = await start()
    const { model } = at
    const file = model.addFile('one', 'a file')
    const folder = model.addFolder('two')
    model.addFile('inside', 'inside', { parent: folder.id })
    for (let n = 0; n < 5; n++) model.addFile(`other ${n}`, `${n}`)
    expect((await at.run()).status).toBe(0)
    model.turnInto(file.id, 'folder')
    model.addFile('new', 'in what was a file', { parent: file.id })
    model.turnInto(folder.id, 'file', 'a file now')
    expect((await at.run()).status).toBe(0)
    expect(at.tree()).toMatchObject({ 'one/new': 'in what was a file', two: 'a file now' })
    model.turnInto(file.id, 'file', 'a file again')
    expect((await at.run()).status).toBe(0)
    expect(at.tree()).toMatchObject({ one: 'a file again', two: 'a file now' })
    await at.bench.checkSound()
  })

  test('names that no disk can hold, and those that try to get out, stay inside', async () => {
    const at = await start()
    const names = [
      '..',
      '../../evil.txt',
      'CON',
      'a/b',
      'trailing. ',
      'nul\u0000byte',
      'x'.repeat(400),
      'A',
      'a',
      '%2e%2e',
      'new\nline',
      '.holdall',
    ]
    for (const [index, one] of names.entries()) at.model.addFile(one, `content ${index}`)
    expect((await at.run()).status).toBe(0)
    const saved = at.tree()
    expect(Object.values(saved).sort()).toEqual(names.map((_, index) => `content ${index}`).sort())
    expect(new Set(Object.keys(saved).map((path) => path.toLowerCase())).size).toBe(names.length)
    await at.bench.checkSound()
  })

  test('deleted, moved, changed: the archive follows with few requests', async () => {
    const at = await start({ model: createOneDriveModel({ kind: 'personal' }) })
    const { model } = at
    const folder = model.addFolder('folder')
    const file = model.addFile('a.txt', 'a', { parent: folder.id })
    const gone = model.addFile('gone.txt', 'gone', { parent: folder.id })
    for (let n = 0; n < 10; n++) model.addFile(`stays ${n}`, `${n}`)
    expect((await at.run()).status).toBe(0)
    model.rename(folder.id, 'renamed')
    model.rename(file.id, 'b.txt')
    model.remove(gone.id)
    at.practice.log.reset()
    expect((await at.run()).status).toBe(0)
    expect(at.practice.log.requests.filter(isDownloadLogged)).toEqual([])
    expect(at.tree()).toMatchObject({ 'renamed/b.txt': 'a' })
    model.replaceContent(file.id, 'new bytes')
    at.practice.log.reset()
    expect((await at.run()).status).toBe(0)
    expect(at.practice.log.requests.filter(isDownloadLogged)).toHaveLength(1)
    expect(at.tree()).toMatchObject({ 'renamed/b.txt': 'new bytes' })
    await at.bench.checkSound()
  })

  test('a folder of which the log names nothing inside takes its content along when it goes', async () => {
    const at = await start()
    const { model } = at
    const folder = model.addFolder('folder')
    const inside = model.addFile('inside.txt', 'inside', { parent: folder.id })
    for (let n = 0; n < 10; n++) model.addFile(`stays ${n}`, `${n}`)
    await at.run()
    model.remove(folder.id, 'folder-only')
    expect((await at.run()).status).toBe(0)
    expect(at.item(inside.id)).toMatchObject({ state: 'saved', vanished: expect.any(Number) })
    expect(at.tree()).toMatchObject({ 'folder/inside.txt': 'inside' })
  })

  test('what was replaced between the listing and its download comes as it is now', async () => {
    const at = await start()
    const file = at.model.addFile('a.txt', 'as listed')
    at.practice.faults.add({
      match: ({ path }) => {
        if (path.endsWith(`/items/${file.id}`)) at.model.replaceContent(file.id, 'replaced meanwhile')
        return false
      },
      do: { delayMs: 0 },
    })
    await at.run()
    expect(at.tree()).toEqual({ 'a.txt': 'replaced meanwhile' })
  })

  test('the content of shared folders lies where the shortcut is; when it goes, what was saved stays', async () => {
    const at = await start({ scopes: ['User.Read', 'Files.Read.All'] })
    const ken = at.model.addOtherDrive('ken@contoso.example')
    const ours = ken.addFolder('Ours', { shared: true })
    ken.addFile('a.txt', 'a', { parent: ken.addFolder('below', { parent: ours.id }).id })
    const shortcut = at.model.addShortcut('From Ken', { drive: ken, id: ours.id })
    for (let n = 0; n < 10; n++) at.model.addFile(`mine ${n}`, `${n}`)
    expect((await at.run({ shared: true })).status).toBe(0)
    expect(at.tree()).toMatchObject({ 'From Ken/below/a.txt': 'a' })
    at.model.remove(shortcut.id)
    expect((await at.run({ shared: true })).status).toBe(0)
    expect(at.tree()).toMatchObject({ 'From Ken/below/a.txt': 'a' })
  })
})

describe('a shortcut that leads nowhere', () => {
  test.each(['business', 'personal'] as const)(
    'is named and does not keep the run from being complete; when it leads somewhere again, that is taken (%s)',
    async (kind) => {
      const at = await start({ scopes: ['User.Read', 'Files.Read.All'], model: createOneDriveModel({ kind }) })
      const ken = at.model.addOtherDrive('ken@contoso.example')
      const ours = ken.addFolder('Ours', { shared: true })
      const single = ken.addFile('single.txt', 'single', { shared: true })
      ken.addFile('a.txt', 'a', { parent: ours.id })
      at.model.addShortcut('Folder of Ken', { drive: ken, id: ours.id }, { parent: at.model.addFolder('inside').id })
      at.model.addShortcut('File of Ken', { drive: ken, id: single.id })
      for (let n = 0; n < 10; n++) at.model.addFile(`mine ${n}`, `${n}`)
      ken.share(ours.id, false)
      ken.share(single.id, false)
      for (let run = 0; run < 2; run++) {
        const { status, sources } = await at.run({ shared: true })
        expect(status).toBe(0)
        expect(sources[name]).toMatchObject({ unexportable: 2, failed: 0, pending: 0 })
      }
      ken.share(ours.id)
      ken.share(single.id)
      expect((await at.run({ shared: true })).status).toBe(0)
      expect(at.tree()).toMatchObject({ 'inside/Folder of Ken/a.txt': 'a', 'File of Ken': 'single' })
      await at.bench.checkSound()
      // What was once saved and is not there any more is told, and nothing is marked.
      ken.share(single.id, false)
      expect((await at.run({ shared: true })).status).toBe(3)
    },
  )
})

describe('shortcuts inside folders', () => {
  test('are followed in the same run, move with their folder, and take what they alone had with them when they go', async () => {
    const at = await start({ scopes: ['User.Read', 'Files.Read.All'] })
    const ken = at.model.addOtherDrive('ken@contoso.example')
    const ours = ken.addFolder('Ours', { shared: true })
    const a = ken.addFile('a.txt', 'a', { parent: ours.id })
    const folder = at.model.addFolder('folder')
    const shortcut = at.model.addShortcut('From Ken', { drive: ken, id: ours.id }, { parent: folder.id })
    for (let n = 0; n < 10; n++) at.model.addFile(`mine ${n}`, `${n}`)
    const first = await at.run({ shared: true })
    expect(first.status).toBe(0)
    expect(first.sources[name]).toMatchObject({ excluded: 0, pending: 0 })
    expect(at.tree()).toMatchObject({ 'folder/From Ken/a.txt': 'a' })
    ken.addFile('b.txt', 'b', { parent: ours.id })
    ken.replaceContent(a.id, 'a, changed')
    expect((await at.run({ shared: true })).status).toBe(0)
    expect(at.tree()).toMatchObject({ 'folder/From Ken/a.txt': 'a, changed', 'folder/From Ken/b.txt': 'b' })
    at.model.rename(folder.id, 'renamed')
    at.model.rename(shortcut.id, 'Ken')
    expect((await at.run({ shared: true })).status).toBe(0)
    expect(at.tree()).toMatchObject({ 'renamed/Ken/a.txt': 'a, changed', 'renamed/Ken/b.txt': 'b' })
    // To the top, where it is found by another way.
    at.model.move(shortcut.id, at.model.rootId)
    expect((await at.run({ shared: true })).status).toBe(0)
    expect(at.tree()).toMatchObject({ 'Ken/a.txt': 'a, changed', 'Ken/b.txt': 'b' })
    at.model.move(shortcut.id, folder.id)
    expect((await at.run({ shared: true })).status).toBe(0)
    expect(at.tree()).toMatchObject({ 'renamed/Ken/a.txt': 'a, changed' })
    at.model.remove(shortcut.id)
    const last = await at.run({ shared: true })
    expect(last.status).toBe(0)
    expect(at.tree()).toMatchObject({ 'renamed/Ken/a.txt': 'a, changed' })
    const row = at.item(`${streamOf({ drive: ken.driveId, id: ours.id })}/${sameForm(a.id)}`)
    expect(row).toMatchObject({ state: 'saved', vanished: expect.any(Number) })
    await at.bench.checkSound()
  })

  test('one whose folder is deleted, of which the log names the topmost alone, is followed no more', async () => {
    const at = await start({ scopes: ['User.Read', 'Files.Read.All'] })
    const ken = at.model.addOtherDrive('ken@contoso.example')
    const ours = ken.addFolder('Ours', { shared: true })
    const a = ken.addFile('a.txt', 'a', { parent: ours.id })
    const folder = at.model.addFolder('folder')
    const inner = at.model.addFolder('inner', { parent: folder.id })
    at.model.addShortcut('From Ken', { drive: ken, id: ours.id }, { parent: inner.id })
    for (let n = 0; n < 10; n++) at.model.addFile(`mine ${n}`, `${n}`)
    expect((await at.run({ shared: true })).status).toBe(0)
    at.model.remove(folder.id, 'folder-only')
    // What it led to may go as well: nobody can remove a shortcut that is not there any more.
    ken.share(ours.id, false)
    expect((await at.run({ shared: true })).status).toBe(0)
    const row = at.item(`${streamOf({ drive: ken.driveId, id: ours.id })}/${sameForm(a.id)}`)
    expect(row).toMatchObject({ state: 'saved', vanished: expect.any(Number) })
    expect(at.tree()).toMatchObject({ 'folder/inner/From Ken/a.txt': 'a' })
    await at.bench.checkSound()
  })
})

const isDownloadLogged = ({ host }: { host: string }) => host !== 'graph.microsoft.com'

/** A rule that changes nothing about the answer; the first request that it is about brings something else about. */
function once(struck: (request: FaultyRequest) => boolean, then: () => unknown): (request: FaultyRequest) => boolean {
  let done = false
  return (request) => {
    if (done || !struck(request)) return false
    done = true
    then()
    return true
  }
}

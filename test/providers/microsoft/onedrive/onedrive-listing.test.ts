import { afterEach, describe, expect, test } from 'vitest'
import type { Item } from '../../../../src/core/item.ts'
import type { Source, SourceSettings, Stream } from '../../../../src/core/source.ts'
import { createOneDriveModel } from '../../../../src/practice/microsoft/drive/model.ts'
import { mostCalls } from '../../../../src/providers/microsoft/onedrive/find-shortcuts.ts'
import { sameForm } from '../../../../src/providers/microsoft/onedrive/ids.ts'
import { onedrive } from '../../../../src/providers/microsoft/onedrive/source.ts'
import { failureOf } from '../../../contracts/content.ts'
import { type Listed, listAgain, listAll, never, nothingKnown, pagesOf } from '../../../contracts/listed.ts'
import { type ConnectedOneDrive, connectOneDrive, type OneDriveOptions } from './connect-onedrive.ts'
import { isListing } from './practice-harness.ts'

const open: ConnectedOneDrive[] = []
afterEach(async () => {
  for (const at of open.splice(0)) {
    await at.close()
    expect(at.practice.errors).toEqual([])
    expect(at.practice.log.violations).toEqual([])
  }
})
async function connect(options: OneDriveOptions = {}): Promise<ConnectedOneDrive> {
  const at = await connectOneDrive(options)
  open.push(at)
  return at
}
const own: Stream = { id: 'own', title: 'OneDrive' }
const readAll = { scopes: ['User.Read', 'Files.Read.All'] }

/** Forty files, in pages of ten. */
async function withForty(options: OneDriveOptions = {}) {
  const at = await connect({ ...options, settings: { pageLimit: 10, ...options.settings } })
  const folder = at.model.addFolder('folder')
  for (let n = 0; n < 40; n++) at.model.addFile(`file ${n}.txt`, `${n}`, { parent: folder.id })
  return { ...at, folder }
}
const files = (listed: Listed) => listed.paths('file').length

describe('the log of changes', () => {
  test.each([
    ['resyncChangesApplyDifferences', true],
    ['resyncChangesUploadDifferences', true],
    ['resyncRequired', false],
  ] as const)('a token that is dead (%s, with a new link: %s) leads to a full listing', async (code, location) => {
    const at = await withForty()
    const before = await listAll(at.open(), [])
    at.practice.expireDeltaTokens({ code, location })
    at.practice.log.reset()
    const after = await listAgain(at.open(), before)
    expect(after.startedOver).toBe(true)
    expect(after.paths()).toEqual(before.paths())
    const asked = at.practice.log.requests.filter(({ path }) => path.includes('/delta'))
    expect(asked.filter(({ status }) => status === 410)).toHaveLength(1)
    // From where the answer says, else from the beginning.
    const next = asked[asked.findIndex(({ status }) => status === 410) + 1]!
    expect(/\/delta\(token=/.test(decodeURIComponent(next.path))).toBe(location)
    // The place in it is where the next run goes on.
    at.practice.log.reset()
    expect((await listAgain(at.open(), after)).startedOver).toBe(false)
  })

  test.each([
    [404, 'itemNotFound'],
    [400, 'invalidRequest'],
    [400, 'SyncStateNotFound'],
    [403, 'syncstateinvalid'],
  ])('so does one that is refused with %i %s', async (status, reason) => {
    const at = await withForty()
    const before = await listAll(at.open(), [])
    at.practice.faults.add({ match: isListing, do: { status, reason } })
    const after = await listAgain(at.open(), before)
    expect(after.startedOver).toBe(true)
    expect(after.paths()).toEqual(before.paths())
  })

  test('a service that refuses to begin anew is believed after one try', async () => {
    const at = await withForty()
    const before = await listAll(at.open(), [])
    const fault = at.practice.faults.add({ match: isListing, times: 100, do: { status: 410 } })
    expect((await failureOf(listAgain(at.open(), before))).kind).toBe('unlisted')
    expect(fault.struck()).toBe(2)
  })

  test.each(['same', 'stale'] as const)(
    'entries that come again (%s), folders last, empty pages: the last word counts',
    async (duplicates) => {
      const at = await withForty({ settings: { duplicates, parents: 'last', emptyPageEvery: 2 } })
      const listed = await listAll(at.open(), [])
      expect(files(listed)).toBe(40)
      expect(listed.paths('folder')).toEqual(['folder'])
      at.model.rename(at.folder.id, 'renamed')
      const after = await listAgain(at.open(), listed)
      expect(after.paths('folder')).toEqual(['renamed'])
      expect(after.startedOver).toBe(false)
    },
  )

  test('links that lead to another server are not followed, and the token does not go there', async () => {
    const at = await withForty()
    const before = await listAll(at.open(), [])
    const elsewhere = `${at.practice.storage.business}v1.0/me/drive/root/delta?token=x`
    for (const link of ['@odata.nextLink', '@odata.deltaLink']) {
      at.practice.log.reset()
      at.practice.faults.add({
        match: isListing,
        do: { status: 200, contentType: 'application/json', body: JSON.stringify({ value: [], [link]: elsewhere }) },
      })
      const failure = await failureOf(listAgain(at.open(), before))
      expect(failure).toMatchObject({ kind: 'corrupt', stops: 'stream' })
      expect(failure.message).not.toContain('token=')
      expect(at.practice.log.requests.map(({ host }) => host)).not.toContain('contoso-my.sharepoint.com')
    }
  })

  test('nor one that a dead token names, nor one in a cursor', async () => {
    const at = await withForty()
    const elsewhere = `${at.practice.storage.business}v1.0/me/drive/root/delta`
    const connection = at.connection()
    const source = onedrive.open(
      {
        ...connection,
        transport: {
          ...connection.transport,
          async send(request) {
            if (!request.url.includes('/delta')) return connection.transport.send(request)
            return {
              status: 410,
              headers: { location: elsewhere },
              url: request.url,
              body: (async function* () {})(),
              text: async () => '',
              cancel: () => {},
            }
          },
        },
      },
      {},
    )
    expect((await failureOf(pagesOf(source, own))).kind).toBe('corrupt')
    const withPassword = new URL(elsewhere.replace(at.practice.storage.business, at.practice.endpoints.graph))
    withPassword.username = 'somebody'
    for (const link of [elsewhere, withPassword.href]) {
      const pages = await pagesOf(at.open(), own, JSON.stringify({ step: 'rest', link }))
      expect(pages[0]!.startsOver).toBe(true)
    }
    expect(at.practice.log.requests.map(({ host }) => host)).not.toContain('contoso-my.sharepoint.com')
  })

  test('a listing that goes round in a circle ends', async () => {
    const at = await withForty()
    const next = `${at.practice.endpoints.graph}v1.0/me/drive/root/delta?token=`
    let n = 0
    at.practice.faults.add({
      match: (request) => isListing(request) && ++n % 2 === 1,
      times: 100,
      do: { status: 200, contentType: 'application/json', body: JSON.stringify({ value: [], '@odata.nextLink': `${next}a` }) },
    })
    at.practice.faults.add({
      match: isListing,
      times: 100,
      do: { status: 200, contentType: 'application/json', body: JSON.stringify({ value: [], '@odata.nextLink': `${next}b` }) },
    })
    const failure = await failureOf(pagesOf(at.open(), own))
    expect(failure).toMatchObject({ kind: 'unlisted' })
    expect(failure.message).toContain('circle')
  })

  test.each(['{"value":[]}', '{"value":[{"name":"no id"}],"@odata.deltaLink":"x"}', '[]', ''])(
    'an answer that is none (%j) is no empty drive',
    async (body) => {
      const at = await withForty()
      at.practice.faults.add({ match: isListing, do: { status: 200, contentType: 'application/json', body } })
      expect((await failureOf(pagesOf(at.open(), own))).kind).toBe('corrupt')
    },
  )

  test.each([-5, 7])(
    'a packed answer of a wrong length (%i bytes) is whole or is none: nothing of it is missing unsaid',
    async (lengthChange) => {
      const at = await withForty()
      const whole = await listAll(at.open(), [])
      for (const skip of [0, 1]) {
        let left = skip
        const fault = at.practice.faults.add({ match: (request) => isListing(request) && left-- <= 0, do: { lengthChange } })
        if (lengthChange < 0) expect((await failureOf(pagesOf(at.open(), own))).kind).toBe('corrupt')
        // What follows a packed text that is whole by its own checksum is none of it.
        else expect((await listAll(at.open(), [])).paths()).toEqual(whole.paths())
        expect(fault.struck()).toBe(1)
      }
      expect((await listAll(at.open(), [])).paths()).toEqual(whole.paths())
    },
  )

  test('a rerun of many items with few changes takes a handful of requests', async () => {
    const at = await connect()
    at.model.addSyntheticFiles(at.model.rootId, 5_000)
    const before = await listAll(at.open(), [])
    expect(files(before)).toBe(5_000)
    for (let n = 0; n < 10; n++) at.model.addFile(`new ${n}`, 'new')
    at.practice.log.reset()
    const after = await listAgain(at.open(), before)
    expect(files(after)).toBe(5_010)
    expect(at.practice.log.count()).toBeLessThanOrEqual(4)
  })
})

describe('the closing count', () => {
  const recounted = async (source: Source): Promise<string[]> => {
    const ids: string[] = []
    for await (const page of source.recount!(never)) ids.push(...page)
    return ids
  }
  const listedIds = async (source: Source) =>
    [...(await listAll(source, [])).items.values()]
      .filter((item) => item.kind !== 'place' && item.excluded === undefined)
      .map(({ id }) => id)

  test.each(['business', 'personal'] as const)('goes folder by folder and finds the same (%s)', async (kind) => {
    const at = await withForty({ model: createOneDriveModel({ kind }) })
    at.model.addFolder('empty')
    at.model.addPackage('Notebook', 'oneNote')
    at.model.addShortcut('Ken', { drive: at.model.addOtherDrive('ken@contoso.example'), id: 'nothing' })
    const listed = await listedIds(at.open())
    at.practice.log.reset()
    expect((await recounted(at.open())).sort()).toEqual(listed.sort())
    const asked = at.practice.log.requests.filter(({ call }) => call === 'driveItem.children')
    // The top, the one folder that is not empty (four and a half pages of ten between them), and the notebook.
    expect(asked).toHaveLength(6)
  })

  test.each(['shown', 'refused', 'deleted meanwhile'] as const)(
    'counts what lies in notebooks too: their inside is %s',
    async (inside) => {
      const at = await withForty()
      const { model } = at
      const notebook = model.addPackage('Physics', 'oneNote', { parent: at.folder.id })
      const section = model.addFile('Optics.one', 'section', { parent: notebook.id })
      const group = model.addFolder('Group', { parent: notebook.id })
      const deep = model.addFile('Waves.one', 'section in a group', { parent: group.id })
      const listed = await listedIds(at.open())
      const status = { shown: undefined, refused: 400, 'deleted meanwhile': 404 }[inside]
      if (status !== undefined)
        at.practice.faults.add({
          match: ({ path }) => path.includes(notebook.id) && path.endsWith('/children'),
          times: 100,
          do: { status, reason: status === 404 ? 'itemNotFound' : 'invalidRequest' },
        })
      at.practice.log.reset()
      const ids = await recounted(at.open())
      expect([...new Set(ids)].sort()).toEqual(listed.sort())
      for (const one of [section, group, deep]) expect(ids).toContain(one.id)
      // The log is asked where a folder does not show what it holds, and nowhere else.
      expect(at.practice.log.requests.some(({ call }) => call === 'driveItem.delta')).toBe(inside !== 'shown')
    },
  )

  test('is not made at all where the top is refused', async () => {
    const at = await withForty()
    at.practice.faults.add({
      match: ({ path }) => path.endsWith('/children'),
      times: 100,
      do: { status: 403, reason: 'accessDenied' },
    })
    expect((await failureOf(recounted(at.open()))).kind).toBe('forbidden')
  })

  test('that goes round in a circle is no count', async () => {
    const at = await withForty()
    const next = `${at.practice.endpoints.graph}v1.0/drives/x/items/y/children?$skiptoken=a`
    at.practice.faults.add({
      match: isListing,
      times: 20,
      do: { status: 200, contentType: 'application/json', body: JSON.stringify({ value: [], '@odata.nextLink': next }) },
    })
    expect((await failureOf(recounted(at.open()))).kind).toBe('unlisted')
    expect(at.practice.log.requests.filter(({ path }) => path.endsWith('/children'))).toHaveLength(2)
  })

  test('reads the log anew where there are very many folders', async () => {
    const at = await connect()
    for (let n = 0; n < 510; n++) at.model.addFile('f', 'f', { parent: at.model.addFolder(`folder ${n}`).id })
    const ids = new Set(await recounted(at.open()))
    expect([...ids].sort()).toEqual((await listedIds(at.open())).sort())
    expect(at.practice.log.requests.filter(({ call }) => call === 'driveItem.children').length).toBeLessThanOrEqual(500)
  })
})

describe('shortcuts to what others shared', () => {
  test('need the right to read all files, and only then', () => {
    expect(onedrive.scopes({})).toEqual(['Files.Read'])
    expect(onedrive.scopes({ shared: true })).toEqual(['Files.Read.All'])
    expect(onedrive.shape({})).not.toBe(onedrive.shape({ shared: true }))
  })

  test('without the option they are named, with what to set', async () => {
    const at = await connect()
    const ken = at.model.addOtherDrive('ken@contoso.example')
    at.model.addShortcut('Ours', { drive: ken, id: ken.addFolder('Ours', { shared: true }).id })
    const listed = await listAll(at.open(), [])
    expect(listed.at('Ours').excluded).toContain('options.onedrive.shared: true')
    expect(listed.cursors.size).toBe(1)
  })

  test('with it each is a stream, those inside folders too; seconds to the same place and loops are named', async () => {
    const at = await connect(readAll)
    const { model } = at
    const ken = model.addOtherDrive('ken@contoso.example')
    const ours = ken.addFolder('Ours', { shared: true })
    ken.addFile('a.txt', 'a', { parent: ours.id })
    ken.addShortcut('back', { drive: ken, id: ours.id }, { parent: ours.id })
    const single = ken.addFile('single.txt', 'single', { shared: true })
    const inside = model.addFolder('inside')
    model.addShortcut('Ours', { drive: ken, id: ours.id })
    model.addShortcut('Again', { drive: ken, id: ours.id })
    model.addShortcut('Mine', { drive: model, id: inside.id })
    model.addShortcut('twice', { drive: ken, id: ours.id }, { parent: inside.id })
    const theirs = ken.addFolder('Theirs', { shared: true })
    ken.addFile('b.txt', 'b', { parent: theirs.id })
    model.addShortcut('deep', { drive: ken, id: theirs.id }, { parent: inside.id })
    const deepFile = ken.addFile('deep.txt', 'deep', { shared: true })
    model.addShortcut('my deep one.txt', { drive: ken, id: deepFile.id }, { parent: inside.id })
    model.addShortcut('my name for it.txt', { drive: ken, id: single.id })
    const source = at.open({ shared: true })
    const listed = await listAll(source, [])
    expect(listed.cursors.size).toBe(5)
    expect(listed.paths('folder')).toEqual(['Ours', 'inside', 'inside / deep'])
    expect(listed.paths('file')).toEqual([
      'Again',
      'Mine',
      'Ours / a.txt',
      'Ours / back',
      'inside / deep / b.txt',
      'inside / my deep one.txt',
      'inside / twice',
      'my name for it.txt',
    ])
    const excluded = [...listed.items.values()].filter((item: Item) => item.excluded !== undefined).map(({ name }) => name)
    expect(excluded.sort()).toEqual(['Again', 'Mine', 'back', 'twice'])
    const file = listed.at('my name for it.txt')
    const content = await source.fetch(file, file.parts[0]!, { from: 0, signal: never })
    let text = ''
    for await (const chunk of content.bytes) text += Buffer.from(chunk).toString()
    expect(text).toBe('single')
    const known: string[] = []
    for await (const ids of source.recount!(never)) known.push(...ids)
    for (const id of known) expect(listed.items.has(id), id).toBe(true)
  })

  test('those inside folders are known in later runs that name nothing new, also of a listing that was cut off', async () => {
    const at = await withForty(readAll)
    const ken = at.model.addOtherDrive('ken@contoso.example')
    const ours = ken.addFolder('Ours', { shared: true })
    ken.addFile('a.txt', 'a', { parent: ours.id })
    const link = at.model.addShortcut('deep', { drive: ken, id: ours.id }, { parent: at.folder.id })
    for (let n = 0; n < 20; n++) at.model.addFile(`later ${n}`, `${n}`)
    const streamsOf = async (source: Source, since: string | undefined, pages = Number.POSITIVE_INFINITY) => {
      let cursor = since
      for await (const page of source.list(own, since, nothingKnown, never)) {
        cursor = page.cursor
        if (--pages <= 0) break
      }
      return { cursor, streams: (await source.revealed!(never)).map(({ title }) => title) }
    }
    const whole = await streamsOf(at.open({ shared: true }), undefined)
    expect(whole.streams).toEqual(['Shared: deep'])
    const rerun = await streamsOf(at.open({ shared: true }), whole.cursor)
    expect(rerun.streams).toEqual(['Shared: deep'])
    const begun = await streamsOf(at.open({ shared: true }), undefined, 6)
    expect(JSON.parse(begun.cursor!)).toMatchObject({ step: 'page', shortcuts: [{ name: 'deep' }] })
    expect((await streamsOf(at.open({ shared: true }), begun.cursor)).streams).toEqual(['Shared: deep'])
    // A cursor of a time when they were not followed does not tell: everything is listed anew.
    const { shortcuts: _, ...old } = JSON.parse(whole.cursor!)
    expect((await streamsOf(at.open({ shared: true }), JSON.stringify(old))).streams).toEqual(['Shared: deep'])
    at.model.rename(link.id, 'renamed')
    const renamed = await streamsOf(at.open({ shared: true }), rerun.cursor)
    expect(renamed.streams).toEqual(['Shared: renamed'])
    at.practice.expireDeltaTokens()
    at.model.remove(link.id)
    expect((await streamsOf(at.open({ shared: true }), renamed.cursor)).streams).toEqual([])
  })

  test('where the log leaves them out, those at the top are named all the same (a personal drive)', async () => {
    const at = await connect({ model: createOneDriveModel({ kind: 'personal' }), settings: { shortcutsInDelta: false } })
    const ken = at.model.addOtherDrive('ken@outlook.example')
    at.model.addShortcut('Ours', { drive: ken, id: ken.addFolder('Ours', { shared: true }).id })
    at.model.addFile('mine.txt', 'mine')
    const listed = await listAll(at.open(), [])
    expect(listed.paths()).toEqual(['Ours', 'mine.txt'])
    expect(listed.at('Ours').excluded).toContain('options.onedrive.shared: true')
    at.model.addShortcut('More', { drive: ken, id: ken.addFolder('More', { shared: true }).id })
    at.practice.log.reset()
    expect((await listAgain(at.open(), listed)).paths()).toEqual(['More', 'Ours', 'mine.txt'])
    expect(at.practice.log.count()).toBeLessThanOrEqual(5)
  })

  test('where the log leaves them out, those inside folders are found by asking for each folder (a personal drive, with the option)', async () => {
    const model = createOneDriveModel({ kind: 'personal' })
    const at = await connect({ ...readAll, model, settings: { shortcutsInDelta: false, pageLimit: 10 } })
    const ken = model.addOtherDrive('ken@outlook.example')
    const ours = ken.addFolder('Ours', { shared: true })
    ken.addFile('a.txt', 'a', { parent: ours.id })
    const outer = model.addFolder('outer')
    for (let n = 0; n < 12; n++) model.addFile(`file ${n}`, `${n}`, { parent: outer.id })
    const inner = model.addFolder('inner', { parent: outer.id })
    model.addFolder('nothing in it', { parent: outer.id })
    const link = model.addShortcut('deep', { drive: ken, id: ours.id }, { parent: inner.id })
    const again = model.addShortcut('again', { drive: ken, id: ours.id }, { parent: inner.id })
    // Deleted between the answer that names it and the question for what is in it.
    model.addFile('x', 'x', { parent: model.addFolder('vanishing').id })
    at.practice.faults.add({
      match: ({ path, query }) => /children$/.test(path) && !query.has('$skiptoken') && !path.includes(model.rootId),
      do: { status: 404, reason: 'itemNotFound' },
    })
    expect((await listAll(at.open({ shared: true }), [])).paths()).toContain('outer')
    const first = await listAll(at.open({ shared: true }), [])
    expect(first.paths()).toContain('outer / inner / deep / a.txt')
    expect(first.at('outer', 'inner', 'again')).toMatchObject({ id: sameForm(again.id), excluded: expect.any(String) })
    model.move(link.id, model.rootId)
    at.practice.log.reset()
    const moved = await listAgain(at.open({ shared: true }), first)
    expect(moved.paths()).toContain('deep / a.txt')
    // The top, `outer` in two pages, `inner`, `vanishing`; not the empty folder.
    expect(at.practice.log.requests.filter(({ call }) => call === 'driveItem.children')).toHaveLength(5)
    at.practice.log.reset()
    await listAgain(at.open(), moved)
    expect(at.practice.log.requests.filter(({ call }) => call === 'driveItem.children')).toHaveLength(1)
  })

  test('a list of a folder that goes round in a circle is a failure', async () => {
    const at = await connect(readAll)
    const next = `${at.practice.endpoints.graph}v1.0/drives/x/items/${at.model.rootId}/children?$skiptoken=a`
    at.practice.faults.add({
      match: isListing,
      times: 20,
      do: { status: 200, contentType: 'application/json', body: JSON.stringify({ value: [], '@odata.nextLink': next }) },
    })
    expect((await failureOf(at.open({ shared: true }).streams(never))).kind).toBe('unlisted')
    expect(at.practice.log.requests.filter(({ path }) => path.endsWith('/children'))).toHaveLength(2)
  })

  test('more folders than may be asked for: it is said that shortcuts may be missing', async () => {
    const model = createOneDriveModel({ kind: 'personal' })
    const at = await connect({ ...readAll, model })
    for (let n = 0; n < mostCalls; n++) model.addFile('a', 'a', { parent: model.addFolder(`folder ${n}`).id })
    const notes = async (settings: SourceSettings) => {
      const said: (string | undefined)[] = []
      for await (const { note } of at.open(settings).list(own, undefined, nothingKnown, never)) said.push(note)
      return said.filter((note) => note !== undefined)
    }
    expect(await notes({ shared: true })).toEqual([expect.stringContaining('may be missing')])
    expect(at.practice.log.requests.filter(({ call }) => call === 'driveItem.children')).toHaveLength(mostCalls)
    expect(await notes({})).toEqual([])
  })

  test('drive ids that lose zeros and letter case lead to the same', async () => {
    const at = await connect({ ...readAll, model: createOneDriveModel({ kind: 'personal' }), settings: { sloppyDriveIds: true } })
    const ken = at.model.addOtherDrive('ken@outlook.example')
    const ours = ken.addFolder('Ours', { shared: true })
    ken.addFile('a.txt', 'a', { parent: ours.id })
    at.model.addShortcut('Ours', { drive: ken, id: ours.id })
    at.model.addFile('mine.txt', 'mine')
    const first = await listAll(at.open({ shared: true }), [])
    expect(first.paths()).toEqual(['Ours', 'Ours / a.txt', 'mine.txt'])
    const again = await listAgain(at.open({ shared: true }), first)
    expect([...again.items.keys()]).toEqual([...first.items.keys()])
  })

  test.each(['business', 'personal'] as const)('a version is the same in the listing and at the download (%s)', async (kind) => {
    const at = await connect({ ...readAll, model: createOneDriveModel({ kind }) })
    const ken = at.model.addOtherDrive('ken@contoso.example')
    const ours = ken.addFolder('Ours', { shared: true })
    ken.addFile('a.txt', 'a', { parent: ours.id })
    at.model.addShortcut('Ours', { drive: ken, id: ours.id })
    const source = at.open({ shared: true })
    const { items } = await listAll(source, [])
    const [file] = [...items.values()].filter(({ kind: what }) => what === 'file')
    const content = await source.fetch(file!, file!.parts[0]!, { from: 0, signal: never })
    expect(content.version).toBe(file!.version)
  })

  test.each(['business', 'personal'] as const)('one that was taken away again stops its stream alone (%s)', async (kind) => {
    const at = await connect({ ...readAll, model: createOneDriveModel({ kind }) })
    const ken = at.model.addOtherDrive('ken@contoso.example')
    const ours = ken.addFolder('Ours', { shared: true })
    at.model.addShortcut('Ours', { drive: ken, id: ours.id })
    ken.share(ours.id, false)
    const source = at.open({ shared: true })
    const [, stream] = await source.streams(never)
    const failure = await failureOf(pagesOf(source, stream!))
    expect(failure).toMatchObject({ kind: 'gone', stops: 'stream', hint: expect.stringContaining('remove the shortcut') })
    for await (const page of source.list(own, undefined, nothingKnown, never)) expect(page.items).toBeDefined()
  })
})

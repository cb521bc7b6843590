import { afterEach, describe, expect, test } from 'vitest'
import type { Page, Source, Stream } from '../../../../src/core/source.ts'
import type { FaultyRequest } from '../../../../src/practice/serving/faults.ts'
import { failureOf } from '../../../contracts/content.ts'
import { never, nothingKnown, pagesOf } from '../../../contracts/listed.ts'
import { type ConnectedOneDrive, connectOneDrive } from './connect-onedrive.ts'

const open: ConnectedOneDrive[] = []
afterEach(async () => {
  for (const at of open.splice(0)) {
    await at.close()
    expect(at.practice.errors).toEqual([])
    expect(at.practice.log.violations).toEqual([])
  }
})

/** A folder of somebody else's work drive, which is listed folder by folder: 25 files in pages of ten, and a folder with one more. */
async function start(kind: 'business' | 'personal' = 'business') {
  const at = await connectOneDrive({ scopes: ['User.Read', 'Files.Read.All'], settings: { pageLimit: 10 } })
  open.push(at)
  const ken = at.model.addOtherDrive('ken@contoso.example', kind)
  const ours = ken.addFolder('Ours', { shared: true })
  for (let n = 0; n < 25; n++) ken.addFile(`file ${n}`, `${n}`, { parent: ours.id })
  const below = ken.addFolder('below', { parent: ours.id })
  ken.addFile('deep', 'deep', { parent: below.id })
  at.model.addShortcut('Ours', { drive: ken, id: ours.id })
  const source = at.open({ shared: true })
  const [, stream] = await source.streams(never)
  at.practice.log.reset()
  return { ...at, ken, ours, below, source, stream: stream! }
}
const names = (pages: readonly Page[]) => new Set(pages.flatMap(({ items }) => items.map(({ name }) => name!)))
const childrenOf = (id: string, further: boolean) => (request: FaultyRequest) =>
  request.path.endsWith(`/items/${id}/children`) && request.query.has('$skiptoken') === further

async function begun(source: Source, stream: Stream): Promise<{ pages: Page[]; cursor: string }> {
  for await (const page of source.list(stream, undefined, nothingKnown, never)) return { pages: [page], cursor: page.cursor }
  throw new Error('no page')
}

describe('folder by folder', () => {
  test('a link to a further page that died while the program was stopped: that folder is listed anew, once', async () => {
    const at = await start()
    const { pages, cursor } = await begun(at.source, at.stream)
    at.practice.faults.add({ match: childrenOf(at.ours.id, true), do: { status: 400, reason: 'invalidRequest' } })
    const rest = await pagesOf(at.open({ shared: true }), at.stream, cursor)
    expect(names([...pages, ...rest]).size).toBe(28)
    expect(rest.flatMap(({ unread = [] }) => unread)).toEqual([])
    const always = at.practice.faults.add({ match: childrenOf(at.ours.id, true), times: 100, do: { status: 400 } })
    await failureOf(pagesOf(at.open({ shared: true }), at.stream, cursor))
    expect(always.struck()).toBe(2)
  })

  test('a folder that cannot be listed is named, and the others are there; the topmost one ends it', async () => {
    const at = await start()
    at.practice.faults.add({ match: childrenOf(at.below.id, false), times: 2, do: { status: 403, reason: 'accessDenied' } })
    const pages = await pagesOf(at.source, at.stream)
    const unread = pages.flatMap((page) => page.unread ?? [])
    expect(unread).toEqual([expect.objectContaining({ id: expect.stringContaining(at.below.id) })])
    expect(unread[0]!.failure).toMatchObject({ kind: 'forbidden' })
    expect(names(pages).size).toBe(27)
    at.practice.faults.add({ match: childrenOf(at.ours.id, false), do: { status: 403, reason: 'accessDenied' } })
    expect(await failureOf(pagesOf(at.source, at.stream))).toMatchObject({ kind: 'forbidden', stops: 'stream' })
  })

  test.each(['shown', 'refused'] as const)(
    'a notebook of somebody else is not said to be saved elsewhere, and its sections come where they are shown (%s)',
    async (inside) => {
      const at = await start()
      const notebook = at.ken.addPackage('Physics', 'oneNote', { parent: at.below.id })
      const group = at.ken.addFolder('Group', { parent: notebook.id })
      for (let n = 0; n < 12; n++) at.ken.addFile(`Section ${n}.one`, 'section', { parent: n < 11 ? notebook.id : group.id })
      if (inside === 'refused')
        at.practice.faults.add({ match: childrenOf(notebook.id, false), times: 9, do: { status: 400, reason: 'invalidRequest' } })
      const pages = await pagesOf(at.source, at.stream)
      expect(pages.flatMap(({ unread = [] }) => unread)).toEqual([])
      const items = pages.flatMap((page) => page.items)
      expect(items.filter(({ name }) => name?.endsWith('.one'))).toHaveLength(inside === 'shown' ? 12 : 0)
      const { unexportable } = items.find(({ name, kind }) => name === 'Physics' && kind === 'file')!
      expect(unexportable).toMatchObject({ reason: 'no-export', message: expect.not.stringContaining('onenote') })
      if (inside === 'refused') return
      const section = items.find(({ name }) => name === 'Section 0.one')!
      at.practice.faults.add({
        match: ({ path }) => path.endsWith(`/items/${String(section.details.itemId)}`),
        times: 9,
        do: { status: 503 },
      })
      const failure = await failureOf(at.source.fetch(section, section.parts[0]!, { from: 0, signal: never }))
      expect(failure).toMatchObject({ kind: 'unexportable', reason: 'no-export' })
    },
  )

  test('a page that leads to itself is no end, and no endless listing', async () => {
    const at = await start()
    const seen = new Set<string>()
    const answer = (next: string) => JSON.stringify({ value: [], '@odata.nextLink': next })
    const next = `${at.practice.endpoints.graph}v1.0/drives/x/items/${at.ours.id}/children?$skiptoken=a`
    at.practice.faults.add({
      match: (request) => request.path.endsWith(`/items/${at.ours.id}/children`) && seen.add(request.path).size > 0,
      times: 20,
      do: { status: 200, contentType: 'application/json', body: answer(next) },
    })
    const failure = await failureOf(pagesOf(at.source, at.stream))
    expect(failure).toMatchObject({ kind: 'unlisted', stops: 'stream' })
    expect(at.practice.log.count()).toBeLessThanOrEqual(6)
  })

  test('also in a personal drive that does not give a log of its folder', async () => {
    const at = await start('personal')
    at.practice.faults.add({
      match: ({ path }) => path.endsWith(`/items/${at.ours.id}/delta`),
      times: 100,
      do: { status: 403, reason: 'accessDenied' },
    })
    const pages = await pagesOf(at.source, at.stream)
    expect(names(pages).size).toBe(28)
    expect(pages.at(-1)!.cursor).toContain('again')
  })

  test('a link that leads to another server is refused where it stands: no cursor holds it', async () => {
    const at = await start()
    at.practice.settings.linksTo = at.practice.storage.business
    expect(await failureOf(pagesOf(at.source, at.stream))).toMatchObject({ kind: 'corrupt' })
    expect(at.practice.log.requests.map(({ host }) => host)).not.toContain('contoso-my.sharepoint.com')
    expect(at.practice.log.count()).toBe(1)
  })
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Failure } from '../../../src/core/failure.ts'
import type { Item } from '../../../src/core/item.ts'
import type { Content, Page, Source, SourceSettings } from '../../../src/core/source.ts'
import { google as provider } from '../../../src/providers/google/provider.ts'
import { type Connected, connect } from './connect.ts'

const never = new AbortController().signal
const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const large = 11 * 1024 * 1024

let at: Connected
beforeEach(async () => {
  at = await connect({ settings: { pageLimit: 7 } })
})
afterEach(async () => {
  expect(at.practice.violations).toEqual([])
  expect(at.practice.errors).toEqual([])
  await at.close()
})

interface Listing {
  readonly items: Map<string, Item>
  readonly gone: Set<string>
  readonly unread: string[]
  readonly cursors: Map<string, string>
  /** Names from the top down; "(excluded)" behind it where it or anything above is. */
  path(id: string): string
}

async function list(source: Source, before?: Listing): Promise<Listing> {
  const items = new Map(before?.items)
  const gone = new Set<string>()
  const unread: string[] = []
  const cursors = new Map<string, string>()
  for (const stream of await source.streams(never)) {
    for await (const page of source.list(
      stream,
      before?.cursors.get(stream.id),
      { folderVersion: () => undefined },
      never,
    ) as AsyncIterable<Page>) {
      for (const item of page.items) items.set(item.id, item)
      for (const id of page.gone ?? []) gone.add(id)
      unread.push(...(page.unread ?? []).map(({ id }) => id))
      cursors.set(stream.id, page.cursor)
    }
  }
  const path = (id: string): string => {
    const names: string[] = []
    let excluded = false
    const seen = new Set<string>()
    for (
      let item = items.get(id);
      item !== undefined && !seen.has(item.id);
      item = items.get(item.parent ?? '') ?? items.get(item.fallback ?? '')
    ) {
      seen.add(item.id)
      names.unshift(item.name ?? '')
      excluded ||= item.excluded !== undefined
    }
    return names.join('/') + (excluded ? ' (excluded)' : '')
  }
  return { items, gone, unread, cursors, path }
}

const listNow = (settings: SourceSettings = {}, before?: Listing) => list(at.open(settings), before)
async function bytesOf(content: Content): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of content.bytes) chunks.push(Uint8Array.from(chunk))
  return Buffer.concat(chunks)
}
const fetch = (source: Source, item: Item, part = item.parts[0]!) => source.fetch(item, part, { from: 0, signal: never })
const failure = (work: Promise<unknown>) =>
  work.then(
    () => new Error('nothing thrown'),
    (error: unknown) => error,
  )

test('who signed in', async () => {
  const { me } = at.model
  expect(await provider.identify(at.connection(), never)).toEqual({ subject: me.subject, name: me.email })
})

test('a sign-in without the right to read stops the source, with the command to type', async () => {
  const other = await connect({ scopes: ['openid', 'email'] })
  const thrown = await failure(other.open().streams(never))
  expect(thrown).toMatchObject({ kind: 'signin', stops: 'source', hint: expect.stringContaining('holdall connect') })
  await other.close()
})

describe('everything is found, and where it belongs', () => {
  test('places of all kinds', async () => {
    const { model } = at
    model.addPerson('prof@example.ac.jp', 'Prof')
    const folder = model.addFolder('Thesis')
    const inside = model.addFile('draft.txt', 'x', { parent: folder.id })
    const orphan = model.addFile('orphan.txt', 'x', { parent: null })
    const computer = model.addFolder('My Laptop', { parent: null })
    const backup = model.addFile('notes.txt', 'x', { parent: computer.id })
    const shared = model.addFile('handout.pdf', 'x', { owner: 'prof@example.ac.jp', sharedWith: { [model.me.email]: 'reader' } })
    const lab = model.addSharedDrive('Lab', { [model.me.email]: 'reader' })
    const data = model.addFile('data.csv', 'x', { parent: lab.id })
    const found = await listNow()
    expect([inside, orphan, backup, shared, data].map(({ id }) => found.path(id))).toEqual([
      'My Drive/Thesis/draft.txt',
      'Unorganised/orphan.txt',
      'Computers/My Laptop/notes.txt',
      'Shared with me/handout.pdf',
      'Shared drives/Lab/data.csv',
    ])
  })

  test('the content of folders shared with me, to the bottom, by person and by link, new files too', async () => {
    const { model } = at
    const prof = model.addPerson('prof@example.ac.jp', 'Prof').email
    const course = model.addFolder('Course', { owner: prof, sharedWith: { [model.me.email]: 'reader' } })
    const week = model.addFolder('Week 1', { owner: prof, parent: course.id })
    const slides = Array.from({ length: 20 }, (_, n) => model.addFile(`slides ${n}.pdf`, 'x', { owner: prof, parent: week.id }))
    const linked = model.addFolder('By link', { owner: prof, sharedWith: { anyone: 'reader' } })
    model.open(linked.id)
    const hidden = model.addFile('hidden.pdf', 'x', { owner: prof, parent: linked.id })
    const found = await listNow()
    expect(found.unread).toEqual([])
    for (const [n, { id }] of slides.entries()) expect(found.path(id)).toBe(`Shared with me/Course/Week 1/slides ${n}.pdf`)
    expect(found.path(hidden.id)).toBe('Shared with me/By link/hidden.pdf')

    const late = model.addFile('late.pdf', 'x', { owner: prof, parent: week.id })
    const later = await listNow({}, found)
    expect(later.path(late.id)).toBe('Shared with me/Course/Week 1/late.pdf')
    expect([...later.gone]).toEqual([])
  })

  test('roots that are not chosen are excluded; other shared drives are not asked for', async () => {
    const { model } = at
    const mine = model.addFile('mine.txt', 'x')
    const lab = model.addSharedDrive('Lab', { [model.me.email]: 'reader' })
    const data = model.addFile('data.csv', 'x', { parent: lab.id })
    const other = model.addSharedDrive('Huge', { [model.me.email]: 'reader' })
    const huge = model.addFile('huge.csv', 'x', { parent: other.id })
    const found = await listNow({ roots: ['shared-with-me', 'shared-drive:lab'] })
    expect(found.path(mine.id)).toBe('My Drive/mine.txt (excluded)')
    expect(found.path(data.id)).toBe('Shared drives/Lab/data.csv')
    expect(found.path(other.id)).toBe('Shared drives/Huge (excluded)')
    expect(found.items.has(huge.id)).toBe(false)
    expect(found.unread).toEqual([other.id])
    expect(await failure(listNow({ roots: ['shared-drive:Labs'] }))).toMatchObject({
      kind: 'settings',
      hint: expect.stringContaining('"Lab"'),
    })
  })

  test('the trash, and what leaves it again', async () => {
    const { model } = at
    const folder = model.addFolder('Old')
    const inside = model.addFile('inside.txt', 'x', { parent: folder.id })
    model.trash(folder.id)
    const found = await listNow()
    expect(found.path(inside.id)).toBe('My Drive/Old/inside.txt (excluded)')
    expect((await listNow({ trash: true })).path(inside.id)).toBe('Trash/Old/inside.txt')
    model.untrash(folder.id)
    expect((await listNow({}, found)).path(inside.id)).toBe('My Drive/Old/inside.txt')
  })

  test('moves between My Drive and a shared drive keep the item', async () => {
    const { model } = at
    const lab = model.addSharedDrive('Lab', { [model.me.email]: 'organizer' })
    const out = model.addFile('out.txt', 'x', { parent: lab.id })
    const into = model.addFile('into.txt', 'x')
    const before = await listNow()
    model.move(out.id, model.rootOf(model.me.email))
    model.move(into.id, lab.id)
    const after = await listNow({}, before)
    expect([out, into].map(({ id }) => after.path(id))).toEqual(['My Drive/out.txt', 'Shared drives/Lab/into.txt'])
    // Gone from the drive's log; the engine weighs it against the user's.
    expect([...after.gone]).toEqual([out.id])
  })

  test('a folder that cannot be listed is named, and nothing else suffers', async () => {
    const { model } = at
    const prof = model.addPerson('prof@example.ac.jp', 'Prof').email
    const course = model.addFolder('Course', { owner: prof, sharedWith: { [model.me.email]: 'reader' } })
    model.addFile('a.pdf', 'x', { owner: prof, parent: course.id })
    const mine = model.addFile('mine.txt', 'x')
    at.practice.addFault({ match: ({ query }) => query.get('q')?.includes('in parents') === true, times: 9, do: { status: 503 } })
    const found = await listNow()
    expect(found.unread).toEqual([course.id])
    expect(found.path(mine.id)).toBe('My Drive/mine.txt')
  })
})

describe('bytes', () => {
  test('a redirect to the storage host goes without the sign-in', async () => {
    const file = at.model.addFile('a.bin', 'content', { redirects: true })
    const source = at.open()
    const { items } = await list(source)
    expect((await bytesOf(await fetch(source, items.get(file.id)!))).toString()).toBe('content')
    expect(at.practice.requests.some(({ host }) => host === 'storage')).toBe(true)
  })

  test('all that has none is named with its reason and link', async () => {
    const { model } = at
    const prof = model.addPerson('prof@example.ac.jp', 'Prof').email
    const theirs = { owner: prof, sharedWith: { [model.me.email]: 'reader' } } as const
    const reasons = new Map([
      [model.addEditorFile('Survey', 'form').id, 'no-export'],
      [model.addEditorFile('Page', 'site').id, 'no-export'],
      [model.addEditorFile('Places', 'map').id, 'no-export'],
      [model.addEditorFile('Board', 'drive-sdk.123').id, 'third-party'],
      [model.addFile('secret.pdf', 'x', { ...theirs, downloadForbidden: true }).id, 'download-forbidden'],
      [model.addEditorFile('Secret', 'document', { ...theirs, downloadForbidden: true }).id, 'download-forbidden'],
      [model.addFile('sealed.bin', 'x', { clientEncrypted: true }).id, 'encrypted'],
    ])
    const { items } = await listNow()
    for (const [id, reason] of reasons) {
      expect(items.get(id)?.unexportable?.reason, items.get(id)?.name).toBe(reason)
      expect(items.get(id)?.link).toMatch(/^https:\/\//)
      expect(items.get(id)?.parts).toEqual([])
    }
  })

  test('what is flagged as malware is known when it is asked for', async () => {
    const file = at.model.addFile('virus.exe', 'x', { abusive: true })
    const source = at.open()
    const { items } = await list(source)
    expect(await failure(fetch(source, items.get(file.id)!))).toMatchObject({ kind: 'unexportable', reason: 'flagged-abusive' })
  })

  test('a link-shared item that wants its key gets it, in this run and in a later one', async () => {
    const { model } = at
    const prof = model.addPerson('prof@example.ac.jp', 'Prof').email
    const file = model.addFile("it's old.bin", 'old', {
      owner: prof,
      sharedWith: { anyone: 'reader' },
      resourceKey: '0-secretkey',
      needsResourceKey: true,
    })
    model.open(file.id)
    const source = at.open()
    const { items } = await list(source)
    const item = items.get(file.id)!
    expect((await bytesOf(await fetch(source, item))).toString()).toBe('old')
    expect((await bytesOf(await fetch(at.open(), item))).toString()).toBe('old')
    expect(JSON.stringify(item)).not.toContain('secretkey')
  })

  test('documents in each form, by export', async () => {
    const { model } = at
    const document = model.addEditorFile('Essay', 'document')
    const sheet = model.addEditorFile('Table', 'spreadsheet')
    const slides = model.addEditorFile('Talk', 'presentation')
    const drawing = model.addEditorFile('Sketch', 'drawing')
    const script = model.addEditorFile('Macro', 'script')
    const source = at.open({ exports: ['office', 'pdf', 'odf', 'text', 'markdown', 'html', 'epub'] })
    const { items } = await list(source)
    const names: string[] = []
    for (const { id } of [document, sheet, slides, drawing, script]) {
      const item = items.get(id)!
      for (const part of item.parts) {
        const bytes = await bytesOf(await fetch(source, item, part))
        expect(bytes.byteLength, part.name).toBeGreaterThan(0)
        if (part.format === 'zip') expect(bytes.subarray(0, 2).toString()).toBe('PK')
        if (part.format === 'pdf') expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
        names.push(part.name!)
      }
    }
    expect(names).toEqual([
      'Essay.docx',
      'Essay.pdf',
      'Essay.odt',
      'Essay.txt',
      'Essay.md',
      'Essay.html.zip',
      'Essay.epub',
      'Table.xlsx',
      'Table.pdf',
      'Table.ods',
      'Table.html.zip',
      'Talk.pptx',
      'Talk.pdf',
      'Talk.odp',
      'Talk.txt',
      'Sketch.svg',
      'Sketch.png',
      'Sketch.pdf',
      'Macro.json',
    ])
  })

  test('a document above 10 MB is prepared, asked for again later, and comes whole', async () => {
    const huge = new Uint8Array(large).fill(80)
    const document = at.model.addEditorFile('Thesis', 'document', { exports: { [docx]: huge } })
    const source = at.open()
    const item = (await list(source)).items.get(document.id)!
    expect(await failure(fetch(source, item))).toMatchObject({ kind: 'throttled', stops: 'item', retryAfter: expect.any(Number) })
    let content: Content | undefined
    for (let tries = 0; content === undefined && tries < 5; tries += 1) content = await fetch(source, item).catch(() => undefined)
    expect((await bytesOf(content!)).byteLength).toBe(large)
    const calls = at.practice.requests.map(({ call }) => call)
    expect(calls.filter((call) => call === 'files.export')).toHaveLength(1)
    expect(calls.filter((call) => call === 'files.download')).toHaveLength(1)
    // In a later run it is not prepared again.
    const again = await at.open().fetch(item, item.parts[0]!, {
      from: 0,
      signal: never,
      ...(content!.resume === undefined ? {} : { resume: content!.resume }),
    })
    expect((await bytesOf(again)).byteLength).toBe(large)
    expect(at.practice.requests.filter(({ call }) => call === 'files.download')).toHaveLength(1)
  })

  test('where it cannot be prepared, the export link is used', async () => {
    const huge = new Uint8Array(large).fill(80)
    const document = at.model.addEditorFile('Thesis', 'document', { exports: { [docx]: huge } })
    at.practice.failOperations(3, 'no', 1)
    at.practice.settings.operationPolls = 0
    const source = at.open()
    const item = (await list(source)).items.get(document.id)!
    expect((await bytesOf(await fetch(source, item))).byteLength).toBe(large)
    expect(at.practice.requests.some(({ host, status }) => host === 'docs.google.com' && status === 200)).toBe(true)
    at.practice.failOperations(3, 'no', 1)
    at.practice.addFault({ match: { host: 'docs.google.com' }, do: { htmlPage: true } })
    expect(await failure(fetch(source, item))).toMatchObject({ kind: 'corrupt' })
  })

  test('a video of Google Vids comes by the long way only', async () => {
    at.practice.settings.operationPolls = 0
    const video = at.model.addEditorFile('Clip', 'vid', { downloads: { 'video/mp4': new TextEncoder().encode('mp4') } })
    const source = at.open()
    const item = (await list(source)).items.get(video.id)!
    expect((await bytesOf(await fetch(source, item))).toString()).toBe('mp4')
    expect(item.parts[0]!.name).toBe('Clip.mp4')
  })
})

test('each request is priced as Google prices it', async () => {
  at.model.addFile('a.bin', 'x')
  at.model.addEditorFile('Essay', 'document')
  const source = at.open()
  const { items } = await list(source)
  for (const item of items.values()) for (const part of item.parts) await bytesOf(await fetch(source, item, part))
  const { priceOf } = await import('../../../src/providers/google/limits.ts')
  for (const { host, method, path, query, units, call } of at.practice.requests) {
    if (host !== 'www.googleapis.com' || units === undefined) continue
    const url = new URL(path, 'https://www.googleapis.com/')
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    expect(priceOf({ method, url }).cost, call).toBe(units)
  }
})

test('20,000 files are listed page by page, with a short cursor', async () => {
  const folder = at.model.addFolder('Many')
  at.model.addSyntheticFiles(folder.id, 20_000)
  at.practice.settings.pageLimit = 1000
  const source = at.open()
  const [stream] = await source.streams(never)
  let seen = 0
  for await (const page of source.list(stream!, undefined, { folderVersion: () => undefined }, never)) {
    seen += page.items.length
    expect(page.items.length).toBeLessThanOrEqual(1010)
    expect(page.cursor.length).toBeLessThan(500)
  }
  expect(seen).toBeGreaterThanOrEqual(20_001)
})

test('every failure of the source is one of ours', async () => {
  at.model.addFile('a.bin', 'x')
  at.practice.addFault({ match: { pathPattern: /\/v3\/files$/ }, times: 9, do: { truncatedJson: true } })
  expect(await failure(listNow())).toBeInstanceOf(Failure)
})

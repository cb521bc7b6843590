import { afterEach, describe, expect, test } from 'vitest'
import type { Known } from '../../../src/core/source.ts'
import { practiceHarness } from './practice-harness.ts'
import { dir, entry, multistatus, said, stub } from './stub.ts'

const signal = new AbortController().signal
const nothing: Known = { folderVersion: () => undefined }
const stream = { id: 'files', title: 'Files' }
const list = (harness: Awaited<ReturnType<typeof practiceHarness>>, since?: string, known = nothing) =>
  said(harness.open().list(stream, since, known, signal))

let harness: Awaited<ReturnType<typeof practiceHarness>> | undefined
const start = async (quirks: Parameters<typeof practiceHarness>[1], paths: string[]) => {
  harness = await practiceHarness('basic', quirks)
  for (const path of paths) harness.server.model.put(path, `content of ${path}`)
  return harness
}
afterEach(async () => {
  await harness?.close()
  harness = undefined
})

const tree = ['/a.txt', '/A/1.txt', '/A/deep/2.txt', '/B/3.txt', '/B/x/4.txt', '/B/y/5.txt', '/C/6.txt']

describe('order', () => {
  test('is by name, a folder before what comes after it, whatever the server’s order', async () => {
    const at = await start({}, ['/C/z.txt', '/B/y.txt', '/B/b/1.txt', '/B/a/2.txt', '/A/x.txt'])
    const { pages } = await list(at)
    expect(pages.map((page) => JSON.parse(page.cursor).after)).toEqual(['', 'A', 'B', 'B/a', 'B/b', undefined])
  })
})

describe('folder etags', () => {
  test('skip what did not change: one request where nothing did', async () => {
    const at = await start({ folderEtags: true }, tree)
    const first = await list(at)
    const known: Known = {
      folderVersion: (id) => (first.items.get(id)?.kind === 'folder' ? first.items.get(id)?.version : undefined),
    }
    const before = at.server.records.requests.length
    const second = await list(at, undefined, known)
    expect(second.unread).toEqual(['A', 'B', 'C'])
    expect(
      at.server.records.requests.slice(before).filter(({ method, status }) => method === 'PROPFIND' && status === 207),
    ).toHaveLength(1)
    at.server.model.put('/B/x/new.txt', 'new')
    const third = await list(at, undefined, known)
    expect(third.unread).toEqual(['A', 'C', 'B/y'])
    expect(third.ids).toContain('B/x/new.txt')
    expect(third.ids).not.toContain('B/y/5.txt')
  })
  test('are not trusted where the settings say so', async () => {
    const at = await start({ folderEtags: true }, tree)
    const first = await list(at)
    const known: Known = { folderVersion: (id) => first.items.get(id)?.version }
    const { files } = await import('../../../src/providers/webdav/files/source.ts')
    const source = files.open(at.at.connection(), { skipUnchangedFolders: false })
    expect((await said(source.list(stream, undefined, known, signal))).unread).toEqual([])
  })
  test('mean nothing on a plain server', async () => {
    const at = await start({}, tree)
    const first = await list(at)
    expect((await list(at, undefined, { folderVersion: (id) => first.items.get(id)?.version })).unread).toEqual([])
  })
})

describe('a folder that cannot be listed', () => {
  for (const [status, kind] of [
    [503, 'transient'],
    [403, 'forbidden'],
    [405, 'unlisted'],
  ] as const) {
    test(`(${status}) is unread, and the rest is listed`, async () => {
      const at = await start({}, tree)
      at.server.faults.add({ match: { method: 'PROPFIND', path: '/B' }, do: { status }, times: 99 })
      const { ids, unread, gone, error, messages } = await list(at)
      expect(error).toBeUndefined()
      expect(ids).toEqual(
        ['A', 'B', 'C', 'a.txt', 'A/1.txt', 'A/deep', 'A/deep/2.txt', 'C/6.txt'].toSorted(
          (a, b) => ids.indexOf(a) - ids.indexOf(b),
        ),
      )
      expect(unread).toEqual([`B: ${kind}`])
      expect(messages[0]).toContain('B: ')
      expect(gone).toEqual([])
    })
  }
  test('(404) is gone if its parent does not name it any more', async () => {
    const at = await start({}, tree)
    at.server.faults.add({ match: { method: 'PROPFIND', path: '/B' }, do: { change: (model) => model.remove('/B') } })
    const { gone, unread, error } = await list(at)
    expect({ gone, unread, error }).toEqual({ gone: ['B'], unread: [], error: undefined })
  })
  test('(404) is unread if its parent still names it', async () => {
    const at = await start({}, tree)
    at.server.faults.add({ match: { method: 'PROPFIND', path: '/B' }, do: { status: 404 }, times: 99 })
    const { gone, unread } = await list(at)
    expect({ gone, unread }).toEqual({ gone: [], unread: ['B: unlisted'] })
  })
  test('because its list is cut off once, is asked again', async () => {
    const at = await start({}, tree)
    at.server.faults.add({ match: { method: 'PROPFIND', path: '/B' }, do: { cut: 1, unit: 'responses', quietly: true } })
    const { ids, unread } = await list(at)
    expect(unread).toEqual([])
    expect(ids).toContain('B/y/5.txt')
  })
  for (const quietly of [true, false]) {
    test(`because its list is always cut off${quietly ? ', as if it were whole' : ''}, is unread; what was named is walked`, async () => {
      const at = await start({}, tree)
      at.server.faults.add({ match: { method: 'PROPFIND', path: '/B' }, do: { cut: 3, unit: 'responses', quietly }, times: 99 })
      const { ids, unread } = await list(at)
      expect(unread).toEqual([expect.stringMatching(/^B: (corrupt|transient)$/)])
      expect(ids.filter((id) => id.startsWith('B/')).length).toBeGreaterThan(1)
      expect(ids).toContain('C/6.txt')
    })
  }
  test('ten times in a row: the server is not well, and the walk stops where it can go on', async () => {
    const at = await start(
      {},
      Array.from({ length: 30 }, (_, index) => `/f${String(index).padStart(2, '0')}/a.txt`),
    )
    at.server.faults.add({
      match: (request) => request.method === 'PROPFIND' && request.path !== '/' && (request.path ?? '') >= '/f05',
      do: { status: 500 },
      times: 999,
    })
    const { pages, error, unread } = await list(at)
    expect(error).toMatchObject({ kind: 'transient', stops: 'source' })
    expect(unread).toHaveLength(9)
    at.server.faults.clear()
    expect((await list(at, pages.at(-1)!.cursor)).ids).toHaveLength(30 - 14)
  })
  for (const [status, kind] of [
    [401, 'signin'],
    [429, 'throttled'],
  ] as const) {
    test(`(${status}) stops the walk`, async () => {
      const at = await start({}, tree)
      at.server.faults.add({ match: { method: 'PROPFIND', path: '/B' }, do: { status }, times: 99 })
      const { error, unread } = await list(at)
      expect(error).toMatchObject({ kind })
      expect(unread).toEqual([])
    })
  }
  test('in maintenance stops the walk', async () => {
    const at = await start({}, tree)
    at.server.faults.add({
      match: { method: 'PROPFIND', path: '/B' },
      do: { status: 503, headers: { 'x-nextcloud-maintenance-mode': '1' } },
      times: 99,
    })
    expect((await list(at)).error).toMatchObject({ kind: 'transient', message: expect.stringContaining('maintenance') })
  })
})

describe('the root', () => {
  test.each([
    [404, 'settings'],
    [405, 'unlisted'],
    [403, 'forbidden'],
    [503, 'transient'],
    [401, 'signin'],
  ])('that answers %i is a failure of the whole, and says what to check', async (status, kind) => {
    const { source } = stub(() => ({ status }))
    const { error, pages } = await said(source.list(stream, undefined, nothing, signal))
    expect(pages).toEqual([])
    expect(error).toMatchObject({ name: 'Failure', kind })
    if (kind === 'settings' || kind === 'unlisted')
      expect(error).toMatchObject({ hint: expect.stringContaining('url'), stops: 'account' })
  })
  test.each([
    ['a web page', '<html><body>Welcome</body></html>', /web page/],
    ['nothing', multistatus(), /does not even name/],
    ['another place', multistatus(entry('/DAV/', dir), entry('/DAV/a.txt')), /does not lie below "\/dav\/"/],
  ])('that answers with %s is not an empty account', async (_, body, message) => {
    const { source } = stub(() => ({ status: 207, body }))
    expect((await said(source.list(stream, undefined, nothing, signal))).error).toMatchObject({
      kind: 'unlisted',
      message: expect.stringMatching(message),
      stops: 'account',
    })
  })
  test('that redirects to another host is refused', async () => {
    const at = await start({ crossHostRedirect: 'everything' }, tree)
    expect((await list(at)).error).toMatchObject({ kind: 'forbidden', message: expect.stringContaining('another host') })
    expect(at.server.records.violations).toEqual([])
  })
})

describe('links that lead back', () => {
  test('are seen at the first turn, named, and nothing below is listed twice', async () => {
    const at = await start({ symlinkLoop: { folder: '/B', name: 'again' } }, tree)
    const { ids, unread, messages } = await list(at)
    expect(unread).toEqual(['B/again: unlisted'])
    expect(messages[0]).toMatch(/^B\/again: looks like a link back to B,/)
    expect(ids.filter((id) => id.endsWith('5.txt'))).toEqual(['B/y/5.txt'])
  })
  test('by the server’s own ids', async () => {
    const listing = (path: string) =>
      multistatus(entry(path, dir), entry(`${path}loop/`, `${dir}<o:fileid>7</o:fileid>`), entry(`${path}f${path.length}`))
    const { source } = stub(({ url }) => ({ status: 207, body: listing(new URL(url).pathname) }))
    expect((await said(source.list(stream, undefined, nothing, signal))).unread).toEqual(['loop/loop: unlisted'])
  })
  test('without any sign: the depth has an end', async () => {
    let serial = 0
    const { source } = stub(({ url }) => ({
      status: 207,
      body: multistatus(
        entry(new URL(url).pathname, dir),
        entry(`${new URL(url).pathname}d/`, dir),
        entry(`${new URL(url).pathname}${++serial}`),
      ),
    }))
    const { unread, pages } = await said(source.list(stream, undefined, nothing, signal))
    expect(unread).toEqual([expect.stringMatching(/^(d\/){100}d: unlisted$/)])
    expect(pages).toHaveLength(101)
  })
  test('folders that hold one of the same name, made at once, are no loop', async () => {
    const at = await start({}, ['/a/a/a/a/a/end.txt', '/b/note.txt', '/b/b/note.txt', '/b/b/b/note.txt'])
    const { unread, ids } = await list(at)
    expect(unread).toEqual([])
    expect(ids).toContain('a/a/a/a/a/end.txt')
    expect(ids).toContain('b/b/b/note.txt')
  })
})

describe('a large folder', () => {
  const files = Array.from({ length: 2345 }, (_, index) => `/big/${index}.txt`)
  test('comes in pages of 1000 at most that share the cursor before it', async () => {
    const at = await start({}, [...files, '/a.txt', '/zz/b.txt'])
    const { pages, ids } = await list(at)
    expect(pages.map((page) => page.items.length)).toEqual([3, 1000, 1000, 345, 1])
    expect(pages[1]!.cursor).toBe(pages[0]!.cursor)
    expect(pages[2]!.cursor).toBe(pages[0]!.cursor)
    expect(new Set(ids).size).toBe(2349)
    expect((await list(at, pages[2]!.cursor)).ids.length).toBe(2346)
    expect((await list(at, pages[3]!.cursor)).ids).toEqual(['zz/b.txt'])
  })
  test('at the root: the first page alone starts over, and a cursor from within leads to a whole walk', async () => {
    const at = await start(
      {},
      files.map((path) => path.replace('/big', '')),
    )
    const { pages } = await list(at)
    expect(pages.map((page) => page.startsOver)).toEqual([true, undefined, undefined])
    expect((await list(at, pages[0]!.cursor)).ids).toHaveLength(2345)
  })
})

describe('going on', () => {
  test('where the folder of the cursor is gone, new ones came before and after it', async () => {
    const at = await start({}, tree)
    const { pages } = await list(at)
    const cursor = pages.find((page) => JSON.parse(page.cursor).after === 'B/x')!.cursor
    at.server.model.remove('/B/x')
    at.server.model.put('/0/early.txt', 'too early for this walk')
    at.server.model.put('/B/xx/late.txt', 'late')
    const { ids, error, unread } = await list(at, cursor)
    expect({ ids, error, unread }).toEqual({ ids: ['B/xx/late.txt', 'B/y/5.txt', 'C/6.txt'], error: undefined, unread: [] })
  })
  test('where a folder above is gone', async () => {
    const at = await start({}, tree)
    const { pages } = await list(at)
    const cursor = pages.find((page) => JSON.parse(page.cursor).after === 'B/x')!.cursor
    at.server.model.remove('/B')
    expect((await list(at, cursor)).ids).toEqual(['C/6.txt'])
  })
  test('where a folder above cannot be listed: it is unread', async () => {
    const at = await start({}, tree)
    const { pages } = await list(at)
    const cursor = pages.find((page) => JSON.parse(page.cursor).after === 'B/x')!.cursor
    at.server.faults.add({ match: { method: 'PROPFIND', path: '/B' }, do: { status: 503 }, times: 99 })
    const { ids, unread } = await list(at, cursor)
    expect({ ids, unread }).toEqual({ ids: ['C/6.txt'], unread: ['B: transient'] })
  })
  test('after an unread folder does not go into it', async () => {
    const at = await start({}, tree)
    at.server.faults.add({ match: { method: 'PROPFIND', path: '/B' }, do: { status: 503 }, times: 99 })
    const { pages } = await list(at)
    at.server.faults.clear()
    const cursor = pages.find((page) => JSON.parse(page.cursor).after === 'B')!.cursor
    expect((await list(at, cursor)).ids).toEqual(['C/6.txt'])
  })
})

describe('entries', () => {
  const one = async (...entries: string[]) => {
    const { source } = stub(({ url }) => ({
      status: 207,
      body: url.endsWith('/dav/')
        ? multistatus(entry('/dav/', `${dir}<o:permissions>RGDNVCK</o:permissions>`), ...entries)
        : multistatus(entry(new URL(url).pathname, dir), entry(`${new URL(url).pathname}in.txt`)),
    }))
    return said(source.list(stream, undefined, nothing, signal))
  }
  test('that the server is still working on wait', async () => {
    const { items, unread } = await one(entry('/dav/new.bin', '<getetag/>', 'HTTP/1.1 425 TOO EARLY'))
    expect(items.get('new.bin')).toMatchObject({ waiting: expect.any(String), kind: 'file' })
    expect(unread).toEqual([])
  })
  test('that the server refuses are unread, those that vanished are not', async () => {
    const { ids, unread } = await one(
      entry('/dav/no', '', 'HTTP/1.1 403 Forbidden'),
      entry('/dav/past', '', 'HTTP/1.1 404 Not Found'),
    )
    expect({ ids, unread }).toEqual({ ids: [], unread: ['no: forbidden'] })
  })
  test('with names that cannot be asked for are named, the others go on', async () => {
    const { ids, unread, error } = await one(
      entry('/dav/../up'),
      entry('/dav/a%00b'),
      entry('/dav/q?x'),
      entry('/dav/ok.txt'),
      entry('/dav/lost/deep.txt'),
    )
    expect({ ids, error }).toEqual({ ids: ['ok.txt'], error: undefined })
    expect(unread).toEqual(['/dav/../up: unlisted', '/dav/a%00b: unlisted', '/dav/q?x: unlisted', '/dav/lost/deep.txt: unlisted'])
  })
  test('of more levels than asked are no trouble', async () => {
    const { ids, unread } = await one(entry('/dav/d/in.txt'), entry('/dav/d/', dir))
    expect({ ids, unread }).toEqual({ ids: ['d', 'd/in.txt'], unread: [] })
  })
  test('in an encrypted folder are unexportable, the folder’s others are not', async () => {
    const { items } = await one(
      entry('/dav/secret/', `${dir}<n:is-encrypted>1</n:is-encrypted>`),
      entry('/dav/open/', `${dir}<n:is-encrypted>0</n:is-encrypted>`),
    )
    expect(items.get('secret/in.txt')!.unexportable?.reason).toBe('encrypted')
    expect(items.get('open/in.txt')!.unexportable).toBeUndefined()
  })
  test('shared without the right to read are unexportable', async () => {
    const { items } = await one(
      entry('/dav/a', '<o:permissions>S</o:permissions>'),
      entry('/dav/b', '<o:permissions>SG</o:permissions>'),
    )
    expect(items.get('a')!.unexportable?.reason).toBe('download-forbidden')
    expect(items.get('b')!.unexportable).toBeUndefined()
  })
})

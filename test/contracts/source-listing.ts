import { describe, expect, test } from 'vitest'
import type { Page } from '../../src/core/source.ts'
import { drain, hash, text } from './content.ts'
import { Listed, never, pagesOf } from './listed.ts'
import { awkward } from './plant.ts'
import type { Suite } from './suite.ts'

/** Streams and what a listing says, first and again. */
export function listingContract(suite: Suite): void {
  const { list, again, get, withFault, plant, unlessLacking } = suite
  const { features, below = [], lacks = [], whole = [] } = suite.subject
  const folders = !lacks.includes('folders')
  describe('streams', () => {
    test('have unique and stable ids', async () => {
      const ids = async () => (await suite.harness.open().streams(never)).map((stream) => stream.id)
      const first = await ids()
      expect(first.length).toBeGreaterThan(0)
      expect(new Set(first).size).toBe(first.length)
      expect(await ids()).toEqual(first)
    })

    test('do not depend on each other: listed at once and in any order they say the same', async () => {
      await plant()
      const source = suite.harness.open()
      const streams = await source.streams(never)
      const ids = (pages: Page[]) => pages.flatMap((page) => page.items.map((item) => item.id)).sort()
      const atOnce = await Promise.all(streams.map(async (stream) => ids(await pagesOf(source, stream))))
      for (let index = streams.length - 1; index >= 0; index--) {
        expect(ids(await pagesOf(suite.harness.open(), streams[index]!))).toEqual(atOnce[index])
      }
    })
  })

  describe('listing', () => {
    test('of nothing: one page at least, which starts over', async () => {
      const listed = await list()
      expect(listed.paths()).toEqual([])
      expect(listed.startedOver).toBe(true)
      expect(listed.unlisted()).toEqual([])
    })

    test('names everything once, with a chain of parents, and starts over on its first page alone', async () => {
      const planted = await plant()
      const source = suite.harness.open()
      const listed = new Listed(below)
      for (const stream of await source.streams(never)) {
        const pages = await pagesOf(source, stream)
        expect(pages.map((page) => page.startsOver === true)).toEqual(pages.map((_, index) => index === 0))
        const ids = pages.flatMap((page) => page.items.map((item) => item.id))
        expect(new Set(ids).size).toBe(ids.length)
        for (const page of pages) listed.add(page)
      }
      expect(listed.paths()).toEqual(planted)
      expect(listed.unlisted()).toEqual([])
      expect(listed.paths('folder')).toHaveLength(folders ? 12 : 0)
    })

    test('gives plain values: items survive JSON, versions and part keys are there', async () => {
      await plant()
      const listed = await list()
      for (const item of listed.items.values()) {
        expect(JSON.parse(JSON.stringify(item))).toEqual(item)
        expect(item.id).not.toBe('')
        expect(item.version).toBeTypeOf('string')
        if (item.kind === 'folder') expect(item.parts).toEqual([])
        else for (const part of item.parts) expect(part.key).not.toBe('')
      }
      const file = listed.at('alpha', 'file 0.txt')
      expect(file.kind).toBe('file')
      if (features.sizes) expect(file.parts[0]!.size).toBe('alpha/file 0.txt'.length)
      if (features.checksums.length > 0) {
        const stated = file.parts[0]!.checksums ?? []
        expect(stated.map(({ algorithm }) => algorithm)).toEqual(expect.arrayContaining([features.checksums[0]]))
        for (const { algorithm, value } of stated) expect(value).toBe(hash(algorithm, text('alpha/file 0.txt')) ?? value)
      }
    })

    test('goes on right after each page: nothing lost, nothing twice', async () => {
      const planted = await plant()
      const streams = await suite.harness.open().streams(never)
      let most = 0
      for (const stream of streams) {
        const pages = await pagesOf(suite.harness.open(), stream)
        most = Math.max(most, pages.length)
        for (let index = 0; index < pages.length - 1; index++) {
          const before = pages.slice(0, index + 1).flatMap((page) => page.items.map((item) => item.id))
          const all = pages.flatMap((page) => page.items.map((item) => item.id))
          const resumed = await pagesOf(suite.harness.open(), stream, pages[index]!.cursor)
          const rest = resumed.flatMap((page) => page.items.map((item) => item.id))
          expect(
            resumed.some((page) => page.startsOver),
            `page ${index + 1} of ${pages.length}`,
          ).toBe(false)
          expect([...new Set([...before, ...rest])].sort(), `after page ${index + 1} of ${pages.length}`).toEqual([...all].sort())
          // Pages that share a cursor may come again.
          if (pages[index]!.cursor !== pages[index - 1]?.cursor) expect(rest.filter((id) => before.includes(id))).toEqual([])
        }
      }
      expect(most, 'the harness makes pages small').toBeGreaterThanOrEqual(3)
      expect(planted).toHaveLength(folders ? 52 : 40)
    })

    test('again, when nothing changed: says nothing new', async () => {
      await plant()
      const before = await list()
      const after = await again(before)
      expect(after.gone.size).toBe(0)
      expect(after.paths()).toEqual(before.paths())
      if (features.changeFeed) expect(after.startedOver).toBe(false)
      for (const [id, item] of before.items) expect(after.items.get(id)?.version).toBe(item.version)
    })

    unlessLacking(
      ['changes'],
      'again, after a change: the version of that file alone differs, and its new bytes come',
      async () => {
        await plant()
        const before = await list()
        await suite.harness.world.changeFile(['beta', 'file 1.txt'], text('entirely other words'))
        const after = await again(before)
        const changed = [...before.items.values()].filter(
          (item) => item.kind === 'file' && after.items.get(item.id)?.version !== item.version,
        )
        expect(changed.map((item) => before.path(item))).toEqual([['beta', 'file 1.txt']])
        expect((await drain(await get(after.at('beta', 'file 1.txt')))).toString()).toBe('entirely other words')
      },
    )

    test('again, after something new came', async () => {
      const planted = await plant()
      const before = await list()
      if (folders) await suite.harness.world.addFolder(['gamma', 'new'])
      await suite.harness.world.addFile(['gamma', 'new', 'fresh.txt'], text('fresh'))
      const after = await again(before)
      expect(after.paths()).toEqual([...planted, ...(folders ? ['gamma / new'] : []), 'gamma / new / fresh.txt'].sort())
    })

    test('again, after a file went', async () => {
      const planted = await plant()
      const before = await list()
      await suite.harness.world.remove(['alpha', 'two', 'file 2.txt'])
      const after = await again(before)
      expect([...after.gone]).toEqual([before.at('alpha', 'two', 'file 2.txt').id])
      expect(after.paths()).toEqual(planted.filter((path) => path !== 'alpha / two / file 2.txt'))
    })

    unlessLacking(['folders'], 'again, after moves and renames', async () => {
      await plant()
      const before = await list()
      await suite.harness.world.move(['alpha', 'file 0.txt'], ['gamma', 'renamed.txt'])
      await suite.harness.world.move(['beta', 'two'], ['empty', 'second'])
      const after = await again(before)
      const paths = before
        .paths()
        .map((path) => (path === 'alpha / file 0.txt' ? 'gamma / renamed.txt' : path.replace(/^beta \/ two\b/, 'empty / second')))
      expect(after.paths()).toEqual(paths.sort())
      const [was, is] = [before.at('alpha', 'file 0.txt'), after.at('gamma', 'renamed.txt')]
      if (features.lastingIds) {
        expect(is.id).toBe(was.id)
        expect(after.at('empty', 'second', 'file 3.txt').id).toBe(before.at('beta', 'two', 'file 3.txt').id)
        expect(after.gone.size).toBe(0)
      } else {
        expect(is.parts[0]!.size).toBe(was.parts[0]!.size)
        expect(is.twin).toBe(was.twin)
        expect(after.gone.has(was.id)).toBe(true)
      }
    })

    test('from a cursor that means nothing starts over', async () => {
      const planted = await plant()
      const source = suite.harness.open()
      for (const cursor of ['', 'nonsense', '{"v":99}', 'bm9uc2Vuc2U=']) {
        const listed = new Listed(below)
        for (const stream of await source.streams(never))
          for (const page of await pagesOf(source, stream, cursor)) listed.add(page)
        expect(listed.startedOver, JSON.stringify(cursor)).toBe(true)
        expect(listed.paths()).toEqual(planted)
      }
    })

    withFault('bad-cursor', 'from a cursor that the service no longer takes starts over', async () => {
      const planted = await plant()
      for (const stream of await suite.harness.open().streams(never)) {
        if (whole.includes(stream.id)) continue
        const pages = await pagesOf(suite.harness.open(), stream)
        await suite.harness.inject({ kind: 'bad-cursor', on: 'list' })
        for (const { cursor } of pages) {
          const listed = new Listed(below)
          for (const page of await pagesOf(suite.harness.open(), stream, cursor)) listed.add(page)
          expect(listed.startedOver).toBe(true)
          if (pages.length >= 3) expect(listed.paths()).toEqual(planted)
        }
        await suite.harness.heal()
      }
    })

    test('keeps awkward names exactly as they are, and what they name can be fetched', async () => {
      const names = [...awkward, ...(suite.subject.names ?? [])]
      if (folders) await suite.harness.world.addFolder(['odd # folder %20'])
      for (const [index, odd] of names.entries())
        await suite.harness.world.addFile(['odd # folder %20', odd], text(`content ${index}`))
      const listed = await list()
      expect(listed.unlisted()).toEqual([])
      expect(listed.paths('file')).toEqual(names.map((odd) => `odd # folder %20 / ${odd}`).sort())
      for (const [index, odd] of names.entries()) {
        expect((await drain(await get(listed.at('odd # folder %20', odd)))).toString(), odd).toBe(`content ${index}`)
      }
    })
  })
}

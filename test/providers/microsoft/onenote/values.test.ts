import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fold, portable } from '../../../../src/archive/names.ts'
import { inkOf } from '../../../../src/practice/microsoft/onenote/page-elements.ts'
import { perhapsConflicts } from '../../../../src/providers/microsoft/onenote/conflicts.ts'
import { inkPicture } from '../../../../src/providers/microsoft/onenote/ink-picture.ts'
import { pageItem, placeItem } from '../../../../src/providers/microsoft/onenote/item.ts'
import { noteTargetOf, resourceIdOf } from '../../../../src/providers/microsoft/onenote/links.ts'
import { readPageAnswer } from '../../../../src/providers/microsoft/onenote/multipart.ts'
import { partNames } from '../../../../src/providers/microsoft/onenote/part-names.ts'
import type { PageAnswer } from '../../../../src/providers/microsoft/onenote/schema.ts'

describe('names of the files of a page', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.constantFrom(
      'CON',
      'con.x',
      'aux .pdf',
      ' ',
      '...',
      '',
      'a.tar.gz',
      'ﷺ'.repeat(200),
      '\u0344'.repeat(100),
      'e\u0301',
      '\ud800',
      'ß',
      'SS',
      'ß.pdf',
      'SS.pdf',
      '漢'.repeat(300),
      '\u115f',
      'x'.repeat(300),
    ),
  )

  test('are local names as they are, so that links to them hold', () => {
    fc.assert(
      fc.property(
        anyText,
        fc.array(fc.tuple(anyText, fc.option(anyText, { nil: undefined })), { maxLength: 6 }),
        (title, attachments) => {
          const names = partNames({ id: '1-a!2', title })
          const all = [
            names.own('ink.inkml'),
            names.own('ink.svg'),
            names.own('as delivered.html'),
            names.picture('image/png'),
            names.picture('strange/type'),
            ...attachments.map(([name, type]) => names.attachment(name, type)),
          ]
          for (const name of all) expect(portable(name)).toBe(name)
          expect(new Set(all.map((name) => fold(name))).size).toBe(all.length)
        },
      ),
      { numRuns: 400 },
    )
  })

  test('differ also where only invisible characters tell the originals apart', () => {
    const names = partNames({ id: '1', title: 'T' })
    const all = ['a.txt', 'a\ufe0f.txt', 'A.txt', '\u115fa.txt', 'a?.txt'].map((name) => names.attachment(name, undefined))
    expect(new Set(all.map((name) => fold(name))).size).toBe(all.length)
  })

  test('say what they are, and differ between pages of one title', () => {
    const names = partNames({ id: '1-a', title: 'Week 1: Lamps?' })
    expect(names.picture('image/jpeg')).toMatch(/^Week 1 Lamps \([0-9a-f]{8}\) picture 1\.jpg$/)
    expect(names.attachment('報告.v2.docx', undefined)).toMatch(/^Week 1 Lamps \([0-9a-f]{8}\) 報告 v2\.docx$/)
    expect(names.attachment('報告.v2.docx', undefined)).toMatch(/ 報告 v2 2\.docx$/)
    expect(partNames({ id: '1-b', title: 'Week 1: Lamps?' }).picture('image/jpeg')).not.toBe(
      partNames({ id: '1-a', title: 'Week 1: Lamps?' }).picture('image/jpeg'),
    )
  })
})

describe('addresses', () => {
  test.each([
    ['https://graph.microsoft.com/v1.0/me/onenote/resources/1-a!2/$value', '1-a!2'],
    ["https://graph.microsoft.com/v1.0/users('x%40y')/onenote/resources/1-a!2/content?session=1", '1-a!2'],
    ['https://www.onenote.com/api/v1.0/me/notes/resources/0-a%211/$value', '0-a!1'],
    ['https://127.0.0.1:9/v1.0/me/onenote/resources/1/$value', '1'],
    ['https://www.onenote.com.evil.example/resources/1/$value', undefined],
    ['https://evil.example/v1.0/me/onenote/resources/1/$value', undefined],
    ['https://graph.microsoft.com/v1.0/me/drive/items/1/content', undefined],
    ['/resources/1/$value', undefined],
    [undefined, undefined],
  ])('resource %s', (address, id) => {
    expect(resourceIdOf(address, '127.0.0.1:9')).toBe(id)
  })

  const section = 'b7e38d40-aadc-40a6-968b-ac04b95d31af'
  const page = 'b20e0b7d-6fa5-4dbe-ad83-3011c9e500b0'
  test.each([
    [
      `onenote:https://d.docs.live.net/1/A.one#T%20x&section-id={${section.toUpperCase()}}&page-id={${page.toUpperCase()}}&end`,
      'page',
      page,
    ],
    [
      `onenote:https://d.docs.live.net/1/A.one#T&section-id=%7B${section}%7D&page-id=%7B${page}%7D&object-id={x}&C1`,
      'page',
      page,
    ],
    [`onenote:https://d.docs.live.net/1/A.one#section-id={${section}}&end`, 'section', section],
    [
      `https://x.sharepoint.com/_layouts/OneNote.aspx?id=%2Fa&wd=target%28A.one%7C${section}%2FT%20%5C%7C%20x%7C${page}%2F%29`,
      'page',
      page,
    ],
    [`https://1drv.ms/u/s!A?wd=target%28A%2FB.one%7C${section}%2F%29`, 'section', section],
    ['onenote:https://d.docs.live.net/1/A.one', undefined, undefined],
    ['https://example.org/?wd=target(x)', undefined, undefined],
    [`javascript:x#page-id={${page}}`, undefined, undefined],
    ['%%%', undefined, undefined],
  ])('link %s', (address, kind, guid) => {
    expect(noteTargetOf(address)).toEqual(kind === undefined ? undefined : { kind, guid })
  })
})

describe('an answer of HTML and ink', () => {
  const parts = (html: string, ink: string, end = '--') =>
    Buffer.from(
      `--b1\r\nContent-Type: text/html\r\n\r\n${html}\r\n--b1\r\nContent-Type: application/inkml+xml\r\n\r\n${ink}\r\n--b1${end}\r\n`,
    )

  test('is taken apart, byte by byte', () => {
    const html = '<html>\r\n--b1x\r\n --b1\r\né</html>\r\n'
    const read = readPageAnswer(parts(html, '<inkml:ink><inkml:trace >1 2</inkml:trace></inkml:ink>'))
    expect(read?.html.toString()).toBe(html)
    expect(read?.ink?.toString()).toContain('trace')
    expect(readPageAnswer(parts('', ''))?.html.length).toBe(0)
  })

  test('has no ink where nothing was drawn', () => {
    expect(readPageAnswer(parts('<html>', '<inkml:ink><inkml:traceGroup /></inkml:ink>'))).toEqual({
      html: Buffer.from('<html>'),
    })
  })

  test('HTML alone is HTML alone', () => {
    expect(readPageAnswer(Buffer.from('<html>--b1</html>'))?.html.toString()).toBe('<html>--b1</html>')
  })

  test('cut anywhere it is nothing', () => {
    const all = parts('<html>x</html>', '<i/>')
    for (let length = 2; length < all.length - 4; length++)
      expect(readPageAnswer(all.subarray(0, length)), String(length)).toBeUndefined()
  })
})

describe('ink as a picture', () => {
  test('shows each stroke, in the colour of its brush, cut to its size', () => {
    const svg =
      inkPicture(
        inkOf([
          [
            [1000, 3000],
            [2000, 2500],
          ],
          [[1500, 2800]],
        ]),
      ) ?? ''
    expect(svg).toContain('<path d="M1000 3000L2000 2500" stroke="#1F4E9E" stroke-width="100"/>')
    expect(svg).toContain('d="M1500 2800L1500 2800"')
    expect(svg).toContain('viewBox="900 2400 1200 700"')
  })

  test.each([
    ['differences between points', inkOf([[[1, 2]]]).replace('1 2', "1 2, '3 '4")],
    ['a broken end', inkOf([[[1, 2]]]).slice(0, -20)],
    ['no stroke', inkOf([])],
    ['another number of values', inkOf([[[1, 2]]]).replace('1 2', '1 2 3')],
    ['no XML', 'hello'],
  ])('is left out for what is not understood: %s', (_, ink) => {
    expect(inkPicture(ink)).toBeUndefined()
  })
})

describe('pages that are perhaps conflicting changes', () => {
  const page = (id: string, title: string | null, level?: number, order?: number): PageAnswer => ({ id, title, level, order })
  test.each<[string, PageAnswer[], Record<string, string>]>([
    ['the same title, indented, directly below', [page('a', 'T', 0, 0), page('b', 'T', 1, 1)], { b: 'a' }],
    ['in whatever order they are listed', [page('b', 'T', 1, 1), page('a', 'T', 0, 0)], { b: 'a' }],
    ['several of one page', [page('a', 'T', 0, 0), page('b', 'T', 1, 1), page('c', 'T', 1, 2)], { b: 'a', c: 'a' }],
    ['of a page that is indented itself', [page('a', 'T', 1, 0), page('b', 'T', 2, 1)], { b: 'a' }],
    ['not one of the same level', [page('a', 'T', 0, 0), page('b', 'T', 0, 1)], {}],
    ['not one of another title', [page('a', 'T', 0, 0), page('b', 'U', 1, 1)], {}],
    ['not after another page', [page('a', 'T', 0, 0), page('x', 'X', 1, 1), page('b', 'T', 1, 2)], {}],
    ['not without a title', [page('a', '', 0, 0), page('b', '', 1, 1), page('c', null, 2, 2)], {}],
    ['not where nothing is known of the places', [page('a', 'T'), page('b', 'T')], {}],
  ])('%s', (_, pages, expected) => {
    expect(Object.fromEntries(perhapsConflicts(pages))).toEqual(expected)
  })
})

describe('names of pages and places', () => {
  const section = { kind: 'section', id: 's', name: 'S', depth: 1 } as const
  test.each([null, undefined, '', ' ', '\u3000\t'])('without a title (%j) they have a name that can be seen', (title) => {
    const { name, parts } = pageItem(section, { id: 'p', title })
    expect({ name, part: parts[0]?.name }).toEqual({ name: 'Untitled page', part: 'Untitled page.html' })
    expect(placeItem({ ...section, name: title ?? '' }, 0).name).toBe('Untitled section')
  })
  test('with one, it is theirs', () => {
    expect(pageItem(section, { id: 'p', title: ' T ' }).name).toBe(' T ')
  })
})

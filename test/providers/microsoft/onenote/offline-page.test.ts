import { parse } from 'parse5'
import { describe, expect, test } from 'vitest'
import { offlinePage } from '../../../../src/providers/microsoft/onenote/offline-page.ts'
import { partNames } from '../../../../src/providers/microsoft/onenote/part-names.ts'

const compose = (html: string, ink: { name: string; shown: string }[] = []) =>
  offlinePage(html, {
    names: partNames({ id: '1-p', title: 'T' }),
    graphHost: 'graph.microsoft.com',
    up: '../../',
    title: 'T',
    ink,
  })
const page = (body: string) => `<html><head><title>T</title></head><body data-absolute-enabled="true">${body}</body></html>`
/** The body alone, without what is added. */
const body = (html: string) => /<body[^>]*>(.*)<div data-added="title"/s.exec(compose(page(html)).html)?.[1]
const resource = (id: string, host = 'https://graph.microsoft.com/v1.0/me/onenote') => `${host}/resources/${id}/$value`

interface Node {
  readonly nodeName: string
  readonly value?: string
  readonly childNodes?: readonly Node[]
}
const textIn = (node: Node): string => (node.value ?? '') + (node.childNodes ?? []).map(textIn).join('')

describe('a page that opens offline', () => {
  test('what does not concern it stays, character by character', () => {
    for (const html of [
      '<p  class=x>a &amp; b&nbsp;c &lt;</p>',
      '<p>é 日本 🎓 <!-- <img src="x"> --></p>',
      'a < b > c',
      '<table><tr><td\n style="a">',
      '<A HREF="https://example.org/?a=1&amp;b=2">x</A>',
      '\r\n\t<br />\r\n',
    ])
      expect(body(html)).toBe(html)
  })

  test('pictures in full resolution, each file once, whatever host is named', () => {
    const { html, files } = compose(
      page(
        `<img src="${resource('a')}?x=1" data-fullres-src="${resource('b')}?x=2" data-fullres-src-type="image/jpeg" alt="&quot;q&quot;" /><img data-fullres-src="${resource('b', 'https://www.onenote.com/api/v1.0/me/notes')}"><img src="${resource('c')}" data-src-type="image/png">`,
      ),
    )
    expect(files.map(({ id, name }) => [id, name.slice(13)])).toEqual([
      ['b', 'picture 1.jpg'],
      ['c', 'picture 2.png'],
    ])
    expect(html.match(/<img [^>]*>/g)?.map((tag) => /src="([^"]*)"/.exec(tag)?.[1])).toEqual(
      ['b', 'b', 'c'].map((id) => encodeURIComponent(files.find((file) => file.id === id)!.name)),
    )
    expect(html).toContain('alt="&quot;q&quot;"')
    expect(html).not.toContain('graph.microsoft.com')
  })

  test('of several forms of a picture, the file beside it is the only one', () => {
    const shown = body(`<img src="${resource('a')}" data-src-type="image/png" srcset="https://elsewhere.example/x.png 2x" />`)
    expect(shown).toMatch(/^<img src="[^"]+" data-src-type="image\/png" \/>$|^<img data-src-type="image\/png" src="[^"]+" \/>$/)
  })

  test('attachments and videos that are closed as in XML do not swallow what follows', () => {
    const { html } = compose(
      page(
        `<object data="${resource('a')}" data-attachment="x.pdf" /><p>one</p><iframe data-original-src="https://v.example/1" src="https://v.example/e" /><p>two</p>`,
      ),
    )
    const shown = textIn(parse(html) as Node)
    for (const words of ['x.pdf', 'one', 'https://v.example/1', 'two']) expect(shown).toContain(words)
    expect(html).not.toMatch(/<\/?(object|iframe)/)
    expect(body(`<object data="${resource('a')}" data-attachment="x"><b>y</b></object>z`)).toMatch(
      /^<a [^>]*>[^<]*<\/a><b>y<\/b>z$/,
    )
  })

  test('what only a link leads to is a file too: the service will not be there to ask', () => {
    const { html, files } = compose(page(`<a href="${resource('a')}">x</a><audio src="${resource('b')}"></audio>`))
    expect(files.map(({ id }) => id)).toEqual(['a', 'b'])
    for (const { name } of files) expect(html).toContain(`="${encodeURIComponent(name)}"`)
    expect(html).not.toContain('resources/')
  })

  test.each([
    ['an address of another host', '<img src="https://evil.example/resources/a/$value">'],
    [
      'a host that begins like Graph’s',
      '<img src="https://graph.microsoft.com.evil.example/v1.0/me/onenote/resources/a/$value">',
    ],
    ['a user name that looks like Graph', '<img src="https://graph.microsoft.com@evil.example/resources/a/$value">'],
    [
      'other things that load',
      '<video src="https://evil.example/v" poster="//evil.example/p"></video><embed src="https://evil.example/e"><link href="https://evil.example/c"><base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=https://evil.example/">',
    ],
  ])('loads nothing from elsewhere: %s', (_, html) => {
    const { html: made, files } = compose(page(html))
    expect(files).toEqual([])
    expect(made).not.toMatch(/ (?:src|href|poster)="(?:https?:)?\/\/evil|url=https:\/\/evil/)
    expect(made.indexOf('Content-Security-Policy')).toBeLessThan(made.indexOf('<title>'))
  })

  test.each([
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'relative.html',
  ])('no link leads to %s', (href) => {
    expect(body(`<a href="${href}">x</a>`)).toMatch(/^<a data-original-href="[^"]*">x<\/a>$/)
  })

  test.each(['https://example.org/', 'mailto:a@example.org', 'tel:+81-3', '#here'])('a person may follow %s', (href) => {
    expect(body(`<a href="${href}">x</a>`)).toBe(`<a href="${href}">x</a>`)
  })

  // https://learn.microsoft.com/graph/onenote-note-tags#built-in-note-tags-for-onenote
  test.each([
    ['<p data-tag="to-do">a</p>', '\u2610 a'],
    ['<p data-tag="to-do:completed">a</p>', '\u2611 a'],
    ['<p data-tag="project-a,  client-request:completed">a</p>', '\u2611 a'],
    ['<p data-tag="to-do, call-back:completed">a</p>', '\u2610\u2611 a'],
    ['<ul><li style="x"><span data-tag="discuss-with-manager">a</span></li></ul>', '\u2610 a'],
    ['<p data-tag="important">a</p>', 'a'],
    ['<p data-tag="">a</p>', 'a'],
    ['<p data-tag="important:completed">a</p>', 'a'],
  ])('a check box is drawn: %s', (html, expected) => {
    expect(textIn(parse(body(html)!) as Node)).toBe(expected)
  })

  test('a box of a picture stands before it, and the picture still has its file', () => {
    expect(body(`<img data-tag="to-do" src="${resource('a')}" data-src-type="image/png" />`)).toMatch(
      /^<span data-added="tag">\u2610 <\/span><img data-tag="to-do" src="[^"]*picture[^"]*\.png" \/>$|^<span data-added="tag">\u2610 <\/span><img [^>]*picture[^>]*>$/,
    )
    expect(compose(page('<p>x</p>').replace('<title>', '<title data-tag="to-do">')).html).not.toContain('\u2610')
  })

  test('titles and names from outside are text, never markup', () => {
    const { html } = offlinePage(
      page(
        `<object data="${resource('a')}" data-attachment="&quot;&gt;&lt;script&gt;x&lt;/script&gt;" style="&quot;&gt;&lt;b&gt;" />`,
      ),
      {
        names: partNames({ id: '1', title: '<script>"' }),
        graphHost: 'graph.microsoft.com',
        up: '',
        title: '<script>alert(1)</script>',
        ink: [{ name: 'a"b.svg', shown: '<i>' }],
      },
    )
    const found: string[] = []
    const walk = (node: Node) => {
      found.push(node.nodeName)
      for (const child of node.childNodes ?? []) walk(child)
    }
    walk(parse(html) as Node)
    expect(found).not.toContain('script')
    expect(found).not.toContain('i')
    expect(html).toContain('href="a%22b.svg"')
  })

  test('broken HTML is taken as it is: nothing throws, nothing is lost', () => {
    for (const html of [
      '',
      '<',
      '<body',
      '<body data-absolute-enabled><img src=',
      '</body></body>',
      '<head><head><body><body>',
      'x'.repeat(100_000),
      `${'<div>'.repeat(50_000)}`,
    ])
      expect(compose(html).html.length).toBeGreaterThanOrEqual(html.length)
  })
})

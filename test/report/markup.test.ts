import fc from 'fast-check'
import { expect, test } from 'vitest'
import { escapeText, given, html, localAddress, webAddress } from '../../src/report/markup.ts'

test('values are escaped, markup stays, lists are joined, nothing is nothing', () => {
  const inner = html`<b>${'<&>'}</b>`
  expect(html`<p title="${'"\''}">${inner}${[1, 'a<', undefined]}${undefined}</p>`.markup).toBe(
    '<p title="&#34;&#39;"><b>&#60;&#38;&#62;</b>1a&#60;</p>',
  )
})

test('what cannot be seen and would deceive is named', () => {
  expect(escapeText('invoice\u202Efdp.exe')).toBe('invoice[U+202E]fdp.exe')
  expect(escapeText('a\u0000b\u001b[31m\u009b\u2066')).toBe('a[U+0000]b[U+001B][31m[U+009B][U+2066]')
  expect(escapeText('a\r\n\tb\u2028c')).toBe('a b c')
  expect(escapeText('\ud800')).toBe('\ufffd')
  expect(given('שלום').markup).toBe('<bdi>שלום</bdi>')
})

test('no text whatever leaves an element or a quoted attribute', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const escaped = escapeText(text)
      expect(escaped).not.toMatch(/[<>"'`\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/)
      expect(escaped).not.toMatch(/&(?!#\d+;)/)
      expect(escaped.isWellFormed()).toBe(true)
    }),
  )
})

test.each([
  ['https://a.example/?x=1&y="', 'https://a.example/?x=1&y=%22'],
  ['http://a.example/', 'http://a.example/'],
  ['javascript:alert(1)', undefined],
  [' java\nscript:alert(1)', undefined],
  ['data:text/html,<script>', undefined],
  ['file:///etc/passwd', undefined],
  ['nothing', undefined],
  [undefined, undefined],
])('the address %j leads to %j', (address, href) => {
  expect(webAddress(address)).toBe(href)
})

test('a local path is an address whose every component is encoded', () => {
  expect(localAddress('metadata/a b/c#?.jsonl')).toBe('metadata/a%20b/c%23%3F.jsonl')
  expect(localAddress('javascript:alert(1)/x')).toBe('javascript%3Aalert(1)/x')
})

import { expect, test } from 'vitest'
import type { Item } from '../../../../src/core/item.ts'
import type { ComposeRow } from '../../../../src/core/source.ts'
import { composeContents } from '../../../../src/providers/microsoft/onenote/compose.ts'
import { noteOf } from '../../../../src/providers/microsoft/onenote/item.ts'
import { offlinePage } from '../../../../src/providers/microsoft/onenote/offline-page.ts'
import { inEach } from '../../../../src/providers/microsoft/onenote/page-words.ts'
import { partNames } from '../../../../src/providers/microsoft/onenote/part-names.ts'

const japanese = /[\u3040-\u30ff\u4e00-\u9fff]/
const item = (id: string, given: Partial<Item>): Item => ({ id, kind: 'file', version: '', parts: [], details: {}, ...given })
const row = (one: Item, more: Partial<ComposeRow> = {}): ComposeRow => ({
  item: one,
  gone: false,
  files: new Map(),
  read: () => {
    throw new Error('nothing is read')
  },
  ...more,
})
async function contents(rows: readonly ComposeRow[]): Promise<string> {
  let html = ''
  for await (const { bytes } of composeContents(async function* () {
    yield* rows
  }))
    for await (const chunk of bytes) html += Buffer.from(chunk).toString()
  return html
}
/** What a reader sees in one language: what is marked as another is left out, and so is all markup. */
const shownIn = (language: 'en' | 'ja', html: string): string =>
  html
    .replace(/<(script|style)>.*?<\/\1>/gs, '')
    .replace(language === 'en' ? /<span lang="ja">[^<]*<\/span>/g : /<span lang="en">[^<]*<\/span>/g, '')
    .replace(/<[^>]*>/g, ' ')

const section = item('s', { kind: 'folder', name: 'S', parent: 'n', details: { type: 'section', deleted: true } })
const rows = [
  row(item('n', { kind: 'folder', name: 'N', details: { type: 'notebook' } })),
  row(section),
  row(item('p', { name: 'P', parent: 's', details: { perhapsConflictOf: 'x' } }), {
    gone: true,
    files: new Map([['page', 'N/S/P.html']]),
  }),
  row(item('q', { name: 'Q', parent: 's' })),
  ...(['password-protected', 'too-large', 'download-forbidden', 'no-export'] as const).map((reason) =>
    row(item(reason, { name: 'R', parent: 's', unexportable: { reason, message: 'an English sentence of the journal' } })),
  ),
]

test('every sentence of the list of pages stands there in both languages, each marked as what it is', async () => {
  const html = await contents(rows)
  const pairs = html.split('<span lang="en">').length - 1
  // What the link leads to, what is not here, the section, the page (twice), the one that is not saved, four reasons.
  expect(pairs).toBe(10)
  expect(html.split('<span lang="ja">').length - 1).toBe(pairs)
  expect(shownIn('en', html)).not.toMatch(japanese)
  expect(shownIn('ja', html).replace(/OneNote(_RecycleBin)?/g, '')).not.toMatch(/[a-z]{3}/)
  expect(html).not.toContain('an English sentence of the journal')
})

test('a reason that has no words of its own is said as the journal has it, marked as English', async () => {
  const odd = item('o', { name: 'O', unexportable: { reason: 'third-party', message: 'It <lives> elsewhere.' } })
  expect(await contents([...rows, row(odd)])).toContain('<span lang="en">It &lt;lives&gt; elsewhere.</span>')
})

test.each([
  ['deleted', { deleted: true }],
  ['perhaps a conflict', { perhapsConflictOf: 'x' }],
])('what the reader of a page must know is told in both languages: %s', (_, details) => {
  const note = noteOf(item('p', { details }))
  const { html } = offlinePage('<html><head></head><body data-absolute-enabled="true"></body></html>', {
    names: partNames({ id: 'p', title: 'T' }),
    graphHost: 'graph.microsoft.com',
    up: '',
    title: 'T',
    note,
    ink: [],
  })
  expect(html).toContain(inEach(note!, '<br>'))
  expect(shownIn('en', html)).not.toMatch(japanese)
  expect(shownIn('ja', html)).toMatch(japanese)
  expect(noteOf(item('p', {}))).toBeUndefined()
})

test('an attachment without a name, and one that is no part of the page, are called so in both', () => {
  const { html } = offlinePage('<body data-absolute-enabled="true"><object data="https://elsewhere.example/x" /></body>', {
    names: partNames({ id: 'p', title: 'T' }),
    graphHost: 'graph.microsoft.com',
    up: '',
    title: 'T',
    ink: [],
  })
  expect(html).toContain('attachment / 添付ファイル (<span lang="en">not part of the page</span> / <span lang="ja">')
})

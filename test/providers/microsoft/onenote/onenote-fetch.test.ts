import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Item, Part } from '../../../../src/core/item.ts'
import type { Source } from '../../../../src/core/source.ts'
import { png } from '../../../../src/practice/content/picture.ts'
import { attachment, picture } from '../../../../src/practice/microsoft/onenote/page-elements.ts'
import { drain, failureOf } from '../../../contracts/content.ts'
import { listAll, never } from '../../../contracts/listed.ts'
import { type ConnectedOneNote, connectOneNote } from './connect-onenote.ts'

let at: ConnectedOneNote
let section: string
beforeEach(async () => {
  at = await connectOneNote()
  section = at.model.addSection(at.model.addNotebook('N').id, 'S').id
})
afterEach(async () => {
  expect(at.errors).toEqual([])
  expect(at.log.violations).toEqual([])
  await at.close()
})

const page = (body: string, options: { raw?: Uint8Array; title?: string } = {}) =>
  at.model.addPage(section, options.title ?? 'P', body, options.raw === undefined ? {} : { raw: options.raw })
const itemOf = async (title = 'P') => (await listAll(at.open(), [])).at('N', 'S', title)
const fetched = (item: Item, part: Part = item.parts[0]!, source: Source = at.open()) =>
  source.fetch(item, part, { from: 0, signal: never })
const delivered = '<html><head><title>x</title></head><body data-absolute-enabled="true"><p>x</p></body></html>'

describe('what comes instead of a page', () => {
  test.each([
    ['a page to sign in', '<!DOCTYPE html><html><body><h1>Sign in</h1></body></html>'],
    ['nothing', ''],
    ['JSON', '{"error":{"code":"10002"}}'],
    ['a page that names the mark in its text alone', '<html><body><p>data-absolute-enabled="true"</p></body></html>'],
    ['what looks like an answer of parts', '--x\r\nContent-Type: text/html\r\n'],
  ])('%s is refused, and never saved', async (_, raw) => {
    page('', { raw: Buffer.from(raw) })
    const item = await itemOf()
    for (const part of item.parts) expect((await failureOf(fetched(item, part))).kind).toBe('corrupt')
  })

  test('an answer without ink, as from a service that knows none, is a page all the same', async () => {
    page('')
    const item = await itemOf()
    at.faults.add({
      match: ({ path }) => path.endsWith('/content'),
      do: { status: 200, body: delivered, contentType: 'text/html' },
    })
    const { more, ...content } = await fetched(item)
    expect(more).toEqual([])
    expect((await drain(content)).toString()).toContain('<p>x</p>')
  })

  test('a page that is too large to be held is named, and does not fill the memory', async () => {
    page('', { raw: Buffer.alloc(64 * 1024 * 1024 + 1, delivered) })
    expect(await failureOf(fetched(await itemOf()))).toMatchObject({ kind: 'unexportable', reason: 'too-large' })
  })

  test('bytes that are no UTF-8 stay in the page as delivered', async () => {
    const raw = Buffer.concat([Buffer.from(delivered.replace('</p>', '')), Buffer.from([0xff, 0xfe, 0x00])])
    page('', { raw })
    const item = await itemOf()
    expect(Buffer.compare(await drain(await fetched(item, item.parts[1])), raw)).toBe(0)
    expect((await drain(await fetched(item))).toString()).toContain('\ufffd')
  })
})

describe('the files of a page', () => {
  test('come by their id, under the names that the page gives them', async () => {
    const bytes = png(20, 20, 1)
    page(`${picture(at.model, bytes, 'image/png')}${attachment(at.model, 'a.txt', Buffer.from('A'), 'text/plain')}`)
    const item = await itemOf()
    const source = at.open()
    const { more = [], ...content } = await fetched(item, item.parts[0], source)
    const html = (await drain(content)).toString()
    expect(more).toHaveLength(2)
    for (const { name = '' } of more) expect(html).toContain(`"${encodeURIComponent(name)}"`)
    const shown = await fetched(item, more[0], source)
    // What the answer says of its length, so that less is not taken for it.
    expect(shown.size).toBe(bytes.length)
    expect(Buffer.compare(await drain(shown), bytes)).toBe(0)
    expect((await drain(await fetched(item, more[1], source))).toString()).toBe('A')
  })

  test('of a page that was changed since are those of the change, whatever was fetched before', async () => {
    const { id } = page('<p>before</p>')
    const source = at.open()
    const before = await itemOf()
    await drain(await fetched(before, before.parts[0], source))
    at.model.editPage(id, { body: '<p>after</p>' })
    const after = await itemOf()
    for (const part of after.parts) expect((await drain(await fetched(after, part, source))).toString()).toContain('<p>after</p>')
  })

  test('one that OneNote does not have fails, and does not make the page gone', async () => {
    page(picture(at.model, png(20, 20, 1), 'image/png'))
    const item = await itemOf()
    const { more = [] } = await fetched(item)
    at.faults.add({ match: ({ path }) => path.endsWith('/$value'), times: 2, do: { status: 404, reason: '20102' } })
    const failure = await failureOf(fetched(item, more[0]))
    expect(failure.kind).toBe('corrupt')
    expect(failure.message).toContain('"P"')
    at.faults.clear()
    at.faults.add({ match: ({ path }) => path.endsWith('/$value'), do: { htmlPage: true } })
    expect((await failureOf(fetched(item, more[0]))).kind).toBe('corrupt')
  })

  test.each([
    ['nothing', '', 'application/octet-stream'],
    ['words', 'An error occurred', 'image/png'],
    ['words in a long answer', `Service unavailable. ${'Try again. '.repeat(50)}`, 'application/octet-stream'],
    ['JSON', '{"error":{"code":"19999"}}', 'application/json'],
    ['JSON that is called a picture', ' {"error":{"code":"19999"}}', 'image/png'],
  ])('%s with 200 is no picture', async (_, body, contentType) => {
    page(picture(at.model, png(20, 20, 1), 'image/png'))
    const item = await itemOf()
    const source = at.open()
    const { more = [] } = await fetched(item, item.parts[0], source)
    at.faults.add({ match: ({ path }) => path.includes('/resources/'), do: { status: 200, body, contentType } })
    expect(await failureOf(fetched(item, more[0]!, source).then(drain))).toMatchObject({
      kind: 'corrupt',
      message: expect.stringContaining('"P"'),
    })
  })

  test('nor is JSON an attachment of another kind; but an empty one is, and one of words, and SVG a picture', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"/>'
    const bodies = ['', 'only words', '{"a":1}', svg]
    const shown = [
      attachment(at.model, 'empty.bin', Buffer.from('x'), 'application/octet-stream'),
      attachment(at.model, 'words.txt', Buffer.from('x'), 'text/plain'),
      attachment(at.model, 'data.json', Buffer.from('x'), 'application/json'),
      picture(at.model, Buffer.from(svg), 'image/svg+xml'),
    ]
    page(shown.join(''))
    const item = await itemOf()
    const source = at.open()
    const { more = [] } = await fetched(item, item.parts[0], source)
    for (const [index, body] of bodies.entries()) {
      const contentType = index === 2 ? 'application/json' : 'application/octet-stream'
      at.faults.add({ match: ({ path }) => path.includes('/resources/'), do: { status: 200, body, contentType } })
      expect((await drain(await fetched(item, more[index]!, source))).toString()).toBe(body)
    }
    at.faults.add({
      match: ({ path }) => path.includes('/resources/'),
      do: { status: 200, body: '{"error":{}}', contentType: 'application/json; charset=utf-8' },
    })
    expect(await failureOf(fetched(item, more[1]!, source))).toMatchObject({ kind: 'corrupt' })
  })

  test('one that is cut off is never taken for the whole', async () => {
    page(attachment(at.model, 'a.bin', new Uint8Array(500_000), 'application/octet-stream'))
    const item = await itemOf()
    const { more = [] } = await fetched(item)
    at.faults.add({ match: ({ path }) => path.endsWith('/$value'), do: { cutAfter: 100_000 } })
    expect((await failureOf(fetched(item, more[0]).then(drain))).kind).toBe('transient')
  })

  test('a section that was locked after it was listed says so at its pages', async () => {
    page('')
    const item = await itemOf()
    at.model.setState(section, 'locked')
    expect(await failureOf(fetched(item))).toMatchObject({ kind: 'unexportable', reason: 'password-protected' })
  })

  test('the sign-in goes to Graph alone, and never into an address', async () => {
    page(
      `${picture(at.model, png(20, 20, 1), 'image/png', { host: 'onenote' })}<img src="https://evil.example/resources/1/$value" data-fullres-src="https://evil.example/resources/2/$value">`,
    )
    const item = await itemOf()
    const { more = [] } = await fetched(item)
    expect(more).toHaveLength(1)
    await drain(await fetched(item, more[0]))
    expect(at.log.requests.every(({ host }) => host === 'graph.microsoft.com')).toBe(true)
  })
})

test('pages that are fetched at once are each fetched once, and all their parts agree', async () => {
  for (let number = 0; number < 20; number++) page(`<p>${number}</p>`, { title: `P${number}` })
  const listed = await listAll(at.open(), [])
  const source = at.open()
  await Promise.all(
    Array.from({ length: 20 }, async (_, number) => {
      const item = listed.at('N', 'S', `P${number}`)
      for (const part of item.parts)
        expect((await drain(await fetched(item, part, source))).toString()).toContain(`<p>${number}</p>`)
    }),
  )
  expect(at.log.requests.filter(({ path }) => path.endsWith('/content'))).toHaveLength(20)
})

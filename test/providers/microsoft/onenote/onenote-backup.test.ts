import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parse } from 'parse5'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { png } from '../../../../src/practice/content/picture.ts'
import { fillPracticeNotes } from '../../../../src/practice/microsoft/onenote/fill-notes.ts'
import { createNotesModel } from '../../../../src/practice/microsoft/onenote/notes-model.ts'
import { picture } from '../../../../src/practice/microsoft/onenote/page-elements.ts'
import { onenote } from '../../../../src/providers/microsoft/onenote/source.ts'
import { createBench } from '../../../backup/bench-archive.ts'
import type { World } from '../../../backup/fake-source.ts'
import { email } from '../../../practice/microsoft/onenote/start-onenote.ts'
import { connectOneNote, today } from './connect-onenote.ts'

async function start() {
  const model = createNotesModel({ email })
  const ids = fillPracticeNotes(model)
  // Long lists are onenote-listing.test.ts's; here they cost time alone.
  for (const { id } of [...model.pages.values()].filter(({ section }) => section === ids.vocabulary).slice(12)) model.remove(id)
  let now = today
  const at = await connectOneNote({ model, now: () => now })
  const bench = await createBench()
  const run = () =>
    bench.run({ 'microsoft/onenote': { source: at.open(), features: onenote.features } as World }, { retryForMs: 2000 })
  const data = join(bench.root, 'data/microsoft/onenote')
  const files = () =>
    readdirSync(data, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name).slice(data.length + 1)] : []))
      .sort()
  const calls = () => {
    const made = at.log.requests.map(({ call }) => call ?? '')
    at.log.reset()
    return made
  }
  return {
    ...at,
    ids,
    bench,
    run,
    data,
    files,
    calls,
    read: (path: string) => readFileSync(join(data, path), 'utf8'),
    nextDay: () => {
      now += 24 * 60 * 60 * 1000
    },
    state: (id: string) => bench.state(id, 'microsoft/onenote'),
  }
}

let at: Awaited<ReturnType<typeof start>>
beforeEach(async () => {
  at = await start()
})
afterEach(async () => {
  expect(at.errors).toEqual([])
  expect(at.log.violations).toEqual([])
  await at.close()
  await at.bench.dispose()
})

interface Node {
  readonly tagName?: string
  readonly attrs?: readonly { readonly name: string; readonly value: string }[]
  readonly childNodes?: readonly Node[]
}

/** Every address in a page, by the attribute that has it, as a browser's parser sees it. */
function addressesIn(html: string): { tag: string; name: string; value: string }[] {
  const found: { tag: string; name: string; value: string }[] = []
  const walk = (node: Node) => {
    for (const { name, value } of node.attrs ?? [])
      if (/^(?:src|href|data|poster|srcset|background|action)$/.test(name)) found.push({ tag: node.tagName ?? '', name, value })
    for (const child of node.childNodes ?? []) walk(child)
  }
  walk(parse(html) as Node)
  return found
}

/** Offline pages, by path below the source's folder. */
const offline = () => at.files().filter((path) => path.endsWith('.html') && !path.endsWith('as delivered.html'))

describe('a whole account in the archive', () => {
  test('every page opens offline: whatever it refers to is a file that is there, or a link for the person to follow', async () => {
    await at.run()
    const pages = offline()
    expect(pages.length).toBeGreaterThan(30)
    let local = 0
    for (const page of pages) {
      for (const { tag, name, value } of addressesIn(at.read(page))) {
        if (/^(?:https?|mailto|onenote):/.test(value)) {
          expect(`${tag} ${name}`, `${page}: ${value}`).toBe('a href')
          continue
        }
        const [file = '', anchor] = value.split('#')
        const path = join(dirname(join(at.data, page)), decodeURIComponent(file))
        expect(existsSync(path), `${page}: ${value}`).toBe(true)
        if (anchor !== undefined && page.includes('/')) expect(path).toBe(join(at.data, 'Contents.html'))
        local++
      }
    }
    expect(local).toBeGreaterThan(70)
    await at.bench.checkSound()
  })

  test('pictures are the original ones, attachments the very bytes, and old addresses lead to Graph', async () => {
    await at.run()
    const files = at.files().filter((path) => path.startsWith('Studies'))
    const bytes = (ending: RegExp) => readFileSync(join(at.data, files.find((path) => ending.test(path)) ?? ''))
    expect(Buffer.compare(bytes(/The lamp in the reading room \(\w+\) picture 1\.png$/), png(480, 320, 3))).toBe(0)
    expect(Buffer.compare(bytes(/From before Graph \(\w+\) picture 1\.png$/), png(64, 64, 5))).toBe(0)
    expect(
      bytes(/\) Ledger 1 & more\.pdf$/)
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
    expect(files.some((path) => path.endsWith(') 報告書 final v2.docx'))).toBe(true)
    expect(bytes(/\) old notes\.txt$/).toString()).toContain('The lamp in the reading room')
    // The optimised form of a picture is not asked for, and nothing twice.
    const asked = at.log.requests.filter(({ path }) => path.endsWith('/$value')).map(({ path }) => path)
    expect(new Set(asked).size).toBe(asked.length)
    expect(asked.length).toBe(
      files.filter((path) => /\) (picture|Ledger|報告書|slides|old notes|file|[^)]*\.txt)/.test(path)).length,
    )
  })

  test('a page costs one request, whatever it consists of, and its ink is beside it', async () => {
    await at.run()
    const contents = at.log.requests.filter(({ path, status }) => path.endsWith('/content') && status === 200)
    expect(new Set(contents.map(({ path }) => path)).size).toBe(contents.length)
    const ink = at.files().filter((path) => path.endsWith('.inkml'))
    expect(ink).toHaveLength(1)
    expect(ink[0]).toMatch(/^Studies.*\/Lectures\/Drawn by hand \(\w+\) ink\.inkml$/)
    expect(at.read(ink[0] ?? '')).toContain('<inkml:trace ')
    expect(at.read(ink[0]!.replace(/ \(\w+\) ink\.inkml$/, '.html'))).toContain('ink.inkml"')
  })

  test('links between pages lead through the list of all pages to the file as it is called now', async () => {
    await at.run()
    const page = at.files().find((path) => path.endsWith('Lectures/Links.html')) ?? ''
    const links = addressesIn(at.read(page)).map(({ value }) => value)
    const { guid } = at.model.pages.get(at.ids.lamp)!
    expect(links).toContain(`../../Contents.html#page-${guid}`)
    expect(links.some((link) => link.startsWith('javascript:'))).toBe(false)
    const target = (id: string) => {
      const entry = new RegExp(`id="page-${id}"><a href="([^"]*)"`).exec(at.read('Contents.html'))?.[1] ?? ''
      return decodeURIComponent(entry)
    }
    expect(target(guid)).toMatch(/Lectures\/The lamp in the reading room\.html$/)
    const deep = at.files().find((path) => path.endsWith('Deep down.html')) ?? ''
    expect(addressesIn(at.read(deep)).map(({ value }) => value)).toContain(`../../../../../Contents.html#page-${guid}`)
    at.model.editPage(at.ids.lamp, { title: 'The lamp, renamed' })
    await at.run()
    expect(target(guid)).toMatch(/Lectures\/The lamp, renamed\.html$/)
    expect(existsSync(join(at.data, target(guid)))).toBe(true)
    await at.bench.checkSound()
  })

  test('what cannot be read is named, each with its reason, and the rest is there', async () => {
    const { failures, sources, status, of } = await at.run()
    expect(status).toBe(3)
    expect(sources['microsoft/onenote']!.unexportable).toBe(1)
    expect(at.files().some((path) => path.endsWith('Diary/Diary.url'))).toBe(true)
    expect(at.state(at.ids.damagedPage)).toBe('failed')
    expect(at.state(at.ids.ghost)).toBe('gone')
    expect(failures.get('microsoft/onenote')?.message).toMatch(/some folders could not be listed/)
    expect(
      of('failed')
        .map(({ message }) => message)
        .join(),
    ).toContain('the section "Damaged": Microsoft says that this section is corrupt')
    expect(at.state(at.ids.hollow)).toBe('failed')
    expect(at.state(at.ids.damagedSection)).toBe('failed')
    expect(at.state(at.ids.lamp)).toBe('saved')
  })
})

describe('what does not stand there like the rest', () => {
  const details = (id: string) => JSON.parse(at.bench.item(id, 'microsoft/onenote')!.details)
  const page = (title: string, after = 0) => [...at.model.pages.values()].filter((one) => one.title === title)[after]!

  test('a page that looks like changes that could not be merged is called so, in its name, its text, the list of pages and the metadata', async () => {
    await at.run()
    const [first, second] = [page('Shared shopping list'), page('Shared shopping list', 1)]
    const path = at.files().find((one) => one.endsWith('Odd titles/Shared shopping list (perhaps conflicting changes).html'))!
    expect(at.read(path)).toContain('bread')
    expect(at.read(path)).toContain('could not merge')
    expect(at.read(path)).toContain('<span lang="ja">独立したページではない可能性があります。')
    expect(details(second.id)).toMatchObject({ perhapsConflictOf: first.id })
    expect(details(first.id)).not.toHaveProperty('perhapsConflictOf')
    const ordinary = at.files().find((one) => one.endsWith('Odd titles/Shared shopping list.html'))!
    expect(at.read(ordinary)).not.toContain('could not merge')
    expect(at.read('Contents.html').split('perhaps conflicting changes to the page above<')).toHaveLength(2)
    // Solved in OneNote: the page that is left is one like any other.
    at.model.remove(first.id)
    await at.run()
    expect(at.files().some((one) => one.endsWith('Odd titles/Shared shopping list (perhaps conflicting changes).html'))).toBe(
      false,
    )
    expect(details(second.id)).not.toHaveProperty('perhapsConflictOf')
    const left = at.files().filter((one) => /Odd titles\/Shared shopping list( \(\w+\))?\.html$/.test(one))
    expect(left.map((one) => at.read(one)).find((text) => text.includes('bread'))).not.toContain('could not merge')
    expect(at.read('Contents.html')).toContain(
      'Shared shopping list</a> <i>(<span lang="en">no longer in OneNote</span> / <span lang="ja">OneNote にはもうありません</span>)</i>',
    )
    await at.bench.checkSound()
  })

  test('what lies in the recycle bin says that it was deleted', async () => {
    await at.run()
    const deleted = page('A plan')
    const path = at.files().find((one) => one.endsWith('OneNote_RecycleBin/Given up/A plan.html'))!
    expect(at.read(path)).toContain('it was deleted in OneNote')
    expect(at.read(path)).toContain('<span lang="ja">ノートブックのごみ箱にあったページです。')
    for (const id of [deleted.id, at.ids.deletedSection]) expect(details(id)).toMatchObject({ deleted: true })
    expect(details(at.ids.lectures)).not.toHaveProperty('deleted')
    expect(at.read('Contents.html')).toContain(
      '<b>OneNote_RecycleBin</b> <i>(<span lang="en">deleted in OneNote</span> / <span lang="ja">OneNote で削除済み</span>)</i>',
    )
    // A section that was read before it was deleted, of which no time tells, and that lies as deep as it did.
    const bin = at.model.sections.get(at.ids.deletedSection)!.parent
    at.model.move(page('Same').section, bin)
    await at.run()
    expect(details(page('Same').id)).toMatchObject({ deleted: true })
    const same = at.files().find((one) => one.endsWith('OneNote_RecycleBin/Odd titles/Shared shopping list.html'))!
    expect(at.read(same)).toContain('it was deleted in OneNote')
  })

  test('a section with a password, and what its pages held before, say so in the list of pages and the metadata', async () => {
    at.model.setState(at.ids.lectures, 'locked')
    const { sources } = await at.run()
    expect(sources['microsoft/onenote']!.unexportable).toBe(2)
    const row = at.bench.item(`${at.ids.locked} (locked)`, 'microsoft/onenote')!
    expect(JSON.parse(row.unexportable!)).toMatchObject({ reason: 'password-protected' })
    expect(at.read('Contents.html')).toContain(
      'Diary <i>(<span lang="en">protected by a password</span> / <span lang="ja">パスワードで保護されています</span>)</i>',
    )
  })

  test('a task has its box, ticked or not, in the page that opens offline alone', async () => {
    at.model.editPage(at.ids.linking, { body: '<p data-tag="to-do">Open</p><p data-tag="to-do:completed">Done</p>' })
    await at.run()
    const read = (ending: RegExp) => at.read(at.files().find((one) => ending.test(one))!)
    const shown = read(/Lectures\/Links\.html$/)
    expect(shown).toContain('<p data-tag="to-do"><span data-added="tag">\u2610 </span>Open</p>')
    expect(shown).toContain('\u2611 </span>Done</p>')
    expect(read(/Lectures\/Links \(\w+\) as delivered\.html$/)).toContain('<p data-tag="to-do">Open</p>')
  })
})

describe('a rerun', () => {
  const pagesAsked = (calls: readonly string[]) => calls.filter((call) => call === 'onenote.sections/{id}/pages').length
  const contentsAsked = (calls: readonly string[]) => calls.filter((call) => call === 'onenote.pages/{id}/content').length

  test('on the same day asks only for what cannot be read; on the next one for every section, and for no page again', async () => {
    for (const id of [at.ids.damagedPage, at.ids.ghost, at.ids.hollow, at.ids.damagedSection]) at.model.remove(id)
    const first = await at.run()
    expect(first.status).toBe(0)
    at.calls()
    const again = await at.run()
    expect(again.status).toBe(0)
    const calls = at.calls()
    // The locked section alone: it may have been unlocked without a sign.
    expect(pagesAsked(calls)).toBe(1)
    expect(contentsAsked(calls)).toBe(0)
    at.nextDay()
    expect((await at.run()).status).toBe(0)
    const nextDay = at.calls()
    expect(pagesAsked(nextDay)).toBeGreaterThanOrEqual(at.model.sections.size)
    expect(contentsAsked(nextDay)).toBe(0)
  })

  test('fetches a changed page anew and no other, and its earlier pictures make room', async () => {
    await at.run()
    const picturesOf = () =>
      at.files().filter((path) => path.includes('The lamp in the reading room (') && path.includes(') picture'))
    expect(picturesOf()).toHaveLength(2)
    at.calls()
    const other = png(50, 50, 77)
    at.model.editPage(at.ids.lamp, { body: `<p>Burnt down.</p>${picture(at.model, other, 'image/png')}` })
    await at.run()
    expect(at.log.requests.filter(({ path, status }) => path.endsWith('/content') && status === 200)).toHaveLength(1)
    const page = at.files().find((path) => path.endsWith('The lamp in the reading room.html')) ?? ''
    expect(at.read(page)).toContain('Burnt down.')
    const [shown] = addressesIn(at.read(page))
    expect(Buffer.compare(readFileSync(join(at.data, dirname(page), decodeURIComponent(shown!.value))), other)).toBe(0)
    await at.bench.checkSound()
  })

  test('a change that the section does not show is found on the next day', async () => {
    await at.run()
    at.model.quirks.sectionTimeLags = true
    at.model.editPage(at.ids.lamp, { body: '<p>In secret.</p>' })
    const page = () => at.read(at.files().find((path) => path.endsWith('The lamp in the reading room.html')) ?? '')
    await at.run()
    expect(page()).not.toContain('In secret.')
    at.nextDay()
    await at.run()
    expect(page()).toContain('In secret.')
  })

  test('what a section held before it was locked stays, and what it holds when it is unlocked comes', async () => {
    at.model.setState(at.ids.lectures, 'locked')
    await at.run()
    expect(at.state(at.ids.lamp)).toBeUndefined()
    at.model.setState(at.ids.lectures, 'open')
    await at.run()
    expect(at.state(at.ids.lamp)).toBe('saved')
    at.model.setState(at.ids.lectures, 'locked')
    at.nextDay()
    await at.run()
    expect(at.bench.journal.find(at.bench.journal.findSource('microsoft/onenote')!, at.ids.lamp)?.vanished).toBeNull()
    expect(
      existsSync(join(at.data, at.files().find((path) => path.endsWith('The lamp in the reading room.html')) ?? 'none')),
    ).toBe(true)
  })

  test('a section that moved deeper has its links go up as far, and one that moved beside is not fetched again', async () => {
    await at.run()
    const { id: other } = at.model.addNotebook('Other')
    at.calls()
    at.model.move(at.ids.lectures, other)
    await at.run()
    expect(at.log.requests.filter(({ path, status }) => path.endsWith('/content') && status === 200)).toHaveLength(0)
    expect(at.files()).toContain('Other/Lectures/Links.html')
    const { id: group } = at.model.addGroup(other, 'Old')
    at.model.move(at.ids.lectures, group)
    await at.run()
    const { guid } = at.model.pages.get(at.ids.lamp)!
    expect(addressesIn(at.read('Other/Old/Lectures/Links.html')).map(({ value }) => value)).toContain(
      `../../../Contents.html#page-${guid}`,
    )
  })
})

test('a picture that OneNote has lost keeps neither the page nor its other pictures from being saved', async () => {
  const { id: notebook } = at.model.addNotebook('Broken')
  const { id: section } = at.model.addSection(notebook, 'Section')
  const lost = picture(at.model, png(20, 20, 1), 'image/png')
  const others = [2, 3].map((seed) => picture(at.model, png(20, 20, seed), 'image/png'))
  const page = at.model.addPage(section, 'Page', `<p>Words</p>${lost}${others.join('')}`)
  ;(at.model.resources as Map<string, unknown>).delete(/res:([^"]+)/.exec(lost)![1]!)
  expect((await at.run()).status).toBe(3)
  expect(at.state(page.id)).toBe('failed')
  const saved = at.files().filter((file) => file.startsWith('Broken/'))
  expect(saved.map((file) => file.replace(/\([0-9a-f]{8}\)/, '#'))).toEqual([
    'Broken/Section/Page # as delivered.html',
    'Broken/Section/Page # picture 2.png',
    'Broken/Section/Page # picture 3.png',
    'Broken/Section/Page.html',
  ])
  expect((await at.run()).status).toBe(3)
  await at.bench.checkSound()
})

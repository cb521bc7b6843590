import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Known, Page, Source } from '../../../../src/core/source.ts'
import { fillPracticeNotes } from '../../../../src/practice/microsoft/onenote/fill-notes.ts'
import { failureOf } from '../../../contracts/content.ts'
import { listAll, never, nothingKnown } from '../../../contracts/listed.ts'
import { type ConnectedOneNote, connectOneNote } from './connect-onenote.ts'

let at: ConnectedOneNote
beforeEach(async () => {
  at = await connectOneNote()
})
afterEach(async () => {
  expect(at.errors).toEqual([])
  expect(at.log.violations).toEqual([])
  await at.close()
})

async function listed(source: Source = at.open(), known: Known = nothingKnown, since?: string): Promise<Page[]> {
  const pages: Page[] = []
  for await (const page of source.list({ id: 'notebooks', title: '' }, since, known, never)) pages.push(page)
  return pages
}
const idsOf = (pages: readonly Page[]) => new Set(pages.flatMap(({ items }) => items.map(({ id }) => id)))
const onPages = (section: string, work: () => void) =>
  at.faults.add({
    match: ({ path }) => {
      if (path.endsWith(`/sections/${section}/pages`)) work()
      return false
    },
    do: { drop: true },
  })

describe('the tree of notebooks', () => {
  test('costs one request, however deep; pages have their place in it', async () => {
    fillPracticeNotes(at.model)
    const all = await listAll(at.open(), [])
    expect(at.log.requests.filter(({ path }) => path.endsWith('/notebooks'))).toHaveLength(2)
    expect(at.log.requests.filter(({ path }) => path.includes('sectionGroups'))).toHaveLength(0)
    expect(all.paths()).toContain('Studies / Terms / Spring 2024 / Week 1 / Monday / Deep down')
    expect(all.at('Studies', 'Terms', 'Spring 2024', 'Week 1', 'Monday', 'Deep down').details).toMatchObject({
      depth: 5,
      order: 0,
      level: 0,
    })
  })

  test.each([
    ['is refused', () => Object.assign(at.model.quirks, { expands: false })],
    ['ends early', () => Object.assign(at.model.quirks, { expandDepth: 1 })],
    ['shows no inner lists at all', () => Object.assign(at.model.quirks, { expandDepth: 0 })],
    ['breaks off with a link', () => Object.assign(at.model.quirks, { expandMost: 2 })],
    ['gives short pages', () => Object.assign(at.model.quirks, { pageLimit: 2 })],
  ])('an expansion that %s loses nothing', async (_, limit) => {
    fillPracticeNotes(at.model)
    const { id: wide } = at.model.addNotebook('Wide')
    for (let number = 0; number < 7; number++)
      at.model.addPage(at.model.addSection(wide, `Section ${number}`).id, `Page ${number}`, '')
    const whole = (await listAll(at.open(), [])).paths()
    limit()
    expect((await listAll(at.open(), [])).paths()).toEqual(whole)
  })

  test('of a library with too many items is a failure that says so, and never an empty account', async () => {
    fillPracticeNotes(at.model)
    at.model.quirks.tooManyItems = true
    const failure = await failureOf(listed())
    expect(failure).toMatchObject({ kind: 'forbidden', stops: 'source' })
    expect(failure.message).toContain('5,000')
    expect(failure.hint).toBeTruthy()
  })
})

describe('what changes while it is listed', () => {
  test('a page that is deleted between two requests hides no other', async () => {
    const { id: section } = at.model.addSection(at.model.addNotebook('N').id, 'S')
    at.model.quirks.sectionTimeLags = true
    const pages = Array.from({ length: 230 }, (_, number) => at.model.addPage(section, `Page ${number}`, ''))
    let requests = 0
    onPages(section, () => {
      if (++requests === 2) at.model.remove(pages[0]!.id)
    })
    const ids = idsOf(await listed())
    for (const { id } of pages.slice(1)) expect(ids).toContain(id)
    expect(requests).toBeGreaterThan(3)
  })

  test('a page that moves from a section still to come to one that was read is named', async () => {
    const { id: notebook } = at.model.addNotebook('N')
    const first = at.model.addSection(notebook, 'A', { id: '1-a' })
    const second = at.model.addSection(notebook, 'B', { id: '1-b' })
    at.model.addPage(first.id, 'Stays', '')
    const { id } = at.model.addPage(second.id, 'Moves', '')
    let moved = false
    onPages(second.id, () => {
      if (!moved) at.model.move(id, first.id)
      moved = true
    })
    const pages = await listed()
    const last = pages.flatMap(({ items }) => items).findLast((item) => item.id === id)
    expect(last?.parent).toBe(first.id)
  })

  test('after an interruption as well: what changed meanwhile in a section that had been read is read again', async () => {
    const { id: notebook } = at.model.addNotebook('N')
    const first = at.model.addSection(notebook, 'A', { id: '1-a' })
    const second = at.model.addSection(notebook, 'B', { id: '1-b' })
    at.model.addPage(first.id, 'Stays', '')
    const { id } = at.model.addPage(second.id, 'Moves', '')
    const before = await listed()
    const afterFirst = before.find(({ items }) => items.some((item) => item.name === 'Stays'))!.cursor
    at.model.move(id, first.id)
    const pages = await listed(at.open(), nothingKnown, afterFirst)
    expect(pages.some(({ startsOver }) => startsOver === true)).toBe(false)
    expect(pages.flatMap(({ items }) => items).find((item) => item.id === id)?.parent).toBe(first.id)
  })

  test('what was read before an interruption, and did not change, is not read again', async () => {
    const { id: notebook } = at.model.addNotebook('N')
    for (const name of ['A', 'B', 'C'])
      at.model.addPage(at.model.addSection(notebook, name, { id: `1-${name}` }).id, `in ${name}`, '')
    const afterB = (await listed()).find(({ items }) => items.some(({ name }) => name === 'in B'))!.cursor
    at.log.reset()
    const pages = await listed(at.open(), nothingKnown, afterB)
    expect(pages.flatMap(({ items }) => items.map(({ name }) => name))).toEqual(['in C'])
    expect(at.log.requests.filter(({ path }) => path.endsWith('/pages'))).toHaveLength(1)
  })

  test('a tree of another shape makes an interrupted listing begin anew', async () => {
    const { id: notebook } = at.model.addNotebook('N')
    at.model.addPage(at.model.addSection(notebook, 'A').id, 'One', '')
    const [first] = await listed()
    at.model.addPage(at.model.addSection(notebook, 'B').id, 'Two', '')
    const pages = await listed(at.open(), nothingKnown, first!.cursor)
    expect(pages[0]!.startsOver).toBe(true)
    expect(pages.flatMap(({ items }) => items.map(({ name }) => name))).toEqual(expect.arrayContaining(['One', 'Two']))
  })

  test('a section that vanishes is gone; one that the tree still names is not', async () => {
    const { id: notebook } = at.model.addNotebook('N')
    const section = at.model.addSection(notebook, 'S')
    at.faults.add({ match: ({ path }) => path.endsWith('/pages'), do: { status: 404, reason: '20102' } })
    const still = await listed()
    expect(still.flatMap(({ gone = [] }) => gone)).toEqual([])
    expect(still.flatMap(({ unread = [] }) => unread).map((one) => [one.id, one.failure?.kind])).toEqual([
      [section.id, 'unlisted'],
    ])
    onPages(section.id, () => at.model.remove(section.id))
    expect((await listed()).flatMap(({ gone = [] }) => gone)).toEqual([section.id])
  })
})

test('a list that never holds still is a failure, not a guess', async () => {
  const { id: section } = at.model.addSection(at.model.addNotebook('N').id, 'S')
  for (let number = 0; number < 130; number++) at.model.addPage(section, `Page ${number}`, '')
  onPages(section, () => at.model.remove([...at.model.pages.keys()][0]!))
  const [failed] = (await listed()).flatMap(({ unread = [] }) => unread)
  expect(failed).toMatchObject({ id: section, failure: { kind: 'unlisted' } })
})

describe('sections that fail', () => {
  test('one does not stop the others; three in a row are the service’s own failure', async () => {
    const { id: notebook } = at.model.addNotebook('N')
    const sections = ['1-a', '1-b', '1-c', '1-d'].map((id) => at.model.addSection(notebook, id, { id }))
    for (const { id } of sections) at.model.addPage(id, `in ${id}`, '')
    const failing = (few: number) =>
      at.faults.add({ match: ({ path }) => path.endsWith('/pages'), times: few, do: { status: 500, reason: '10001' } })
    failing(2)
    const pages = await listed()
    expect(pages.flatMap(({ unread = [] }) => unread).map(({ id, failure }) => [id, failure?.kind])).toEqual([
      ['1-a', 'transient'],
      ['1-b', 'transient'],
    ])
    expect(pages.flatMap(({ items }) => items.map(({ name }) => name))).toEqual(expect.arrayContaining(['in 1-c', 'in 1-d']))
    at.faults.clear()
    failing(3)
    expect((await failureOf(listed())).kind).toBe('transient')
  })
})

test('a section file that was uploaded by hand is named, with its reason', async () => {
  const section = at.model.addSection(at.model.addNotebook('N').id, 'Uploaded')
  at.faults.add({ match: ({ path }) => path.endsWith('/pages'), times: 9, do: { status: 400, reason: '20258' } })
  const items = (await listed()).flatMap((page) => page.items)
  expect(items.find(({ parent, kind }) => parent === section.id && kind === 'file')?.unexportable?.reason).toBe('no-export')
  for await (const _ of at.open().recount!(never));
})

describe('the closing count', () => {
  const counted = async (): Promise<string[]> => {
    const ids: string[] = []
    for await (const page of at.open().recount!(never)) ids.push(...page)
    return ids
  }

  test('names the sections and the pages of all notebooks by another road', async () => {
    fillPracticeNotes(at.model)
    const readable = [...at.model.pages.values()].filter(({ section }) => at.model.sections.get(section)?.state === 'open')
    expect((await counted()).sort()).toEqual([...at.model.sections.keys(), ...readable.map(({ id }) => id)].sort())
    expect(readable.length).toBeGreaterThan(150)
  })

  test('does not miss the pages of a section that could not be read, and was named for it', async () => {
    fillPracticeNotes(at.model)
    at.model.quirks.listsLocked = true
    const source = at.open()
    const names = idsOf(await listed(source))
    for await (const page of source.recount!(never)) for (const id of page) expect(names).toContain(id)
  })

  test('leaves the pages out where the account has too many sections for it', async () => {
    fillPracticeNotes(at.model)
    at.model.quirks.mostSections = 1
    expect((await counted()).sort()).toEqual([...at.model.sections.keys()].sort())
  })

  test('never takes another refusal for an empty account', async () => {
    at.faults.add({ match: ({ path }) => path.endsWith('/onenote/pages'), do: { status: 400, reason: '20108' } })
    expect((await failureOf(counted())).kind).toBe('unlisted')
  })
})

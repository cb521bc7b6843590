import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fillPracticeNotes } from '../../../../src/practice/microsoft/onenote/fill-notes.ts'
import { documentedLimits } from '../../../../src/practice/microsoft/onenote/onenote-limits.ts'
import { startOneNote } from './start-onenote.ts'

let now = Date.parse('2026-03-02T12:00:00Z')
let at: Awaited<ReturnType<typeof startOneNote>>
beforeEach(async () => {
  at = await startOneNote({ clock: { now: () => now } })
})
afterEach(async () => {
  expect(at.errors).toEqual([])
  await at.close()
})

const send = (path: string, init: RequestInit = {}) =>
  fetch(`${at.root}v1.0/me/onenote/${path}`, { ...init, headers: { authorization: 'Bearer practice' } })
const json = async (path: string) => {
  const answer = await send(path)
  return (await answer.json()) as {
    value: { id: string; [key: string]: unknown }[]
    error?: { code: unknown }
    '@odata.nextLink'?: string
    '@odata.count'?: number
  }
}
const codeOf = async (path: string) => (await json(path)).error?.code

describe('refuses as documented', () => {
  test.each([
    ['sections/1-x/pages?$top=101', '20129'],
    ['pages?pagelevel=true', '20104'],
    ['sections?pagelevel=true', '20104'],
    ['notebooks/hello!', '20112'],
    ['notebooks/1-00000000-0000', '20102'],
    ['notebooks?$expand=pages', '20145'],
    ['notebooks?$expand=sections(expand=parentNotebook)', '20142'],
    ['notebooks?$expand=sections(', '20128'],
    ['notebooks?$select=nothing', '20145'],
    ['notebooks?$orderby=nothing', '20127'],
    ['notebooks?$filter=x', '20108'],
    ['notebooks?unknown=1', '20108'],
    ['nothing', '20130'],
    ['resources', '20130'],
  ])('%s with %s', async (path, code) => {
    const { id } = at.model.addSection(at.model.addNotebook('N').id, 'S')
    expect(await codeOf(path.replace('1-x', id))).toBe(code)
  })

  test('what would change something, and writes it down', async () => {
    expect((await send('notebooks', { method: 'POST' })).status).toBe(405)
    expect(at.log.violations).toHaveLength(1)
  })

  test('addresses that anyone could read, and options that do not exist', async () => {
    const { id: section } = at.model.addSection(at.model.addNotebook('N').id, 'S')
    const { id } = at.model.addPage(section, 'P', '')
    expect(await codeOf(`pages/${id}/content?includeEverything=true`)).toBe('20108')
    await send(`pages/${id}/content?preAuthenticated=true`)
    expect(at.log.violations).toHaveLength(1)
  })

  test('without a sign-in, and with one that does not hold the right', async () => {
    expect((await fetch(`${at.root}v1.0/me/onenote/notebooks`)).status).toBe(401)
    const narrow = await startOneNote({ scopes: ['Files.Read'] })
    const answer = await fetch(`${narrow.root}v1.0/me/onenote/notebooks`, { headers: { authorization: 'Bearer practice' } })
    expect([answer.status, ((await answer.json()) as { error: { code: string } }).error.code]).toEqual([403, '40004'])
    await narrow.close()
  })
})

describe('lists', () => {
  test('give 20 pages and a link, or as many as are asked for and none', async () => {
    const { id } = at.model.addSection(at.model.addNotebook('N').id, 'S')
    for (let number = 0; number < 45; number++) at.model.addPage(id, `P${number}`, '')
    const first = await json(`sections/${id}/pages`)
    expect(first.value).toHaveLength(20)
    // The last modified first.
    expect(first.value[0]!.title).toBe('P44')
    expect(first.value[0]).not.toHaveProperty('level')
    const next = new URL(first['@odata.nextLink'] ?? '')
    const second = await json(`${next.pathname.replace(/^.*onenote\//, '')}${next.search}`)
    expect(second.value[0]!.title).toBe('P24')
    const top = await json(`sections/${id}/pages?$top=30&$count=true&pagelevel=true`)
    expect([top.value.length, top['@odata.nextLink'], top['@odata.count'], top.value[0]!.order]).toEqual([30, undefined, 45, 44])
    expect((await json(`sections/${id}/pages?top=30&skip=30`)).value).toHaveLength(15)
  })

  test('expand only as deep as the query says', async () => {
    fillPracticeNotes(at.model)
    const names = (value: unknown): unknown[] =>
      Array.isArray(value)
        ? value.flatMap((one: Record<string, unknown>) => [one.displayName, ...names(one.sections), ...names(one.sectionGroups)])
        : []
    const all = names(
      (await json('notebooks?expand=sections,sectionGroups(expand=sections,sectionGroups(levels=max;expand=sections))')).value,
    )
    expect(all).toContain('Monday')
    const few = names((await json('notebooks?expand=sections,sectionGroups(expand=sections)')).value)
    expect(few).toContain('Odd titles')
    expect(few).not.toContain('Spring 2024')
  })

  test('of the pages of all notebooks end where there are too many sections', async () => {
    at.model.addSection(at.model.addNotebook('N').id, 'S')
    at.model.quirks.mostSections = 0
    expect(await codeOf('pages')).toBe('20266')
  })
})

describe('a page', () => {
  test('differs from answer to answer in the query of its addresses, and in nothing else', async () => {
    const { lamp } = fillPracticeNotes(at.model)
    const [one, two] = await Promise.all([0, 1].map(async () => (await send(`pages/${lamp}/content`)).text()))
    expect(one).not.toBe(two)
    const plain = (text = '') => text.replace(/session=\w+/g, '')
    expect(plain(one)).toBe(plain(two))
    expect(one).toContain('data-absolute-enabled="true"')
  })

  test('comes with its ink when asked, in an answer of two parts', async () => {
    const { drawn } = fillPracticeNotes(at.model)
    const answer = await send(`pages/${drawn}/content?includeinkML=true`)
    expect(answer.headers.get('content-type')).toMatch(/^multipart\//)
    expect(await answer.text()).toMatch(
      /^--\S+\r\nContent-Type: text\/html.*\r\n\r\n<html.*\r\nContent-Type: application\/inkml\+xml\r\n.*<inkml:trace /s,
    )
    expect(await (await send(`pages/${drawn}/content`)).text()).not.toContain('inkml:')
  })
})

describe('limits', () => {
  test('are those of a minute and of an hour, and say nothing of when to come back', async () => {
    at.model.addNotebook('N')
    at.api.limit(documentedLimits)
    const ask = async () => {
      const answer = await send('notebooks')
      await answer.text()
      return answer
    }
    for (let request = 0; request < 120; request++) expect((await ask()).status).toBe(200)
    const refused = await ask()
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, null])
    for (let minute = 0; minute < 2; minute++) {
      now += 61_000
      for (let request = 0; request < 120; request++) expect((await ask()).status).toBe(200)
    }
    now += 61_000
    for (let request = 0; request < 40; request++) expect((await ask()).status).toBe(200)
    expect((await ask()).status).toBe(429)
    now += 3_600_000
    expect((await ask()).status).toBe(200)
  })
})

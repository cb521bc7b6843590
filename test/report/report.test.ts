import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { seal } from '../../src/backup/seal.ts'
import { Failure } from '../../src/core/failure.ts'
import { states } from '../../src/core/state.ts'
import { countedMark, newsMark } from '../../src/journal/marks.ts'
import { wordsOf } from '../../src/language/words.ts'
import { makeReport, type ReportAccount } from '../../src/report/make-report.ts'
import { readStatement } from '../../src/report/read-statement.ts'
import { reportPage } from '../../src/report/report-page.ts'
import { type Report, reportSchema } from '../../src/report/report-schema.ts'
import { writeReport } from '../../src/report/write-report.ts'
import { type Bench, createBench } from '../backup/bench-archive.ts'
import { createWorld, sha256 } from '../backup/fake-source.ts'
import { everyState, hostileNames } from './every-state.ts'

const english = wordsOf('en')

const now = Date.UTC(2026, 10, 24, 12, 43)
const accounts: readonly ReportAccount[] = [
  {
    name: 'home',
    provider: 'WebDAV',
    sources: [{ id: 'files', title: 'Files' }],
    notTaken: [{ what: 'Versions <old>', howByHand: 'Look there.', page: 'https://example.org/versions' }],
  },
]
const reportOf = (bench: Bench, more: Partial<Parameters<typeof makeReport>[0]> = {}) =>
  makeReport({ journal: bench.journal, accounts, software: 'Holdall 9 <test>', now, words: english, ...more })
const pageOf = (report: Report) => [...reportPage(report, english)].join('')

describe('an archive with every state', () => {
  let bench: Bench
  let report: Report
  beforeAll(async () => {
    bench = await everyState()
    report = reportOf(bench)
  })
  afterAll(() => bench.dispose())

  test('has them all, and they add up', () => {
    const { tally } = report.sources[0]!
    for (const state of states) expect([state, tally[state]]).toEqual([state, expect.any(Number)])
    expect(states.filter((state) => tally[state] === 0)).toEqual([])
    expect(states.reduce((sum, state) => sum + tally[state], 0)).toBe(tally.items)
    expect(tally).toMatchObject({ failed: hostileNames.length, pending: 1, unexportable: 1, excluded: 1, gone: 1, saved: 1 })
  })

  test('is not complete, and says what is in the way', () => {
    expect(report).toMatchObject({ verdict: 'not-complete', butFor: 3 })
    expect(report.sources[0]!.obstacles).toEqual(['pending', 'failed'])
    expect(pageOf(report)).toContain(`Not complete. ${hostileNames.length + 1} items still missing.`)
  })

  test('names what is not saved by reason, the first names, and where all of them stand', () => {
    const [source] = report.sources
    expect(source!.notSaved.map(({ state, class: kind, reason, count }) => [state, kind, reason, count])).toEqual([
      ['failed', undefined, expect.stringContaining('not</b> what was stated'), hostileNames.length],
      ['pending', undefined, 'still processing there', 1],
      ['unexportable', 'no-export', 'the service offers no download of forms', 1],
      ['gone', undefined, expect.stringContaining('vanished'), 1],
      ['excluded', undefined, expect.any(String), 1],
    ])
    expect(source!.notSaved[0]!.examples.map(({ path }) => path)).toEqual(hostileNames.map((name) => name.toWellFormed()))
    expect(source!.keptThoughGone).toBe(1)
    expect(source!.metadata).toBe('metadata/home/files.jsonl')
  })

  test('counts what is there by year and kind', () => {
    expect(report.years.map(({ year, files }) => [year, files])).toEqual([
      [2012, 1],
      [2019, 1],
      [2020, 1],
      [2026, 1],
      // One has no time, and the page that leads to the form has none either.
      [null, 2],
    ])
    expect(Object.fromEntries(report.kinds.map(({ kind, files }) => [kind, files]))).toEqual({
      pdf: 1,
      sheets: 1,
      text: 1,
      mail: 1,
      pages: 1,
      other: 1,
    })
    expect(report.files).toBe(6)
  })

  test('report.json is what the published schema says', () => {
    const published = JSON.parse(
      readFileSync(fileURLToPath(new URL('../../config/report.schema.json', import.meta.url)), 'utf8'),
    ) as Parameters<typeof z.fromJSONSchema>[0]
    const schema = z.fromJSONSchema(published)
    const written: unknown = JSON.parse(JSON.stringify(report))
    expect(schema.safeParse(written).error).toBeUndefined()
    expect(reportSchema.parse(written)).toEqual(written)
    expect(schema.safeParse({ ...report, verdict: 'fine' }).success).toBe(false)
    expect(schema.safeParse({ ...report, sources: [{}] }).success).toBe(false)
  })

  test('the page holds no markup of anybody else, runs nothing and fetches nothing', () => {
    const page = pageOf(report)
    const tags = new Set([...page.matchAll(/<\/?([a-z0-9]+)/gi)].map((match) => match[1]!.toLowerCase()))
    for (const tag of ['script', 'img', 'i', 'b', 'iframe', 'object', 'link', 'form', 'base']) expect(tags).not.toContain(tag)
    expect(page.match(/<h1/g)).toHaveLength(1)
    expect(page.match(/<style/g)).toHaveLength(1)
    expect(page).not.toMatch(/url\(|@import/i)
    const attributes = new Set(
      [...page.matchAll(/<[a-z][^>]*>/gi)].flatMap(([tag]) => [...tag.matchAll(/\s([^\s=">]+)(?==)/g)].map((match) => match[1]!)),
    )
    for (const attribute of attributes) expect(attribute).not.toMatch(/^on|^(src|srcset|action|background|style)$/i)
    expect(
      [...page.matchAll(/href="([^"]*)"/g)].map((match) => match[1]).filter((href) => /^(javascript|data):/i.test(href!)),
    ).toEqual([])
    expect(page).toContain('&#60;script&#62;alert(1)&#60;/script&#62;.txt')
    expect(page).toContain('<bdi>invoice[U+202E]fdp.exe</bdi>')
    expect(page).toContain("default-src 'none'")
    expect(page).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202a-\u202e\u2066-\u2069]|undefined|NaN|\[object/)
    expect(page).toContain('https://files.example/open?id=1&#38;x=%22%3E%3Cb%3E')
  })

  test('the page explains the check, what was never asked for, and who made it', () => {
    const page = pageOf(report)
    expect(page).toContain('sha256sum --quiet -c manifest-sha256.txt')
    expect(page).toContain('Get-FileHash')
    expect(page).toContain('Versions &#60;old&#62;')
    expect(page).toContain('https://example.org/versions')
    expect(page).toContain('Holdall 9 &#60;test&#62;')
    expect(page).toContain('2026-11-24 12:43 UTC')
    expect(page).toContain('href="metadata/home/files.jsonl"')
  })

  test('written into the archive it is part of the bag, and stays so when the bag is sealed anew', async () => {
    await writeReport(bench.root, report, english)
    await bench.checkSound()
    const vouched = () => readFileSync(join(bench.root, 'tagmanifest-sha256.txt'), 'utf8')
    for (const name of ['report.html', 'report.json'])
      expect(vouched()).toContain(`${sha256(readFileSync(join(bench.root, name)))}  ${name}\n`)
    expect(JSON.parse(readFileSync(join(bench.root, 'report.json'), 'utf8'))).toEqual(JSON.parse(JSON.stringify(report)))
    await writeReport(bench.root, { ...report, software: 'another' }, english)
    await bench.checkSound()
    const { journal, archive, clock } = bench
    await seal({ n: 1, journal, archive, clock, emit: () => {} }, 'test')
    await bench.checkSound()
    expect(vouched()).toContain('report.html')
    rmSync(join(bench.root, 'report.html'))
    await seal({ n: 1, journal, archive, clock, emit: () => {} }, 'test')
    await bench.checkSound()
    expect(vouched()).not.toContain('report.html')
  })

  test('a damaged tag manifest is not vouched for', async () => {
    const { journal, archive, clock } = bench
    writeFileSync(join(bench.root, 'tagmanifest-sha256.txt'), 'half a li')
    await expect(writeReport(bench.root, report, english)).rejects.toMatchObject({ kind: 'corrupt' })
    await seal({ n: 1, journal, archive, clock, emit: () => {} }, 'test')
    await bench.checkSound()
  })
})

describe('what the journal says becomes the verdict', () => {
  let bench: Bench
  beforeAll(async () => {
    bench = await createBench()
  })
  afterAll(() => bench.dispose())

  test('nothing at all is not complete', () => {
    expect(reportOf(bench)).toMatchObject({
      verdict: 'not-complete',
      sources: [{ source: 'home/files', obstacles: ['never-listed'] }],
    })
    expect(reportOf(bench, { accounts: [] })).toMatchObject({ verdict: 'not-complete', sources: [] })
  })

  test('everything saved is complete; a source of the settings that was never reached is missing all the same', async () => {
    const world = createWorld()
    world.file('1', 'a.txt', undefined, 'one')
    await bench.run(world)
    expect(reportOf(bench)).toMatchObject({ verdict: 'complete', butFor: 0 })
    expect(pageOf(reportOf(bench))).toContain('Complete. All that was asked for is here.')
    const more = [...accounts, { name: 'zz', provider: 'Other', sources: [{ id: 'x', title: 'X' }], notTaken: [] }]
    expect(reportOf(bench, { accounts: more })).toMatchObject({
      verdict: 'not-complete',
      sources: [{ verdict: 'complete' }, { source: 'zz/x', verdict: 'not-complete', obstacles: ['never-listed'] }],
    })
  })

  test('a failed listing is told with its message and hint, and ends with the next run that goes well', async () => {
    const world = createWorld()
    world.file('1', 'a.txt', undefined, 'one')
    world.signIn = new Failure('signin', 'the sign-in has ended', { hint: 'sign in: holdall connect home' })
    await bench.run(world)
    const report = reportOf(bench)
    expect(report.sources[0]).toMatchObject({
      verdict: 'not-complete',
      obstacles: ['failure'],
      failure: { kind: 'signin', message: 'the sign-in has ended' },
    })
    expect(report.sources[0]!.asOf).toBeUndefined()
    expect(pageOf(report)).toContain('Sign in: holdall connect home')
    world.signIn = undefined
    await bench.run(world)
    expect(reportOf(bench).verdict).toBe('complete')
  })

  test('the closing count is what "nothing older is missing" stands on', async () => {
    const source = bench.journal.findSource('home/files')!
    bench.journal.setMark(countedMark('home/files'), '2026-11-24T10:00:00.000Z')
    const counted = reportOf(bench, { now: Date.now() + 86_400_000 }).sources[0]
    expect(counted).toMatchObject({ asOf: '2026-11-24T10:00:00.000Z', countedTwice: true })
    bench.journal.setMark(newsMark(source), 'yes')
    expect(readStatement(bench.journal)).toMatchObject({ verdict: 'not-complete', sources: [{ obstacles: ['unsettled'] }] })
    bench.journal.setMark(newsMark(source), undefined)
  })

  test('a closing count that does not come out is not complete, however often one asks', async () => {
    const world = createWorld()
    world.file('1', 'a.txt', undefined, 'one')
    world.file('2', 'b.txt', undefined, 'two')
    const source = {
      ...world.source,
      recount: async function* () {
        yield ['1', '2', 'unheard of']
      },
    }
    await bench.run({ 'home/files': { ...world, source } })
    expect(reportOf(bench)).toMatchObject({
      verdict: 'not-complete',
      sources: [{ obstacles: ['failure'], failure: { kind: 'unlisted', message: expect.stringContaining('unheard of') } }],
    })
  })
})

import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { Failure } from '../../src/core/failure.ts'
import type { DisplayedTotal } from '../../src/core/source.ts'
import { lastDisplayed } from '../../src/journal/last-displayed.ts'
import { wordsOf } from '../../src/language/words.ts'
import { createMailbox } from '../../src/practice/google/gmail/mailbox.ts'
import { createDriveModel } from '../../src/practice/google/model.ts'
import { createPeopleModel } from '../../src/practice/google/people/people-model.ts'
import { createOneDriveModel } from '../../src/practice/microsoft/drive/model.ts'
import { createNotesModel } from '../../src/practice/microsoft/onenote/notes-model.ts'
import { makeReport } from '../../src/report/make-report.ts'
import { readStatement } from '../../src/report/read-statement.ts'
import { reportPage } from '../../src/report/report-page.ts'
import { type Report, reportSchema } from '../../src/report/report-schema.ts'
import { createBench } from '../backup/bench-archive.ts'
import { createWorld } from '../backup/fake-source.ts'
import { startCloud } from '../journeys/cloud.ts'
import { run } from '../journeys/program.ts'
import { everyState, shown } from './every-state.ts'

async function bench() {
  const made = await createBench()
  onTestFinished(() => made.dispose())
  const world = createWorld()
  world.file('1', 'one.txt', undefined, 'one')
  return { bench: made, world }
}

test('what a service shows of itself stands beside ours, in both languages, with why the two differ', async () => {
  const made = await everyState()
  onTestFinished(() => made.dispose())
  for (const [language, texts] of [
    ['en', ['Storage used', '5.0 GB', 'It counts &#60;b&#62;its trash&#60;/b&#62; &#38; more.', 'not counted', 'decide nothing']],
    ['ja', ['使用容量', 'ごみ箱も含まれます。', '対象外']],
  ] as const) {
    const words = wordsOf(language)
    const report = makeReport({ journal: made.journal, accounts: [], software: 'test', now: made.clock.now(), words })
    expect(() => reportSchema.parse(report)).not.toThrow()
    const [source] = report.sources
    expect(source?.displayed?.totals).toEqual([
      {
        what: shown[0]!.what[language],
        unit: 'bytes',
        shown: 5_000_000_000,
        ours: report.total.bytes,
        because: [shown[0]!.because[0]![language]],
      },
      { what: shown[1]!.what[language], unit: 'items', shown: 7, ours: report.total.items, because: [] },
      { what: shown[2]!.what[language], unit: 'bytes', shown: 0, because: [] },
    ])
    const page = [...reportPage(report, words)].join('')
    for (const text of texts) expect(page).toContain(text)
  }
})

test('whatever the numbers are, they decide nothing', async () => {
  const { bench: made, world } = await bench()
  const plain = await made.run(world)
  const { sources: before, ...rest } = readStatement(made.journal)
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.constantFrom('bytes' as const, 'items' as const), async (count, unit) => {
      const total: DisplayedTotal = { what: { en: 'a', ja: 'b' }, count, unit, beside: unit, because: [] }
      Object.assign(world.source, { displayed: async () => [total] })
      expect((await made.run(world)).status).toBe(plain.status)
      const { sources, ...others } = readStatement(made.journal)
      expect(others).toMatchObject({ verdict: rest.verdict, butFor: rest.butFor })
      expect(sources[0]).toMatchObject({ verdict: before[0]!.verdict, obstacles: [], displayed: { totals: [total] } })
    }),
    { numRuns: 10 },
  )
})

test('a refusal is a remark, and no failed run; what was shown before stays, with its time', async () => {
  const { bench: made, world } = await bench()
  Object.assign(world.source, { displayed: async () => shown })
  await made.run(world)
  const before = lastDisplayed(made.journal, 'home/files')
  expect(before?.totals).toHaveLength(3)
  for (const error of [
    new Failure('forbidden', 'not for you'),
    new Failure('signin', 'sign in again'),
    new TypeError('no such thing'),
  ]) {
    Object.assign(world.source, { displayed: () => Promise.reject(error) })
    const refused = await made.run(world)
    expect(refused.status).toBe(0)
    expect(refused.failures.size).toBe(0)
    const said = refused
      .of('notice')
      .filter(({ message }) => message.includes('the totals that the service itself shows could not be read'))
    expect(said).toEqual([expect.objectContaining({ level: 'info', message: expect.stringContaining(error.message) })])
    expect(lastDisplayed(made.journal, 'home/files')).toEqual(before)
  }
})

test('they are asked for once a run, after the listing; not where that failed', async () => {
  const { bench: made, world } = await bench()
  const listedBefore: number[] = []
  Object.assign(world.source, {
    displayed: async () => {
      listedBefore.push(world.listings.length)
      return shown
    },
  })
  await made.run(world)
  await made.run(world)
  expect(listedBefore).toEqual([1, 2])
  world.brokenStreams.set('main', new Failure('forbidden', 'no answer'))
  await made.run(world)
  expect(listedBefore).toHaveLength(2)
})

test('Drive, Gmail, contacts, OneDrive and a WebDAV server state theirs; a run over them is complete however far off they are', async () => {
  const model = createOneDriveModel()
  const drive = createDriveModel()
  const email = 'student@example.ac.jp'
  const mailbox = createMailbox({ email })
  mailbox.add('Subject: one\r\n\r\nmessage\r\n')
  const cloud = await startCloud({
    accounts: ['google', 'home', 'microsoft'],
    drive,
    sources: ['drive', 'gmail', 'contacts'],
    google: { mailbox, people: createPeopleModel({ email }) },
    microsoft: { model, notes: createNotesModel({ email: model.account.username }) },
    swift: true,
  })
  const { place, home, webdav } = cloud
  home.put('/a.txt', 'a')
  drive.addFile('kept.txt', 'kept')
  drive.trash(drive.addFile('thrown away.txt', 'thrown away').id)
  webdav.quirks.quotaUsed = 999_000_000_000
  const ended = await run(place, ['backup', '--json'])
  expect(ended.status, ended.stderr + ended.stdout.slice(-3000)).toBe(0)
  expect(ended.stdout).not.toContain('could not be read')
  const report: Report = reportSchema.parse(JSON.parse(readFileSync(path.join(place.archive, 'report.json'), 'utf8')))
  const totals = Object.fromEntries(
    report.sources.map(({ source, displayed }) => [
      source,
      displayed?.totals.map(({ what, shown: count, ours }) => [what, count, ours]),
    ]),
  )
  const ours = (name: string, of: 'items' | 'bytes') => report.sources.find(({ source }) => source === name)?.tally[of]
  expect(totals).toMatchObject({
    'google/drive': [
      ['Storage used in Drive', 15, ours('google/drive', 'bytes')],
      ['of it in the trash', 11, undefined],
    ],
    'google/gmail': [['Messages in the mailbox', 1, ours('google/gmail', 'items')]],
    'google/contacts': [['Contacts', 0, ours('google/contacts', 'items')]],
    'home/files': [['Storage used', 999_000_000_000, 1]],
    'microsoft/onedrive': [
      ['Storage used', 1_000_000, ours('microsoft/onedrive', 'bytes')],
      ['in the recycle bin', 4096, undefined],
    ],
  })
  expect(report.verdict).not.toBe('not-complete')
  expect(cloud.misdeeds()).toEqual([])

  // A server that does not know the property shows nothing.
  webdav.quirks.quotaUsed = undefined
  const again = await run(place, ['backup'])
  expect(again.status, again.stderr).toBe(0)
  const later: Report = reportSchema.parse(JSON.parse(readFileSync(path.join(place.archive, 'report.json'), 'utf8')))
  expect(later.sources.find(({ source }) => source === 'home/files')?.displayed).toBeUndefined()
})

import { expect, test } from 'vitest'
import { type Plan, planText } from '../../src/commands/plan-text.ts'
import { wordsOf } from '../../src/language/words.ts'

const now = Date.UTC(2026, 10, 24, 12)
const hour = 3_600_000
const load = { items: 3, parts: 3, bytes: 8e9, unsized: 2, tooLarge: { files: 1, examples: [1] } }
const plan = (change: Partial<Plan> = {}): Plan => ({
  rows: [
    {
      source: 'g/drive',
      title: 'Mine',
      items: 10,
      saved: 5,
      pending: 3,
      unexportable: 1,
      excluded: 1,
      bytesLeft: 8e9,
      unsized: 2,
    },
  ],
  listed: true,
  surveys: [{ source: 'g/drive', load, sample: { looked: 40, from: 'asked', mean: 2e6, least: 1e6, most: 3e6 } }],
  needed: { least: 8.002e9, most: 8.006e9 },
  disk: {
    free: 5e9,
    fileSystem: 'FAT32',
    largestFile: 2 ** 32 - 1,
    tooLarge: { files: 1, examples: ['g/drive/film.mp4'] },
    longFolders: 2,
    renamed: 4,
  },
  expiring: [],
  estimate: {
    ms: 6 * hour,
    countMs: 0,
    limits: [
      { kind: 'daily', account: 'g', budget: 'calls', units: 2000, perDay: 1000, ms: 6 * hour, sources: ['g/drive'] },
      { kind: 'bytes', bytes: 8e9, perSecond: 1e6, ms: 2 * hour, sources: ['g/drive'] },
      { kind: 'pace', items: 3, bytes: 8e9, ms: hour, sources: ['g/drive'] },
    ],
    unmeasuredBytes: 0,
  },
  judgement: {
    verdict: 'impossible',
    thereMs: 4 * hour,
    neededRate: undefined,
    fitsFrom: undefined,
    sources: [{ source: 'g/drive', share: 0.66 }],
  },
  now,
  until: now + 4 * hour,
  notTaken: [{ account: 'g', what: 'Photos', howByHand: 'Export them.', page: 'https://example.org/', seen: 'an album.' }],
  ended: true,
  ...change,
})

test('disk, file system, forecast, what to do first, what is not taken', () => {
  const text = planText(plan(), wordsOf('en'), undefined)
  for (const line of [
    'g/drive: the sizes of 2 files are not known before. From a sample (40 asked for at the service) they have between 2.0 MB and 6.0 MB together; that is an estimate.',
    'Needed on the disk: between 8.0 GB and 8.0 GB. Free: 5.0 GB.',
    'The disk is too small by 3.0 GB: choose another one before you start.',
    '1 file is larger than 4.3 GB, which is all that FAT32 can hold: choose a disk formatted as exFAT, NTFS, APFS or ext4. For example:',
    '  g/drive/film.mp4',
    'Earliest end: 2026-11-24 18:00 UTC, after 6 h without a break. That is a forecast, not a promise.',
    '  - the daily cap “calls” of g: 2,000 units at 1,000 a day: 6 h',
    '  - the connection: 8.0 GB at 1.0 MB a second, as measured before or limited by you: 2 h 13 min'.replace(
      '2 h 13 min',
      '2 h',
    ),
    'It cannot be done by 2026-11-24 16:00 UTC.',
    'What to do first:',
    '      g/drive: about 66 %',
    '  - g: Photos',
    '      Export them. https://example.org/',
    '      Holdall can see some of it: an album.',
    'Nothing was downloaded. Next: holdall backup',
  ])
    expect(text.split('\n')).toContain(line)
  expect(text).toMatch(/In 2 folders paths become longer than 259 characters/)
  expect(text).toMatch(/4 files or folders get another name/)
  expect(text).toMatch(/start now and leave it running: holdall backup --until 2026-11-24T16:00Z/)
})

test('Japanese says the same, without a word of English', () => {
  const text = planText(plan(), wordsOf('ja'), undefined)
  const english = text
    .replace(
      /https?:\S+|--until \S+|holdall backup|Holdall|Windows|exFAT|NTFS|APFS|FAT32|ext4|UTC|[GMk]?B\b|g\/drive\S*|Photos|Export them\.|an album\./g,
      '',
    )
    .match(/[A-Za-z]{3,}/g)
  expect(english?.filter((word) => !['Mine', 'calls'].includes(word)) ?? []).toEqual([])
  expect(text).toMatch(/終わりません/)
})

test('the line that was not measured is not counted, and what it has to bring is said', () => {
  const text = planText(
    plan({
      estimate: { ms: hour, countMs: 0, limits: [], unmeasuredBytes: 8e9 },
      judgement: { verdict: 'tight', thereMs: 4 * hour, neededRate: 555_555, fitsFrom: undefined, sources: [] },
    }),
    wordsOf('en'),
    undefined,
  )
  expect(text).toMatch(/not counted: the time for 8\.0 GB over your connection/)
  expect(text).toMatch(/It is tight/)
  expect(text).toMatch(/has to bring 556 kB a second on average/)
})

test('where the line was not measured, the end is a range by lines that people know, and from which line on it fits', () => {
  const change = {
    estimate: { ms: hour, countMs: 5 * 60_000, limits: [], unmeasuredBytes: 20e9 },
    overLines: { quick: hour, slow: 6 * hour },
    judgement: { verdict: 'tight' as const, thereMs: 4 * hour, neededRate: 1e6, fitsFrom: 1_700_000, sources: [] },
  }
  const english = planText(plan(change), wordsOf('en'), undefined)
  expect(english).toContain(
    'Earliest end: between 2026-11-24 13:00 UTC (after 1 h, over a connection of 100 Mbit/s) and 2026-11-24 18:00 UTC (after 6 h, over one of 8 Mbit/s). How fast yours is has not been measured yet. That is a forecast, not a promise.',
  )
  expect(english).toContain(
    'Whether it fits until 2026-11-24 16:00 UTC depends on your connection, which has not been measured yet: it fits if that brings at least 1.7 MB a second (14 Mbit/s) on average, day and night.',
  )
  expect(english).toContain('the closing count, which lists everything once more, as the listing took: 5 min')
  expect(english).not.toMatch(/It is tight|It fits:/)
  const japanese = planText(plan(change), wordsOf('ja'), undefined)
  expect(japanese).toContain('（100 Mbit/s の回線で')
  expect(japanese).toContain('平均で毎秒 1.7 MB（14 Mbit/s）以上の速さがあれば間に合います')
  expect(japanese).not.toMatch(/Earliest|Whether|closing/)
  // A quota that takes longer than even a slow line leaves one end.
  const bound = planText(plan({ ...change, overLines: { quick: 6 * hour, slow: 6 * hour } }), wordsOf('en'), undefined)
  expect(bound).toMatch(/Earliest end: 2026-11-24 13:00 UTC, after 1 h without a break/)
})

test('nothing listed, nothing left, no file system to speak of', () => {
  expect(planText(plan({ rows: [], listed: false }), wordsOf('en'), undefined)).toMatch(/what is needed is not known/)
  expect(planText(plan({ estimate: { ms: 0, countMs: 0, limits: [], unmeasuredBytes: 0 } }), wordsOf('en'), undefined)).toMatch(
    /Nothing is left to take/,
  )
  const { disk } = plan()
  const calm = { ...disk, free: 1e12, largestFile: undefined, longFolders: 0, renamed: 0 }
  expect(planText(plan({ disk: calm }), wordsOf('en'), undefined)).not.toMatch(/too small|FAT32|longer than|another name/)
})

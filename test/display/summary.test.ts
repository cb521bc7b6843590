import { expect, test } from 'vitest'
import type { ExitStatus, Tally } from '../../src/core/state.ts'
import { summaryText } from '../../src/display/summary.ts'
import { troublesText } from '../../src/display/troubles.ts'
import { wordsOf } from '../../src/language/words.ts'

const english = wordsOf('en')

const tally = (counts: Partial<Tally>): Tally => {
  const full = { bytes: 0, saved: 0, unchanged: 0, unexportable: 0, excluded: 0, gone: 0, pending: 0, failed: 0, ...counts }
  return {
    ...full,
    items: full.saved + full.unchanged + full.unexportable + full.excluded + full.gone + full.pending + full.failed,
  }
}
const drive = tally({ saved: 1200, unexportable: 34, bytes: 1.5e9 })
const files = tally({ saved: 5, bytes: 100 })

test('the table leaves out what is zero everywhere; everything there is called complete', () => {
  expect(
    summaryText(
      { command: 'backup', sources: { 'google/drive': drive, '研究室/書類': files }, status: 0, interrupted: false },
      english,
    ),
  ).toBe(
    [
      'source        items  saved  not exportable   bytes',
      'google/drive  1,234  1,200              34  1.5 GB',
      '研究室/書類       5      5               0   100 B',
      'all           1,239  1,205              34  1.5 GB',
      '',
      'Complete: 1,239 items listed, nothing pending, nothing failed; not saved: 34 that the service does not give out.',
      '',
    ].join('\n'),
  )
})

test('a source in which nothing was found is named', () => {
  expect(
    summaryText(
      { command: 'backup', sources: { 'google/tasks': tally({}), 'a/b': files }, status: 0, interrupted: false },
      english,
    ),
  ).toMatch(/^Nothing at all was found in google\/tasks:/m)
})

test.each<[ExitStatus, boolean, Partial<Tally>, RegExp]>([
  [3, false, { pending: 7, failed: 2 }, /^Not complete: 7 pending, 2 failed; run the same command again\.$/m],
  [3, false, { saved: 1 }, /^Not complete: not everything could be listed/m],
  [0, false, { failed: 1 }, /^Not complete: 1 failed/m],
  [4, false, { saved: 1 }, /^Not complete: sign in first/m],
  [5, false, { pending: 1 }, /^Not complete: the archive cannot be used \(1 pending\)/m],
  [1, false, { saved: 1 }, /^Not complete: an unexpected error/m],
  [2, false, {}, /^Not complete: the settings/m],
  [130, true, { pending: 3 }, /^Not complete: interrupted \(3 pending\)\. What was done is kept/m],
  [0, true, { saved: 3 }, /^Not complete: interrupted/m],
])('status %d, interrupted %s, %j is never called complete', (status, interrupted, counts, expected) => {
  const text = summaryText({ command: 'backup', sources: { 'a/b': tally(counts) }, status, interrupted }, english)
  expect(text).toMatch(expected)
  expect(text).not.toMatch(/^Complete/m)
})

test('no source is no success', () => {
  expect(summaryText({ command: 'backup', sources: {}, status: 0, interrupted: false }, english)).toBe(
    'Nothing was done: no source was chosen.\n',
  )
})

test('where the table is wider than the terminal, sentences say the same', () => {
  expect(
    summaryText({ command: 'backup', sources: { 'google/drive': drive }, status: 0, interrupted: false, width: 40 }, english),
  ).toMatch(/^google\/drive: 1,234 items, 1,200 saved, 34 not exportable, 1\.5 GB$/m)
})

test('troubles: grouped by reason, what can be mended first, few examples, and where all stand', () => {
  const form = { source: 'google/drive', state: 'unexportable' as const, reason: 'the service offers no download' }
  const text = troublesText(
    [
      ...Array.from({ length: 5 }, (_, at) => ({ ...form, path: `google/drive/form ${at}\u001b[2J` })),
      { source: 'a/b', path: 'x', state: 'failed' as const, reason: 'the server answered 500', hint: 'run it again' },
      { source: 'a/c', path: 'y', state: 'failed' as const, reason: 'the server answered 500', hint: 'run it again' },
    ],
    english,
    { limit: 1 },
  )
  expect(text).toBe(
    [
      '2 failed: the server answered 500',
      '  a/b/x',
      '  and 1 more; see metadata/',
      '  What you can do: run it again',
      '5 not exportable: the service offers no download',
      '  google/drive/form 0[2J',
      '  and 4 more; see metadata/google/drive.jsonl',
      '',
    ].join('\n'),
  )
})

test('too many reasons are counted, and none is nothing', () => {
  const many = Array.from({ length: 30 }, (_, at) => ({
    source: 'a/b',
    path: `a/b/${at}`,
    state: 'failed' as const,
    reason: `reason ${at}`,
  }))
  expect(troublesText(many, english, { limit: 3, reasons: 10 }).trimEnd().split('\n').at(-1)).toBe(
    '20 more for 20 other reasons; see metadata/a/b.jsonl',
  )
  expect(troublesText([], english, { limit: 3 })).toBe('')
})

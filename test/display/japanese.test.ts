import { expect, test } from 'vitest'
import type { RunEvent, SourceProgress } from '../../src/core/events.ts'
import type { Tally } from '../../src/core/state.ts'
import { createColors } from '../../src/display/colors.ts'
import { createFrame } from '../../src/display/frame.ts'
import { joined } from '../../src/display/joined.ts'
import { createReporter } from '../../src/display/reporters.ts'
import { statusText } from '../../src/display/status.ts'
import { summaryText } from '../../src/display/summary.ts'
import { troublesText } from '../../src/display/troubles.ts'
import { widestOf, widthOf } from '../../src/display/width.ts'
import { formats } from '../../src/language/formats.ts'
import { wordsOf } from '../../src/language/words.ts'
import { manualClock } from './manual-clock.ts'

const japanese = wordsOf('ja')
const tally: Tally = {
  items: 1242,
  bytes: 1.5e9,
  saved: 1200,
  unchanged: 0,
  unexportable: 34,
  excluded: 0,
  gone: 0,
  pending: 7,
  failed: 1,
}

/** Where the columns of a table end, in columns of a terminal; all of them but the first are of numbers. */
function ends(line: string): number[] {
  return [...line.matchAll(/\S+(?: \S+)*(?= {2}|$)/g)].map((cell) => widthOf(line.slice(0, cell.index + cell[0].length)))
}

test('a table of wide titles and wide names is straight', () => {
  const sources = { 'google/drive': tally, '研究室/書類': { ...tally, items: 8, saved: 0, unexportable: 0 } }
  const text = summaryText({ command: 'backup', sources, status: 3, interrupted: false }, japanese)
  const [titles = '', ...rows] = text.split('\n\n')[0]!.split('\n')
  expect(titles).toMatch(/^取得元 +件数 +今回保存 +書き出し不可 +未完了 +失敗 +サイズ$/)
  expect(rows).toHaveLength(3)
  for (const row of rows) expect(ends(row).slice(1)).toEqual(ends(titles).slice(1))
  expect(text).toContain('完了していません: 未完了 14 件、失敗 2 件。同じコマンドをもう一度実行してください。')
})

test('sentences take the place of a table that is too wide by its wide titles', () => {
  const text = summaryText({ command: 'backup', sources: { 'a/b': tally }, status: 3, interrupted: false, width: 50 }, japanese)
  expect(text).toMatch(/^a\/b: 1,242 件、今回保存 1,200 件、書き出し不可 34 件、未完了 7 件、失敗 1 件、1\.5 GB$/m)
})

test.each([30, 40, 60, 79, 120])('bars and notes keep within %d columns', (columns) => {
  const frame = createFrame(createColors(false), () => japanese)
  const progress: SourceProgress = { listing: false, items: 200, done: 50, failed: 1, bytes: 5e6, bytesLeft: 9e6 }
  const events: RunEvent[] = [
    ...[0, 2000, 4000, 6000, 8000].map(
      (at): RunEvent => ({
        event: 'progress',
        sources: { 'google/drive': { ...progress, bytes: 5e6 + at * 100 }, '研究室/書類': progress },
      }),
    ),
    { event: 'paused', account: '研究室', reason: 'no network' },
    { event: 'throttled', account: 'google', budget: 'a', untilMs: 30_000 },
  ]
  for (const [at, event] of events.entries()) frame.note(event, at * 2000)
  const lines = frame.lines(columns, 20, 12_000).map(({ text }) => text)
  for (const line of lines) expect(widestOf(line), line).toBeLessThanOrEqual(columns)
  const text = lines.join('\n')
  if (columns >= 79) {
    expect(text).toMatch(/google\/drive .*待機中、失敗 1 件/)
    expect(text).toContain('研究室: 一時停止しています（自動的に再開します）: ネットワークに接続')
    expect(text).toContain('google: サービス側の求めにより待っています（あと 18 秒）')
    // The bars begin in one column.
    const begins = lines.filter((line) => line.includes('[')).map((line) => widthOf(line.slice(0, line.indexOf('['))))
    expect(new Set(begins).size).toBe(1)
  }
})

test('messages are Japanese; what is only in English stands on a line of its own; the words are asked for each time', () => {
  let written = ''
  let language: 'en' | 'ja' = 'en'
  const output = {
    write(text: string) {
      written += text
    },
  }
  const { report } = createReporter({
    face: 'plain',
    verbose: false,
    stderr: output,
    stdout: output,
    clock: manualClock(),
    color: false,
    command: 'backup',
    words: () => wordsOf(language),
  })
  const failed: RunEvent = {
    event: 'failed',
    source: 'a/b',
    kind: 'disk',
    message: 'the disk is full',
    hint: 'call 555 for help',
  }
  report(failed)
  language = 'ja'
  report(failed)
  report({ event: 'notice', level: 'warning', message: 'a thing that nobody wrote down' })
  report({ event: 'item', source: 'a/b', id: '1', path: 'x.txt', state: 'failed', reason: 'no permission' })
  report({ event: 'item', source: 'a/b', id: '2', path: 'y.txt', state: 'failed', reason: 'odd\nreason' })
  expect(written).toBe(
    [
      'error: a/b: the disk is full',
      '  call 555 for help',
      'エラー: a/b: ディスクの空き容量がありません',
      '  call 555 for help',
      '警告:',
      '  a thing that nobody wrote down',
      'エラー: 保存できませんでした: a/b/x.txt: アクセス権がありません',
      'エラー: 保存できませんでした: a/b/y.txt:',
      '  odd reason',
      '',
    ].join('\n'),
  )
})

test('a list keeps its lines, each in one language', () => {
  expect(joined('エラー', '2 mistakes in the settings\n  holdall.yaml:3: unknown key', japanese)).toBe(
    'エラー: 設定に 2 か所の誤りがあります\n  holdall.yaml:3: unknown key',
  )
})

test('status and troubles', () => {
  const text = statusText(
    {
      sources: { 'a/b': tally },
      run: { started: Date.UTC(2026, 2, 1, 9, 5), ended: null, status: null, command: 'backup' },
      failures: [{ source: 'a/b', message: 'the disk is full', hint: 'run holdall backup again' }],
      lags: true,
    },
    japanese,
  )
  expect(text).toContain('前回の backup は 2026年3月1日 09:05 UTC に始まり、まだ実行中か、途中で途切れています。\n')
  expect(text).toContain('a/b: ディスクの空き容量がありません\n  holdall backup をもう一度実行してください\n')
  const form = { source: 'a/b', state: 'unexportable' as const, hint: 'ask its owner for a copy' }
  expect(
    troublesText(
      [
        { ...form, path: 'a/b/1', reason: 'its owner does not allow viewers to download it' },
        { ...form, path: 'a/b/2', reason: 'its owner does not allow viewers to download it' },
      ],
      japanese,
      { limit: 1 },
    ),
  ).toBe(
    [
      '書き出し不可 2 件: 所有者が、閲覧者によるダウンロードを許可していません',
      '  a/b/1',
      '  ほか 1 件（すべての一覧: metadata/a/b.jsonl）',
      '  対処方法: 所有者にコピーを依頼してください',
      '',
    ].join('\n'),
  )
})

test.each([
  [0, '0 秒'],
  [200_000, '3 分 20 秒'],
  [7_500_000, '2 時間 5 分'],
  [86_399_000, '1 日'],
  [273_600_000, '3 日 4 時間'],
])('%d ms are %s', (ms, text) => {
  expect(formats.ja.duration(ms)).toBe(text)
})

test('days, times, numbers and sizes', () => {
  const { ja, en } = formats
  expect([ja.date('2026-03-01T09:05:00.000Z'), en.date('2026-03-01T09:05:00.000Z')]).toEqual(['2026年3月1日', '2026-03-01'])
  expect(ja.time('2026-11-24T12:43:59.000Z')).toBe('2026年11月24日 12:43 UTC')
  expect([ja.number(1_234_567), ja.size(1.5e9), ja.size(999)]).toEqual(['1,234,567', '1.5 GB', '999 B'])
})

import { expect, test } from 'vitest'
import type { RunEvent, SourceProgress } from '../../src/core/events.ts'
import { chooseFace, createReporter, type FaceName } from '../../src/display/reporters.ts'
import { wordsOf } from '../../src/language/words.ts'
import { manualClock } from './manual-clock.ts'

const tally = { items: 1, bytes: 5, saved: 1, unchanged: 0, unexportable: 0, excluded: 0, gone: 0, pending: 0, failed: 0 }
const progress: SourceProgress = { listing: false, items: 1000, done: 10, failed: 0, bytes: 1e6, bytesLeft: 9e6 }
const events: RunEvent[] = [
  { event: 'started', command: 'backup', archive: '/archive', run: 1 },
  { event: 'notice', level: 'info', message: 'good to know' },
  { event: 'notice', level: 'warning', message: 'a warning', hint: 'do this', source: 'home/files' },
  { event: 'listing', source: 'home/files', stream: 'all files', state: 'started', full: true, items: 0 },
  { event: 'listing', source: 'home/files', stream: 'all files', state: 'page', full: true, items: 5 },
  { event: 'listing', source: 'home/files', stream: 'all files', state: 'done', full: true, items: 12_345 },
  { event: 'transfer', source: 'home/files', path: 'home/files/a', state: 'started', bytes: 0 },
  { event: 'item', source: 'home/files', id: '1', path: 'home/files/a', state: 'saved', bytes: 5 },
  {
    event: 'item',
    source: 'home/files',
    id: '2',
    path: 'home/files/evil\u001b[2J\u009b\u202e',
    state: 'failed',
    reason: 'the server answered 500',
    kind: 'transient',
    hint: 'run it again',
  },
  {
    event: 'item',
    source: 'home/files',
    id: '3',
    path: 'home/files/form',
    state: 'unexportable',
    reason: 'the service offers no download',
  },
  { event: 'moved', source: 'home/files', id: '4', from: 'a', to: 'b' },
  { event: 'failed', source: 'google/drive', kind: 'signin', message: 'the sign-in ended', hint: 'run holdall connect google' },
  { event: 'failed', kind: 'disk', message: 'the disk is full' },
  { event: 'paused', account: 'home', reason: 'nothing answers' },
  { event: 'resumed', account: 'home', afterMs: 200_000 },
  { event: 'throttled', account: 'home', budget: 'all', untilMs: Date.parse('2026-03-01T00:00:01Z') },
  { event: 'throttled', account: 'home', budget: 'all', untilMs: Date.parse('2026-03-01T00:01:00Z') },
  { event: 'retry', account: 'home', what: 'a', reason: 'a cut connection', attempt: 1, inMs: 500 },
  { event: 'sealing', state: 'started', files: 0 },
  { event: 'sealing', state: 'done', files: 3 },
  { event: 'verified', files: 3, bytes: 5, damaged: 1, state: 'done' },
  { event: 'damaged', path: 'data/a', message: 'other bytes than were saved' },
  { event: 'summary', command: 'backup', status: 3, sources: { 'home/files': tally } },
]

function face(name: FaceName, verbose = false) {
  const clock = manualClock()
  const written = { stdout: '', stderr: '' }
  const writerOf = (name: keyof typeof written) => ({
    write(text: string) {
      written[name] += text
    },
  })
  const reporter = createReporter({
    face: name,
    verbose,
    stdout: writerOf('stdout'),
    stderr: writerOf('stderr'),
    clock,
    color: false,
    words: () => wordsOf('en'),
    command: 'backup',
  })
  return { ...reporter, clock, written }
}

test('JSON: a line an event, with the time, the same data, and nothing else anywhere', () => {
  const { report, out, close, written } = face('json')
  for (const event of events) report(event)
  out('a result for people\n')
  close()
  const lines = written.stdout.trimEnd().split('\n')
  expect(lines.map((line) => JSON.parse(line))).toEqual(events.map((event) => ({ ...event, time: '2026-03-01T00:00:00.000Z' })))
  expect(lines.at(-1)).toMatch(/^\{"event":"summary","time":/)
  expect(written.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
  expect(written.stderr).toBe('')
})

test('plain: phases, warnings, failures and what cannot be exported, each at once; saved items only when verbose', () => {
  const { report, out, close, written } = face('plain')
  for (const event of events) report(event)
  out('the result\n')
  close()
  expect(written.stderr.split('\n')).toEqual([
    'backup in /archive (run 1)',
    'good to know',
    'warning: home/files: a warning',
    '  do this',
    'home/files: listing all files',
    'home/files: all files listed, 12,345 items',
    'error: not saved: home/files/evil[2J: the server answered 500',
    '  run it again',
    'not exportable: home/files/form: the service offers no download',
    'error: google/drive: the sign-in ended',
    '  run holdall connect google',
    'error: the disk is full',
    'warning: home: paused, goes on by itself: nothing answers',
    'home: goes on after 3 min 20 s',
    'home: the service asks to wait 1 min',
    'sealing the archive',
    'sealed: 3 files',
    'checked 3 files, 5 B, 1 damaged',
    'error: damaged: data/a: other bytes than were saved',
    '',
  ])
  expect(written.stdout).toBe('the result\n')
})

test('plain and verbose: also what is saved, moved, taken and tried again', () => {
  const { report, written } = face('plain', true)
  for (const event of events) report(event)
  for (const line of [
    'saved: home/files/a',
    'moved: a -> b',
    'taking home/files/a',
    'home: a: tried again in 1 s: a cut connection',
    'home: the service asks to wait 1 s',
  ]) {
    expect(written.stderr.split('\n')).toContain(line)
  }
})

test('quiet: warnings and failures only, and results', () => {
  const { report, out, written } = face('quiet', true)
  for (const event of events) report(event)
  out('the result\n')
  expect(written.stderr.split('\n')).toEqual([
    'warning: home/files: a warning',
    '  do this',
    'error: not saved: home/files/evil[2J: the server answered 500',
    '  run it again',
    'error: google/drive: the sign-in ended',
    '  run holdall connect google',
    'error: the disk is full',
    'warning: home: paused, goes on by itself: nothing answers',
    'error: damaged: data/a: other bytes than were saved',
    '',
  ])
  expect(written.stdout).toBe('the result\n')
})

test('plain: a source has a line every 10 s, later every 30 s, and none where nothing changed', async () => {
  const { report, clock, written } = face('plain')
  for (let at = 0; at < 600; at++) {
    report({
      event: 'progress',
      sources: {
        a: { ...progress, bytes: at * 1e5, bytesLeft: 6e7 - at * 1e5, done: at },
        done: { ...progress, done: 1000, bytesLeft: 0 },
      },
    })
    await clock.advance(500)
  }
  const lines = written.stderr.trimEnd().split('\n')
  expect(lines[0]).toMatch(/^a: 20 of 1,000 items, 2\.0 MB of 60\.0 MB, 200 kB\/s, about \d+ min left$/)
  expect(lines.filter((line) => line.startsWith('a: '))).toHaveLength(11 + 6)
  expect(lines.filter((line) => line.startsWith('done: '))).toHaveLength(1)
})

test('a flood of failures is named for a while, then counted', () => {
  const { report, written } = face('plain')
  for (let at = 0; at < 5000; at++)
    report({ event: 'item', source: 'a', id: String(at), path: `a/${at}`, state: 'failed', reason: 'no' })
  const lines = written.stderr.trimEnd().split('\n')
  expect(lines).toHaveLength(101)
  expect(lines.at(-1)).toBe('error: a: more than 100 items not saved; the others are counted in the summary')
})

test.each<[Parameters<typeof chooseFace>[0], FaceName]>([
  [{ json: true, quiet: true, env: {}, stderr: { isTTY: true } }, 'json'],
  [{ json: false, quiet: true, env: {}, stderr: { isTTY: true } }, 'quiet'],
  [{ json: false, quiet: false, env: {}, stderr: { isTTY: true } }, 'live'],
  [{ json: false, quiet: false, env: { CI: '' }, stderr: { isTTY: true } }, 'live'],
  [{ json: false, quiet: false, env: { CI: 'true' }, stderr: { isTTY: true } }, 'plain'],
  [{ json: false, quiet: false, env: { TERM: 'dumb' }, stderr: { isTTY: true } }, 'plain'],
  [{ json: false, quiet: false, env: {}, stderr: {} }, 'plain'],
])('%j has the face %s', (options, expected) => {
  expect(chooseFace(options)).toBe(expected)
})

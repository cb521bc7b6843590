import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RunEvent, SourceProgress } from '../../src/core/events.ts'
import { createReporter } from '../../src/display/reporters.ts'
import { wordsOf } from '../../src/language/words.ts'
import { manualClock } from './manual-clock.ts'
import { type Terminal, terminal } from './terminal.ts'

const progress = (more: Partial<SourceProgress> = {}): SourceProgress => ({
  listing: false,
  items: 100,
  done: 40,
  failed: 0,
  bytes: 4e9,
  bytesLeft: 6e9,
  ...more,
})
const failedItem = (path: string): RunEvent => ({
  event: 'item',
  source: 'home/files',
  id: path,
  path,
  state: 'failed',
  reason: 'the server answered 500',
  kind: 'transient',
})
const flying = (path: string, state: 'started' | 'progress' | 'done' | 'stopped' = 'progress'): RunEvent => ({
  event: 'transfer',
  source: 'home/files',
  path,
  state,
  bytes: 5e6,
  size: 1e7,
})

function live(screen: Terminal, verbose = false) {
  const clock = manualClock()
  const reporter = createReporter({
    face: 'live',
    verbose,
    stderr: screen,
    stdout: screen,
    clock,
    color: true,
    command: 'backup',
    words: () => wordsOf('en'),
  })
  return { ...reporter, clock }
}

test('a source has a bar with items, bytes, rate, time left, and its files in flight', async () => {
  const screen = terminal(80, 24)
  const { report, clock } = live(screen)
  for (let at = 0; at <= 20; at++) {
    report({ event: 'progress', sources: { 'google/drive': progress({ done: 40, bytes: at * 5e6, bytesLeft: 6e9 - at * 5e6 }) } })
    await clock.advance(500)
  }
  report(flying('google/drive/My Drive/論文/第一章.docx'))
  await clock.advance(500)
  const [bar, file] = screen.screen()
  expect(bar).toMatch(/^google\/drive {2}\[#{6}-{9}\] {2}40\/100 {3}100 MB\/6\.0 GB {2}10\.0 MB\/s {2}\d+ min left$/)
  expect(file).toMatch(/^ {3}50% +5\.0 MB\/10\.0 MB {2}google\/drive\/My Drive\/論文\/第一章\.docx$/)
})

test('while the total is not known it says so, and no time left', async () => {
  const screen = terminal(80, 24)
  const { report, clock } = live(screen)
  for (let at = 0; at < 20; at++) {
    report({ event: 'progress', sources: { a: progress({ listing: true, bytes: at * 1e6 }) } })
    await clock.advance(500)
  }
  expect(screen.screen()[0]).toMatch(/listing\.\.\.$/)
  expect(screen.screen()[0]).not.toMatch(/left/)
})

test('at most five drawings a second, each one write', async () => {
  const screen = terminal(80, 24)
  const { report, clock } = live(screen)
  for (let ms = 0; ms < 2000; ms += 10) {
    report({ event: 'progress', sources: { a: progress({ bytes: ms }) } })
    report(failedItem(`a/${ms}`))
    await clock.advance(10)
  }
  expect(screen.writes.length).toBeGreaterThan(5)
  expect(screen.writes.length).toBeLessThanOrEqual(11)
})

test('failures and warnings stand above the bars and stay; the result is the last on the screen', async () => {
  const screen = terminal(60, 8)
  const { report, out, close, clock } = live(screen)
  report({ event: 'progress', sources: { 'home/files': progress() } })
  for (let at = 0; at < 30; at++) {
    report(failedItem(`home/files/broken ${at}.bin`))
    report(flying(`home/files/${at}`))
    await clock.advance(250)
    expect(screen.screen().filter((line) => line.startsWith('home/files  '))).toHaveLength(1)
  }
  report({ event: 'notice', level: 'warning', message: 'the disk is nearly full', hint: 'free some space' })
  out('source  items\n')
  out('Not complete\n')
  report({ event: 'summary', command: 'backup', status: 3 })
  close()
  expect(screen.everything()).toEqual([
    ...Array.from({ length: 30 }, (_, at) => `error: not saved: home/files/broken ${at}.bin: the server answered 500`)
      .flatMap((line) => [line.slice(0, 60), line.slice(60)])
      .filter((line) => line !== '')
      .map((line) => line.trimEnd()),
    'warning: the disk is nearly full',
    '  free some space',
    'source  items',
    'Not complete',
    '',
  ])
})

test('after closing nothing is drawn any more, nothing sleeps, and what waited was printed', async () => {
  const screen = terminal(80, 24)
  const { report, close, clock } = live(screen)
  report({ event: 'progress', sources: { a: progress() } })
  report(failedItem('home/files/last'))
  expect(clock.sleepers()).toBe(1)
  close()
  expect(clock.sleepers()).toBe(0)
  const writes = screen.writes.length
  await clock.advance(1000)
  expect(screen.writes).toHaveLength(writes)
  expect(screen.everything()).toEqual(['error: not saved: home/files/last: the server answered 500', ''])
  report({ event: 'notice', level: 'warning', message: 'late' })
  expect(screen.everything().at(-2)).toBe('warning: late')
})

test('every write leaves the terminal sane: wrapping on, cursor shown, colours off', async () => {
  const screen = terminal(80, 24)
  const { report, clock } = live(screen)
  for (let at = 0; at < 10; at++) {
    report({ event: 'progress', sources: { a: progress({ failed: at }) } })
    report(failedItem(`a/${at}`))
    await clock.advance(300)
    expect(screen.state).toMatchObject({ wraps: true, cursorVisible: true })
    expect(screen.writes.at(-1)).not.toContain('\u001b[?25')
    const styles = [...screen.writes.at(-1)!.matchAll(/\u001b\[(\d+)m/g)].map(([, code]) => Number(code))
    expect(styles.at(-1) === undefined || styles.at(-1) === 39 || styles.at(-1) === 22).toBe(true)
  }
})

test('a paused account and one that is slowed down say so until they go on', async () => {
  const screen = terminal(80, 24)
  const { report, clock } = live(screen)
  const sources = { 'home/files': progress(), 'google/drive': progress() }
  report({ event: 'progress', sources })
  report({ event: 'paused', account: 'home', reason: 'nothing answers' })
  report({ event: 'throttled', account: 'google', budget: 'drive', untilMs: clock.now() + 30_000 })
  await clock.advance(300)
  expect(screen.screen()).toEqual([
    expect.stringMatching(/^home\/files .* paused$/),
    expect.stringMatching(/^google\/drive .* slowed$/),
    'home: paused, goes on by itself: nothing answers',
    'google: the service asks to wait, 30 s more',
    '',
  ])
  report({ event: 'resumed', account: 'home', afterMs: 1000 })
  await clock.advance(40_000)
  report({ event: 'progress', sources })
  expect(screen.screen().join('\n')).not.toMatch(/paused|slowed|asks/)
})

test('a window that became narrower leaves no pieces of the old frame', async () => {
  const screen = terminal(80, 24)
  const { report, clock } = live(screen)
  report({ event: 'progress', sources: { 'home/files': progress() } })
  const wide = screen.screen()[0]!
  expect(wide.length).toBeGreaterThan(40)
  // What a terminal does: the line of 50 to 80 columns becomes two of 40.
  const narrow = terminal(40, 24)
  narrow.write(`above\n${wide}\n`)
  screen.columns = 40
  const before = screen.writes.length
  await clock.advance(500)
  report({ event: 'progress', sources: { 'home/files': progress({ done: 41 }) } })
  narrow.write(screen.writes.slice(before).join(''))
  expect(narrow.screen()[0]).toBe('above')
  expect(narrow.screen().filter((line) => line !== '')).toHaveLength(2)
  expect(narrow.screen()[1]).toContain('41/100')
})

test('more sources than lines: those that go are shown, the others counted', () => {
  const screen = terminal(80, 6)
  const { report } = live(screen)
  const done = progress({ done: 100, bytesLeft: 0 })
  report({
    event: 'progress',
    sources: Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`account/${at}`, at < 6 ? done : progress()])),
  })
  expect(screen.screen()).toEqual([
    expect.stringMatching(/^account\/0 .*done$/),
    expect.stringMatching(/^account\/6 /),
    expect.stringMatching(/^account\/7 /),
    expect.stringMatching(/^account\/8 /),
    'and 5 more sources',
    '',
  ])
})

test('names from elsewhere cannot command the terminal', () => {
  const screen = terminal(80, 24)
  const { report, close } = live(screen, true)
  report({ event: 'progress', sources: { a: progress() } })
  report(flying('home/files/\u001b[2J\u009b31m\u202ename\r\n'))
  report(failedItem('home/files/\u001b]0;title\u0007\u202ename'))
  report({ event: 'moved', source: 'home/files', id: '1', from: 'a\u001b[A', to: 'b\rc' })
  close()
  expect(screen.everything()).toContain('error: not saved: home/files/]0;titlename: the server answered 500')
})

const name = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom('デスクトップ'.repeat(12), '👨‍👩‍👧‍👦'.repeat(20), 'e\u0301'.repeat(90), 'ﾃﾞｽｸ'.repeat(20)),
)
const anyEvent: fc.Arbitrary<RunEvent> = fc.oneof(
  fc.record({
    event: fc.constant('progress' as const),
    sources: fc.dictionary(
      name,
      fc.record({
        listing: fc.boolean(),
        items: fc.nat(),
        done: fc.nat(),
        failed: fc.nat(9),
        bytes: fc.nat(),
        bytesLeft: fc.maxSafeNat(),
      }),
      { maxKeys: 12 },
    ),
  }),
  name.map((path) => flying(path)),
  name.map((path) => flying(path, 'done')),
  name.map((path) => failedItem(path)),
  fc.record({ event: fc.constant('paused' as const), account: name, reason: name }),
  fc.record({ event: fc.constant('failed' as const), source: name, kind: fc.constant('offline' as const), message: name }),
  fc.record({
    event: fc.constant('verified' as const),
    files: fc.nat(),
    bytes: fc.nat(),
    damaged: fc.nat(),
    state: fc.constantFrom('progress' as const, 'done' as const),
  }),
)

test('whatever happens, no frame line is as wide as the terminal, and none is on its last line', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyEvent, { maxLength: 25 }),
      fc.integer({ min: 1, max: 100 }),
      fc.integer({ min: 1, max: 30 }),
      async (events, columns, rows) => {
        const screen = terminal(columns < 4 ? 4 : columns, rows)
        const { report, clock, close } = live(screen)
        for (const event of events) {
          report(event)
          await clock.advance(150)
        }
        // The terminal throws where a line of the frame passes its edge.
        for (const written of screen.writes) {
          const frame = /\u001b\[\?7l([\s\S]*)\u001b\[\?7h/.exec(written)?.[1] ?? ''
          expect(frame.split('\n').length - 1).toBeLessThanOrEqual(rows - 1)
        }
        close()
      },
    ),
    { numRuns: 150 },
  )
})

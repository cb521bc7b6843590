import { afterEach, beforeEach, expect, test } from 'vitest'
import { countedMark } from '../../src/journal/marks.ts'
import { wordsOf } from '../../src/language/words.ts'
import { makeReport } from '../../src/report/make-report.ts'
import { readStatement } from '../../src/report/read-statement.ts'
import { reportPage } from '../../src/report/report-page.ts'
import { createPassMemory } from '../../src/verify/pass.ts'
import { type Bench, createBench } from './bench-archive.ts'
import { createWorld } from './fake-source.ts'

const day = 86_400_000
let bench: Bench
beforeEach(async () => {
  bench = await createBench()
})
afterEach(() => bench.dispose())

test.each([
  ['back by a day', -day],
  ['back by ten years', -3650 * day],
  ['forward by a year', 365 * day],
])('a clock that jumps %s between two runs: nothing is gone, nothing comes again, what is new is taken', async (_, jump) => {
  const world = createWorld()
  for (let n = 0; n < 5; n++) world.file(`f${n}`, `f ${n}.txt`, undefined, `text ${n}`)
  expect((await bench.run(world)).status).toBe(0)
  bench.clock.ahead += jump
  world.fetches.length = 0
  world.file('new', 'new.txt', undefined, 'new')
  const second = await bench.run(world)
  expect(second.status).toBe(0)
  expect(second.sources['home/files']).toMatchObject({ items: 6, saved: 1, unchanged: 5, gone: 0, pending: 0, failed: 0 })
  expect(world.fetches.map(({ id }) => id)).toEqual(['new'])
  // And back again.
  bench.clock.ahead -= jump
  world.remove('f0')
  const third = await bench.run(world)
  expect(third.status).toBe(0)
  expect(third.sources['home/files']).toMatchObject({ items: 6, saved: 0, unchanged: 6, gone: 0 })
  await bench.checkSound()
})

test.each([
  ['back by a day', -day],
  ['forward by a year', 365 * day],
])('a clock that jumps %s within a run: the run ends, and everything is there', async (_, jump) => {
  const world = createWorld()
  for (let n = 0; n < 8; n++) world.file(`f${n}`, `f ${n}.txt`, undefined, `text ${n}`)
  let jumped = false
  world.beforeChunk = (id) => {
    if (id !== 'f3' || jumped) return
    bench.clock.ahead += jump
    jumped = true
  }
  const run = await bench.run(world)
  expect(jumped).toBe(true)
  expect(run.status).toBe(0)
  expect(run.sources['home/files']).toMatchObject({ items: 8, saved: 8, gone: 0 })
})

/** A world whose source can be counted by another road; `counts` says how often it was. */
function countable() {
  const world = createWorld()
  for (let n = 0; n < 3; n++) world.file(`f${n}`, `f ${n}.txt`, undefined, `text ${n}`)
  const counts = { all: 0 }
  world.source = {
    ...world.source,
    async *recount() {
      counts.all++
      yield [...world.things.keys()]
    },
  }
  return { world, counts }
}

test.each(['en', 'ja'] as const)(
  'a closing count of the future (%s): no time is stated, and the next run counts anew',
  async (language) => {
    const { world, counts } = countable()
    bench.clock.ahead = 30 * day
    expect((await bench.run(world)).status).toBe(0)
    const ahead = bench.clock.now()
    bench.clock.ahead = 0
    const now = bench.clock.now()
    const state = () => readStatement(bench.journal, undefined, bench.clock.now()).sources[0]!
    const page = () => {
      const words = wordsOf(language)
      const report = makeReport({ journal: bench.journal, accounts: [], software: 'test', now: bench.clock.now(), words })
      return { text: [...reportPage(report, words)].join(''), source: report.sources[0]! }
    }
    expect(state()).toMatchObject({ verdict: 'complete', asOf: undefined, countedTwice: false, clockAhead: true })
    expect(page().source).toMatchObject({ clockAhead: true, countedTwice: false })
    expect(page().source.asOf).toBeUndefined()
    expect(page().text).toContain(wordsOf(language).report.clockAhead)
    expect(wordsOf(language).report.clockAhead).toContain('holdall backup')

    expect((await bench.run(world)).status).toBe(0)
    expect(counts.all).toBe(2)
    const asOf = Date.parse(bench.journal.mark(countedMark('home/files'))!)
    expect(asOf).toBeGreaterThanOrEqual(now)
    expect(asOf).toBeLessThan(ahead)
    expect(state()).toMatchObject({ verdict: 'complete', asOf, countedTwice: true, clockAhead: false })
    expect(page().text).not.toContain(wordsOf(language).report.clockAhead)
    // Nothing is new, and the time is right: it need not be counted a third time.
    expect((await bench.run(world)).status).toBe(0)
    expect(counts.all).toBe(2)
  },
)

test('a clock that is set back while a run counts: of the two times the earlier one is stated', async () => {
  const { world } = countable()
  bench.clock.ahead = day
  world.beforeChunk = (id) => {
    if (id === 'f2') bench.clock.ahead = 0
  }
  const run = await bench.run(world)
  expect(run.status).toBe(0)
  expect(Date.parse(run.of('counted')[0]!.asOf)).toBeLessThanOrEqual(bench.clock.now())
  expect(readStatement(bench.journal, undefined, bench.clock.now()).sources[0]!.asOf).toBeDefined()
})

test.each([
  ['an hour ago', -3_600_000, true],
  ['a month and a day ago', -31 * day, false],
  ['in an hour', 3_600_000, false],
])('a pass of verify that was cut off %s goes on only where its time can be true', (_, began, goesOn) => {
  const now = Date.UTC(2026, 5, 1)
  createPassMemory(bench.journal, undefined, now + began).remember({ path: 'data/a/b/c', files: 1, bytes: 1, damaged: 0 })
  expect(createPassMemory(bench.journal, undefined, now).earlier !== undefined).toBe(goesOn)
})

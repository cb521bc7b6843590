import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { consequences, Failure, type FailureKind } from '../../src/core/failure.ts'
import { type State, states } from '../../src/core/state.ts'
import { partsOf } from '../../src/journal/rows.ts'
import { type Bench, createBench, type RunResult } from './bench-archive.ts'
import { brokenAfter, createWorld, type World } from './fake-source.ts'

vi.setConfig({ testTimeout: 60_000 })

const kinds = ['transient', 'throttled', 'forbidden', 'corrupt', 'changed', 'gone', 'unexportable', 'bug'] as const
/** How the source answers for an item: as it should; with a failure so many times; half of it, as often; or it is not ready yet. */
const fate = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ how: 'well' } as const) },
  {
    weight: 3,
    arbitrary: fc.record({
      how: fc.constantFrom('fails' as const, 'breaks' as const),
      kind: fc.constantFrom(...kinds),
      times: fc.constantFrom(1, 2, 1000),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ how: 'waits' } as const) },
)
type Fate = typeof fate extends fc.Arbitrary<infer T> ? T : never

const run = fc.record({
  fates: fc.array(fate, { minLength: 1, maxLength: 10 }),
  pageSize: fc.integer({ min: 1, max: 4 }),
  turned: fc.boolean(),
  /** Before which chunk or page somebody stops it. */
  stopAt: fc.option(fc.nat(12), { freq: 4, nil: undefined }),
  broken: fc.option(fc.constantFrom<FailureKind>('unlisted', 'signin', 'offline'), { freq: 6, nil: undefined }),
  unread: fc.option(fc.constant(true), { freq: 6, nil: undefined }),
})

type Run = typeof run extends fc.Arbitrary<infer T> ? T : never

/** Nothing is the matter. */
const plain: Run = {
  fates: [{ how: 'well' }],
  pageSize: 2,
  turned: false,
  stopAt: undefined,
  broken: undefined,
  unread: undefined,
}

function arrange(
  bench: Bench,
  world: World,
  { fates, pageSize, turned, stopAt, broken, unread }: typeof run extends fc.Arbitrary<infer T> ? T : never,
): void {
  world.pageSize = pageSize
  world.order = (ids) => (turned ? ids.toReversed() : ids)
  world.answers.clear()
  world.brokenStreams.clear()
  world.unread.clear()
  if (broken !== undefined) world.brokenStreams.set('main', new Failure(broken, `the listing is ${broken}`))
  if (unread === true) world.unread.set('d', new Failure('transient', 'this folder cannot be read'))
  let steps = 0
  const step = () => {
    if (steps++ === stopAt) bench.interrupt()
  }
  world.beforePage = step
  world.beforeChunk = step
  for (const [index, one] of fates.entries()) {
    const id = `f${index}`
    const text = `text ${index} of ${one.how} ${'x'.repeat(index * 3)}`
    world.file(
      id,
      `file ${index}.txt`,
      index % 3 === 0 ? 'd' : undefined,
      text,
      one.how === 'waits' ? { waiting: 'not ready' } : {},
    )
    if (one.how !== 'fails' && one.how !== 'breaks') continue
    let left = one.times
    world.answers.set(id, (ordinary) => {
      if (left-- <= 0) return ordinary()
      const failure = new Failure(
        one.kind,
        `it is ${one.kind}`,
        one.kind === 'unexportable' ? { reason: 'forbidden' as never } : {},
      )
      if (one.how === 'breaks') return brokenAfter(ordinary(), 3, failure)
      throw failure
    })
  }
}

/** Each row by itself, held against the counts; where the run says that all is done, also against the disk and the world. */
function check(bench: Bench, world: World, { status, sources, interrupted }: RunResult, fates: readonly Fate[]): void {
  const tally = sources['home/files']!
  const n = bench.journal.findSource('home/files')!
  const rows = [...bench.journal.itemRows(n)]
  const last = bench.journal.lastRun()!.n
  const counted = Object.fromEntries(states.map((state) => [state, 0])) as Record<State, number>
  for (const row of rows) counted[row.state === 'saved' && row.run !== last ? 'unchanged' : row.state]++
  expect({ items: rows.length, ...counted, bytes: tally.bytes }).toEqual(tally)
  if (interrupted) expect(status).toBe(130)
  if (status !== 0) return
  expect([tally.pending, tally.failed]).toEqual([0, 0])
  const saved = new Map<string, string>()
  for (const row of rows) {
    expect(['saved', 'unexportable', 'excluded', 'gone']).toContain(row.state)
    if (row.state !== 'saved' || row.kind !== 'file') continue
    for (const part of partsOf(row)) {
      const entry = bench.journal.entry(row.n, part.key)!
      expect(entry.sha256).not.toBeNull()
      const folder = row.parent === 'd' ? 'Papers/' : ''
      saved.set(row.id, readFileSync(join(bench.root, 'data/home/files', folder, entry.disk!), 'utf8'))
    }
  }
  // What the source would have given is here, byte for byte; nothing that waits is passed over.
  for (const [index, one] of fates.entries()) {
    const id = `f${index}`
    expect(one.how).not.toBe('waits')
    const given =
      one.how === 'well' || (one.how !== 'waits' && one.times < 1000 && one.kind !== 'gone' && one.kind !== 'unexportable')
    if (given && bench.state(id) === 'saved')
      expect(saved.get(id)).toBe(Buffer.from(world.things.get(id)!.contents.get('file')!).toString())
    if (given) expect([id, bench.state(id)]).toEqual([id, 'saved'])
  }
}

test('whatever fails, waits or is stopped: exit 0 only where nothing is pending or failed, row by row, and all that there is stands on the disk', async () => {
  const seen = new Set<number>()
  await fc.assert(
    fc.asyncProperty(fc.array(run, { minLength: 1, maxLength: 3 }), async (runs) => {
      const bench = await createBench()
      try {
        const world = createWorld()
        world.folder('d', 'Papers')
        for (const one of runs) {
          arrange(bench, world, one)
          const result = await bench.run(world)
          seen.add(result.status)
          // Files of an earlier round that this one does not speak of are answered for as they should be.
          check(bench, world, result, one.fates)
        }
      } finally {
        await bench.dispose()
      }
    }),
    {
      numRuns: Number(process.env.HOLDALL_RUNS ?? 80),
      // One of each, however the dice fall.
      examples: [
        [[plain]],
        [[{ ...plain, fates: [{ how: 'fails', kind: 'forbidden', times: 1000 }] }]],
        [[{ ...plain, fates: [{ how: 'waits' }] }]],
        [[{ ...plain, stopAt: 0 }]],
        [[{ ...plain, fates: [{ how: 'fails', kind: 'bug', times: 1000 }] }]],
      ],
    },
  )
  // A property that is never put to the test says nothing.
  for (const status of [0, 1, 3, 130]) expect([...seen], `status ${status} never came`).toContain(status)
})

test.each([
  ['a failure that nobody foresaw', new Failure('bug', 'it is a bug')],
  ['an error', new TypeError('it is a bug')],
])('%s of a single item: exit 1', async (_, failure) => {
  const bench = await createBench()
  try {
    const world = createWorld()
    world.file('f', 'f.txt', undefined, 'text')
    world.answers.set('f', () => {
      throw failure
    })
    expect((await bench.run(world)).status).toBe(1)
  } finally {
    await bench.dispose()
  }
})

test('a row in a state that does not exist: an unexpected error, exit 1, and never a statement of completeness', async () => {
  const bench = await createBench()
  try {
    const world = createWorld()
    for (let n = 0; n < 3; n++) world.file(`f${n}`, `f ${n}.txt`, undefined, `text ${n}`)
    expect((await bench.run(world)).status).toBe(0)
    const database = new DatabaseSync(bench.archive.journalFile)
    database.exec("UPDATE item SET state = 'somewhere' WHERE id = 'f1'")
    database.close()
    bench.reopen()
    const error = await bench.run(world).then(
      ({ status }) => status,
      (reason: unknown) => reason,
    )
    expect(error).toMatchObject({ kind: 'bug', message: expect.stringContaining('add up to') })
    expect(consequences[(error as Failure).kind].status).toBe(1)
  } finally {
    await bench.dispose()
  }
})

import { describe, expect, test } from 'vitest'
import { createOutlook, type Remaining } from '../../src/forecast/outlook.ts'
import { verdictBetween } from '../../src/forecast/verdict.ts'
import { simulate } from './simulate.ts'
import { chance, shapes, worldOf } from './worlds.ts'

const minute = 60_000
/** Nine worlds of each shape; the model was made on others (100 to 108, 200 to 208), and these were not looked at while it was made. */
const seeds = Array.from({ length: 9 }, (_, n) => 4001 + n)
const inOrder = Object.keys(shapes).filter((name) => shapes[name]!.some(({ order }) => order !== undefined))
const byChance = Object.keys(shapes).filter((name) => !inOrder.includes(name))

interface Look extends Remaining {
  /** Since the beginning, milliseconds. */
  readonly at: number
}

interface Run {
  readonly name: string
  readonly took: number
  readonly looks: readonly Look[]
  /** Looks at which nothing was said at all. */
  readonly silent: number
}

/** A run with latency, line and quota by chance; what was forecast each minute from the fifth on. */
async function follow(name: string, seed: number): Promise<Run> {
  const world = worldOf(name, seed)
  const work = new Map(
    world.sources.map(({ name: source, type, budgets }) => [source, { account: 'x', cost: type.cost, budgets }]),
  )
  const outlook = createOutlook({ work })
  const looks: Look[] = []
  const silent: number[] = []
  let began: number | undefined
  const took = await simulate(
    world,
    (now, sources) => {
      began ??= now
      const at = now - began
      outlook.note(now, sources)
      if (at < 5 * minute || at % minute !== 0) return
      const remaining = outlook.remaining()
      if (remaining === undefined) silent.push(at)
      else looks.push({ at, ...remaining })
    },
    (now, budget) => outlook.refused(now, 'x', budget),
  )
  const counts = (at: number) => at < took - minute
  return { name: `${name} ${seed}`, took, looks: looks.filter(({ at }) => counts(at)), silent: silent.filter(counts).length }
}

const runs: Run[] = []
const ordered: Run[] = []
/** How far off, as a share of how long it took. */
const error = ({ took }: Run, { at, ms }: Look) => Math.abs(at + ms - took) / took
const said = (all: readonly Run[]) => all.flatMap((run) => run.looks.filter(({ sure }) => sure).map((look) => ({ run, look })))
const ranges = (all: readonly Run[]) => all.flatMap((run) => run.looks.filter(({ sure }) => !sure).map((look) => ({ run, look })))
const holds = ({ run, look }: { run: Run; look: Look }) =>
  look.at + look.least <= run.took * 1.02 && look.at + look.most >= run.took * 0.98

describe('latency, line and quota are unknown to the forecast', () => {
  test.each(byChance)(
    '%s: after five minutes the end is known, or said to be between two times',
    { timeout: 120_000 },
    async (name) => {
      for (const seed of seeds) {
        const run = await follow(name, seed)
        runs.push(run)
        expect(run.looks.length, `seed ${seed}`).toBeGreaterThan(3)
        for (const look of run.looks)
          if (look.sure)
            expect(error(run, look), `seed ${seed} at ${look.at / minute} of ${run.took / minute} min`).toBeLessThan(0.2)
      }
    },
  )

  test('what is said without a range is within a tenth', () => {
    expect(runs).toHaveLength(byChance.length * seeds.length)
    const all = said(runs)
    const wrong = all.filter(({ run, look }) => error(run, look) > 0.1)
    expect(all.length).toBeGreaterThan(2000)
    expect(wrong.length / all.length, 'looks').toBeLessThan(0.01)
    expect(new Set(wrong.map(({ run }) => run)).size / runs.length, 'runs').toBeLessThan(0.1)
  })

  test('what cannot be known yet is a range that holds, and rare', () => {
    const all = ranges(runs)
    expect(all.length / (said(runs).length + all.length)).toBeLessThan(0.15)
    expect(all.filter((one) => !holds(one)).length / all.length).toBeLessThan(0.05)
    expect(runs.reduce((sum, { silent }) => sum + silent, 0)).toBe(0)
  })

  test.each(inOrder)('%s: a range, until what they cost was seen', { timeout: 120_000 }, async (name) => {
    for (const seed of seeds) ordered.push(await follow(name, seed))
    const mine = ordered.filter((run) => run.name.startsWith(name))
    expect(ranges(mine).length).toBeGreaterThan(20)
    expect(ranges(mine).filter((one) => !holds(one)).length / ranges(mine).length).toBeLessThan(0.05)
    const figures = said(mine)
    expect(figures.filter(({ run, look }) => error(run, look) > 0.1).length / figures.length).toBeLessThan(0.1)
  })

  test('the line is measured where it binds, and only there', { timeout: 60_000 }, async () => {
    for (const [name, binds] of [
      ['a drive of few large files', true],
      ['a mailbox of plain mail', false],
    ] as const) {
      const outlook = createOutlook()
      const world = { ...worldOf(name, 2), bandwidth: 5_000_000 }
      await simulate(world, (now, sources) => outlook.note(now, sources))
      const rate = outlook.lineRate()
      if (binds) expect(Math.abs(rate! / world.bandwidth - 1)).toBeLessThan(0.1)
      else expect(rate).toBeUndefined()
    }
  })

  test('what is said to fit is never late by more than a tenth, and what is said to be impossible is never done in time by more', () => {
    const dice = chance(5)
    let fits = 0
    let impossible = 0
    for (const { name, took, looks } of runs) {
      for (const { at, ms, least, most, sure } of looks) {
        const date = took * (0.6 + dice())
        const verdict = sure ? verdictBetween(ms, ms, date - at) : verdictBetween(least, most, date - at)
        if (verdict === 'fits') {
          fits++
          expect(took, `${name} at ${at / minute} min`).toBeLessThanOrEqual(date * 1.1)
        }
        if (verdict === 'impossible') {
          impossible++
          expect(took, `${name} at ${at / minute} min`).toBeGreaterThanOrEqual(date * 0.8)
        }
      }
    }
    expect(fits).toBeGreaterThan(500)
    expect(impossible).toBeGreaterThan(500)
  })
})

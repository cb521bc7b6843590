import { describe, expect, test } from 'vitest'
import { createOutlook } from '../../src/forecast/outlook.ts'
import { verdictOf } from '../../src/forecast/verdict.ts'
import { simulate } from './simulate.ts'
import { chance, shapes, worldOf } from './worlds.ts'

const minute = 60_000
const seeds = [1, 2, 3]

interface Look {
  /** Since the beginning, milliseconds. */
  readonly at: number
  /** When it will end, as forecast. */
  readonly end: number
}

/** A run with latency, line and quota by chance; what was forecast each minute from the fifth on. */
async function follow(name: string, seed: number): Promise<{ took: number; looks: readonly Look[] }> {
  const outlook = createOutlook({ guess: new Map() })
  const looks: Look[] = []
  let began: number | undefined
  const took = await simulate(worldOf(name, seed), (now, sources) => {
    began ??= now
    const at = now - began
    outlook.note(now, sources)
    if (at < 5 * minute || at % minute !== 0) return
    looks.push({ at, end: at + (outlook.remaining()?.ms ?? Number.NaN) })
  })
  return { took, looks: looks.filter(({ at }) => at < took - minute) }
}

const runs = new Map<string, Awaited<ReturnType<typeof follow>>>()
/** How far off at worst, as a share of how long it took. */
const worst = ({ took, looks }: Awaited<ReturnType<typeof follow>>) =>
  Math.max(...looks.map(({ end }) => Math.abs(end - took) / took))

describe('latency, line and quota are unknown to the forecast', () => {
  test.each(Object.keys(shapes))('%s: after five minutes the end is known', { timeout: 60_000 }, async (name) => {
    for (const seed of seeds) {
      const run = await follow(name, seed)
      runs.set(`${name} ${seed}`, run)
      expect(run.looks.length, `seed ${seed}`).toBeGreaterThan(3)
      const middle = run.looks.map(({ end }) => Math.abs(end - run.took) / run.took).toSorted((a, b) => a - b)
      expect(middle[Math.floor(middle.length / 2)], `seed ${seed}: as a rule`).toBeLessThan(0.1)
      expect(worst(run), `seed ${seed}: at any minute`).toBeLessThan(0.25)
    }
  })

  test('nine of ten runs are within a tenth at every minute from the fifth on', () => {
    const errors = [...runs.values()].map(worst)
    expect(errors).toHaveLength(Object.keys(shapes).length * seeds.length)
    expect(errors.filter((error) => error > 0.1).length / errors.length).toBeLessThanOrEqual(0.1)
  })

  test('the line is measured where it binds, and only there', { timeout: 60_000 }, async () => {
    for (const [name, binds] of [
      ['a drive of few large files', true],
      ['a mailbox of plain mail', false],
    ] as const) {
      const outlook = createOutlook({ guess: new Map() })
      const world = { ...worldOf(name, 2), bandwidth: 5_000_000 }
      await simulate(world, (now, sources) => outlook.note(now, sources))
      const rate = outlook.lineRate()
      if (binds) expect(Math.abs(rate! / world.bandwidth - 1)).toBeLessThan(0.1)
      else expect(rate).toBeUndefined()
    }
  })

  test('what is said to fit is never late by more than a tenth', () => {
    const dice = chance(5)
    let fits = 0
    let impossible = 0
    for (const [name, { took, looks }] of runs) {
      for (const { at, end } of looks) {
        const date = took * (0.6 + dice())
        const verdict = verdictOf(end - at, date - at, false)
        if (verdict === 'fits') {
          fits++
          expect(took, `${name} at ${at / minute} min`).toBeLessThanOrEqual(date * 1.1)
        }
        if (verdict === 'impossible') impossible++
      }
    }
    expect(fits).toBeGreaterThan(100)
    expect(impossible).toBeGreaterThan(100)
  })
})

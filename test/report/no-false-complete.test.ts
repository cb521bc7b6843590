import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type State, states, type Tally } from '../../src/core/state.ts'
import { makeStatement, type SourceFacts } from '../../src/report/statement.ts'

const few = fc.oneof(fc.constant(0), fc.nat(3))
const tally: fc.Arbitrary<Tally> = fc
  .record(Object.fromEntries(states.map((state) => [state, few])) as Record<State, typeof few>)
  .map((counts) => ({ ...counts, bytes: 0, items: states.reduce((sum, state) => sum + counts[state], 0) }))
const maybe = <T>(value: T) => fc.constantFrom(undefined, value)
const facts: fc.Arbitrary<SourceFacts> = fc.record({
  source: fc.constantFrom('a/b', 'c/d', 'e/f'),
  tally,
  listed: maybe(1000),
  counted: maybe(900),
  failure: maybe({ kind: 'signin', message: 'm' }),
  unsettled: fc.boolean(),
  configured: fc.boolean(),
}) as fc.Arbitrary<SourceFacts>

test('whatever the sources are like: complete is said only where nothing is pending, failed, unlisted or in doubt anywhere', () => {
  fc.assert(
    fc.property(fc.array(facts, { maxLength: 4 }), (sources) => {
      const { verdict, total } = makeStatement(sources)
      const open = sources.some(
        (one) =>
          one.tally.pending + one.tally.failed > 0 || one.listed === undefined || one.failure !== undefined || one.unsettled,
      )
      expect(verdict === 'not-complete').toBe(open || sources.length === 0)
      expect(states.reduce((sum, state) => sum + total[state], 0)).toBe(total.items)
      if (verdict === 'complete') expect(total.saved + total.unchanged).toBe(total.items)
    }),
    { numRuns: 2000 },
  )
})

test('a tally whose states do not add up to its items is refused, whichever state is off', () => {
  fc.assert(
    fc.property(facts, fc.constantFrom(...states), fc.integer({ min: 1, max: 9 }), (one, state, more) => {
      const wrong = { ...one, tally: { ...one.tally, [state]: one.tally[state] + more } }
      expect(() => makeStatement([wrong])).toThrow(/add up to/)
    }),
  )
})

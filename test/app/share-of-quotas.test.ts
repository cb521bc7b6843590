import { expect, test } from 'vitest'
import { shareOfQuotas } from '../../src/app/share-of-quotas.ts'
import { providers } from '../../src/providers/index.ts'

const calls = { id: 'calls', unitsPerSecond: 10, burst: 20, concurrency: 4 }

test('a share slows down, and its burst with it', () => {
  expect(shareOfQuotas([calls], { calls: 5 })).toEqual([{ ...calls, unitsPerSecond: 5, most: 5, burst: 10 }])
})

test('a profile never makes anything faster than it is without one', () => {
  for (const units of [10, 11, 1e9]) expect(shareOfQuotas([calls], { calls: units })).toEqual([calls])
  for (const { id, budgets } of providers) {
    const greedy = Object.fromEntries(budgets.map((budget) => [budget.id, 1e9]))
    expect(shareOfQuotas(budgets, greedy), id).toEqual(budgets)
  }
  // Nor a budget that learns its pace: it stays below `most`.
  const learning = { ...calls, most: 40 }
  expect(shareOfQuotas([learning], { calls: 50 })).toEqual([learning])
  expect(shareOfQuotas([learning], { calls: 20 })[0]).toMatchObject({ unitsPerSecond: 10, most: 20, burst: 20 })
})

test('what is not named stays', () => expect(shareOfQuotas([calls], { others: 1 })).toEqual([calls]))

import { expect, test } from 'vitest'
import { budgets, graphPriceOf, onenotePriceOf } from '../../../src/providers/microsoft/limits.ts'

test.each([
  ['/v1.0/me', 1],
  ['/v1.0/me/drive', 1],
  ['/v1.0/me/drive/root/delta', 2],
  ['/v1.0/me/drive/root/delta?$top=200&$select=id', 2],
  ['/v1.0/drives/b!x/items/1/delta?token=abc', 1],
  ["/v1.0/me/drive/root/delta(token='abc')", 1],
  ['/v1.0/me/drive/root/delta?$skiptoken=abc', 1],
  ['/v1.0/me/drive/root/delta?$deltatoken=abc', 1],
  ['/v1.0/me/drive/items/1', 1],
  ['/v1.0/me/drive/items/1/content', 1],
  ['/v1.0/me/drive/items/1/children?$top=200', 2],
  ['/v1.0/me/drive/root/children', 2],
  ['/v1.0/me/drives', 2],
  ['/v1.0/me/drive/items/1/permissions', 5],
  ['/v1.0/me/drive/items/1?$expand=permissions', 5],
  ['/v1.0/me/drive/items/100%/children', 2],
  ['/v1.0/me/drive/items/%e4/delta', 2],
])('%s costs %i resource units', (path, cost) => {
  expect(graphPriceOf({ url: new URL(path, 'https://graph.microsoft.com/') })).toEqual({ budget: 'graph', cost })
})

const budget = (id: string) => budgets.find((one) => one.id === id)!
/** The most that a budget lets through in so many seconds. */
const most = (id: string, seconds: number) => budget(id).burst + budget(id).unitsPerSecond * seconds

test('who signed in is asked on the budget of Graph', () => {
  expect(budgets[0]?.id).toBe('graph')
  expect(onenotePriceOf()).toEqual({ budget: 'onenote' })
})

test("OneNote's 120 requests a minute and 400 an hour, five at once, are both kept, and the hour is used to the full", () => {
  expect(most('onenote', 60)).toBeLessThanOrEqual(120)
  expect(most('onenote', 3600)).toBeLessThanOrEqual(400)
  expect(most('onenote', 3600)).toBeGreaterThanOrEqual(390)
  expect(budget('onenote').concurrency).toBeLessThanOrEqual(5)
})

test('a user’s requests and the units that all users of an app share are used well below their size', () => {
  expect(most('graph', 300)).toBeLessThanOrEqual(3000 * 0.8)
  expect(most('graph', 60)).toBeLessThanOrEqual(1250 * 0.6)
  // None of them rises by trying: others would be the ones who are refused.
  expect(budgets.every((one) => one.most === undefined)).toBe(true)
})

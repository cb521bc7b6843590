import { expect, test } from 'vitest'
import { budgets, priceOf } from '../../../src/providers/google/limits.ts'

test.each([
  ['GET', '/drive/v3/files?pageSize=1000', 100],
  ['GET', '/drive/v3/changes?pageToken=1', 100],
  ['GET', '/drive/v3/drives', 100],
  ['GET', '/drive/v3/changes/startPageToken', 5],
  ['GET', '/drive/v3/files/abc?fields=id', 5],
  ['GET', '/drive/v3/files/abc?alt=media', 200],
  ['GET', '/drive/v3/files/abc/export?mimeType=x', 200],
  ['POST', '/drive/v3/files/abc/download', 200],
  ['GET', '/drive/v3/operations/xyz', 5],
])('%s %s costs %i units', (method, path, cost) => {
  expect(priceOf({ method, url: new URL(path, 'https://www.googleapis.com/') })).toEqual({ budget: 'drive', cost })
})

test('a user’s quota is used far below its size', () => {
  const drive = budgets.find(({ id }) => id === 'drive')!
  expect(drive.unitsPerSecond * 60).toBeLessThan(325_000 * 0.6)
  expect(drive.burst + drive.unitsPerSecond * 60).toBeLessThan(325_000)
})

import { expect, test } from 'vitest'
import { budgets, gmailPriceOf, priceOf } from '../../../src/providers/google/limits.ts'

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

test.each([
  ['messages?maxResults=500', 5],
  ['messages/18c0?format=raw', 20],
  ['history?startHistoryId=1', 2],
  ['labels', 1],
  ['profile', 1],
  ['settings/filters', 1],
])('gmail %s costs %i units', (path, cost) => {
  const url = new URL(`/gmail/v1/users/me/${path}`, 'https://gmail.googleapis.com/')
  expect(gmailPriceOf({ url })).toEqual({ budget: 'gmail', cost })
})

test('Gmail’s quota of a minute is used to 97 % at least, and in no minute exceeded', () => {
  const gmail = budgets.find(({ id }) => id === 'gmail')!
  expect(gmail.unitsPerSecond * 60).toBeGreaterThan(6_000 * 0.97)
  expect(gmail.burst + gmail.unitsPerSecond * 60).toBeLessThan(6_000)
})

test('Gmail’s budget may be learned up to what an old project has, and is one of a minute', () => {
  const gmail = budgets.find(({ id }) => id === 'gmail')!
  // 15,000 units a minute at 5 for a message, in the prices of a new project.
  expect(gmail.most! * 60).toBe((15_000 / 5) * 20)
  expect(gmail.windowMs).toBe(60_000)
})

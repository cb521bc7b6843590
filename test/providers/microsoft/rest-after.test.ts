import { expect, test } from 'vitest'
import { restAfter } from '../../../src/providers/microsoft/rest-after.ts'

const now = Date.parse('2026-11-24T12:00:00Z')

test.each([
  ['nothing is said', {}, undefined],
  ['a fifth is left', { limit: '1250', remaining: '250', reset: '30' }, now + 120],
  ['one is left', { limit: '1250', remaining: '1', reset: '12' }, now + 12_000],
  ['nothing is left', { limit: '1250', remaining: '0', reset: '12' }, now + 12_000],
  ['the window ends now', { limit: '1250', remaining: '0', reset: '0' }, undefined],
  ['no number', { limit: '1250', remaining: 'few', reset: '12' }, undefined],
  ['days', { limit: '1250', remaining: '0', reset: '864000' }, undefined],
])('%s', (_, said, until) => {
  const headers = Object.fromEntries(Object.entries(said).map(([name, value]) => [`ratelimit-${name}`, value]))
  expect(restAfter({ headers }, now)).toBe(until)
})

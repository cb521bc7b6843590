import { expect, test } from 'vitest'
import { nearest } from '../../src/settings/nearest.ts'

test.each([
  ['archiv', 'archive'],
  ['ACCOUNTS', 'accounts'],
  ['langauge', 'language'],
  ['limit', 'limits'],
  ['keep-versions', 'keepVersions'],
  ['tkns', 'tokens'],
  ['tk', undefined],
  ['', undefined],
  ['x', undefined],
  ['something else', undefined],
  ['a'.repeat(5000), undefined],
])('%s → %s', (word, meant) => {
  expect(nearest(word, ['archive', 'accounts', 'language', 'limits', 'tokens', 'keepVersions'])).toBe(meant)
})

test('nothing is near where nothing is known', () => expect(nearest('a', [])).toBeUndefined())

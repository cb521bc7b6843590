import { expect, test } from 'vitest'
import { languageOf } from '../../src/language/choose-language.ts'

test.each([
  [{ LANG: 'ja_JP.UTF-8' }, 'en-US', 'ja'],
  [{ LANG: 'ja' }, 'en-US', 'ja'],
  [{ LANG: 'C' }, 'ja-JP', 'en'],
  [{ LC_ALL: 'en_GB.UTF-8', LANG: 'ja_JP.UTF-8' }, 'ja-JP', 'en'],
  [{ LC_MESSAGES: 'ja_JP.eucJP', LANG: 'en_US.UTF-8' }, 'en-US', 'ja'],
  [{ LC_ALL: '', LANG: 'ja_JP.UTF-8' }, 'en-US', 'ja'],
  [{}, 'ja-JP', 'ja'],
  [{}, 'jam', 'en'],
  [{}, 'fr-FR', 'en'],
] as const)('%j on a %s computer: %s', (env, locale, language) => {
  expect(languageOf(env, locale)).toBe(language)
})

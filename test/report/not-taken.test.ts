import { expect, test } from 'vitest'
import { languages } from '../../src/core/language.ts'
import { providers } from '../../src/providers/index.ts'

test.each(providers.map((provider) => [provider.title, provider.notTaken ?? []] as const))(
  '%s says what it does not take, and how a person gets it',
  (_, list) => {
    expect(list.length).toBeGreaterThan(0)
    for (const language of languages) {
      const [what, sentence] = { en: [/^\S.*[^.\s]$/, /^[A-Z].*\.$/], ja: [/^\S.*[^。\s]$/, /^\S.*[\u3041-\u30ff].*。$/] }[
        language
      ] as [RegExp, RegExp]
      expect(new Set(list.map((one) => one.what[language])).size).toBe(list.length)
      for (const one of list) {
        expect(one.what[language]).toMatch(what)
        for (const said of [one.howByHand, ...(one.seen === undefined ? [] : [one.seen])])
          expect(said[language]).toMatch(sentence)
      }
    }
    for (const { page } of list) expect(new URL(page).protocol).toBe('https:')
  },
)

import { expect, test } from 'vitest'
import { providers } from '../../src/providers/index.ts'

test.each(providers.map((provider) => [provider.title, provider.notTaken ?? []] as const))(
  '%s says what it does not take, and how a person gets it',
  (_, list) => {
    expect(list.length).toBeGreaterThan(0)
    expect(new Set(list.map(({ what }) => what)).size).toBe(list.length)
    for (const { what, howByHand, page, seen } of list) {
      expect(what).toMatch(/^\S.*[^.\s]$/)
      for (const sentence of [howByHand, ...(seen === undefined ? [] : [seen])]) expect(sentence).toMatch(/^[A-Z].*\.$/)
      expect(new URL(page).protocol).toBe('https:')
    }
  },
)

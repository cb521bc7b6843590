import { describe, expect, it } from 'vitest'
import { providers } from '../../src/providers/index.ts'

const app = { clientId: 'the-client', settings: {} }

describe.each(providers.filter(({ signIn }) => signIn.method !== 'password').map((one) => [one.id, one] as const))(
  '%s',
  (_, provider) => {
    const { signIn } = provider
    if (signIn.method === 'password') return
    const diagnoses = signIn.diagnoses?.({ ...app, endpoints: provider.endpoints({}) }) ?? []

    it('says of every refusal what it means, who can change it, what to do and where it is documented, in both languages', () => {
      expect(diagnoses.length).toBeGreaterThan(10)
      for (const { id, meaning, remedy, letter, page, who } of diagnoses) {
        expect(page, id).toMatch(
          /^https:\/\/(learn\.microsoft|support\.google|developers\.google|developers\.zoom|support\.zoom)\./,
        )
        for (const text of [meaning, remedy, ...(letter === undefined ? [] : [letter])]) {
          expect(text.en.length, id).toBeGreaterThan(10)
          expect(`${text.en}${text.ja}`, id).not.toMatch(/[{}]|undefined/)
          expect(text.ja, id).toMatch(/[ぁ-ん]/)
          expect(text.en, id).not.toMatch(/[ぁ-ん]/)
        }
        // Sentences that are put together end without a stop; those of a letter are whole, and polite.
        for (const text of [meaning, remedy]) expect(`${text.en}|${text.ja}|`, id).not.toMatch(/[.。]\|/)
        if (letter !== undefined) {
          expect(letter.en, id).toMatch(/would you please .*[?.]$/i)
          expect(letter.ja, id).toMatch(/いただけないでしょうか.*。$/)
        }
        // Whatever only somebody else can change has its text for them.
        if (!who.includes('you')) expect(letter, id).toBeDefined()
      }
    })

    it('names no code twice', () => {
      const names = diagnoses.flatMap(({ id, aliases = [] }) => [id, ...aliases]).map((name) => name.toLowerCase())
      expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
    })

    it('says in its own words how a right is given', () => {
      const words = signIn.giveRight?.('holdall connect mine')
      for (const text of [words?.en, words?.ja]) expect(text).toContain('holdall connect mine')
      expect(/tick|box/.test(words?.en ?? '')).toBe(provider.id === 'google')
    })
  },
)

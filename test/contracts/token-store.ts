import { afterEach, describe, expect, it } from 'vitest'
import type { TokenStore } from '../../src/signin/token-store.ts'

export interface TokenStoreSubject {
  /** A store on the same ground each time it is called: what one keeps the next one finds. */
  readonly open: () => Promise<TokenStore>
  /** Whether what is kept outlives the process. */
  readonly lasts: boolean
  readonly clean: () => Promise<void>
}

/** What every token store must do. */
export const tokenStoreContract = (name: string, make: () => Promise<TokenStoreSubject>): void => {
  describe(`the ${name} token store`, () => {
    let subject: TokenStoreSubject | undefined
    const begin = async () => {
      subject = await make()
      return { subject, store: await subject.open() }
    }
    afterEach(() => subject?.clean())

    it('has nothing under an unknown key, and deletes that without complaint', async () => {
      const { store } = await begin()
      expect(await store.get('home')).toBeUndefined()
      await store.delete('home')
    })

    it('gives back what was set, and the newest of it', async () => {
      const { store } = await begin()
      await store.set('home', 'first')
      expect(await store.get('home')).toBe('first')
      await store.set('home', 'second')
      expect(await store.get('home')).toBe('second')
    })

    it('forgets what was deleted', async () => {
      const { store } = await begin()
      await store.set('home', 'first')
      await store.delete('home')
      expect(await store.get('home')).toBeUndefined()
      await store.set('home', 'again')
      expect(await store.get('home')).toBe('again')
    })

    it('keeps keys apart, also those that file systems mix up', async () => {
      const { store } = await begin()
      const keys = ['home', 'Home', 'hOme', 'home.', '../home', 'ho/me', 'caf\u00e9', 'cafe\u0301', 'con', '']
      for (const key of keys) await store.set(key, `value of ${key}`)
      for (const key of keys) expect(await store.get(key)).toBe(`value of ${key}`)
      await store.delete('home')
      expect(await store.get('Home')).toBe('value of Home')
      for (const key of keys) await store.delete(key)
    })

    it('takes long values and every character', async () => {
      const { store } = await begin()
      const long = '€\u0000\n"日本'.repeat(4000)
      await store.set('home', long)
      expect(await store.get('home')).toBe(long)
    })

    it('never shows a half-written value to who reads meanwhile', async () => {
      const { store } = await begin()
      const values = Array.from({ length: 8 }, (_, number) => String(number).repeat(50_000))
      await store.set('home', values[0] ?? '')
      const writing = values.map((value) => store.set('home', value))
      const seen = await Promise.all(values.map(() => store.get('home')))
      await Promise.all(writing)
      for (const value of seen) expect(values).toContain(value)
    })

    it('lets the next one find what it kept', async () => {
      const { subject, store } = await begin()
      await store.set('home', 'first')
      const next = await subject.open()
      expect(await next.get('home')).toBe(subject.lasts ? 'first' : undefined)
    })

    it('says where it keeps things, without naming what', async () => {
      const { store } = await begin()
      await store.set('home', 'canary-value')
      expect(store.where).not.toBe('')
      expect(store.where).not.toContain('canary')
    })
  })
}

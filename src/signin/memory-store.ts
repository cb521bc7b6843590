import type { TokenStore } from './token-store.ts'

/** Keeps sign-ins as long as the process lives: for tests and for practising. */
export const memoryStore = (): TokenStore => {
  const values = new Map<string, string>()
  return {
    where: 'the memory of this process',
    get: async (key) => values.get(key),
    set: async (key, value) => {
      values.set(key, value)
    },
    delete: async (key) => {
      values.delete(key)
    },
  }
}

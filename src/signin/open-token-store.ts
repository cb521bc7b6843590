import { Failure } from '../core/failure.ts'
import { fileStore } from './file-store.ts'
import { type Keyring, keychainStore, keychainWorks } from './keychain-store.ts'
import type { StoreNotice, TokenStore } from './token-store.ts'

export interface OpenTokenStoreOptions {
  /** The setting `tokens`. */
  readonly wanted: 'auto' | 'keychain' | 'file'
  /** The folder for sign-ins below the user's configuration folder; never the archive. */
  readonly folder: string
  readonly platform: NodeJS.Platform
  readonly notice: StoreNotice
  /** Loads the keychain library; handed in by tests. */
  readonly keyring?: () => Promise<Keyring>
  /** How long the keychain may take to show that it works, milliseconds. */
  readonly probeLimit?: number
}

/**
 * The store that the settings ask for; `auto` is the keychain where one works within 3 s, else a file, and that is said.
 *
 * A sign-in stands in one of the two only. A write to one removes the other's, and `auto` looks at the file first: where the removal
 * from a keychain failed (there was none to talk to), the file is the newer.
 * Throws a Failure of kind `settings` where a keychain is asked for by name and there is none.
 */
export const openTokenStore = async (options: OpenTokenStoreOptions): Promise<TokenStore> => {
  const { wanted, folder, platform, notice, probeLimit = 3000 } = options
  const file = fileStore({ folder, platform, notice })
  const keyring = await (options.keyring ?? loadKeyring)().catch(() => undefined) // no build for this system: the same as no keychain
  const works = wanted !== 'file' && keyring !== undefined && (await keychainWorks(keyring, probeLimit))
  const patience = works ? {} : { patience: probeLimit }
  const keychain = keyring === undefined ? undefined : keychainStore({ keyring, folder, platform, notice, ...patience })

  if (wanted === 'keychain' && !works) {
    throw new Failure('settings', "tokens: keychain is set, but this system's keychain does not answer", {
      hint: 'unlock it, or set tokens: auto or tokens: file in holdall.yaml',
    })
  }

  const store = works && keychain !== undefined ? keychain : file
  const other = store === file ? keychain : file
  const unreachable = wanted === 'auto' && store === file ? keychain : undefined

  const clean = new Set<string>()
  /** Keys that were read: to ask once more would only delay what must become durable now. */
  const held = new Set<string>()
  const removeOther = async (key: string): Promise<void> => {
    if (clean.has(key)) return
    if (other === file) await file.delete(key)
    // Best effort: mostly there is no keychain here; what stays in one is a key without a file to open.
    else await other?.delete(key).catch(() => undefined)
    clean.add(key)
  }

  return {
    where: store.where,

    get: async (key) => {
      const value = await read(key)
      if (value !== undefined) held.add(key)
      return value
    },

    set: async (key, value) => {
      const first = !held.has(key) && (await file.get(key)) === undefined && !(await keychain?.holds(key))
      await store.set(key, value)
      await removeOther(key)
      if (first) say(store, wanted, notice)
    },

    delete: async (key) => {
      held.delete(key)
      await store.delete(key)
      await removeOther(key)
    },
  }

  async function read(key: string): Promise<string | undefined> {
    if (wanted === 'keychain') return store.get(key)
    const value = await file.get(key)
    if (value !== undefined || store === file) {
      if (value === undefined && (await unreachable?.holds(key))) {
        throw new Failure('signin', `the sign-in of ${key} needs this system's keychain, which does not answer here`, {
          hint: `unlock the keychain and run the same command again, or sign in anew: holdall connect ${key}`,
        })
      }
      return value
    }
    return store.get(key)
  }
}

const say = (store: TokenStore, wanted: OpenTokenStoreOptions['wanted'], notice: StoreNotice): void => {
  const fallback = wanted === 'auto' && store.where.startsWith('a file that')
  notice({
    level: fallback ? 'warning' : 'info',
    message: `${fallback ? "this system's keychain does not answer: " : ''}your sign-in is kept in ${store.where}`,
    ...(fallback ? { hint: 'whoever can read that file can read your account; holdall disconnect ends the sign-in' } : {}),
  })
}

const loadKeyring = async (): Promise<Keyring> => {
  const { AsyncEntry } = await import('@napi-rs/keyring')
  return { AsyncEntry }
}

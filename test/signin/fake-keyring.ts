import type { Keyring } from '../../src/signin/keychain-store.ts'

/** A keychain in memory that can be broken in the ways that real ones are. */
export interface FakeKeyring {
  readonly keyring: Keyring
  readonly entries: Map<string, string>
  /** What happens to each question: answered, refused, or never answered. */
  mode: 'works' | 'throws' | 'hangs' | 'forgets'
  readonly constructed: { readonly options: unknown }[]
}

export const fakeKeyring = (): FakeKeyring => {
  const entries = new Map<string, string>()
  const constructed: { options: unknown }[] = []
  const fake: FakeKeyring = {
    entries,
    constructed,
    mode: 'works',
    keyring: {
      AsyncEntry: class {
        readonly #name: string
        constructor(service: string, username: string, options?: unknown) {
          if (fake.mode === 'throws') throw new Error('Platform failure: DBus error')
          constructed.push({ options })
          this.#name = `${service}/${username}`
        }
        async getPassword(): Promise<string | null> {
          await answered(fake)
          return entries.get(this.#name) ?? null
        }
        async setPassword(password: string): Promise<void> {
          await answered(fake)
          // Windows: https://learn.microsoft.com/windows/win32/api/wincred/ns-wincred-credentialw, 2560 bytes of UTF-16
          if (password.length > 1280) throw new Error('The stub received bad data')
          if (fake.mode !== 'forgets') entries.set(this.#name, password)
        }
        async deletePassword(): Promise<boolean> {
          await answered(fake)
          return entries.delete(this.#name)
        }
      },
    },
  }
  return fake
}

const answered = async (fake: FakeKeyring): Promise<void> => {
  if (fake.mode === 'hangs') await new Promise(() => undefined)
}

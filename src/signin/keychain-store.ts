import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { join, resolve } from 'node:path'
import { Failure } from '../core/failure.ts'
import { fileName } from './file-store.ts'
import { privateFiles } from './private-file.ts'
import type { StoreNotice, TokenStore } from './token-store.ts'

/** The part of @napi-rs/keyring that is used; a test hands in its own. */
export interface Keyring {
  readonly AsyncEntry: new (
    service: string,
    username: string,
    options?: { linux?: { store?: 'secret-service' } },
  ) => {
    getPassword(signal?: AbortSignal): Promise<string | null>
    setPassword(password: string, signal?: AbortSignal): Promise<void>
    deletePassword(signal?: AbortSignal): Promise<boolean>
  }
}

export interface KeychainStoreOptions {
  readonly keyring: Keyring
  readonly folder: string
  readonly platform: NodeJS.Platform
  readonly notice: StoreNotice
  /** How long one question to the keychain may take, milliseconds. A locked one asks the person first. Default 60,000. */
  readonly patience?: number
}

export interface KeychainStore extends TokenStore {
  /** Whether this store has something under the key, without asking the keychain. */
  holds(key: string): Promise<boolean>
}

const service = 'holdall'

/**
 * Keeps a random key of 32 bytes in the system's keychain, and the sign-in, sealed with it (AES-256-GCM), in a file.
 * Windows' keychain takes no more than 1280 characters (CRED_MAX_CREDENTIAL_BLOB_SIZE,
 * https://learn.microsoft.com/windows/win32/api/wincred/ns-wincred-credentialw), sign-ins can be longer; and a file can be made durable.
 */
export const keychainStore = ({ keyring, folder, platform, notice, patience = 60_000 }: KeychainStoreOptions): KeychainStore => {
  const files = privateFiles(platform, notice)
  const path = (key: string) => join(folder, `${fileName(key)}.sealed`)
  // Two configuration folders may each have an account of the same name.
  const place = createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 8)
  const entry = (key: string) => keychainEntry(keyring, `${key} ${place}`, patience)

  const keyOf = async (key: string): Promise<Buffer | undefined> => {
    const stored = await entry(key).get()
    const bytes = stored === undefined ? undefined : Buffer.from(stored, 'base64')
    return bytes?.length === 32 ? bytes : undefined
  }

  return {
    where: "a file sealed with a key in this system's keychain",
    holds: async (key) => (await files.read(path(key))) !== undefined,

    get: async (key) => {
      const sealed = await files.read(path(key))
      if (sealed === undefined) return undefined
      const secret = await keyOf(key)
      const opened = secret === undefined ? undefined : unseal(sealed, secret, key)
      if (opened === undefined) {
        notice({
          level: 'warning',
          message: `the stored sign-in of ${key} cannot be opened with what the keychain holds`,
          hint: `sign in again: holdall connect ${key}`,
        })
      }
      return opened
    },

    set: async (key, value) => {
      let secret = await keyOf(key)
      if (secret === undefined) {
        const fresh = randomBytes(32)
        await entry(key).set(fresh.toString('base64'))
        secret = await keyOf(key)
        // Some keychains take a value and do not keep it; better known now than at the next start.
        if (secret === undefined || !secret.equals(fresh)) throw unusable('it does not keep what it is given')
      }
      await files.write(path(key), seal(value, secret, key))
    },

    delete: async (key) => {
      await files.remove(path(key))
      await entry(key).delete()
    },
  }
}

/** Whether a value can be written, read and removed within `limit` milliseconds. */
export const keychainWorks = async (keyring: Keyring, limit: number): Promise<boolean> => {
  const probe = keychainEntry(keyring, `probe ${randomBytes(6).toString('hex')}`, limit)
  const value = randomBytes(8).toString('hex')
  const roundTrip = async () => {
    await probe.set(value)
    const back = await probe.get()
    await probe.delete()
    return back === value
  }
  try {
    return await within(limit, roundTrip())
  } catch {
    return false // whatever the reason: there is no keychain to rely on, and the caller says so
  }
}

const keychainEntry = (keyring: Keyring, username: string, patience: number) => {
  // On Linux the library would fall back to the kernel's keyring by itself, which forgets everything at a restart.
  const ask = async <T>(
    question: (entry: InstanceType<Keyring['AsyncEntry']>, signal: AbortSignal) => Promise<T>,
  ): Promise<T> => {
    try {
      const entry = new keyring.AsyncEntry(service, username, { linux: { store: 'secret-service' } })
      return await within(patience, question(entry, AbortSignal.timeout(patience)))
    } catch (error) {
      throw error instanceof Failure ? error : unusable(error instanceof Error ? error.message : 'unknown error')
    }
  }
  return {
    get: async () => (await ask((entry, signal) => entry.getPassword(signal))) ?? undefined,
    set: (value: string) => ask((entry, signal) => entry.setPassword(value, signal)),
    delete: () => ask((entry, signal) => entry.deletePassword(signal)),
  }
}

/** The library's own signal cannot stop a question that the system is busy with, so the wait is ended here. */
const within = async <T>(limit: number, work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(unusable(`it did not answer within ${Math.round(limit / 1000)} s`)), limit)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
    work.catch(() => undefined) // an answer after the limit has nobody who waits for it
  }
}

const unusable = (reason: string): Failure =>
  new Failure('signin', `this system's keychain cannot be used: ${reason}`, {
    hint: 'unlock it and run the same command again, or set tokens: file in holdall.yaml and sign in again',
  })

const magic = Buffer.from('holdall sealed 1\n')

/** The account's name is bound in, so that one account's file under another's name does not open. */
const seal = (value: string, secret: Buffer, key: string): Buffer => {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', secret, iv).setAAD(Buffer.from(key))
  const body = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()])
  return Buffer.concat([magic, iv, cipher.getAuthTag(), body])
}

const unseal = (sealed: Buffer, secret: Buffer, key: string): string | undefined => {
  if (sealed.length < magic.length + 28 || !sealed.subarray(0, magic.length).equals(magic)) return undefined
  const rest = sealed.subarray(magic.length)
  const decipher = createDecipheriv('aes-256-gcm', secret, rest.subarray(0, 12), { authTagLength: 16 }).setAAD(Buffer.from(key))
  decipher.setAuthTag(rest.subarray(12, 28))
  try {
    return Buffer.concat([decipher.update(rest.subarray(28)), decipher.final()]).toString('utf8')
  } catch {
    return undefined // another key, or another file: the caller says so
  }
}

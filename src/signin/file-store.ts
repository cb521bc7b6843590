import { join } from 'node:path'
import { privateFiles } from './private-file.ts'
import type { StoreNotice, TokenStore } from './token-store.ts'

export interface FileStoreOptions {
  /** The folder for sign-ins; made where it is missing, for its owner alone. */
  readonly folder: string
  readonly platform: NodeJS.Platform
  readonly notice: StoreNotice
}

/** Keeps each account's sign-in in a file of its own that only its owner may read. */
export const fileStore = ({ folder, platform, notice }: FileStoreOptions): TokenStore => {
  const files = privateFiles(platform, notice)
  const path = (key: string) => join(folder, `${fileName(key)}.json`)
  return {
    where: `a file that only you can read, in ${folder}`,
    get: async (key) => (await files.read(path(key)))?.toString('utf8'),
    set: (key, value) => files.write(path(key), value),
    delete: (key) => files.remove(path(key)),
  }
}

/** One name for each key on every file system, letter case aside. */
export const fileName = (key: string): string =>
  key.replace(/[^a-z0-9_-]/gu, (character) => `%${Buffer.from(character).toString('hex')}`)

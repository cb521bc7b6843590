import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Clock } from '../core/clock.ts'
import { Failure } from '../core/failure.ts'
import { fileName } from './file-store.ts'

/** Lets one process at a time work on an account's sign-in. */
export interface AccountLock {
  hold<T>(work: () => Promise<T>): Promise<T>
}

export interface AccountLockOptions {
  /** A folder on a local disk that all processes of this user share. */
  readonly folder: string
  readonly account: string
  readonly clock: Clock
  /** Milliseconds to wait for another process; longer than a refresh may take, with the minute for a disk that is full. Default 150,000. */
  readonly patience?: number
}

/**
 * A lock between processes that a crash frees: a transaction on an empty SQLite file (https://sqlite.org/lockingv3.html, RESERVED).
 * Throws a Failure of kind `transient` when another process holds it for too long.
 */
export const accountLock = ({ folder, account, clock, patience = 150_000 }: AccountLockOptions): AccountLock => ({
  hold: async (work) => {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const database = new DatabaseSync(join(folder, `${fileName(account)}.lock`))
    try {
      const deadline = clock.now() + patience
      // Asked again and again instead of by busy_timeout, which would stop everything else in this process.
      while (!began(database)) {
        if (clock.now() >= deadline) {
          throw new Failure('transient', `another holdall has been busy with the sign-in of ${account} for too long`, {
            hint: 'see whether another holdall hangs, and end it',
          })
        }
        await clock.sleep(20 + Math.random() * 60)
      }
      return await work()
    } finally {
      database.close() // ends the transaction, too
    }
  },
})

/** For a process that is alone: practising, tests. */
export const noLock: AccountLock = { hold: (work) => work() }

const began = (database: DatabaseSync): boolean => {
  try {
    database.exec('BEGIN IMMEDIATE')
    return true
  } catch (error) {
    if (isBusy(error)) return false
    throw error
  }
}

/** SQLITE_BUSY, https://sqlite.org/rescode.html#busy; the low byte, as extended codes stand above it. */
const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' && (error.errcode & 0xff) === 5

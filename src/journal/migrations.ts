import { start } from './migrations/001-start.ts'
import { expires } from './migrations/002-expires.ts'
import { refused } from './migrations/003-refused.ts'
import { rank } from './migrations/004-rank.ts'

/** One step forward of the journal's form. Steps are never changed once released, and never go back. */
export interface Migration {
  readonly number: number
  readonly name: string
  readonly sql: string
}

/** All steps, in order; imported by name so that a missing file is an error at once. */
export const migrations: readonly Migration[] = [start, expires, refused, rank]

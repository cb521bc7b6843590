import { z } from 'zod'
import type { Journal } from './journal.ts'

const mark = 'verified'

const schema = z.object({
  /** When it came to its end, in milliseconds since 1970. */
  ended: z.number(),
  read: z.enum(['every-byte', 'sizes']),
  /** ACCOUNT/SOURCE of those that were looked at; null: the whole archive. */
  sources: z.array(z.string()).nullable(),
  files: z.number(),
  bytes: z.number(),
  /** Things that were not as they had been saved. */
  damaged: z.number(),
})

/** What the last `verify` that came to its end looked at, and found. */
export type LastVerify = z.infer<typeof schema>

export function rememberVerify(journal: Journal, last: LastVerify): void {
  journal.setMark(mark, JSON.stringify(last))
}

/** Undefined: there was none since the archive or its journal was made. */
export function lastVerify(journal: Journal): LastVerify | undefined {
  const text = journal.mark(mark)
  return text === undefined ? undefined : schema.safeParse(JSON.parse(text)).data
}

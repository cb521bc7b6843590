import { z } from 'zod'
import type { Journal } from './journal.ts'

const mark = 'copied'

const schema = z.object({
  /** When it came to its end, milliseconds since 1970. */
  ended: z.number(),
  /** The copy's folder, as this computer names it. */
  to: z.string(),
  /** The last run that is in it. */
  run: z.number(),
  /** On the same disk as the archive; null: that cannot be told. */
  sameDisk: z.boolean().nullable(),
  /** Files of the archive that were not right, and are not in it. */
  damaged: z.number(),
})

/** The last second copy that came to its end. Whether it is still there cannot be known: its disk may lie in a drawer. */
export type LastCopy = z.infer<typeof schema>

export function rememberCopy(journal: Journal, last: LastCopy): void {
  journal.setMark(mark, JSON.stringify(last))
}

/** Undefined: there was none since the archive or its journal was made. */
export function lastCopy(journal: Journal): LastCopy | undefined {
  const text = journal.mark(mark)
  return text === undefined ? undefined : schema.safeParse(JSON.parse(text)).data
}

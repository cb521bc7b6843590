import { z } from 'zod'
import type { DisplayedTotal } from '../core/source.ts'
import type { Journal } from './journal.ts'

const mark = (source: string) => `displayed ${source}`

const localised = z.object({ en: z.string(), ja: z.string() })
const schema = z.object({
  /** When they were read, milliseconds since 1970, and in which run. */
  read: z.number(),
  run: z.number(),
  totals: z.array(
    z.object({
      what: localised,
      count: z.number(),
      unit: z.enum(['bytes', 'items']),
      beside: z.enum(['items', 'bytes']).optional(),
      because: z.array(localised),
    }),
  ),
})

/** The totals that a provider showed of a source (ACCOUNT/SOURCE) when they were last read. */
export type LastDisplayed = z.infer<typeof schema>

export function rememberDisplayed(
  journal: Journal,
  source: string,
  last: { readonly read: number; readonly run: number; readonly totals: readonly DisplayedTotal[] },
): void {
  journal.setMark(mark(source), JSON.stringify(last))
}

/** Undefined: they were never read, or what was noted of them cannot be used. */
export function lastDisplayed(journal: Journal, source: string): LastDisplayed | undefined {
  try {
    return schema.safeParse(JSON.parse(journal.mark(mark(source)) ?? 'null')).data
  } catch {
    return undefined
  }
}

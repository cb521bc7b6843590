import { z } from 'zod'
import { type LeaveLine, leaveSections, leaveStates } from '../core/leaving.ts'
import type { Journal } from './journal.ts'

const mark = 'checklist'

export interface ChecklistLine extends LeaveLine {
  /** The account of the settings that it is about; absent: none in particular. */
  readonly account?: string
}

export interface Checklist {
  /** Milliseconds since 1970. */
  readonly made: number
  /** Section by section. */
  readonly lines: readonly ChecklistLine[]
}

const text = z.object({ en: z.string(), ja: z.string() })
const schema = z.object({
  made: z.number(),
  lines: z.array(
    z.object({
      section: z.enum(leaveSections),
      about: z.string(),
      account: z.string().optional(),
      state: z.enum(leaveStates),
      what: text,
      why: text,
      next: z.array(
        z.object({
          command: z.string().optional(),
          text: text.optional(),
          page: z.string().optional(),
          file: z.string().optional(),
        }),
      ),
    }),
  ),
})

/** Keeps the checklist for the report, without what is for scripts alone. */
export function rememberChecklist(journal: Journal, { made, lines }: Checklist): void {
  journal.setMark(mark, JSON.stringify({ made, lines: lines.map(({ facts: _, ...line }) => line) }))
}

/** Undefined: `holdall leave` has not been run, or by another version that kept something else. */
export function lastChecklist(journal: Journal): Checklist | undefined {
  const kept = journal.mark(mark)
  return kept === undefined ? undefined : (schema.safeParse(JSON.parse(kept)).data as Checklist | undefined)
}

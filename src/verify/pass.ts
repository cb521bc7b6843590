import { z } from 'zod'
import type { Journal } from '../journal/journal.ts'
import type { Passed } from './verify.ts'

/** The mark in the journal under which an interrupted pass is remembered. */
const mark = 'verify'
/** What was read longer ago than this is read again, in milliseconds: 30 days. */
const longest = 30 * 24 * 3_600_000

const schema = z.object({
  began: z.number(),
  /** The last run then: another one since may have changed any file. */
  run: z.number(),
  sources: z.array(z.string()).nullable(),
  path: z.string(),
  files: z.number(),
  bytes: z.number(),
  damaged: z.number(),
})

/** An interrupted pass over the payload, and when it began (milliseconds since 1970). */
export interface Pass {
  readonly began: number
  readonly passed: Passed
}

/** For a journal that goes elsewhere: what was read is said of this archive's own files. */
export const forgetPass = (journal: Journal): void => journal.setMark(mark, undefined)

/** Remembers how far a pass came. One over other sources, from before another run, or from long ago, counts for nothing. */
export function createPassMemory(journal: Journal, sources: readonly string[] | undefined, now: number) {
  const run = journal.lastRun()?.n ?? 0
  const wanted = JSON.stringify(sources ?? null)
  const found = recall()
  const began = found?.began ?? now
  return {
    /** The pass that this one goes on with. */
    earlier: found,
    remember(passed: Passed): void {
      if (passed.path !== '') journal.setMark(mark, JSON.stringify({ began, run, sources: sources ?? null, ...passed }))
    },
    /** It came to its end. */
    forget: () => journal.setMark(mark, undefined),
  }

  function recall(): Pass | undefined {
    const text = journal.mark(mark)
    if (text === undefined) return undefined
    const note = schema.safeParse(JSON.parse(text))
    if (!note.success) return undefined
    const { began, path, files, bytes, damaged, ...of } = note.data
    const applies = of.run === run && JSON.stringify(of.sources) === wanted && began <= now && now - began < longest
    return applies ? { began, passed: { path, files, bytes, damaged } } : undefined
  }
}

import type { JsonObject } from '../../core/json.ts'
import type { Localised } from '../../core/language.ts'
import { type LeaveState, leaveSections, leaveStates } from '../../core/leaving.ts'
import type { ChecklistLine } from '../../journal/last-checklist.ts'
import { type Words, wordsOf } from '../../language/words.ts'

export type { ChecklistLine } from '../../journal/last-checklist.ts'

/** Words of the program in every language. */
export const inBoth = (say: (words: Words) => string): Localised => ({ en: say(wordsOf('en')), ja: say(wordsOf('ja')) })

/** Lines section by section; within one they stay in order. */
export const inOrder = (lines: readonly ChecklistLine[]): readonly ChecklistLine[] =>
  leaveSections.flatMap((section) => lines.filter((line) => line.section === section))

/** How many lines are in each state. */
export function countStates(lines: readonly Pick<ChecklistLine, 'state'>[]): Readonly<Record<LeaveState, number>> {
  const counts = Object.fromEntries(leaveStates.map((state) => [state, 0])) as Record<LeaveState, number>
  for (const { state } of lines) counts[state]++
  return counts
}

/** Facts for scripts without what is undefined. */
export const factsOf = (facts: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))

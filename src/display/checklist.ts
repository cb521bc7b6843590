import { type LeaveLine, type LeaveStep, leaveSections, leaveStates } from '../core/leaving.ts'
import type { Words } from '../language/words.ts'
import { clean } from './clean.ts'
import { pad, widthOf } from './width.ts'
import { wrap } from './wrap.ts'

export type ShownLine = LeaveLine & { readonly account?: string }

/** Lines of one section on a terminal; the report has all. */
const shown = 30
/** Narrower than this nothing can be read. */
const narrowest = 24

/** The checklist as a table: the state, and beside it what, why, and what to do next. Without `columns` no line is broken. */
export function checklistText(lines: readonly ShownLine[], words: Words, columns?: number): string {
  const { leave, language } = words
  const width = Math.max(...leaveStates.map((state) => widthOf(leave.states[state])))
  const indent = ' '.repeat(2 + width + 2)
  const room = columns === undefined ? undefined : Math.max(narrowest, columns - indent.length)
  const broken = (text: string, hang = '') =>
    (room === undefined ? [clean(text)] : wrap(clean(text), room - hang.length)).map((part, at) =>
      at === 0 ? part : hang + part,
    )

  const row = ({ state, what, why, next, account }: ShownLine): string => {
    const named =
      account === undefined || what[language].includes(`${account}/`) ? what[language] : `${account}: ${what[language]}`
    const cell = [
      ...broken(named),
      ...broken(why[language]),
      ...next.flatMap((step) => broken(`> ${stepText(step, words)}`, '  ')),
    ]
    const [first = '', ...rest] = cell
    return [`  ${pad(leave.states[state], width)}  ${first}`, ...rest.map((line) => `${indent}${line}`)]
      .map((line) => `${line}\n`)
      .join('')
  }

  return leaveSections
    .map((section) => {
      const own = lines.filter((line) => line.section === section)
      if (own.length === 0) return ''
      const rest = own.length - shown
      return `\n${leave.sections[section]}\n${own.slice(0, shown).map(row).join('')}${rest > 0 ? `${indent}${leave.inReportOnly(rest)}\n` : ''}`
    })
    .join('')
}

/** One step as a line; a file of the archive speaks for itself. */
export function stepText({ command, text, page, file }: LeaveStep, { language }: Words): string {
  if (file !== undefined) return file
  return [command, text?.[language], page].filter((part) => part !== undefined).join(': ')
}

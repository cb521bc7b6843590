import type { Tally } from '../core/state.ts'
import type { Journal } from '../journal/journal.ts'
import { lastDisplayed } from '../journal/last-displayed.ts'
import { countedMark, newsMark } from '../journal/marks.ts'
import { makeStatement, type SourceFacts, type Statement } from './statement.ts'

const nothing: Tally = {
  items: 0,
  bytes: 0,
  saved: 0,
  unchanged: 0,
  unexportable: 0,
  excluded: 0,
  gone: 0,
  pending: 0,
  failed: 0,
}

/**
 * The statement as the journal has it now. `configured` are the sources that the settings name (ACCOUNT/SOURCE): one that was never reached is in no
 * journal, and missing all the same. Absent: those of the journal. `now` in milliseconds. Throws a Failure of kind `bug` where counts do not add up.
 */
export function readStatement(journal: Journal, configured?: readonly string[], now?: number): Statement {
  const run = journal.lastRun()?.n ?? 0
  const known = journal.sources()
  const wanted = new Set(configured ?? known.map(({ name }) => name))
  const facts = known.map(
    ({ n, name, failure, listed }): SourceFacts => ({
      source: name,
      tally: journal.tally(n, run),
      listed: listed ?? undefined,
      counted: instant(journal.mark(countedMark(name))),
      failure: failure === null ? undefined : (JSON.parse(failure) as SourceFacts['failure']),
      unsettled: journal.mark(newsMark(n)) !== undefined,
      configured: wanted.has(name),
      ...displayedOf(journal, name),
    }),
  )
  const unknown = [...wanted]
    .filter((name) => known.every((one) => one.name !== name))
    .map(
      (source): SourceFacts => ({
        source,
        tally: nothing,
        listed: undefined,
        counted: undefined,
        failure: undefined,
        unsettled: false,
        configured: true,
      }),
    )
  return makeStatement(
    [...facts, ...unknown].toSorted((a, b) => (a.source < b.source ? -1 : 1)),
    now,
  )
}

function displayedOf(journal: Journal, name: string): Pick<SourceFacts, 'displayed'> {
  const displayed = lastDisplayed(journal, name)
  return displayed === undefined || displayed.totals.length === 0 ? {} : { displayed }
}

function instant(text: string | undefined): number | undefined {
  const time = text === undefined ? Number.NaN : Date.parse(text)
  return Number.isNaN(time) ? undefined : time
}

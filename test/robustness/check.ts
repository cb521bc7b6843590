import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { checkBag, type Derived, differences, metadataOf, wrongNow } from '../journeys/archive-check.ts'
import type { Ledger } from '../journeys/expected.ts'
import type { Contents } from './contents.ts'
import { type Ended, type Place, run } from './program.ts'

type Tally = Readonly<Record<string, number>>
type Tallies = Readonly<Record<string, Tally>>

export interface Summary {
  readonly status: number
  readonly sources: Tallies
}

const states = ['saved', 'unchanged', 'unexportable', 'excluded', 'gone', 'pending', 'failed'] as const

/** Several derived kinds of files as one. */
export function together(all: readonly Derived[]): Derived {
  const of = (file: string) => all.find((one) => one.is(file))
  return {
    is: (file) => of(file) !== undefined,
    wrongNow: (file, bytes) => of(file)?.wrongNow(file, bytes),
    differences: (archive) => all.flatMap((one) => one.differences(archive)),
  }
}

/** The last line of a run with --json. Throws where there is none, or where its counts do not add up. */
export function summaryOf({ stdout, stderr, status }: Ended): Summary {
  const last = stdout.trimEnd().split('\n').at(-1) ?? ''
  let summary: (Summary & { event: string }) | undefined
  try {
    summary = JSON.parse(last) as Summary & { event: string }
  } catch {
    // Told below.
  }
  if (summary?.event !== 'summary') throw new Error(`no summary at the end (status ${status}): ${last}\n${stderr}`)
  if (summary.status !== status) throw new Error(`the summary says ${summary.status}, and the exit status is ${status}`)
  for (const [source, tally] of Object.entries(summary.sources)) {
    const sum = states.reduce((all, state) => all + (tally[state] ?? Number.NaN), 0)
    if (sum !== tally.items) throw new Error(`${source}: the states of ${tally.items} items add up to ${sum}`)
  }
  return summary
}

const openItems = ({ sources }: Summary) =>
  Object.values(sources).reduce((sum, tally) => sum + (tally.pending ?? 0) + (tally.failed ?? 0), 0)

/** What is wrong with an archive at this moment, whatever happened to the run: torn files, files that never were, lost files. */
export const wrongAtAnyMoment = (archive: string, ledger: Ledger, contents: Contents): string[] =>
  wrongNow(archive, ledger, together(contents.derived))

/**
 * What is wrong with an archive whose run said that all is done. It must equal the accounts now, file by file, and the counts must be those of what they
 * hold.
 */
export function wrongWhenDone(archive: string, summary: Summary, contents: Contents): string[] {
  const open = openItems(summary)
  return [
    ...(open === 0 ? [] : [`exit 0, and ${open} items are pending or failed`]),
    ...differences(archive, contents.expected(), together(contents.derived)).wrong,
    ...[...contents.ids()].flatMap(([source, ids]) => wrongCounts(archive, source, summary.sources[source], ids)),
  ]
}

/** Ids of a source that a model counts; what else is there (settings, photos, meetings' details) goes with them. */
const counted: Readonly<Record<string, RegExp>> = {
  'google/gmail': /^[0-9a-f]{16}$/,
  'google/contacts': /^people\//,
  'google/calendar': /^event\//,
  'google/tasks': /^task\//,
  'zoom/recordings': /^file\//,
}

/** Holds counts and metadata against each other and against what the account has. */
function wrongCounts(archive: string, source: string, tally: Tally | undefined, ids: ReadonlySet<string>): string[] {
  if (tally === undefined) return [`the summary says nothing of ${source}`]
  const wrong: string[] = []
  const lines = metadataOf(archive, source)
  const inState = (state: string) => lines.filter((line) => line.state === state).length
  const hold = (what: string, said: number | undefined, is: number) => {
    if (said !== is) wrong.push(`${source}: ${said} ${what} are said, and it is ${is}`)
  }
  hold('items', tally.items, lines.length)
  hold('saved items', (tally.saved ?? 0) + (tally.unchanged ?? 0), inState('saved'))
  for (const state of ['unexportable', 'excluded', 'gone']) hold(`${state} items`, tally[state], inState(state))
  hold('bytes', tally.bytes, bytesBelow(path.join(archive, 'data', source)))
  const living = new Map(
    lines
      .filter(
        ({ id, state, goneAtSource }) => (counted[source]?.test(id) ?? true) && goneAtSource === undefined && state !== 'gone',
      )
      .filter(({ state }) => state !== 'excluded')
      .map((line) => [line.id, line.state]),
  )
  for (const id of ids) {
    const state = living.get(id)
    if (state === undefined) wrong.push(`${source}: ${id} is there, and the archive does not know of it`)
    else if (state !== 'saved') wrong.push(`${source}: ${id} is ${state}, and was to be had`)
  }
  for (const id of living.keys()) if (!ids.has(id)) wrong.push(`${source}: ${id} is said to be there, and is not`)
  return wrong
}

function bytesBelow(folder: string): number {
  if (!existsSync(folder)) return 0
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0)
}

/** What is wrong when all that programs say of a finished archive is compared: status, report.json, verify, sha256sum. */
export async function wrongStatements(place: Place, summary: Summary): Promise<string[]> {
  const wrong: string[] = []
  const same = (what: string, actual: Tallies) => {
    for (const [source, tally] of Object.entries(summary.sources))
      for (const [key, count] of Object.entries(tally))
        if (actual[source]?.[key] !== count)
          wrong.push(`${what} says ${actual[source]?.[key]} ${key} of ${source}, backup said ${count}`)
  }
  const status = summaryOf(await run(place, ['status', '--json']))
  if (status.status !== 0) wrong.push(`status ends with ${status.status}`)
  same('status', status.sources)
  const reported = await run(place, ['report', '--json'])
  if (reported.status !== 0) wrong.push(`report ends with ${reported.status}: ${reported.stderr}`)
  const report = JSON.parse(readFileSync(path.join(place.archive, 'report.json'), 'utf8')) as {
    verdict: string
    butFor: number
    total: Tally
    sources: { source: string; items?: Tally; tally?: Tally }[]
  }
  const sources = Object.values(summary.sources)
  const total = (key: string) => sources.reduce((sum, tally) => sum + (tally[key] ?? 0), 0)
  const butFor = total('unexportable') + total('excluded') + total('gone')
  if (report.butFor !== butFor)
    wrong.push(`report.json says ${report.butFor} items but for which it is complete, and it is ${butFor}`)
  if (report.verdict !== (butFor > 0 ? 'complete-but' : 'complete')) wrong.push(`report.json says ${report.verdict}`)
  for (const key of ['items', 'bytes', ...states])
    if (report.total[key] !== total(key)) wrong.push(`report.json says ${report.total[key]} ${key}, and it is ${total(key)}`)
  const verified = await run(place, ['verify', '--json'])
  if (verified.status !== 0) wrong.push(`verify ends with ${verified.status}: ${verified.stdout.slice(-2000)}${verified.stderr}`)
  await checkBag(place.archive).catch((error: Error) => wrong.push(`sha256sum: ${error.message}`))
  // Nobody but the program put anything there: it must know all of it as its own.
  if (existsSync(path.join(place.archive, '.holdall/strays'))) wrong.push('the program took files of its own for strays')
  return wrong
}

import type { ArchiveSession } from '../app/open-archive.ts'
import { consequences, type Failure } from '../core/failure.ts'
import type { JsonObject } from '../core/json.ts'
import type { ExitStatus } from '../core/state.ts'
import { formatCount } from '../display/bytes.ts'
import { clean } from '../display/clean.ts'
import { identityMark } from '../journal/marks.ts'
import { checkArchiveIdentity } from '../signin/identity.ts'
import { compareRemote, type Difference, type RemoteResult } from '../verify/remote.ts'
import type { Context } from './command.ts'

/** Things named in the text, of each source; with --json all are. */
const named = 100

export interface RemoteVerdict {
  readonly status: ExitStatus
  readonly text: string
  readonly details: JsonObject
}

/** Lists the accounts again, into nothing, and says what the archive lacks. */
export async function verifyRemote(
  context: Context,
  { journal }: ArchiveSession,
  args: readonly string[],
): Promise<RemoteVerdict> {
  const app = await context.app()
  const opened = await app.openSources(args, (account, identity) => {
    checkArchiveIdentity(journal.mark(identityMark(account)), account, identity)
  })
  const examples = new Map<string, Difference[]>()
  const found = (difference: Difference) => {
    const { source, id, path, what } = difference
    const some = examples.get(source) ?? []
    if (some.length < named) examples.set(source, [...some, difference])
    context.emit({ event: 'item', source, id, path, state: 'pending', reason: reasons[what] })
  }
  const results = await Promise.all(
    opened.sources.map((source) => compareRemote(source, { journal, emit: context.emit, signal: context.signal, found })),
  )
  const unlisted = journal.sources().flatMap(({ name }) => {
    const asked = args.length === 0 || args.some((arg) => name === arg || name.startsWith(`${arg}/`))
    return asked && !results.some(({ source }) => source === name) && !opened.failures.has(name) ? [name] : []
  })
  return {
    status: statusOf(results, opened.failures),
    text: [
      ...results.flatMap((result) => linesOf(result, examples.get(result.source) ?? [])),
      ...[...opened.failures].map(([name, failure]) => `${name}: not listed: ${failure.message}`),
      ...unlisted.map((name) => `${name}: not listed: the settings have no such source any more`),
    ]
      .map((line) => `${line}\n`)
      .join(''),
    details: Object.fromEntries([
      ...results.map(({ source, failures, ...counts }) => [source, { ...counts, complete: failures.length === 0 }] as const),
      ...[...opened.failures.keys(), ...unlisted].map((source) => [source, { complete: false }] as const),
    ]),
  }
}

const reasons = {
  missing: 'it is there and not in the archive',
  newer: 'it is newer there than in the archive',
} as const

function statusOf(results: readonly RemoteResult[], unopened: ReadonlyMap<string, Failure>): ExitStatus {
  const failures = [...unopened.values(), ...results.flatMap((result) => result.failures)]
  const lacking = results.some(({ missing, newer, unsaved }) => missing + newer + unsaved > 0)
  return Math.max(lacking ? 3 : 0, ...failures.map(({ kind }) => consequences[kind].status)) as ExitStatus
}

function linesOf(
  { source, listed, missing, newer, gone, unsaved, failures }: RemoteResult,
  some: readonly Difference[],
): string[] {
  const lines = some.map(({ path, what }) => `${what}: ${clean(path)}`)
  const more = missing + newer - some.length
  if (more > 0) lines.push(`and ${formatCount(more)} more in ${source}; --json names all`)
  const lacks = [
    ...(missing > 0 ? [`${formatCount(missing)} missing in the archive`] : []),
    ...(newer > 0 ? [`${formatCount(newer)} newer there`] : []),
    ...(unsaved > 0 ? [`${formatCount(unsaved)} known and not saved yet (holdall status)`] : []),
  ]
  const verdict =
    failures.length > 0
      ? 'not everything could be listed, see the messages'
      : lacks.length === 0
        ? 'nothing is missing or newer there'
        : undefined
  const past = gone > 0 ? ` ${formatCount(gone)} are gone there; what was saved of them stays.` : ''
  const said = [...lacks, ...(verdict === undefined ? [] : [verdict])].join(', ')
  lines.push(
    `${source}: ${formatCount(listed)} ${listed === 1 ? 'entry' : 'entries'} listed again: ${said}.${past}${lacks.length > 0 ? ' Next: holdall backup' : ''}`,
  )
  return lines
}

import type { ArchiveSession } from '../app/open-archive.ts'
import { consequences, type Failure } from '../core/failure.ts'
import type { JsonObject } from '../core/json.ts'
import type { ExitStatus } from '../core/state.ts'
import { clean } from '../display/clean.ts'
import { joined } from '../display/joined.ts'
import { identityMark } from '../journal/marks.ts'
import { type Words, wordsOf } from '../language/words.ts'
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
    context.emit({ event: 'item', source, id, path, state: 'pending', reason: wordsOf('en').commands.remote.reasons[what] })
  }
  const results = await Promise.all(
    opened.sources.map((source) => compareRemote(source, { journal, emit: context.emit, signal: context.signal, found })),
  )
  const unlisted = journal.sources().flatMap(({ name }) => {
    const asked = args.length === 0 || args.some((arg) => name === arg || name.startsWith(`${arg}/`))
    return asked && !results.some(({ source }) => source === name) && !opened.failures.has(name) ? [name] : []
  })
  const { remote } = context.words.commands
  return {
    status: statusOf(results, opened.failures),
    text: [
      ...results.flatMap((result) => linesOf(result, examples.get(result.source) ?? [], remote)),
      ...[...opened.failures].map(([name, failure]) => joined(remote.notListed(name), failure.message, context.words)),
      ...unlisted.map((name) => `${remote.notListed(name)}: ${remote.noSuchSource}`),
    ]
      .map((line) => `${line}\n`)
      .join(''),
    details: Object.fromEntries([
      ...results.map(({ source, failures, ...counts }) => [source, { ...counts, complete: failures.length === 0 }] as const),
      ...[...opened.failures.keys(), ...unlisted].map((source) => [source, { complete: false }] as const),
    ]),
  }
}

function statusOf(results: readonly RemoteResult[], unopened: ReadonlyMap<string, Failure>): ExitStatus {
  const failures = [...unopened.values(), ...results.flatMap((result) => result.failures)]
  const lacking = results.some(({ missing, newer, unsaved }) => missing + newer + unsaved > 0)
  return Math.max(lacking ? 3 : 0, ...failures.map(({ kind }) => consequences[kind].status)) as ExitStatus
}

function linesOf(
  { source, listed, missing, newer, gone, unsaved, failures }: RemoteResult,
  some: readonly Difference[],
  words: Words['commands']['remote'],
): string[] {
  const lines = some.map(({ path, what }) => words[what](clean(path)))
  const more = missing + newer - some.length
  if (more > 0) lines.push(words.more(more, source))
  const lacks = [
    ...(missing > 0 ? [words.lacks.missing(missing)] : []),
    ...(newer > 0 ? [words.lacks.newer(newer)] : []),
    ...(unsaved > 0 ? [words.lacks.unsaved(unsaved)] : []),
  ]
  const verdict = failures.length > 0 ? [words.incomplete] : lacks.length === 0 ? [words.nothing] : []
  const past = gone > 0 ? words.gone(gone) : ''
  lines.push(`${words.listed(source, listed, [...lacks, ...verdict])}${past}${lacks.length > 0 ? words.next : ''}`)
  return lines
}

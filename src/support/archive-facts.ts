import { readdirSync, statSync } from 'node:fs'
import { platform } from 'node:os'
import type { Archive } from '../archive/archive.ts'
import { isSealed } from '../archive/bag.ts'
import { fileSystemOf } from '../archive/file-system.ts'
import type { JsonObject } from '../core/json.ts'
import type { Journal } from '../journal/journal.ts'
import type { ItemRow } from '../journal/rows.ts'
import { alias, type Private, scrub } from './scrub.ts'

/** Items that are not saved, looked at for each source. */
const looked = 20_000
/** Reasons told of each source, and examples of each. */
const told = { reasons: 100, examples: 3 }

/** The archive as a help desk needs to know it: its disk, its runs, counts, and why things failed; no names. */
export async function archiveFacts({ root, journalFile }: Archive, journal: Journal, known: Private): Promise<JsonObject> {
  const disk = await fileSystemOf(root, platform())
  const run = journal.lastRun()
  const time = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())
  return {
    disk: {
      freeBytes: disk.freeBytes,
      fileSystem: disk.name ?? null,
      largestFile: disk.largestFile ?? null,
    },
    journalBytes: statSync(journalFile).size,
    sealed: await isSealed(root),
    unsealed: journal.mark('unsealed') ?? null,
    lastRun:
      run === undefined
        ? null
        : { n: run.n, command: run.command, started: time(run.started), ended: time(run.ended), status: run.status },
    sources: journal.sources().map(({ n, name, failure, listed }) => ({
      source: name,
      listed: time(listed),
      failure: failure === null ? null : failureFacts(failure, known),
      counts: { ...journal.tally(n, run?.n ?? 0) },
      notSaved: notSaved(journal.troubled(n, looked), known),
    })),
  }
}

function failureFacts(failure: string, known: Private): JsonObject {
  const { kind, message, hint } = JSON.parse(failure) as { kind: string; message: string; hint?: string }
  return { kind, message: scrub(message, known), ...(hint !== undefined && { hint: scrub(hint, known) }) }
}

/** By reason, the most frequent first. */
function notSaved(rows: readonly ItemRow[], known: Private): JsonObject[] {
  const groups = new Map<string, { state: string; kind: string | null; reason: string; count: number; examples: string[] }>()
  for (const { id, name, state, failure, reason } of rows) {
    const own = { ...known, names: [...known.names, id, ...(name === null ? [] : [name])].filter((word) => word.length > 2) }
    const text = scrub(reason ?? '', own)
    const key = JSON.stringify([state, failure, text])
    const group = groups.get(key) ?? { state, kind: failure, reason: text, count: 0, examples: [] }
    group.count++
    if (group.examples.length < told.examples) group.examples.push(alias(name ?? id))
    groups.set(key, group)
  }
  return [...groups.values()].sort((a, b) => b.count - a.count).slice(0, told.reasons)
}

/** Names of shared drives, calendars and the like, as messages about them have them. */
export function streamTitles(journal: Journal): string[] {
  return journal
    .sources()
    .flatMap(({ n }) => journal.tallyStreams(n).flatMap(({ title }) => [title, ...title.split('/')]))
    .filter((title) => title.length > 2)
}

/** The newest log of each command, the newest command's first. */
export function newestLogs(archive: Archive): string[] {
  const names = readdirSync(archive.absolute('.holdall/logs')).toSorted().reverse()
  const commands = new Set<string>()
  return names.flatMap((name) => {
    const command = /-([a-z]+)\.jsonl$/.exec(name)?.[1]
    if (command === undefined || commands.has(command)) return []
    commands.add(command)
    return [`.holdall/logs/${name}`]
  })
}

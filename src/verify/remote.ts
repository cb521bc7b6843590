import type { Reporter } from '../core/events.ts'
import { Failure } from '../core/failure.ts'
import type { Item } from '../core/item.ts'
import type { Known, Source, Stream } from '../core/source.ts'
import { streamRounds } from '../core/stream-rounds.ts'
import type { Journal } from '../journal/journal.ts'
import { createPaths, type Paths } from '../journal/paths.ts'

/** A source opened for looking, by its name ACCOUNT/SOURCE. */
export interface RemoteSource {
  readonly name: string
  readonly source: Source
  readonly shape: string
}

/** Something that is there and not, or not so, in the archive. */
export interface Difference {
  readonly source: string
  readonly id: string
  /** As the person knows it; the id where the service names nothing else. */
  readonly path: string
  readonly what: 'missing' | 'newer'
}

export interface RemoteResult {
  readonly source: string
  /** Entries that the service named. */
  readonly listed: number
  readonly missing: number
  readonly newer: number
  /** Known, and no longer there; what was saved stays saved. */
  readonly gone: number
  /** Known, and not saved yet: pending or failed. */
  readonly unsaved: number
  /** What could not be listed. */
  readonly failures: readonly Failure[]
}

export interface RemoteCheck {
  readonly journal: Journal
  readonly emit: Reporter
  readonly signal: AbortSignal
  readonly found: (difference: Difference) => void
}

/**
 * Lists a source once more, into nothing, and names what the archive lacks or has in an older version. Where there is another road (`recount`) the ids of
 * everything there come by it, and the names and versions from what changed since the last listing; elsewhere everything is listed anew.
 * The journal is only read. Failures of single streams are told and leave the others going; throws the signal's reason.
 */
export async function compareRemote({ name, source, shape }: RemoteSource, check: RemoteCheck): Promise<RemoteResult> {
  const { journal, emit, signal } = check
  const n = journal.findSource(name)
  const failures: Failure[] = []
  const counts = { listed: 0, missing: 0, newer: 0, gone: 0 }
  /** There and not here, met before: several streams and both roads may name one thing. */
  const strange = new Set<string>()
  const paths = createPaths(journal, new Map(journal.sources().map((one) => [one.n, one.name])))
  const fail = (error: unknown, stream?: Stream) => {
    signal.throwIfAborted()
    const failure = Failure.from(error)
    failures.push(failure)
    emit({
      event: 'failed',
      source: name,
      ...(stream !== undefined && { stream: stream.id }),
      kind: failure.kind,
      message: stream === undefined ? failure.message : `${stream.title}: ${failure.message}`,
      ...(failure.hint !== undefined && { hint: failure.hint }),
    })
  }
  const report = (id: string, path: string, what: Difference['what']) => {
    counts[what]++
    check.found({ source: name, id, path, what })
  }

  try {
    for await (const streams of streamRounds(source, signal)) {
      for (const stream of streams) {
        try {
          await compareStream(stream)
        } catch (error) {
          fail(error, stream)
        }
      }
    }
    if (source.recount !== undefined) {
      for await (const ids of source.recount(signal)) {
        for (const id of ids) {
          if (strange.has(id) || !isLacking(id)) continue
          strange.add(id)
          report(id, id, 'missing')
        }
        counts.listed += ids.length
        signal.throwIfAborted()
      }
    }
  } catch (error) {
    fail(error)
  }
  const run = journal.lastRun()?.n ?? 0
  const tally = n === undefined ? undefined : journal.tally(n, run)
  return { source: name, ...counts, unsaved: (tally?.pending ?? 0) + (tally?.failed ?? 0), failures }

  async function compareStream(stream: Stream): Promise<void> {
    const row = n === undefined ? undefined : journal.stream(n, stream.id)
    // By the other road comes every id: what changed since is enough for the rest.
    const since = source.recount !== undefined && row?.shape === shape ? (row.cursor ?? undefined) : undefined
    const tell = (state: 'started' | 'page' | 'done', items: number) =>
      emit({ event: 'listing', source: name, stream: stream.title, state, full: since === undefined, items })
    let items = 0
    tell('started', items)
    const known: Known = {
      folderVersion: () => undefined,
      holdsContent: () => n !== undefined && journal.holdsContent(n, stream.id),
    }
    for await (const page of source.list(stream, since, known, signal)) {
      for (const item of page.items) compare(item)
      for (const id of page.gone ?? []) if (!isLacking(id)) counts.gone++
      for (const { failure } of page.unread ?? []) if (failure !== undefined) fail(failure, stream)
      items += page.items.length
      signal.throwIfAborted()
      tell('page', items)
    }
    if (source.recount === undefined) counts.listed += items
    tell('done', items)
  }

  function compare(item: Item): void {
    if (item.kind === 'place') return
    if (isLacking(item.id)) {
      if (strange.has(item.id)) return
      strange.add(item.id)
      if (item.excluded === undefined) report(item.id, pathOf(item), 'missing')
      return
    }
    // A folder's version says that something in it changed, which is named by itself.
    if (item.kind === 'folder' || item.excluded !== undefined) return
    const known = journal.find(n!, item.id)!
    const waits = known.state === 'pending' || known.state === 'failed'
    if (known.version !== item.version && !waits && !(known.state === 'unexportable' && item.unexportable !== undefined))
      report(item.id, pathOf(item), 'newer')
  }

  /** What the listing once called gone is not here; what a download alone found gone is counted as such. */
  function isLacking(id: string): boolean {
    const row = n === undefined ? undefined : journal.find(n, id)
    return row === undefined || row.vanished !== null
  }

  function pathOf(item: Item): string {
    const own = item.name ?? (n === undefined ? undefined : journal.find(n, item.id)?.name) ?? item.id
    if (item.path !== undefined) return [name, ...item.path, own].join('/')
    return `${folderOf(item, paths) ?? name}/${own}`
  }

  function folderOf({ parent }: Item, of: Paths): string | undefined {
    const folder = parent === undefined || n === undefined ? undefined : journal.find(n, parent)
    return folder === undefined ? undefined : of.original(folder.n)
  }
}

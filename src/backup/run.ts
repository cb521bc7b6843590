import type { Archive } from '../archive/archive.ts'
import type { Clock } from '../core/clock.ts'
import type { Reporter } from '../core/events.ts'
import { Failure } from '../core/failure.ts'
import type { ExitStatus, Tally } from '../core/state.ts'
import type { Journal } from '../journal/journal.ts'
import { countedMark, newsMark } from '../journal/marks.ts'
import { createPaths } from '../journal/paths.ts'
import { closingCount, countFailure, isDue, roadOf } from './closing-count.ts'
import { createCommitter } from './committer.ts'
import { composeSource } from './compose.ts'
import type { Filter } from './filter.ts'
import { makeFolders } from './make-folders.ts'
import { mergeMoved } from './merge-moved.ts'
import type { OpenSource } from './open-source.ts'
import { createPlacement } from './placement.ts'
import { createPlaces, type Places } from './places.ts'
import { counting, createProgress, type Progress } from './progress.ts'
import { recover } from './recover.ts'
import type { Relocation } from './relocate.ts'
import type { Run } from './run-context.ts'
import { runSource, type SourceRun } from './run-source.ts'
import { needsSealing, seal, type Unsealed, unsealedMark } from './seal.ts'
import { statusOf } from './status-of.ts'
import { itemPath } from './transfer-item.ts'

export interface BackupOptions {
  readonly command: 'backup' | 'plan'
  readonly sources: readonly OpenSource[]
  readonly journal: Journal
  readonly archive: Archive
  readonly clock: Clock
  readonly emit: Reporter
  /** Aborted with `Interrupted` when the person wants to stop. */
  readonly signal: AbortSignal
  readonly filter: Filter
  /** Downloads at once for each account. */
  readonly transfers: number
  readonly keepVersions: boolean
  readonly retryForMs: number
  /** First pause between tries of a download, in milliseconds. */
  readonly pauseMs: number
  /** The largest file that the archive's file system can hold, in bytes; absent: no limit that matters. */
  readonly largestFile?: number
  /** Program and version, for the bag. */
  readonly software: string
}

export interface Summary {
  readonly status: ExitStatus
  readonly sources: Readonly<Record<string, Tally>>
  /** What kept sources from being finished, by name. */
  readonly failures: ReadonlyMap<string, Failure>
  readonly interrupted: boolean
}

/** Why a run ends early: the person asked for it. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}

/** How often a snapshot of the run is told, in milliseconds. */
const progressMs = 500

/**
 * One run over all sources: each lists and takes side by side, what fails in one leaves the others going; then everything moves to its place and the
 * bag is sealed. Ends early, with everything kept, when the signal aborts. Throws only what nobody foresaw.
 */
export async function backup(options: BackupOptions): Promise<Summary> {
  const { journal, archive, clock, emit, command } = options
  const unsealed: Unsealed = command === 'plan' ? 'listed' : 'saved'
  let marked = journal.mark(unsealedMark) === unsealed || journal.mark(unsealedMark) === 'saved'
  const known = new Set<number>()
  const run: Run = {
    n: journal.beginRun(command, clock.now()),
    journal,
    archive,
    clock,
    emit,
    news(source) {
      if (known.has(source)) return
      known.add(source)
      journal.setMark(newsMark(source), 'yes')
    },
    changed() {
      if (marked) return
      marked = true
      journal.setMark(unsealedMark, unsealed)
    },
  }
  emit({ event: 'started', command, archive: archive.root, run: run.n })
  const numbers = new Map(options.sources.map((source) => [source.name, journal.source(source.name)]))
  const sourceNames = new Map(journal.sources().map(({ n, name }) => [n, name]))
  const paths = createPaths(journal, sourceNames)
  const placement = createPlacement(journal)
  const progress: Record<string, Progress> = {}
  const committer = createCommitter({
    run,
    paths,
    placement,
    sourceNames,
    keepVersions: options.keepVersions,
    onSaved(row, bytes) {
      const name = sourceNames.get(row.source)!
      const counts = progress[name]
      if (counts !== undefined) counts.done++
      emit({
        event: 'item',
        source: name,
        id: row.id,
        path: itemPath(paths, row),
        state: row.unexportable === null ? 'saved' : 'unexportable',
        bytes,
      })
    },
  })
  const failures = new Map<string, Failure>()
  const stop = new AbortController()
  const signal = AbortSignal.any([options.signal, stop.signal])
  const ticking = setInterval(() => emit({ event: 'progress', sources: structuredClone(progress) }), progressMs)
  let stopped: Failure | undefined
  try {
    const finished = await committer.between((relocation) => recover(run, paths, relocation, options.keepVersions))
    if (finished > 0)
      emit({ event: 'notice', level: 'info', message: `${finished} files that an earlier run had almost saved were finished` })
    const accounts = new Map(
      options.sources.map(({ account }) => [
        account,
        { transfers: createPlaces(options.transfers), ended: new AbortController() },
      ]),
    )
    await Promise.all(options.sources.map((source) => takeSource(source, accounts.get(source.account)!)))
  } catch (error) {
    if (!options.signal.aborted) {
      stopped = Failure.from(error)
      tell(stopped)
    }
  } finally {
    clearInterval(ticking)
  }
  return finish()

  async function takeSource(source: OpenSource, account: { transfers: Places; ended: AbortController }): Promise<void> {
    const n = numbers.get(source.name)!
    const counts = createProgress()
    progress[source.name] = counts
    const began = clock.now()
    try {
      const sourceRun: SourceRun = {
        run,
        n,
        source,
        signal: AbortSignal.any([signal, account.ended.signal]),
        transfers: account.transfers,
        committer,
        placement,
        paths,
        filter: options.filter,
        retryForMs: options.retryForMs,
        pauseMs: options.pauseMs,
        progress: counts,
        ...(options.largestFile !== undefined && { largestFile: options.largestFile }),
        work: command === 'plan' ? 'list' : 'take',
        ...counting(counts),
      }
      const failure = (await runSource(sourceRun)) ?? (await count(sourceRun, began))
      if (failure !== undefined) keepFrom(source.name, n, failure)
      if (failure?.stops === 'account') account.ended.abort(failure)
      if (command === 'plan') return
      await committer.between(async (relocation) => {
        await relocation.moveAll(signal)
        await makeFolders({ run, source: n, paths, filter: options.filter, signal }, relocation)
        if (journal.mark(newsMark(n)) !== undefined) for (const item of journal.misdated(n)) await touch(item, relocation)
        if (!source.features.lastingIds) await mergeMoved({ run, source: n, paths }, relocation)
      })
      if (journal.mark(newsMark(n)) !== undefined) {
        if (source.source.compose !== undefined) await composeSource({ run, source, n, paths, placement, committer })
        if (failure === undefined) {
          journal.setMark(newsMark(n), undefined)
          known.delete(n)
        }
      }
    } catch (error) {
      if (options.signal.aborted) return
      const failure = Failure.from(error)
      keepFrom(source.name, n, failure)
      if (failure.stops === 'run' && stopped !== undefined) return
      tell(failure, source.name)
      if (failure.stops !== 'run') return
      stopped = failure
      stop.abort(failure)
    }
  }

  function tell({ kind, message, hint }: Failure, source?: string): void {
    emit({ event: 'failed', ...(source !== undefined && { source }), kind, message, ...(hint !== undefined && { hint }) })
  }

  /** What kept a source from being finished, also for those who ask the journal later; a disk that refuses takes no notes. */
  function keepFrom(name: string, n: number, failure: Failure): void {
    failures.set(name, failure)
    const { kind, message, hint } = failure
    if (kind !== 'disk') journal.setSourceFailure(n, { kind, message, ...(hint !== undefined && { hint }) })
  }

  /**
   * Lists by the source's other road, as far as `roadOf` says. What appeared while the run went on is taken by a second look at the log of changes; what is
   * still not known then keeps the run from being complete.
   */
  async function count(sourceRun: SourceRun, began: number): Promise<Failure | undefined> {
    const { source, n, signal: until } = sourceRun
    const mark = countedMark(source.name)
    if (command === 'plan') return undefined
    const before = journal.mark(mark)
    const due = isDue(before, journal.mark(newsMark(n)) !== undefined, clock.now())
    let road = roadOf(source, due, until)
    if (road === undefined) return undefined
    if (due) journal.setMark(mark, undefined)
    // A clock that was set back meanwhile: of two times the earlier one is true of both.
    let asOf = Math.min(began, clock.now())
    let counted = await closingCount(run, n, road.ids, until)
    if (counted.unknown > 0) {
      journal.setMark(mark, undefined)
      const again = clock.now()
      const failure = await runSource(sourceRun)
      if (failure !== undefined) return failure
      asOf = Math.min(again, clock.now())
      road = roadOf(source, true, until)!
      counted = await closingCount(run, n, road.ids, until)
    }
    if (counted.unknown > 0) {
      const failure = countFailure(run, n, counted)
      tell(failure, source.name)
      return failure
    }
    if (!road.everything) {
      const last = before?.slice(0, 16).replace('T', ' ')
      emit({
        event: 'notice',
        level: 'info',
        source: source.name,
        message: `what was asked for again was counted by another way as well (${counted.ids} entries): nothing is missing there; everything was last counted at ${last} UTC`,
      })
      return undefined
    }
    journal.setMark(mark, new Date(asOf).toISOString())
    emit({ event: 'counted', source: source.name, ids: counted.ids, asOf: new Date(asOf).toISOString() })
    return undefined
  }

  /** The source's time changed and its bytes did not: the file's time follows. */
  async function touch(item: number, relocation: Relocation): Promise<void> {
    const { modified, version } = journal.item(item)!
    for (const entry of journal.entriesOf(item)) {
      if (entry.key === '' || entry.disk === null || entry.version !== version || modified === null) continue
      if (!(await relocation.check(entry))) continue
      await archive.setModified(`${paths.onDisk(entry.disk_dir!)}/${entry.disk}`, modified)
      journal.setEntryModified(item, entry.key, modified)
    }
  }

  async function finish(): Promise<Summary> {
    try {
      await committer.flush()
    } catch (error) {
      stopped ??= Failure.from(error)
    }
    try {
      if (command === 'backup') {
        // A stop may have come between two moves.
        await committer.between((relocation) => relocation.clearParking())
        if (await needsSealing(run)) await seal(run, options.software)
      }
    } catch (error) {
      const failure = Failure.from(error)
      const hint = 'the next backup or verify seals it'
      emit({ event: 'notice', level: 'warning', message: `the bag could not be sealed: ${failure.message}`, hint })
      stopped ??= failure
    }
    const sources = Object.fromEntries(options.sources.map(({ name }) => [name, journal.tally(numbers.get(name)!, run.n)]))
    const unexpected = options.sources.some(({ name }) => journal.hasFailed(numbers.get(name)!, 'bug', run.n))
    const interrupted = options.signal.aborted
    const status = interrupted
      ? 130
      : unexpected
        ? 1
        : statusOf(Object.values(sources), [...failures.values(), ...(stopped === undefined ? [] : [stopped])], command)
    try {
      journal.endRun(run.n, clock.now(), status)
    } catch (error) {
      // What stopped the run (a full disk) may keep its end from being written; the next one takes it for cut off, and looks closer.
      if (stopped === undefined) throw error
    }
    if (stopped !== undefined && failures.size === 0) failures.set('', stopped)
    return { status, sources, failures, interrupted }
  }
}

import { Failure } from '../core/failure.ts'
import type { Known, Stream } from '../core/source.ts'
import { streamRounds } from '../core/stream-rounds.ts'
import type { Journal } from '../journal/journal.ts'
import { rebuiltStream } from '../journal/rebuild.ts'
import type { OpenSource } from './open-source.ts'
import type { Placement } from './placement.ts'
import { type Recorded, recordPage } from './record.ts'
import type { Run } from './run-context.ts'

/** Streams listed at once: enough to hide latency, few enough to be polite. */
const streamsAtOnce = 2

export interface ListingOptions {
  readonly source: OpenSource
  /** The source's number in the journal. */
  readonly n: number
  readonly run: Run
  readonly placement: Placement
  readonly signal: AbortSignal
  readonly recorded: (page: Recorded) => void
}

/**
 * Lists all streams of a source into the journal, each page with its cursor in one transaction, and then decides what is gone.
 * Failures of single streams are reported and leave the others going; the first one is returned, for the source's fate.
 */
export async function listSource(options: ListingOptions): Promise<Failure | undefined> {
  const { source, n, run } = options
  const ended = new AbortController()
  const signal = AbortSignal.any([options.signal, ended.signal])
  const failures: Failure[] = []
  for await (const streams of streamRounds(source.source, signal))
    await listRound({ ...options, signal }, streams, ended, failures)
  run.journal.transaction(() => {
    options.placement.anchorRest(n)
    options.placement.settle()
  })
  if (failures.length > 0) return failures[0]
  return decideGone(options)
}

/** Lists a few streams at a time; what fails without stopping the others is added to `failures`. */
async function listRound(
  options: ListingOptions,
  streams: readonly Stream[],
  ended: AbortController,
  failures: Failure[],
): Promise<void> {
  const { source, run, signal } = options
  const queue = [...streams]
  const workers = await Promise.allSettled(
    Array.from({ length: streamsAtOnce }, async () => {
      for (let stream = queue.shift(); stream !== undefined; stream = queue.shift()) {
        try {
          await listStream(options, stream)
        } catch (error) {
          if (signal.aborted) throw signal.reason
          const failure = Failure.from(error)
          failures.push(failure)
          run.emit({
            event: 'failed',
            source: source.name,
            stream: stream.id,
            kind: failure.kind,
            message: `${stream.title}: ${failure.message}`,
            ...(failure.hint !== undefined && { hint: failure.hint }),
          })
          if (failure.stops !== 'item' && failure.stops !== 'stream') {
            ended.abort(failure)
            throw failure
          }
        }
      }
    }),
  )
  // Only once all are still: nothing may enter the journal for a source that has been given up.
  for (const worker of workers) if (worker.status === 'rejected') throw worker.reason
}

/**
 * A listing that an earlier run began goes on where it stopped, and says of what came before that only what was so then: it is followed by another one,
 * or this run would call complete what changed between the two.
 */
async function listStream(options: ListingOptions, stream: Stream): Promise<void> {
  const { source, n, run } = options
  const { cursor, shape, ended } = run.journal.offerStream(n, stream.id, stream.title, run.n)
  const goesOn = cursor !== null && shape === source.shape && ended === null
  await listOnce(options, stream)
  if (goesOn) await listOnce(options, stream)
}

async function listOnce({ source, n, run, placement, signal, recorded }: ListingOptions, stream: Stream): Promise<void> {
  const { journal } = run
  const row = journal.stream(n, stream.id)!
  const since = row.shape === source.shape ? (row.cursor ?? undefined) : undefined
  let { generation } = row
  let full = row.full === 1
  let items = 0
  run.emit({
    event: 'listing',
    source: source.name,
    stream: stream.title,
    state: full && since !== undefined ? 'resumed' : 'started',
    full: full || since === undefined,
    items,
  })
  const known: Known = {
    folderVersion: (id) => journal.folderVersion(n, id),
    holdsContent: () => journal.holdsContent(n, stream.id),
  }
  for await (const page of source.source.list(stream, since, known, signal)) {
    const result = journal.transaction(() => {
      if (page.startsOver === true) {
        generation = journal.startFull(n, stream.id)
        full = true
      }
      const recordedPage = recordPage(journal, placement, { source: n, stream: stream.id, generation, full, run: run.n }, page)
      journal.setCursor(n, stream.id, page.cursor, source.shape)
      if (recordedPage.changed) {
        run.changed()
        run.news(n)
      }
      return recordedPage
    })
    items += page.items.length
    recorded(result)
    if (page.note !== undefined) run.emit({ event: 'notice', level: 'info', message: `${source.name}: ${page.note}` })
    for (const { id, failure } of page.unread ?? []) {
      if (failure === undefined) continue
      run.emit({
        event: 'failed',
        source: source.name,
        stream: stream.id,
        kind: failure.kind,
        message: `the folder ${journal.find(n, id)?.name ?? id} could not be listed: ${failure.message}`,
        ...(failure.hint !== undefined && { hint: failure.hint }),
      })
    }
    run.emit({ event: 'listing', source: source.name, stream: stream.title, state: 'page', full, items })
    signal.throwIfAborted()
  }
  journal.transaction(() => {
    if (full) journal.sweep(n, stream.id, generation, run.n)
    journal.confirmFolders(n, stream.id, generation)
    journal.endStream(n, stream.id, run.clock.now())
    // What could not be read this time would not show up in a list of changes: the next run lists the stream anew.
    if (journal.unreads(n, stream.id).length > 0) journal.forgetCursor(n, stream.id)
  })
  run.emit({ event: 'listing', source: source.name, stream: stream.title, state: 'done', full, items })
}

/**
 * All streams have ended well: what is missing in one and present in none is gone. Unless it is most of what there was: a lapsed account
 * answers exactly so, and then nothing is marked, and the streams concerned are listed anew next time.
 */
function decideGone({ source, n, run, placement }: ListingOptions): Failure | undefined {
  const { journal } = run
  return journal.transaction(() => {
    const withdrawn = new Set(journal.withdrawnStreams(n, run.n))
    for (const stream of withdrawn) {
      // What was rebuilt may stand anywhere, also where this listing could not look.
      if (stream === rebuiltStream && journal.unreadCount(n, run.n) > 0) continue
      journal.sweepStream(n, stream, run.n)
      // Should it come back, a list of changes would not name what it had.
      journal.forgetCursor(n, stream)
    }
    const losses = journal.losses(n)
    const lost = losses.reduce((sum, one) => sum + one.lost, 0)
    if (lost === 0) return unreadFailure(journal, n, run.n)
    const alive = journal.alive(n)
    const emptied = losses.filter((one) => one.lost === one.alive && one.alive > 1 && !withdrawn.has(one.stream))
    const suspicious = lost * 2 > alive ? losses : emptied
    for (const { stream } of suspicious) {
      journal.clearMissing(n, stream)
      journal.forgetCursor(n, stream)
    }
    applyGone(run, placement, n)
    if (suspicious.length === 0) return unreadFailure(journal, n, run.n)
    const few = suspicious.reduce((sum, one) => sum + one.lost, 0)
    const failure = new Failure(
      'unlisted',
      `${few} of the ${alive} items known are suddenly not listed any more: that is what a lapsed account looks like, so nothing was marked as gone`,
      {
        hint: 'look at the account in a browser; if you removed them yourself, everything saved stays in the archive all the same',
      },
    )
    run.emit({ event: 'failed', source: source.name, kind: failure.kind, message: failure.message, hint: failure.hint! })
    return failure
  })
}

function unreadFailure(journal: Journal, n: number, run: number): Failure | undefined {
  return journal.unreadCount(n, run) > 0
    ? new Failure('unlisted', 'some folders could not be listed; what they hold may be incomplete', {
        hint: 'run holdall backup again',
      })
    : undefined
}

function applyGone(run: Run, placement: Placement, n: number): void {
  const { journal } = run
  const now = run.clock.now()
  for (let rows = journal.missingItems(n, 0, 500); rows.length > 0; rows = journal.missingItems(n, rows.at(-1)!.n, 500)) {
    for (const row of rows) {
      const taken = row.state === 'saved' || row.state === 'unexportable'
      journal.vanish(
        row.n,
        taken ? row.state : 'gone',
        taken ? row.reason : 'it vanished at the source before it was taken',
        now,
        run.n,
      )
      placement.retire(row.n)
      run.changed()
      run.news(n)
    }
  }
  placement.settle()
}

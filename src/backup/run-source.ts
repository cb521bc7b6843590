import { Failure } from '../core/failure.ts'
import type { ItemRow } from '../journal/rows.ts'
import { findMissing } from './find-missing.ts'
import { listSource } from './listing.ts'
import { noteDisplayed } from './note-displayed.ts'
import type { Applicant, Places } from './places.ts'
import type { Progress } from './progress.ts'
import { pendingWork, type Recorded } from './record.ts'
import { type ItemTransfer, transferItem } from './transfer-item.ts'

/** Items claimed from the journal at once. */
const batch = 256
/** So many failures in a row that the network or the service may be to blame, and the rest would only fail as well. */
const failuresInARow = 20
/**
 * So many items that the provider refused to hand out are asked for again in each run, since a block that was lifted shows in no listing; when one of them
 * comes, all the others are too. Where a rule holds back a whole drive, every run would otherwise take as long as the first.
 */
const askedAgain = 100
/** After the listing has ended each look finds what the one before revealed (the pictures of a page); so many in a row are a fault of ours. */
const mostLastLooks = 50
/** While the listing goes on, what was passed over is looked at again at most this often, in milliseconds. */
const secondLookMs = 2000

export interface SourceRun extends ItemTransfer {
  /** The source's number in the journal. */
  readonly n: number
  /** Bounds the downloads of the whole account. */
  readonly transfers: Places
  readonly progress: Progress
  /** 'list': nothing is downloaded (plan). */
  readonly work: 'list' | 'take'
}

/**
 * Lists a source and takes what is pending, side by side, the journal between them. Returns what kept it from being finished, if anything.
 * Throws a Failure that stops the run, and the signal's reason.
 */
export async function runSource(options: SourceRun): Promise<Failure | undefined> {
  const { run, n, source, progress } = options
  const ended = new AbortController()
  const signal = AbortSignal.any([options.signal, ended.signal])
  const more = createBell()
  begin(options)
  let [listed, looked] = [false, options.work === 'list']
  const listing = listSource({
    ...options,
    signal,
    recorded(page: Recorded) {
      progress.items += page.added
      progress.bytesLeft += page.queuedBytes
      progress.unsizedLeft += page.queuedUnsized
      more.ring()
    },
  }).finally(() => {
    listed = true
    progress.listing = false
    more.ring()
  })
  const noting = listing.then(
    (failure) => (failure === undefined ? noteDisplayed(run, source, signal) : undefined),
    () => undefined,
  )
  const looking = looked ? Promise.resolve() : lookAround()
  const taking = options.work === 'list' ? Promise.resolve() : takePending({ ...options, signal }, () => listed && looked, more)
  const stop = (error: unknown) => {
    ended.abort(error)
    throw error
  }
  const [first, second, third] = await Promise.allSettled([listing.catch(stop), taking.catch(stop), looking.catch(stop)])
  await noting
  options.signal.throwIfAborted()
  const failures = [first, second, third].flatMap((one) =>
    one.status === 'rejected' ? [Failure.from(one.reason)] : one.value instanceof Failure ? [one.value] : [],
  )
  const failure = failures.find((one) => one.stops === 'run') ?? failures[0]
  run.journal.setSourceFailure(
    n,
    failure === undefined
      ? undefined
      : { kind: failure.kind, message: failure.message, ...(failure.hint !== undefined && { hint: failure.hint }) },
  )
  if (failure === undefined) run.journal.setListed(n, run.clock.now())
  else if (first.status === 'rejected' || second.status === 'rejected') {
    run.emit({
      event: 'failed',
      source: source.name,
      kind: failure.kind,
      message: failure.message,
      ...(failure.hint !== undefined && { hint: failure.hint }),
    })
  }
  if (failure?.stops === 'run') throw failure
  return failure

  /** What somebody removed by hand is taken with the rest. */
  async function lookAround(): Promise<void> {
    const retaken = (bytes: number) => {
      progress.done--
      progress.bytesLeft += bytes
      more.ring()
    }
    await findMissing({ ...options, signal, retaken }).finally(() => {
      looked = true
      more.ring()
    })
  }
}

function begin({ run, n, progress, work: kind }: SourceRun): void {
  // The bag's metadata say what became of them before; whatever ends this run, they must say what is so now.
  const reopen = () => run.journal.reopen(n) + run.journal.reopenRefused(n, run.n, askedAgain)
  if (kind === 'take' && run.journal.transaction(reopen) > 0) run.changed()
  const { items, pending, failed } = run.journal.tally(n, run.n)
  const work = pendingWork(run.journal, n)
  Object.assign(progress, {
    listing: true,
    items,
    done: items - pending - failed,
    failed: 0,
    bytes: 0,
    bytesLeft: work.bytes,
    unsizedLeft: work.unsized,
    unsizedDone: 0,
    unsizedBytes: 0,
  })
}

/**
 * Takes what is pending: what the provider will remove soonest first, then rank by rank, each by number; what is listed meanwhile and goes before the rest
 * does so. Starts over for what had no place yet, until the listing has ended and a last look finds nothing.
 */
async function takePending(options: SourceRun, listed: () => boolean, more: Bell): Promise<void> {
  const { run, n, transfers, progress, committer } = options
  const applicant: Applicant = { left: () => Math.max(0, progress.items - progress.done - progress.failed) }
  const broken = new AbortController()
  const signal = AbortSignal.any([options.signal, broken.signal])
  const underWay = new Map<number, Promise<void>>()
  let inARow = 0
  let lastLooks = 0
  /** The last number looked at of each rank. */
  const after = new Map<number, number>()
  let urgent: ItemRow | undefined
  let look = { last: listed(), claimed: 0, began: run.clock.now() }

  try {
    await takeAll()
  } finally {
    // Whatever ends this, downloads under way come to rest first: they park what they have, and write it down.
    await Promise.all(underWay.values())
  }

  async function takeAll(): Promise<void> {
    for (;;) {
      signal.throwIfAborted()
      const expiring = run.journal.pendingExpiring(n, urgent, batch)
      if (expiring.length > 0) {
        urgent = expiring.at(-1)
        await claim(expiring)
        continue
      }
      const rows = nextByRank()
      if (rows.length > 0) {
        await claim(rows)
      } else if (listed()) {
        await Promise.all(underWay.values())
        await committer.flush()
        if (look.last && look.claimed === 0) break
        if (look.last && ++lastLooks > mostLastLooks) {
          throw new Failure('bug', `${look.claimed} items stay pending although they were taken again and again`, {
            stops: 'source',
          })
        }
        startOver()
      } else if (run.clock.now() - look.began >= secondLookMs) {
        await committer.flush()
        startOver()
      } else {
        await more.wait(secondLookMs, signal)
      }
    }
  }

  function nextByRank(): readonly ItemRow[] {
    let rank = run.journal.nextRank(n, Number.MIN_SAFE_INTEGER)
    for (; rank !== undefined; rank = run.journal.nextRank(n, rank)) {
      const rows = run.journal.pending(n, rank, after.get(rank) ?? 0, batch)
      if (rows.length === 0) continue
      after.set(rank, rows.at(-1)!.n)
      return rows
    }
    return []
  }

  function startOver(): void {
    after.clear()
    urgent = undefined
    // What is still under way may yet reveal more parts: then this look is not the last one.
    look = { last: listed() && underWay.size === 0, claimed: 0, began: run.clock.now() }
  }

  async function claim(rows: readonly ItemRow[]): Promise<void> {
    options.paths.forget()
    for (const row of rows) {
      if (underWay.has(row.n) || committer.holds(row.n)) continue
      look.claimed++
      const work = transfers
        .take(applicant, () => take(row))
        .catch((error: unknown) => {
          broken.abort(error)
        })
        .finally(() => underWay.delete(row.n))
      underWay.set(row.n, work)
      while (underWay.size >= batch && !signal.aborted) await Promise.race(underWay.values())
      if (signal.aborted) return
    }
  }

  async function take(row: ItemRow): Promise<void> {
    if (signal.aborted) return
    const outcome = await transferItem({ ...options, signal }, row)
    if (outcome.outcome === 'settled') progress.done++
    if (outcome.outcome !== 'failed') {
      inARow = 0
      return
    }
    progress.failed++
    const { failure } = outcome
    inARow = failure.consequence.retry ? inARow + 1 : 0
    if (inARow < failuresInARow) return
    throw new Failure(failure.kind, `${inARow} downloads in a row failed, the last because: ${failure.message}`, {
      hint: failure.hint ?? 'run the same command again later; what was saved is kept',
      stops: 'source',
      ...(failure.retryAfter !== undefined && { retryAfter: failure.retryAfter }),
    })
  }
}

/** Wakes one that waits. */
interface Bell {
  ring(): void
  /** For `ms` at most. */
  wait(ms: number, signal: AbortSignal): Promise<void>
}

function createBell(): Bell {
  let rung = false
  let wake: (() => void) | undefined
  return {
    ring() {
      rung = true
      wake?.()
    },
    async wait(ms, signal) {
      if (!rung && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const done = () => {
            clearTimeout(timer)
            signal.removeEventListener('abort', done)
            resolve()
          }
          const timer = setTimeout(done, ms)
          signal.addEventListener('abort', done)
          wake = done
        })
      }
      rung = false
      wake = undefined
    },
  }
}

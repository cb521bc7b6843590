import { Failure } from '../core/failure.ts'
import type { Part, Unexportable } from '../core/item.ts'
import type { Paths } from '../journal/paths.ts'
import { type ItemRow, itemOf, partsOf, refusalOf } from '../journal/rows.ts'
import type { Committer } from './committer.ts'
import { withLinkFile } from './decide.ts'
import type { Filter } from './filter.ts'
import type { Placement } from './placement.ts'
import type { Run } from './run-context.ts'
import { type TransferOptions, transferPart } from './transfer.ts'

export interface ItemTransfer extends Omit<TransferOptions, 'progress'> {
  readonly committer: Committer
  readonly placement: Placement
  readonly paths: Paths
  readonly filter: Filter
  /** The largest file that the archive's file system can hold, in bytes. */
  readonly largestFile?: number
  /** Bytes of a part arrived, for progress. */
  readonly received: (bytes: number, part: Part) => void
  /** A part has arrived. */
  readonly arrived: (part: Part) => void
}

/**
 * What became of an item for now: `handed`: its bytes wait to be committed; `settled`: it has a state that is not saved; `failed`, with why.
 * Throws only what stops more than the item, and the signal's reason.
 */
export type ItemOutcome = { readonly outcome: 'handed' | 'settled' } | { readonly outcome: 'failed'; readonly failure: Failure }

/** Takes one pending item: all of its parts that are not saved at its version. */
export async function transferItem(options: ItemTransfer, listed: ItemRow): Promise<ItemOutcome> {
  const { run, source } = options
  const path = itemPath(options.paths, listed)
  const leftOut = refusal(options, listed)
  if (leftOut !== undefined) return settle(run, source.name, listed, path, 'excluded', { reason: leftOut })
  const wasRefused = refusalOf(listed) !== undefined
  const row = wasRefused ? askAgain(options, listed) : listed
  const refusals: { part: Part; failure: Failure }[] = []
  let broken: Failure | undefined
  let handed = 0
  try {
    for (const part of partsOf(row)) {
      const entry = run.journal.entry(row.n, part.key)
      if (entry?.sha256 != null && entry.version === row.version) continue
      if (part.size !== undefined && options.largestFile !== undefined && part.size > options.largestFile) {
        throw new Failure('disk', `its ${part.size} bytes are more than a file on this disk can have`, {
          hint: 'use a disk formatted as exFAT, NTFS, APFS or ext4',
          stops: 'item',
        })
      }
      try {
        await transferOne(options, row, part, path)
        handed++
      } catch (error) {
        if (!(error instanceof Failure)) throw error
        // Of a page with two hundred pictures one may be broken for good: the others are taken all the same.
        if (error.kind === 'corrupt' && error.stops === 'item') broken ??= error
        else if (error.kind === 'unexportable') refusals.push({ part, failure: error })
        else throw error
      }
    }
    if (broken !== undefined) throw broken
    if (refusals.length > 0) return await leaveLink(options, row, path, refusals, handed)
    // Whatever stood against this one may stand against the others no more.
    if (wasRefused) run.journal.reopenRefused(row.source, run.n, -1)
    if (handed > 0) return { outcome: 'handed' }
    return settle(
      run,
      source.name,
      row,
      path,
      row.unexportable === null ? 'saved' : 'unexportable',
      row.unexportable === null ? {} : { reason: itemOf(row).unexportable!.message },
    )
  } catch (error) {
    options.signal.throwIfAborted()
    const failure = Failure.from(error)
    if (failure.kind === 'gone')
      return settle(run, source.name, row, path, 'gone', { reason: 'it vanished at the source before it was taken' })
    if (failure.stops !== 'item') throw failure
    if (isStale(run, row)) return { outcome: 'settled' }
    settle(run, source.name, row, path, 'failed', {
      reason: failure.message,
      kind: failure.kind,
      ...(failure.hint !== undefined && { hint: failure.hint }),
    })
    return { outcome: 'failed', failure }
  }
}

async function transferOne(options: ItemTransfer, row: ItemRow, part: Part, path: string): Promise<void> {
  const { run, source } = options
  const shown = partsOf(row).length === 1 ? path : `${path} (${part.key})`
  const size = part.size === undefined ? {} : { size: part.size }
  let bytes = 0
  let told = run.clock.now()
  run.emit({ event: 'transfer', source: source.name, path: shown, state: 'started', bytes, ...size })
  try {
    const finished = await transferPart(
      {
        ...options,
        progress(more) {
          bytes += more
          options.received(more, part)
          if (run.clock.now() - told < 250) return
          told = run.clock.now()
          run.emit({ event: 'transfer', source: source.name, path: shown, state: 'progress', bytes, ...size })
        },
      },
      row,
      part,
    )
    run.emit({ event: 'transfer', source: source.name, path: shown, state: 'done', bytes, ...size })
    options.arrived(part)
    await options.committer.add(finished)
  } catch (error) {
    run.emit({ event: 'transfer', source: source.name, path: shown, state: 'stopped', bytes, ...size })
    throw error
  }
}

/** The provider refused the item in an earlier run: the parts that were asked for then have their places again. */
function askAgain({ run, placement }: ItemTransfer, refused: ItemRow): ItemRow {
  return run.journal.transaction(() => {
    run.journal.forgetRefusal(refused.n, refusalOf(refused)?.asked ?? partsOf(refused))
    const row = run.journal.item(refused.n)!
    if (row.dir !== null) placement.put(row.n, itemOf(row), row.dir, 'known')
    placement.settle()
    return row
  })
}

/** The provider refuses the item, or some of its parts, for good: what it does give is kept, a link file stands for the rest. */
async function leaveLink(
  options: ItemTransfer,
  row: ItemRow,
  path: string,
  refusals: readonly { part: Part; failure: Failure }[],
  handed: number,
): Promise<ItemOutcome> {
  const { run, source, placement } = options
  if (isStale(run, row)) return { outcome: 'settled' }
  const left = partsOf(row).filter((part) => !refusals.some((one) => one.part.key === part.key))
  const { failure } = refusals[0]!
  const message =
    left.length === 0 ? failure.message : refusals.map((one) => `${one.part.key}: ${one.failure.message}`).join('; ')
  const unexportable: Unexportable = { reason: failure.reason ?? 'no-export', message }
  const item = withLinkFile({ ...itemOf(row), unexportable, parts: left })
  run.journal.transaction(() => {
    run.journal.setUnexportable(row.n, unexportable, item.parts, partsOf(row))
    if (row.dir !== null) placement.put(row.n, item, row.dir, 'known')
    placement.settle()
  })
  run.changed()
  const link = item.parts.find((part) => part.inline !== undefined)
  const standing = link === undefined ? undefined : run.journal.entry(row.n, link.key)
  if (link === undefined || (standing?.sha256 != null && standing.version === row.version))
    return handed > 0 ? { outcome: 'handed' } : settle(run, source.name, row, path, 'unexportable', { reason: message })
  await transferOne(options, run.journal.item(row.n)!, link, path)
  return { outcome: 'handed' }
}

function settle(
  run: Run,
  source: string,
  row: ItemRow,
  path: string,
  state: 'saved' | 'unexportable' | 'excluded' | 'gone' | 'failed',
  why: { reason?: string; hint?: string; kind?: Failure['kind'] },
): ItemOutcome {
  if (isStale(run, row)) return { outcome: 'settled' }
  // The listing found it gone while it was being tried: no run could mend the failure.
  if (state === 'failed' && run.journal.item(row.n)!.vanished !== null) return { outcome: 'settled' }
  run.journal.setState(row.n, state, run.n, why)
  run.changed()
  run.emit({ event: 'item', source, id: row.id, path, state, ...why })
  return { outcome: 'settled' }
}

/** A listing has named a new version meanwhile: it waits for its turn, whatever became of the old one. */
function isStale(run: Run, row: ItemRow): boolean {
  return run.journal.item(row.n)!.version !== row.version
}

/** Why an item is not taken: something above it is left out, or the run's filter leaves it out. */
export function refusal({ paths, filter }: Pick<ItemTransfer, 'paths' | 'filter'>, row: ItemRow): string | undefined {
  const path = itemPath(paths, row)
  return (row.dir === null ? undefined : paths.excluded(row.dir)) ?? filter.refuses(row.kind === 'folder' ? `${path}/` : path)
}

/** The path as the person knows it, ACCOUNT/SOURCE first. */
export function itemPath(paths: Paths, row: ItemRow): string {
  return `${paths.original(row.dir ?? -row.source)}/${row.name ?? row.id}`
}

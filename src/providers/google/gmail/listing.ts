import { Failure } from '../../../core/failure.ts'
import type { Item } from '../../../core/item.ts'
import type { Known, Page, Patch } from '../../../core/source.ts'
import { allLabels } from './all-labels.ts'
import type { GmailApi } from './api.ts'
import { digestNames, hasRenamed, type ListingState, places, readCursor, writeCursor } from './cursor.ts'
import { foldHistory } from './history.ts'
import { messageItem } from './item.ts'
import { type Labels, labelDetails, namesOf } from './labels.ts'
import { circle } from './pages.ts'
import type { RecentMessages } from './recent.ts'
import type { HistoryRecord } from './schema.ts'
import type { GmailSettings } from './settings.ts'

export interface ListingOptions {
  readonly api: GmailApi
  readonly labels: Labels
  readonly recent: RecentMessages
  readonly settings: GmailSettings
  readonly known: Known
  readonly signal: AbortSignal
}

/** What a step brought, and where the listing stands after it. */
interface Step {
  readonly page: Omit<Page, 'cursor'>
  readonly next: ListingState
}

/** Patches in one page: a transaction of the journal. */
const patchesAtOnce = 500

/**
 * Lists the messages: the ids of everything, then the labels of those that were downloaded before it began, then the log of changes from before the first
 * page on, so that what happens meanwhile is in it. A later listing is the log alone, unless a label was renamed.
 * https://developers.google.com/workspace/gmail/api/guides/sync
 */
export async function* listMessages(options: ListingOptions, since: string | undefined): AsyncGenerator<Page> {
  const { labels, signal } = options
  signal.throwIfAborted()
  let at = since === undefined ? undefined : readCursor(since)
  let restarts = 0
  if (at?.step === 'rest') at = await wake(at)
  do {
    try {
      for await (const { page, next } of steps(options, at)) {
        if (at !== undefined && 'page' in at && 'page' in next && at.step === next.step && samePlace(at, next)) throw circle()
        at = next
        // What brings nothing is not worth a page of its own, except where the next listing begins.
        const nothing = page.items.length === 0 && !page.patches?.length && !page.gone?.length && page.startsOver !== true
        if (nothing && next.step !== 'rest') continue
        yield { ...page, cursor: writeCursor(next) }
      }
    } catch (error) {
      if (at === undefined || !isDead(error, at) || restarts >= 2) throw error
      restarts += 1
      at = afterDeath(at, error)
    }
  } while (at?.step !== 'rest')

  async function wake({ start, names }: ListingState): Promise<ListingState> {
    const now = digestNames(namesOf(await labels.list(signal)))
    return hasRenamed(names, now) ? { step: 'labels', start, names: now } : { step: 'history', start, names: now }
  }
}

const samePlace = (a: { page?: string | undefined }, b: { page?: string | undefined }) =>
  a.page !== undefined && a.page === b.page

/** Gmail no longer takes the page token (400), or the history id (404). */
function isDead(error: unknown, at: ListingState): error is Failure {
  return error instanceof Failure && (error.kind === 'unlisted' || (at.step === 'history' && error.kind === 'gone'))
}

/** The pages of a log may be no longer good while the log is; else everything is listed anew. */
function afterDeath(at: ListingState, { kind }: Failure): ListingState | undefined {
  const pageOfLog = at.step === 'history' && at.page !== undefined && kind === 'unlisted'
  return pageOfLog ? { step: 'history', start: at.start, names: at.names } : undefined
}

/** One step from where the listing stands; undefined: from the beginning. */
async function* steps(options: ListingOptions, at: ListingState | undefined): AsyncGenerator<Step> {
  switch (at?.step) {
    case 'full':
      return yield await listIds(options, at)
    case 'labels':
      return yield* relabel(options, at)
    case 'history':
    case 'rest':
      return yield await readLog(options, at)
    default: {
      const { api, labels, known, signal } = options
      const first = known.holdsContent?.() === false
      const start = await api.historyId(signal)
      const names = digestNames(namesOf(await labels.list(signal)))
      return yield await listIds(options, { step: 'full', start, names, place: first ? 'SENT' : 'mail', ...(first && { first }) })
    }
  }
}

async function listIds(options: ListingOptions, at: ListingState & { step: 'full' }): Promise<Step> {
  const { api, settings, signal } = options
  const { start, names, place, page, first } = at
  const label = place === 'mail' ? undefined : place
  const leftOut = place === 'TRASH' || place === 'SPAM'
  const spamAndTrash = settings.includeSpamTrash || leftOut
  const { messages, nextPageToken } = await api.messages({ spamAndTrash, page, ...(label !== undefined && { label }) }, signal)
  const rank = rankOf(at)
  const items = messages.map(({ id }) => messageItem(id, label === undefined ? [] : [label], settings, rank))
  const following = settings.includeSpamTrash && place !== 'SENT' ? undefined : places[places.indexOf(place) + 1]
  const next: ListingState =
    nextPageToken !== undefined
      ? { ...at, page: nextPageToken }
      : following !== undefined
        ? { step: 'full', start, names, place: following, ...(first && { first }) }
        : { step: first ? 'history' : 'labels', start, names }
  const beginning = place === (first ? 'SENT' : 'mail') && page === undefined
  return { page: { items, ...(beginning ? { startsOver: true } : {}) }, next }
}

/**
 * Recent and sent mail goes before old: first the newest page, then what was sent, then the rest as Gmail lists it, which is from new to old. Later listings
 * say nothing of it.
 */
function rankOf({ place, page, first }: ListingState & { step: 'full' }): number | undefined {
  if (!first) return undefined
  if (place === 'SENT') return -1
  return place === 'mail' && page === undefined ? -2 : undefined
}

/** The labels of all messages, for those that are in the archive already; of the others it says nothing new. */
async function* relabel(options: ListingOptions, at: ListingState): AsyncGenerator<Step> {
  const { api, labels, signal } = options
  const next: ListingState = { step: 'history', start: at.start, names: at.names }
  const all = await allLabels(api, labels, signal)
  const names = namesOf(await labels.list(signal))
  // Messages with the same labels share them, here too: what is made for each of very many lives just long enough to be expensive.
  const made = new Map<readonly string[], ReturnType<typeof labelDetails>>()
  const detailsOf = (ids: readonly string[]) => {
    const details = made.get(ids) ?? labelDetails(ids, names)
    made.set(ids, details)
    return details
  }
  let patches: Patch[] = []
  for (const [id, ids] of all) {
    patches.push({ id, details: detailsOf(ids) })
    if (patches.length < patchesAtOnce) continue
    yield { page: { items: [], patches }, next: { ...at, step: 'labels' } }
    patches = []
  }
  yield { page: { items: [], patches }, next }
}

async function readLog(options: ListingOptions, at: ListingState & { step: 'history' | 'rest' }): Promise<Step> {
  const { start, names } = at
  const page = at.step === 'history' ? at.page : undefined
  const { history, historyId, nextPageToken } = await options.api.history({ start, page }, options.signal)
  const next: ListingState =
    nextPageToken === undefined
      ? { step: 'rest', start: historyId, names }
      : { step: 'history', start, names, page: nextPageToken }
  return { page: await pageOf(options, history), next }
}

async function pageOf({ api, labels, recent, settings, signal }: ListingOptions, records: readonly HistoryRecord[]) {
  const { gone, changes } = foldHistory(records)
  const items: Item[] = []
  const patches: Patch[] = []
  const entries = await Promise.all(
    [...changes].map(async ([id, change]) => {
      if (change.labels !== undefined || !change.relabelled) return { ...change, id, known: change.labels ?? [] }
      try {
        const { labelIds, historyId = change.at } = await api.message(id, signal)
        return { ...change, id, known: labelIds, at: historyId }
      } catch (error) {
        // Deleted since; the log says so later on.
        if (error instanceof Failure && error.kind === 'gone') return undefined
        throw error
      }
    }),
  )
  const mentioned = new Set(entries.flatMap((entry) => entry?.known ?? []))
  const names = mentioned.size === 0 ? new Map<string, string>() : await labels.names([...mentioned], signal)
  for (const entry of entries) {
    if (entry === undefined) continue
    const { id, restated, relabelled, known, at } = entry
    if (restated) items.push(messageItem(id, known, settings))
    if (!relabelled) continue
    const details = labelDetails(known, names)
    recent.relabel(id, at, details)
    patches.push({ id, details })
  }
  return { items, patches, gone }
}

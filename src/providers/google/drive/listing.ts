import { Failure } from '../../../core/failure.ts'
import type { Item } from '../../../core/item.ts'
import type { Page } from '../../../core/source.ts'
import { type ListingState, readCursor, writeCursor } from './cursor.ts'
import { createListingSteps, type ListingOptions, type Step } from './listing-steps.ts'
import { drivePlaces, userPlaces } from './places.ts'

/**
 * Lists one stream: everything in flat pages, then (user's stream) the content of other people's folders, then the change log from
 * before the first page on: so what happens during a long listing is in it. A later listing leaves out the flat pages.
 */
export async function* listStream(options: ListingOptions, since: string | undefined): AsyncGenerator<Page> {
  const { drive } = options
  const takeStep = await createListingSteps(options)
  let at = since === undefined ? undefined : readCursor(since)
  let restarts = 0
  let first = at === undefined || at.step === 'rest' || at.step === 'again'
  do {
    let step: Step
    try {
      step = await takeStep(at)
    } catch (error) {
      if (!isDeadToken(error, at) || restarts > 0) throw error
      restarts += 1
      first = true
      at = at?.step === 'folders' ? { step: 'folders', token: at.token } : undefined
      continue
    }
    if (circles(at, step.next)) {
      throw new Failure('unlisted', 'Google’s listing goes round in a circle')
    }
    at = step.next
    const { page } = step
    const over = at.step === 'rest' || at.step === 'again'
    // What brings nothing is not worth a page of its own.
    if (!first && !over && !page.startsOver && !page.items.length && !page.gone?.length && !page.unread?.length) continue
    yield { ...page, items: [...(first ? await placesOf(options) : []), ...page.items], cursor: writeCursor(at) }
    first = false
  } while (at?.step !== 'rest' && at?.step !== 'again')
  if (at.step === 'again') {
    const what = drive === undefined ? 'the account' : `the shared drive "${drive.name}"`
    throw new Failure('unlisted', `Google says that it did not search everything in ${what}, so nothing was taken for gone`, {
      hint: 'run the same command again later',
    })
  }
}

/** The next page is the page just read. A log in which nothing happened rightly ends where it began. */
function circles(at: ListingState | undefined, next: ListingState): boolean {
  if (at?.step === 'changes' && next.step === 'changes') return at.token === next.token
  const paged = (at?.step === 'full' && next.step === 'full') || (at?.step === 'folders' && next.step === 'folders')
  return paged && at.page === next.page
}

/**
 * A page token "is typically valid for several hours. If rejected, pagination should be restarted"
 * (https://developers.google.com/workspace/drive/api/reference/rest/v3/files/list); a change token of another account or with other
 * parameters is refused with 400, 403 or 404, and 410 is how Google's other logs say it.
 */
function isDeadToken(error: unknown, at: ListingState | undefined): boolean {
  if (!(error instanceof Failure) || at === undefined) return false
  const inLog = at.step === 'rest' || at.step === 'changes'
  return error.kind === 'unlisted' || (inLog && (error.kind === 'gone' || (error.kind === 'forbidden' && error.stops === 'item')))
}

/** Named at the start of every listing, since they cost next to nothing and a shared drive may have been renamed. */
async function placesOf({ api, settings, drive, signal }: ListingOptions): Promise<readonly Item[]> {
  return drive === undefined ? userPlaces(await api.rootId(signal), settings) : drivePlaces(drive, settings)
}

import { Failure } from '../../../core/failure.ts'
import type { Page } from '../../../core/source.ts'
import { createTokenTrail } from '../token-trail.ts'
import { type TrashState, writeCursor } from './cursor.ts'
import { meetingItems, trashFolder, yearOf, yearPlace } from './item.ts'
import type { Lister } from './listing.ts'
import type { RecordingList } from './schema.ts'

/** A page token that dies again and again is no accident. */
const mostRestarts = 3

/**
 * What lies in the trash: whole meetings, then single files. Always read whole, since it has no dates
 * (https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording/GET/users/{userId}/recordings). Trouble with it alone keeps nothing else from being
 * listed: it is named as unread.
 */
export async function* listTrash(
  lister: Lister,
  begun: TrashState,
  zone: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<Page> {
  const named = new Set<string>()
  const trail = createTokenTrail()
  const { notes, told } = begun
  let restarts = 0
  for (let at = begun; at.type !== 'done'; ) {
    const { type, token } = at
    let page: RecordingList
    try {
      page = await lister.api.trash(type, token, signal)
      if (trail.goesRound(page.next_page_token)) throw new Failure('unlisted', 'Zoom’s list of the trash goes round in a circle')
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof Failure) || (error.stops !== 'item' && error.stops !== 'stream')) throw error
      trail.begin()
      at = { step: 'trash', type, notes, told }
      if (error.kind === 'unlisted' && token !== undefined && ++restarts <= mostRestarts) continue
      at = { step: 'trash', type: 'done', notes, told }
      yield { items: [trashFolder], unread: [{ id: trashFolder.id, failure: error }], cursor: writeCursor(at) }
      return
    }
    const items = page.meetings.flatMap((meeting) => {
      lister.addresses.remember(meeting)
      const year = yearOf(meeting, { trash: true, zone })
      const place = named.has(year) ? [] : [yearPlace(year, true)]
      named.add(year)
      return [...place, ...meetingItems(meeting, { trash: true, zone })]
    })
    const folder = at === begun ? [trashFolder] : []
    if (page.next_page_token !== undefined) at = { step: 'trash', type, token: page.next_page_token, notes, told }
    else at = { step: 'trash', type: type === 'meeting_recordings' ? 'recording_file' : 'done', notes, told }
    if (at.token === undefined) trail.begin()
    yield { items: [...folder, ...items], cursor: writeCursor(at) }
  }
}

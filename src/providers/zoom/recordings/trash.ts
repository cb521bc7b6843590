import { Failure } from '../../../core/failure.ts'
import type { Page } from '../../../core/source.ts'
import { readCursor, type TrashState, writeCursor } from './cursor.ts'
import { meetingItems, trashFolder, yearOf, yearPlace } from './item.ts'
import type { Lister } from './listing.ts'
import type { RecordingList } from './schema.ts'

const resting = writeCursor({ step: 'rest', notes: {} })

/**
 * What lies in the trash: whole meetings, then single files. Always read whole, since it has no dates
 * (https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording/GET/users/{userId}/recordings). Where the settings leave it out, what an earlier
 * listing named of it stays as it is.
 */
export async function* listTrash(lister: Lister, since: string | undefined, signal: AbortSignal): AsyncGenerator<Page> {
  signal.throwIfAborted()
  const known = readCursor(since)
  if (!lister.settings.trash) {
    yield { items: [], ...(known === undefined && { startsOver: true }), cursor: resting }
    return
  }
  const { timezone: zone } = await lister.api.me(signal)
  const begun = known?.step === 'trash' ? known : undefined
  const named = new Set<string>()
  let startsOver = begun === undefined
  let at: TrashState | undefined = begun ?? { step: 'trash', type: 'meeting_recordings' }
  let restarts = 0
  while (at !== undefined) {
    const { type, token }: TrashState = at
    const page: RecordingList | undefined = await lister.api.trash(type, token, signal).catch((error: unknown) => {
      if (!(error instanceof Failure) || error.kind !== 'unlisted' || token === undefined || ++restarts > 3) throw error
      return undefined
    })
    if (page === undefined) {
      at = { step: 'trash', type }
      continue
    }
    if (token !== undefined && page.next_page_token === token)
      throw new Failure('unlisted', 'Zoom’s list of the trash goes round in a circle')
    const items = page.meetings.flatMap((meeting) => {
      lister.addresses.remember(meeting)
      const year = yearOf(meeting, { trash: true, zone })
      const place = named.has(year) ? [] : [yearPlace(year, true)]
      named.add(year)
      return [...place, ...meetingItems(meeting, { trash: true, zone })]
    })
    const next: TrashState | undefined =
      page.next_page_token !== undefined
        ? { step: 'trash', type, token: page.next_page_token }
        : type === 'meeting_recordings'
          ? { step: 'trash', type: 'recording_file' }
          : undefined
    const folder = startsOver ? [trashFolder] : []
    yield {
      items: [...folder, ...items],
      ...(startsOver && { startsOver }),
      cursor: next === undefined ? resting : writeCursor(next),
    }
    startsOver = false
    at = next
  }
}

import type { Item } from '../../../core/item.ts'
import { createTokenTrail } from '../token-trail.ts'
import type { RecordingsApi } from './api.ts'
import { filesOf } from './files.ts'
import type { RecordedMeeting } from './schema.ts'

/** What Zoom says of a file now. */
export interface Address {
  readonly url: string
  readonly size?: number
}

/** Where files are downloaded from: kept in memory alone, for as many as a listing is ahead of the downloads, and asked for where it is not known. */
export interface Addresses {
  /** What a listing has just said. */
  remember(meeting: RecordedMeeting): void
  /** As it was said lately. */
  known(item: Item): Address | undefined
  /** As it is now; undefined where Zoom does not have the file any more. Throws a Failure (`gone` where the whole meeting is). */
  ask(item: Item, signal: AbortSignal): Promise<Address | undefined>
}

/** Files remembered at once; an address is a few hundred bytes. */
const most = 5_000

export function createAddresses(api: RecordingsApi): Addresses {
  const addresses = new Map<string, Address>()

  const remember = (meeting: RecordedMeeting) => {
    for (const { id, file, kind } of filesOf(meeting)) {
      addresses.delete(id)
      if (file.download_url === undefined) continue
      addresses.set(id, {
        url: file.download_url,
        ...(kind.exactSize && file.file_size !== undefined && file.file_size > 0 && { size: file.file_size }),
      })
      if (addresses.size > most) addresses.delete(addresses.keys().next().value!)
    }
  }

  return {
    remember,
    known: ({ id }) => addresses.get(id),
    async ask(item, signal) {
      addresses.delete(item.id)
      if (item.details.trashed === undefined) remember(await api.meeting(String(item.details.meeting), signal))
      else await findInTrash(item, signal)
      return addresses.get(item.id)
    },
  }

  /** A meeting in the trash cannot be asked for by itself. */
  async function findInTrash(item: Item, signal: AbortSignal): Promise<void> {
    for (const type of ['meeting_recordings', 'recording_file'] as const) {
      const trail = createTokenTrail()
      for (let token: string | undefined, more = true; more; more = token !== undefined) {
        const page = await api.trash(type, token, signal)
        for (const meeting of page.meetings) if (meeting.uuid === item.details.meeting) remember(meeting)
        if (addresses.has(item.id) || trail.goesRound(page.next_page_token)) return
        token = page.next_page_token
      }
    }
  }
}

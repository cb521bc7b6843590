import type { Connection, SourceType } from '../../../core/provider.ts'
import type { Source } from '../../../core/source.ts'
import { price } from '../limits.ts'
import { scopes } from '../scopes.ts'
import { createAddresses } from './addresses.ts'
import { createRecordingsApi } from './api.ts'
import { createFetch } from './fetch.ts'
import { type Lister, listRecordings } from './listing.ts'
import { recountRecordings } from './recount.ts'
import { type RecordingSettings, readSettings, recordingSettings } from './settings.ts'

/**
 * The cloud recordings of meetings and webinars that the person hosted. There is no feed of changes: the years in which something can still change are
 * listed anew, older ones once a week.
 */
export const recordings: SourceType = {
  id: 'recordings',
  title: { en: 'Zoom recordings', ja: 'Zoom のレコーディング' },
  holds: 'recordings',
  features: { changeFeed: false, resumable: true, checksums: [], sizes: true, lastingIds: true },
  // The addresses of films come with the list; each meeting's details are a call or two, which its files share, about four of them.
  cost: {
    page: { budget: 'calls', units: price.medium, items: 300 },
    part: [
      { budget: 'calls', units: price.light / 2 },
      { budget: 'downloads', units: 1 },
    ],
  },
  scopes: () => scopes.recordings,
  settings: recordingSettings,
  // Where a listing begins, and whether it looks into the trash, are matters of its cursor: what was listed before is not gone for that.
  shape: () => 'meetings',
  open: (connection, settings) => openRecordings(connection, readSettings(settings)),
}

/** `now`: our own clock, milliseconds since 1970. */
export function openRecordings(connection: Connection, settings: RecordingSettings, now: () => number = Date.now): Source {
  const api = createRecordingsApi(connection)
  const addresses = createAddresses(api)
  const lister: Lister = { api, addresses, settings, now }
  return {
    // One stream, the trash within it: a stream that the settings take away would count as gone.
    streams: async (signal) => {
      signal.throwIfAborted()
      return [{ id: 'recordings', title: 'Recordings' }]
    },
    list: (_stream, since, known, signal) => listRecordings(lister, since, known, signal),
    fetch: createFetch({ connection, api, addresses, settings }),
    recount: (signal) => recountRecordings(lister, signal),
    recountListed: (signal) => ({
      everything: lister.asked === undefined || lister.asked.everything,
      ids: recountRecordings(lister, signal, lister.asked?.windows),
    }),
  }
}

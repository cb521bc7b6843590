import { z } from 'zod'
import type { Connection, SourceType } from '../../../core/provider.ts'
import type { Source } from '../../../core/source.ts'
import { downloadByCall, price } from '../limits.ts'
import { scopes } from '../scopes.ts'
import { createClipsApi } from './api.ts'
import { createClipFetch } from './fetch.ts'
import { type ClipLister, listClips, recountClips } from './listing.ts'

/**
 * The clips that the person made: https://developers.zoom.us/docs/api/clips/. Taken where the settings name it, since it needs two rights that an app made for
 * recordings alone does not have. Comments and chapters are left out: each would be a call for each clip, with a right of its own.
 */
export const clips: SourceType = {
  id: 'clips',
  title: { en: 'Zoom clips', ja: 'Zoom のクリップ' },
  holds: 'recordings',
  byName: true,
  features: { changeFeed: false, resumable: true, checksums: [], sizes: true, lastingIds: true },
  cost: {
    page: { budget: 'calls', units: price.light, items: 300 },
    part: [{ budget: 'downloads', units: downloadByCall }],
  },
  scopes: () => scopes.clips,
  settings: z.object({}),
  shape: () => 'clips',
  open: (connection) => openClips(connection),
}

/** `now`: our own clock, milliseconds since 1970. */
export function openClips(connection: Connection, now: () => number = Date.now): Source {
  const api = createClipsApi(connection)
  const lister: ClipLister = { api, now }
  return {
    streams: async (signal) => {
      signal.throwIfAborted()
      return [{ id: 'clips', title: 'Clips' }]
    },
    list: (_stream, since, _known, signal) => listClips(lister, since, signal),
    fetch: createClipFetch(connection, api),
    recount: (signal) => recountClips(lister, signal),
    recountListed: (signal) => ({ everything: true, ids: recountClips(lister, signal) }),
  }
}

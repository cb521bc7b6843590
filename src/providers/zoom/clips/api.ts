import { Failure } from '../../../core/failure.ts'
import type { Connection } from '../../../core/provider.ts'
import { answerOf } from '../answer.ts'
import { askUser, type ZoomUser } from '../identify.ts'
import { price } from '../limits.ts'
import type { Window } from '../recordings/windows.ts'
import { type ClipList, clipList } from './schema.ts'

/** By which of its dates a clip stands in a list. */
export type DateFilter = 'CREATED_DATE' | 'MODIFIED_DATE'

/** The calls of https://developers.zoom.us/docs/api/clips/ that we make. All throw a Failure. */
export interface ClipsApi {
  /** The person, asked for once a run. */
  me(signal: AbortSignal): Promise<ZoomUser>
  list(by: DateFilter, window: Window, token: string | undefined, signal: AbortSignal): Promise<ClipList>
  /** Where a clip is downloaded from: it redirects to signed storage. */
  downloadAddress(clip: string): string
}

/** The largest page. */
const pageSize = '300'

export function createClipsApi(connection: Connection): ClipsApi {
  const root = connection.endpoints.api
  if (root === undefined) throw new Failure('bug', 'the address of Zoom’s API is missing')
  let me: Promise<ZoomUser> | undefined
  return {
    me(signal) {
      if (me === undefined) {
        const asked = askUser(connection, signal)
        // A failure is not remembered.
        asked.catch(() => {
          if (me === asked) me = undefined
        })
        me = asked
      }
      return me
    },
    async list(by, { from, to }, token, signal) {
      const url = new URL('clips', root)
      const query = { user_id: 'me', date_filter_type: by, from, to, page_size: pageSize }
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
      if (token !== undefined) url.searchParams.set('next_page_token', token)
      const answer = await connection.transport.send({
        method: 'GET',
        url: url.href,
        headers: { accept: 'application/json' },
        budget: 'calls',
        cost: price.light,
        signal,
      })
      return answerOf(`the list of clips from ${from.slice(0, 10)} to ${to.slice(0, 10)}`, answer, clipList)
    },
    downloadAddress: (clip) => new URL(`clips/${encodeURIComponent(clip)}/download`, root).href,
  }
}

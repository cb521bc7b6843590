import { Failure } from '../../../core/failure.ts'
import type { Item } from '../../../core/item.ts'
import type { Connection } from '../../../core/provider.ts'
import type { Source } from '../../../core/source.ts'
import { downloadByCall } from '../limits.ts'
import { download } from '../recordings/download.ts'
import type { ClipsApi } from './api.ts'
import { isThrownAway } from './item.ts'

/** The film of a clip: a call that redirects to storage (https://developers.zoom.us/docs/api/clips/#tag/download/GET/clips/{clipId}/download). */
export function createClipFetch(connection: Connection, api: ClipsApi): Source['fetch'] {
  return async (item, part, options) => {
    options.signal.throwIfAborted()
    const address = api.downloadAddress(String(item.details.clip))
    const content = await download(connection, address, options, downloadByCall).catch(async (error: unknown) => {
      options.signal.throwIfAborted()
      throw error instanceof Failure && error.kind === 'gone' && (await isListed(api, item, options.signal))
        ? notGiven(error)
        : error
    })
    if (typeof content === 'string') {
      throw new Failure('corrupt', 'a web page or an error message came instead of the clip', {
        hint: 'if this network has a login page, open it in a browser first; else run the same command again later',
      })
    }
    const { size } = content
    // What remains is a count that is wrong, or a film that lacks its end: the film’s own boxes tell which.
    return size === undefined || part.size === undefined || size === part.size
      ? content
      : { ...content, doubtful: { why: 'Zoom announces another size of the clip than its storage has', size: part.size } }
  }
}

/** "clip not found or not ready" is one answer for two things. */
async function isListed(api: ClipsApi, { details }: Item, signal: AbortSignal): Promise<boolean> {
  const at = Date.parse(String(details.created))
  if (Number.isNaN(at)) return true
  const moment = (time: number) => `${new Date(time).toISOString().slice(0, 19)}Z`
  const { data } = await api.list('CREATED_DATE', { from: moment(at - 1000), to: moment(at + 2000) }, undefined, signal)
  return data.some((clip) => clip.clip_id === details.clip && !isThrownAway(clip))
}

const notGiven = (cause: Failure) =>
  new Failure('corrupt', 'Zoom lists this clip and yet says that it is not there, or not ready', {
    hint: 'run the same command again later; if it stays so, try it in a browser at https://zoom.us/clips',
    cause,
  })

import type { Json } from '../serving/reply.ts'
import { type ApiCall, oneOf, paged, wholeNumber } from './api-call.ts'
import { type Clip, clipStates } from './clip.ts'
import { ZoomError } from './zoom-error.ts'

const dayMs = 86_400_000

/**
 * https://developers.zoom.us/docs/api/clips/#tag/clips/GET/clips: by default the clips that were changed today; a range is a month at most. What is wrong about
 * pages or dates is a "Pagination Error".
 */
export function listClips(call: ApiCall): Json {
  const { query, model, person, now } = call
  const user = query.get('user_id')
  // "Otherwise, the user_id can only intake me."
  if (user !== null && user !== 'me') throw new ZoomError(403, 1003, 'No permission to operate')
  const by = oneOf(query, 'date_filter_type', ['CREATED_DATE', 'MODIFIED_DATE']) ?? 'MODIFIED_DATE'
  const today = Math.floor(now / dayMs) * dayMs
  const from = momentOf(query, 'from') ?? today
  const to = momentOf(query, 'to') ?? today + dayMs
  if (from > to || to - from > 31 * dayMs) throw new ZoomError(400, 300, 'Pagination Error')
  wholeNumber(query, 'page_size', 30, 300)
  const status = oneOf(query, 'status', clipStates)
  const search = query.get('search_key')
  const at = (clip: Clip) => (by === 'CREATED_DATE' ? clip.created : clip.modified)
  const shown = (person.id === model.me.id ? model.clips : [])
    .filter((clip) => from <= at(clip) && at(clip) <= to)
    .filter((clip) => (status === undefined || clip.status === status) && (search === null || clip.title.includes(search)))
    .sort((a, b) => at(b) - at(a))
  const { page, fields } = paged(call, ['clips', by, from, to, status, search].join(' '), shown)
  const { page_size, total_records, next_page_token } = fields
  return { data: page.map((clip) => clipResource(clip, person.id)), page_size, total_records, next_page_token }
}

/** "in yyyy-MM-dd'T'HH:mm:ss'Z' UTC format" */
function momentOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name)
  if (text === null) return undefined
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(time)) throw new ZoomError(400, 300, 'Pagination Error')
  return time
}

function clipResource({ id, title, description, status, created, modified, file, passcode }: Clip, owner: string): Json {
  const ready = status === 'RECORD_SUCCESS'
  return {
    title,
    description,
    ...(ready ? { duration: 60, file_size: file.announcedSize ?? file.content.size } : {}),
    status,
    clip_id: id,
    owner_id: owner,
    share_link: `https://zoom.us/clips/share/${id}`,
    share_link_settings: {
      ...(passcode === undefined ? {} : { passcode }),
      share_scope: 'ANYONE',
      enable_passcode: passcode !== undefined,
    },
    thumbnail_link: ready
      ? `https://file.zoom.us/file/${id}?attachType=preview&filename=${id}.jpg&jwt=practice-thumbnail-authority`
      : '',
    // "2024-10-11T01:51:50.631+00:00"
    created_date: new Date(created).toISOString().replace('Z', '+00:00'),
    modified_date: new Date(modified).toISOString().replace('Z', '+00:00'),
  }
}

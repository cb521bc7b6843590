import type { Item, Unexportable } from '../../../core/item.ts'
import { localTime } from '../recordings/local-time.ts'
import type { Clip } from './schema.ts'

/** The folder of a year, by the account's clocks; `none` for what has no date. */
export function yearOf({ created_date }: Clip, zone: string | undefined): string {
  return localTime(created_date, [zone])?.year ?? 'none'
}

export const yearId = (year: string): string => `year/${year}`

export const yearPlace = (year: string): Item => ({
  id: yearId(year),
  kind: 'place',
  version: '',
  name: year === 'none' ? 'No date' : year,
  parts: [],
  details: {},
})

export const clipId = ({ clip_id }: Clip): string => `clip/${clip_id}`

/** `2026/2026-05-12 1030 TITLE.mp4`. */
export function clipItem(clip: Clip, zone: string | undefined): Item {
  const time = localTime(clip.created_date, [zone])
  const changed = localTime(clip.modified_date, ['UTC'])
  const title = clip.title?.trim() || '(no title)'
  const name = `${time === undefined ? 'No date' : `${time.day} ${time.clock}`} ${title.replace(/\.mp4$/i, '')}.mp4`
  const unexportable = whyNot(clip)
  const waiting = unexportable === undefined && isWaiting(clip) ? 'Zoom is still processing it' : undefined
  const fields = {
    clip: clip.clip_id,
    title: clip.title,
    description: clip.description,
    seconds: clip.duration,
    created: clip.created_date,
    changed: clip.modified_date,
    ownerId: clip.owner_id,
    sharedWith: clip.share_link_settings?.share_scope,
  }
  return {
    id: clipId(clip),
    kind: 'file',
    version: versionOf(clip),
    name,
    parent: yearId(yearOf(clip, zone)),
    ...(changed !== undefined && { modified: changed.at }),
    parts: unexportable === undefined ? [{ key: 'file', name, format: 'mp4', ...sizeOf(clip) }] : [],
    ...(unexportable !== undefined && { unexportable }),
    ...(waiting !== undefined && { waiting }),
    details: Object.fromEntries(Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))),
  }
}

/** No film has 0 bytes: that is one whose size is not known yet. */
const sizeOf = ({ file_size }: Clip) => (file_size !== undefined && file_size > 0 ? { size: file_size } : {})

/** A new title is no new film: where size and length are stated, they tell; what was cut at Zoom has others. */
const versionOf = ({ file_size, duration, modified_date, created_date }: Clip): string =>
  file_size !== undefined && file_size > 0 && duration !== undefined
    ? `${file_size} ${duration}`
    : `${modified_date ?? ''} ${created_date ?? ''}`

/** `status` of https://developers.zoom.us/docs/api/clips/; one that is not stated, or new, is tried. */
function whyNot({ status }: Clip): Unexportable | undefined {
  if (status === 'RECORD_FAILED') return { reason: 'no-export', message: 'its recording failed at Zoom' }
  if (status === 'SUSPENDED') return { reason: 'flagged-abusive', message: 'Zoom’s trust and safety team holds it back' }
  return undefined
}

/** In the trash, where Zoom gives nothing out: no more there than one that was deleted for good. */
export const isThrownAway = ({ status }: Clip): boolean => status === 'RECORD_DELETE'

const isWaiting = ({ status }: Clip): boolean => status === 'RECORD_START' || status === 'RECORD_END'

import { createHash } from 'node:crypto'
import type { Item, Part, Unexportable } from '../../../core/item.ts'
import type { JsonObject } from '../../../core/json.ts'
import { filesOf, type MeetingFile } from './files.ts'
import { type LocalTime, localTime } from './local-time.ts'
import type { RecordedMeeting, RecordingFile } from './schema.ts'

/** Where the meetings of a listing belong. */
export interface ListedFrom {
  readonly trash: boolean
  /** The account's time zone, for meetings that state none. */
  readonly zone?: string | undefined
}

/** Files of single participants, which lists do not name, come after the rest, but not for so long; milliseconds. */
const settledAfter = 3 * 86_400_000
/** Version of a folder of which nothing is vouched for. */
const unsettled = ''

/**
 * Changes with whatever a list says of a meeting: with the same one, what the meeting holds is the same. Undefined while something is still to come.
 */
export function listedVersion(meeting: RecordedMeeting, from: ListedFrom, now: number): string | undefined {
  const time = timeOf(meeting, from.zone)
  if (time === undefined || isUnfinished(meeting) || now - time.at < settledAfter) return undefined
  const files = filesOf(meeting).map(({ id, name, file }) => [id, name, versionOf(file), file.status])
  return hash([meetingDetails(meeting), meeting.recording_count, meeting.total_size, files])
}

/** The folder of a meeting. */
export function meetingFolder(meeting: RecordedMeeting, from: ListedFrom, version: string | undefined): Item {
  const time = timeOf(meeting, from.zone)
  return {
    id: meetingId(meeting, from),
    kind: 'folder',
    version: version ?? unsettled,
    name: `${time === undefined ? 'No date' : `${time.day} ${time.clock}`} ${topicOf(meeting)}`,
    parent: yearId(time?.year ?? undated, from.trash),
    ...(time !== undefined && { modified: time.at }),
    parts: [],
    details: meetingDetails(meeting),
  }
}

export const meetingId = ({ uuid }: RecordedMeeting, { trash }: ListedFrom): string => `${trash ? 'trash/' : ''}meeting/${uuid}`

/** Id of the place that takes what has no believable date. */
export const undated = 'none'

/** Always there, also when it is empty, as Zoom makes it after 30 days: a listing without anything would look like a lapsed account. */
export const trashFolder: Item = { id: 'trash', kind: 'folder', version: unsettled, name: 'Trash', parts: [], details: {} }

export const yearId = (year: string, trash: boolean): string => (trash ? `trash/year/${year}` : `year/${year}`)

/** The folder of a year. */
export function yearPlace(year: string, trash: boolean): Item {
  const name = year === undated ? 'No date' : year
  const place: Item = { id: yearId(year, trash), kind: 'place', version: '', name, parts: [], details: {} }
  return trash ? { ...place, parent: trashFolder.id } : place
}

/** The year that a meeting stands under, by the clocks of where it was. */
export function yearOf(meeting: RecordedMeeting, { zone }: ListedFrom): string {
  return timeOf(meeting, zone)?.year ?? undated
}

/** The version of what was made when Zoom told who took part. */
export const withParticipants = (version: string): string => `${version} +participants`

/** Zoom keeps who took part for a year: https://developers.zoom.us/docs/api/meetings/, error 12702; milliseconds. */
const participantsKept = 365 * 86_400_000

export function participantsMayBeThere(meeting: RecordedMeeting, from: ListedFrom, now: number): boolean {
  const time = timeOf(meeting, from.zone)
  return time !== undefined && now - time.at < participantsKept
}

/**
 * A meeting as its folder, its files and its details. Two meetings of one topic and minute are two folders: their ids differ. `version`: of the folder, where it
 * is known whole; `told`: Zoom tells who took part.
 */
export function meetingItems(meeting: RecordedMeeting, from: ListedFrom, version?: string, told = false): Item[] {
  const files = filesOf(meeting)
  const folder = meetingFolder(meeting, from, version === undefined || !told ? version : withParticipants(version))
  const details = detailsItem(meeting, files, folder, from)
  return [
    folder,
    ...files.map((file) => fileItem(meeting, file, folder.id, from)),
    told ? { ...details, version: withParticipants(details.version) } : details,
  ]
}

/** Ids of what `meetingItems` gives. */
export const meetingIds = (meeting: RecordedMeeting, from: ListedFrom): string[] =>
  meetingItems(meeting, from).map(({ id }) => id)

/** Whether something of the meeting is not finished at Zoom. */
export const isUnfinished = ({ recording_files, participant_audio_files }: RecordedMeeting): boolean =>
  (recording_files ?? []).length === 0 ||
  [...(recording_files ?? []), ...(participant_audio_files ?? [])].some((file) => waitsFor(file, false) !== undefined)

/** The day on which Zoom will remove a meeting's recordings by itself, `YYYY-MM-DD`; undefined also for what is no day of this age ("9999-12-31"). */
export function removalOf({ auto_delete, auto_delete_date }: RecordedMeeting): string | undefined {
  const day = auto_delete === false ? undefined : /^20\d\d-\d\d-\d\d/.exec(auto_delete_date ?? '')?.[0]
  return day === undefined || Number.isNaN(Date.parse(day)) ? undefined : day
}

/** "Recordings in trash are deleted after 30 days": https://support.zoom.com/hc/en/article?id=zm_kb&sysparm_article=KB0063839 */
function endOfTrash(deleted: string | undefined): string | undefined {
  const at = Date.parse(deleted ?? '')
  return Number.isNaN(at) ? undefined : new Date(at + 30 * 86_400_000).toISOString().slice(0, 10)
}

const topicOf = ({ topic }: RecordedMeeting): string => {
  const plain = topic?.trim() ?? ''
  return plain === '' ? '(no topic)' : plain
}

/** Zoom's first years, and far enough ahead for any wrong clock: a date outside was never a meeting's. */
function timeOf(meeting: RecordedMeeting, zone: string | undefined): LocalTime | undefined {
  const zones = [meeting.timezone, zone]
  const starts = (meeting.recording_files ?? []).flatMap(({ recording_start }) => recording_start ?? []).sort()
  for (const text of [meeting.start_time, ...starts]) {
    const time = localTime(text, zones)
    if (time !== undefined && time.year >= '2011' && time.year <= '2099') return time
  }
  return undefined
}

function fileItem(meeting: RecordedMeeting, { file, kind, id, name }: MeetingFile, parent: string, { trash }: ListedFrom): Item {
  const modified = localTime(file.recording_end ?? file.recording_start, ['UTC'])?.at
  const unexportable = whyNot(file, trash)
  const waiting = unexportable === undefined ? waitsFor(file, trash) : undefined
  const part: Part = {
    key: 'file',
    name,
    // No film has 0 bytes: that is one whose size is not known yet.
    ...(kind.exactSize && file.file_size !== undefined && file.file_size > 0 && { size: file.file_size }),
    ...(kind.format !== undefined && { format: kind.format }),
  }
  const removal = trash ? endOfTrash(file.deleted_time) : removalOf(meeting)
  return {
    id,
    kind: 'file',
    // Nothing of Zoom's names the bytes; what is cut or edited there has another length or another end.
    version: versionOf(file),
    name,
    parent,
    ...(modified !== undefined && { modified }),
    parts: unexportable === undefined ? [part] : [],
    ...(unexportable !== undefined && { unexportable }),
    ...(waiting !== undefined && { waiting }),
    ...(removal !== undefined && { expires: Date.parse(removal) }),
    details: plain({
      meeting: meeting.uuid,
      topic: meeting.topic,
      fileId: file.id,
      fileType: file.file_type,
      recordingType: file.recording_type,
      start: file.recording_start,
      end: file.recording_end,
      size: file.file_size,
      participantAudio: file.file_name === undefined ? undefined : true,
      trashed: trash ? (file.deleted_time ?? true) : undefined,
      removedOn: removal,
    }),
  }
}

const versionOf = ({ file_size, recording_start, recording_end }: RecordingFile): string =>
  [file_size ?? '', recording_start ?? '', recording_end ?? ''].join(' ')

const hash = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16)

function whyNot(file: RecordingFile, trash: boolean): Unexportable | undefined {
  if (file.download_url !== undefined) return undefined
  if (file.file_path !== undefined)
    return { reason: 'no-export', message: 'it lies on your organisation’s own Meeting Connector, which Zoom cannot read' }
  if (trash && file.status !== 'processing')
    return { reason: 'no-export', message: 'it lies in the trash, where Zoom gives nothing out: restore it at Zoom first' }
  return undefined
}

/** Captions and timelines have no status: https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording */
function waitsFor({ status, download_url, file_path }: RecordingFile, trash: boolean): string | undefined {
  if (status !== undefined && status !== 'completed' && (status === 'processing' || download_url === undefined))
    return 'Zoom is still processing it'
  return download_url === undefined && file_path === undefined && !trash ? 'Zoom does not give it out yet' : undefined
}

/** What is known of a meeting, without anything that opens a door: no passcodes, no addresses to play, share or download. */
export function meetingDetails(meeting: RecordedMeeting): JsonObject {
  return plain({
    uuid: meeting.uuid,
    meetingId: meeting.id === undefined ? undefined : String(meeting.id),
    topic: meeting.topic,
    kind: isWebinar(meeting.type) ? 'webinar' : 'meeting',
    type: meeting.type,
    start: meeting.start_time,
    timeZone: meeting.timezone,
    minutes: meeting.duration,
    hostId: meeting.host_id,
    host: meeting.host_email,
    removedOn: removalOf(meeting),
  })
}

/** https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording, `type`: webinar, recurring without fixed time, recurring. */
export const isWebinar = (type: number | undefined): boolean => type === 5 || type === 6 || type === 9

/** `meeting.json`; who took part is asked for when it is made. */
function detailsItem(meeting: RecordedMeeting, files: readonly MeetingFile[], folder: Item, { trash }: ListedFrom): Item {
  const details: JsonObject = {
    ...folder.details,
    ...(trash && { trashed: true }),
    files: files.map(({ file, name }) =>
      plain({
        name,
        type: file.file_type,
        view: file.recording_type,
        start: file.recording_start,
        end: file.recording_end,
        size: file.file_size,
      }),
    ),
  }
  const removal = trash ? undefined : removalOf(meeting)
  // A day of removal that is set late must not have the file made anew, when Zoom does not say any more who took part.
  const { removedOn: _, ...lasting } = details
  const nothingYet = files.length === 0 && meeting.recording_count !== 0 && !trash
  return {
    id: `${trash ? 'trash/' : ''}details/${meeting.uuid}`,
    kind: 'file',
    version: hash(lasting),
    name: 'meeting.json',
    parent: folder.id,
    ...(folder.modified !== undefined && { modified: folder.modified }),
    ...(removal !== undefined && { expires: Date.parse(removal) }),
    ...(nothingYet && { waiting: 'Zoom names no file of this recording yet' }),
    parts: [{ key: 'details', name: 'meeting.json', format: 'json' }],
    details,
  }
}

/** Without what is not known. */
const plain = (fields: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

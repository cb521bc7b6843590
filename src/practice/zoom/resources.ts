import type { Json } from '../serving/reply.ts'
import type { Meeting, Person, RecordingsModel } from './model.ts'
import type { RecordedFile } from './recorded-file.ts'

/** Roots that addresses in answers begin with. */
export interface Roots {
  readonly download: string
}

type Members = { readonly [name: string]: Json | undefined }

/** `2024-04-01T01:00:00Z`: https://developers.zoom.us/docs/api/using-zoom-apis/ */
export const instant = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`
export const day = (time: number): string => new Date(time).toISOString().slice(0, 10)

/** `GET /users/me`. */
export function userResource(person: Person): Json {
  const { id, accountId, email, firstName, lastName, timezone, createdAt, type } = person
  return {
    id,
    first_name: firstName,
    last_name: lastName,
    display_name: `${firstName} ${lastName}`,
    email,
    type,
    role_name: 'Member',
    pmi: 3_801_234_567,
    use_pmi: false,
    timezone,
    verified: 1,
    dept: '',
    created_at: instant(createdAt),
    user_created_at: instant(createdAt),
    last_login_time: instant(createdAt),
    group_ids: [],
    im_group_ids: [],
    account_id: accountId,
    language: 'en-US',
    status: 'active',
    cluster: 'us02',
  }
}

/** A meeting with the files to be shown. */
export function meetingResource(meeting: Meeting, files: readonly RecordedFile[], model: RecordingsModel, roots: Roots): Members {
  const { uuid, number, topic, type, start, timezone, duration, passcode, autoDelete } = meeting
  return {
    uuid,
    id: number,
    account_id: model.me.accountId,
    host_id: model.me.id,
    topic,
    type,
    start_time: instant(start),
    ...(timezone === undefined ? {} : { timezone }),
    duration,
    total_size: files.reduce((sum, file) => sum + sizeOf(file), 0),
    recording_count: files.length,
    share_url: `${roots.download}rec/share/${meeting.number.toString(36)}`,
    ...(passcode === undefined ? {} : { recording_play_passcode: passcode }),
    ...(autoDelete === undefined ? { auto_delete: false } : { auto_delete: true, auto_delete_date: day(autoDelete) }),
    recording_files: files.map((file) => fileResource(meeting, file, roots)),
  }
}

function sizeOf({ content, announcedSize, status }: RecordedFile): number {
  return status === 'processing' ? 0 : (announcedSize ?? content.size)
}

function fileResource(meeting: Meeting, file: RecordedFile, roots: Roots): Json {
  const processing = file.status === 'processing'
  // Seen in https://github.com/Jericho/ZoomNet/issues/99: what is still processing has an empty type, extension and end, and no bytes.
  const whole: Members = {
    id: file.key,
    meeting_id: meeting.uuid,
    recording_start: instant(file.start),
    recording_end: processing ? '' : instant(file.end),
    file_type: processing ? '' : file.type,
    file_extension: processing ? '' : file.extension,
    file_size: sizeOf(file),
    ...(meeting.onPremise
      ? { file_path: `/${meeting.number}/path01/${file.key}.mp4` }
      : {
          play_url: `${roots.download}rec/play/${file.token}`,
          download_url: `${roots.download}rec/download/${file.token}`,
        }),
    status: file.trashed === undefined ? file.status : 'deleted',
    ...(file.trashed === undefined ? {} : { deleted_time: instant(file.trashed) }),
    recording_type: file.recordingType,
  }
  return Object.fromEntries(Object.entries(whole).filter(([name]) => !(file.without as readonly string[]).includes(name)))
}

/** One of `participant_audio_files`. */
export function participantAudio(file: RecordedFile, roots: Roots): Json {
  return {
    id: file.key,
    recording_start: instant(file.start),
    recording_end: instant(file.end),
    file_name: file.name ?? 'Audio only - Guest',
    file_type: file.type,
    file_extension: file.extension,
    file_size: sizeOf(file),
    play_url: `${roots.download}rec/play/${file.token}`,
    download_url: `${roots.download}rec/download/${file.token}`,
    status: file.status,
  }
}

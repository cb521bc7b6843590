import { z } from 'zod'

/** Fields that Zoom leaves out, empties or nulls while a recording is being processed count as missing. */
const text = z
  .string()
  .transform((value) => (value === '' ? undefined : value))
  .optional()
  .catch(undefined)
/** Some lists have numbers as texts. */
const count = z
  .union([
    z.int().nonnegative(),
    z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number),
  ])
  .optional()
  .catch(undefined)
/** What is no address is as good as none. */
const address = text.transform((value) => (value !== undefined && URL.canParse(value) ? value : undefined))
const flag = z.boolean().optional().catch(undefined)

/** https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording/GET/users/{userId}/recordings. Types are open: new ones come without notice. */
const recordingFile = z.object({
  id: text,
  file_type: text,
  file_extension: text,
  file_size: count,
  file_name: text,
  recording_start: text,
  recording_end: text,
  recording_type: text,
  status: text,
  download_url: address,
  file_path: text,
  deleted_time: text,
})
export type RecordingFile = z.infer<typeof recordingFile>

export const recordedMeeting = z.object({
  uuid: z.string().min(1),
  id: z.union([z.number(), z.string()]).optional().catch(undefined),
  topic: text,
  /** 5, 6 and 9 are webinars; a text in some answers. */
  type: count,
  start_time: text,
  timezone: text,
  duration: count,
  host_id: text,
  host_email: text,
  total_size: count,
  recording_count: count,
  auto_delete: flag,
  auto_delete_date: text,
  recording_files: z.array(recordingFile).nullish(),
  participant_audio_files: z.array(recordingFile).nullish().catch(undefined),
})
export type RecordedMeeting = z.infer<typeof recordedMeeting>

/** A page of a list. An answer without its `meetings` is none. */
export const recordingList = z.object({
  from: text,
  to: text,
  next_page_token: text,
  total_records: count,
  meetings: z.array(recordedMeeting),
})
export type RecordingList = z.infer<typeof recordingList>

/**
 * https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/past_meetings/{meetingId}/participants, and the same of webinars.
 * `registrant_id` and ids of devices are left out.
 */
export const participantList = z.object({
  next_page_token: text,
  total_records: count,
  participants: z.array(
    z.object({
      id: text,
      name: text,
      user_email: text,
      join_time: text,
      leave_time: text,
      duration: count,
      status: text,
      internal_user: flag,
    }),
  ),
})
export type ParticipantList = z.infer<typeof participantList>

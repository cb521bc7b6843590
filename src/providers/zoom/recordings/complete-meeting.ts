import { Failure } from '../../../core/failure.ts'
import type { Unread } from '../../../core/source.ts'
import type { RecordingsApi } from './api.ts'
import { keyOf } from './files.ts'
import type { RecordedMeeting } from './schema.ts'

/**
 * A meeting with what lists leave out: the separate audio files of participants, and files that the list had not counted yet
 * (https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording/GET/meetings/{meetingId}/recordings). One that vanished meanwhile stays as it was
 * listed; its downloads will say so. One that Zoom does not show, or of which it names fewer files than it counts (`recording_count` is the number of files in
 * the answer, participants' own among them), is named as unread, and what is known of it stays listed.
 */
export async function completeMeeting(
  api: RecordingsApi,
  listed: RecordedMeeting,
  signal: AbortSignal,
): Promise<{ meeting: RecordedMeeting; unread?: Unread }> {
  try {
    const asked = await api.meeting(listed.uuid, signal)
    const meeting = merged(listed, asked)
    const failure = missing(asked)
    return { meeting, ...(failure !== undefined && { unread: { id: `meeting/${listed.uuid}`, failure } }) }
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof Failure) || error.stops !== 'item') throw error
    if (error.kind === 'gone') return { meeting: listed }
    return { meeting: listed, unread: { id: `meeting/${listed.uuid}`, failure: error } }
  }
}

function missing({
  topic,
  start_time,
  recording_count,
  recording_files,
  participant_audio_files,
}: RecordedMeeting): Failure | undefined {
  const named = (recording_files ?? []).length + (participant_audio_files ?? []).length
  // One without any file waits as a whole.
  if (named === 0 || (recording_count ?? 0) <= named) return undefined
  const which = `“${topic ?? ''}” (${start_time?.slice(0, 10) ?? 'no date'})`
  return new Failure('unlisted', `Zoom counts ${recording_count} files of ${which}, but names ${named}`, {
    hint: 'run the same command again later; if it stays so, compare with https://zoom.us/recording',
  })
}

function merged(listed: RecordedMeeting, asked: RecordedMeeting): RecordedMeeting {
  const files = listed.recording_files ?? []
  const have = new Set(files.map((file) => keyOf(listed.uuid, file)))
  const more = (asked.recording_files ?? []).filter((file) => !have.has(keyOf(listed.uuid, file)))
  return {
    ...listed,
    timezone: listed.timezone ?? asked.timezone,
    auto_delete: listed.auto_delete ?? asked.auto_delete,
    auto_delete_date: listed.auto_delete_date ?? asked.auto_delete_date,
    recording_files: [...files, ...more],
    participant_audio_files: asked.participant_audio_files,
  }
}

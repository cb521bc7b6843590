import type { Json } from '../serving/reply.ts'
import { type ApiCall, wholeNumber } from './api-call.ts'
import { meetingResource, participantAudio } from './resources.ts'
import { invalidField, noRecording } from './zoom-error.ts'

/** Seconds in a week: the longest `ttl`. https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording/GET/meetings/{meetingId}/recordings */
const longest = 604_800

/** The recording of one instance; by number, of the latest one. */
export function getRecordings({ id, model, query, person, grants, roots }: ApiCall): Json {
  const wanted = query.get('include_fields')
  if (wanted !== null && wanted !== 'download_access_token') throw invalidField('include_fields')
  const ttl = wholeNumber(query, 'ttl', 0, longest) ?? longest
  const meeting = person.id === model.me.id ? model.find(id) : undefined
  const files = meeting?.trashed === undefined ? (meeting?.files.filter((file) => file.trashed === undefined) ?? []) : []
  if (meeting === undefined || files.length === 0) throw noRecording()
  return {
    ...meetingResource(meeting, files, model, roots),
    ...(meeting.passcode === undefined ? {} : { password: meeting.passcode }),
    ...(wanted === null ? {} : { download_access_token: grants.issueDownload(person.id, meeting.uuid, ttl) }),
    ...(meeting.participantAudio.length === 0
      ? {}
      : { participant_audio_files: meeting.participantAudio.map((file) => participantAudio(file, roots)) }),
  }
}

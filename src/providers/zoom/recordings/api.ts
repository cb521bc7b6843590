import type { z } from 'zod'
import { Failure } from '../../../core/failure.ts'
import type { Connection } from '../../../core/provider.ts'
import { answerOf } from '../answer.ts'
import { askUser, type ZoomUser } from '../identify.ts'
import { price } from '../limits.ts'
import {
  type ParticipantList,
  participantList,
  type RecordedMeeting,
  type RecordingList,
  recordedMeeting,
  recordingList,
} from './schema.ts'
import { pathOfUuid } from './uuid.ts'
import type { Window } from './windows.ts'

/** The calls of Zoom's API that we make. All throw a Failure. */
export interface RecordingsApi {
  /** The person, asked for once a run. */
  me(signal: AbortSignal): Promise<ZoomUser>
  list(window: Window, token: string | undefined, signal: AbortSignal): Promise<RecordingList>
  /** Dates do not matter there. */
  trash(type: 'meeting_recordings' | 'recording_file', token: string | undefined, signal: AbortSignal): Promise<RecordingList>
  /** One meeting, with the audio files of single participants. */
  meeting(uuid: string, signal: AbortSignal): Promise<RecordedMeeting>
  participants(
    kind: 'meeting' | 'webinar',
    uuid: string,
    token: string | undefined,
    signal: AbortSignal,
  ): Promise<ParticipantList>
}

/** The largest page of each list: https://developers.zoom.us/docs/api/meetings/ */
const pageSize = '300'

export function createRecordingsApi(connection: Connection): RecordingsApi {
  const root = connection.endpoints.api
  if (root === undefined) throw new Failure('bug', 'the address of Zoom’s API is missing')
  let me: Promise<ZoomUser> | undefined

  const ask = async <T>(
    what: string,
    cost: number,
    path: string,
    query: Readonly<Record<string, string | undefined>>,
    schema: z.ZodType<T>,
    signal: AbortSignal,
  ): Promise<T> => {
    const url = new URL(path, root)
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value)
    const answer = await connection.transport.send({
      method: 'GET',
      url: url.href,
      headers: { accept: 'application/json' },
      budget: 'calls',
      cost,
      signal,
    })
    return answerOf(what, answer, schema)
  }

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
    list: ({ from, to }, token, signal) =>
      ask(
        `the list of recordings from ${from} to ${to}`,
        price.medium,
        'users/me/recordings',
        { from, to, page_size: pageSize, next_page_token: token },
        recordingList,
        signal,
      ),
    trash: (type, token, signal) =>
      ask(
        'the list of the trash',
        price.medium,
        'users/me/recordings',
        { trash: 'true', trash_type: type, page_size: pageSize, next_page_token: token },
        recordingList,
        signal,
      ),
    meeting: (uuid, signal) =>
      ask('the recordings of a meeting', price.light, `meetings/${pathOfUuid(uuid)}/recordings`, {}, recordedMeeting, signal),
    participants: (kind, uuid, token, signal) =>
      ask(
        'who took part',
        price.medium,
        `past_${kind}s/${pathOfUuid(uuid)}/participants`,
        { page_size: pageSize, next_page_token: token },
        participantList,
        signal,
      ),
  }
}

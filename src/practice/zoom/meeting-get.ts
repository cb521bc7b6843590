import type { Json } from '../serving/reply.ts'
import type { ApiCall } from './api-call.ts'
import { instant } from './resources.ts'
import { noMeeting, ZoomError } from './zoom-error.ts'

/** "Meeting ID: … Expires 30 days after last use": github.com/zoom/skills, skills/rest-api/concepts/api-architecture.md */
const lifeMs = 30 * 86_400_000

/** A scheduled meeting by its number: https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/meetings/{meetingId} */
export function getMeeting({ id, model, person, now }: ApiCall): Json {
  const meeting = person.id === model.me.id && /^\d+$/.test(id) ? model.find(id) : undefined
  if (meeting === undefined || now - meeting.start > lifeMs) throw noMeeting(id)
  if ([5, 6, 9].includes(meeting.type)) throw new ZoomError(404, 3000, 'Cannot access webinar info.')
  return {
    uuid: meeting.uuid,
    id: meeting.number,
    host_id: person.id,
    host_email: person.email,
    topic: meeting.topic,
    type: meeting.type,
    status: 'waiting',
    start_time: instant(meeting.start),
    duration: meeting.duration,
    timezone: meeting.timezone,
    agenda: meeting.agenda,
    created_at: instant(meeting.start - 7 * 86_400_000),
    start_url: `https://practice.example/s/${meeting.number}?zak=practice-secret`,
    join_url: `https://practice.example/j/${meeting.number}?pwd=practice-secret`,
    password: 'practice-secret',
  }
}

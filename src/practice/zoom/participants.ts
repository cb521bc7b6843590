import { createHash } from 'node:crypto'
import type { Json } from '../serving/reply.ts'
import { type Answer, type ApiCall, paged } from './api-call.ts'
import { instant } from './resources.ts'
import { noMeeting, ZoomError } from './zoom-error.ts'

const yearMs = 365 * 86_400_000

/** https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/past_meetings/{meetingId}/participants and the same of webinars. */
export function participantsOf(webinars: boolean): Answer {
  return (call: ApiCall): Json => {
    const { id, model, person, now } = call
    if (person.type === 1) throw new ZoomError(400, 200, `Only available for Paid account: ${person.accountId}.`)
    const meeting = person.id === model.me.id ? model.find(id) : undefined
    if (meeting === undefined || [5, 6, 9].includes(meeting.type) !== webinars) throw noMeeting(id)
    if (now - meeting.start > yearMs) throw new ZoomError(400, 12_702, 'Can not access a meeting a year ago.')
    const { page, fields } = paged(call, `participants ${meeting.uuid}`, meeting.participants)
    const participants = page.map(({ name, email, joined, left }, index) => ({
      id: email === undefined ? '' : createHash('sha256').update(email).digest('base64url').slice(0, 22),
      user_id: String(16_778_240 + index),
      name,
      user_email: email ?? '',
      registrant_id: '',
      join_time: instant(meeting.start + joined),
      leave_time: instant(meeting.start + left),
      duration: Math.round((left - joined) / 1000),
      failover: false,
      status: 'in_meeting',
      internal_user: email !== undefined,
    }))
    return { ...fields, participants }
  }
}

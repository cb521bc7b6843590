import type { Json } from '../serving/reply.ts'
import { type ApiCall, oneOf, paged } from './api-call.ts'
import type { ScheduledMeeting } from './model.ts'

const types = ['scheduled', 'live', 'upcoming', 'upcoming_meetings', 'previous_meetings'] as const

/**
 * Meetings of which the person is the host: https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/users/{userId}/meetings. Of a series each occurrence is
 * a line of its own under the same number; one without fixed times has no start.
 */
export function listMeetings(call: ApiCall): Json {
  const { query, model, person, now } = call
  const type = oneOf(query, 'type', types) ?? 'scheduled'
  const coming = type === 'upcoming' || type === 'upcoming_meetings'
  const shown = (person.id === model.me.id ? model.scheduled : [])
    .filter(({ start }) =>
      type === 'live'
        ? false
        : type === 'previous_meetings'
          ? start !== undefined && start < now
          : !coming || start === undefined || start >= now,
    )
    .toSorted((a, b) => (a.start ?? 0) - (b.start ?? 0))
  const { page, fields } = paged(call, `meetings ${type}`, shown)
  return { ...fields, meetings: page.map((meeting) => resource(meeting, person.id, person.timezone)) }
}

function resource({ number, topic, type, start }: ScheduledMeeting, host: string, timezone: string): Json {
  return {
    uuid: Buffer.from(`scheduled ${number}`).toString('base64').slice(0, 22).padEnd(24, '='),
    id: number,
    host_id: host,
    topic,
    type,
    ...(start === undefined ? {} : { start_time: new Date(start).toISOString().replace('.000Z', 'Z'), duration: 60 }),
    timezone,
    created_at: '2024-04-01T00:00:00Z',
    // Holds what opens the meeting: nobody may keep it.
    join_url: `https://zoom.us/j/${number}?pwd=practice-join-authority`,
  }
}

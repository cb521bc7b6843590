import type { MeetingOptions, RecordingsModel } from './model.ts'
import { plant } from './plant.ts'

/** UUIDs of recordings whose names or ids are a trap. */
export interface OddNames {
  readonly emptyTopic: string
  readonly emojiTopic: string
  readonly climbingTopic: string
  /** Same topic, same minute. */
  readonly twins: readonly [string, string]
  /** Same topic and, since the clock was set back between them, same local minute. */
  readonly clockTwins: readonly [string, string]
  readonly slashUuid: string
  readonly doubleSlashUuid: string
  readonly plusUuid: string
}

/** 1:30 in the night of 7 November 2021 came twice in Los Angeles. */
const clockSetBack = Date.parse('2021-11-07T08:30:00Z')

export function addOddNames(model: RecordingsModel): OddNames {
  const add = (topic: string, start: string | number, options: MeetingOptions = {}): string => {
    const meeting = model.addMeeting(topic, { start: typeof start === 'number' ? start : Date.parse(start), ...options })
    plant(model, meeting, 'active-speaker')
    plant(model, meeting, 'chat')
    return meeting.uuid
  }
  for (const topic of [
    'CON',
    'nul.mp4',
    ' . ',
    'a/b\\c:d*e?f"g<h>i|j',
    'line\nbreak\tand\u0007bell',
    '100% sûr',
    'か\u3099 と が',
    '\u202egnp.exe',
    '-rf',
    '~',
  ])
    add(topic, '2022-02-03T02:00:00Z')
  return {
    emptyTopic: add('', '2021-06-01T03:00:00Z'),
    emojiTopic: add('👩🏽‍🏫'.repeat(200), '2021-06-02T03:00:00Z'),
    climbingTopic: add('../..', '2021-06-03T03:00:00Z'),
    twins: [add('Office hour', '2021-06-04T03:00:10Z'), add('Office hour', '2021-06-04T03:00:50Z')],
    clockTwins: [
      add('Night lab', clockSetBack, { timezone: 'America/Los_Angeles', number: 85_000_000_001 }),
      add('Night lab', clockSetBack + 3_600_000, { timezone: 'America/Los_Angeles', number: 85_000_000_001 }),
    ],
    slashUuid: add('Begins with a slash', '2021-07-01T03:00:00Z', { uuid: '/ajXp112QmuoKj4854875==' }),
    doubleSlashUuid: add('Two slashes', '2021-07-02T03:00:00Z', { uuid: 'aDYl//sQSwuTqCJTwKkfAA==' }),
    plusUuid: add('Plus and slash', '2021-07-03T03:00:00Z', { uuid: 'atsX+hSEQWit9t/U02HXNQ==' }),
  }
}

import { students } from './lectures.ts'
import type { MeetingOptions, RecordingsModel } from './model.ts'
import { plant, plantOrdinary } from './plant.ts'
import { type FileKind, fileKinds } from './recorded-file.ts'

/** UUIDs of recordings that differ from others in what they are, and can all be saved. */
export interface OddRecordings {
  readonly everyKind: string
  readonly webinar: string
  /** Stopped and started again: two files of each type. */
  readonly segments: string
  readonly passcode: string
  readonly withoutIds: string
  /** Neither status nor size, as older recordings. */
  readonly bareFiles: string
  readonly big: string
  readonly twoWindows: string
  readonly soonDeleted: string
  readonly trashed: string
  readonly trashedFile: string
  readonly onPremise: string
  readonly participantAudio: string
  readonly withoutTimezone: string
  /** At once, for less than a minute, with an empty time zone. */
  readonly instant: string
  readonly personalRoom: string
  readonly uploaded: string
  /** The last second of a month, and the first of the next. */
  readonly monthEnds: readonly [string, string]
  readonly recent: string
}

const day = 86_400_000

export function addOddRecordings(model: RecordingsModel, now: number): OddRecordings {
  const add = (topic: string, start: string | number, options: MeetingOptions = {}) =>
    model.addMeeting(topic, { start: typeof start === 'number' ? start : Date.parse(start), ...options })
  const ordinary = (...given: Parameters<typeof add>): string => {
    const meeting = add(...given)
    plantOrdinary(model, meeting)
    return meeting.uuid
  }
  const every = add('Everything at once', '2023-05-10T01:00:00Z')
  for (const kind of Object.keys(fileKinds) as FileKind[]) plant(model, every, kind)
  const webinar = add('Open lecture: Lamps', '2022-10-20T09:00:00Z', {
    type: 5,
    timezone: 'Europe/Berlin',
    participants: students(40),
  })
  for (const kind of ['shared-screen-with-speaker', 'audio', 'poll', 'captions'] as const) plant(model, webinar, kind)
  const segments = add('With a break', '2022-11-11T01:00:00Z')
  for (const minutes of [0, 50, 80])
    plantOrdinary(model, segments, { start: segments.start + minutes * 60_000, end: segments.start + (minutes + 30) * 60_000 })
  const withoutIds = add('No ids', '2020-05-05T01:00:00Z')
  for (const kind of ['gallery', 'audio', 'chat'] as const) plant(model, withoutIds, kind, { without: ['id'] })
  const bare = add('As in 2020', '2020-05-06T01:00:00Z')
  plant(model, bare, 'shared-screen', { without: ['status', 'file_size', 'file_extension', 'play_url'] })
  plant(model, bare, 'audio', {
    without: ['status', 'file_size', 'file_extension', 'play_url', 'recording_type', 'recording_end'],
  })
  const big = add('A long one', '2023-06-01T01:00:00Z')
  plant(model, big, 'shared-screen-with-speaker', { mediaBytes: 24 * 1024 * 1024 })
  const trashedFile = add('One file thrown away', '2023-07-01T01:00:00Z')
  plantOrdinary(model, trashedFile)
  plant(model, trashedFile, 'gallery', { trashed: now - 3 * day })
  const onPremise = add('Meeting Connector', '2023-07-02T01:00:00Z', { onPremise: true })
  plant(model, onPremise, 'shared-screen-with-speaker')
  const participantAudio = add('Interviews', '2023-07-03T01:00:00Z', { participants: students(2) })
  plantOrdinary(model, participantAudio)
  for (const name of ['Audio only - 学生 1', 'Audio only - Student 2'])
    plant(model, participantAudio, 'participant-audio', { name })
  return {
    everyKind: every.uuid,
    webinar: webinar.uuid,
    segments: segments.uuid,
    passcode: ordinary('Behind a passcode', '2023-01-10T01:00:00Z', { passcode: 'practice-passcode' }),
    withoutIds: withoutIds.uuid,
    bareFiles: bare.uuid,
    big: big.uuid,
    twoWindows: ordinary('Past midnight', '2021-01-31T23:30:00Z', { alsoOn: ['2021-02-01'] }),
    soonDeleted: ordinary('Deleted next week', now - 60 * day, { autoDelete: now + 6 * day }),
    trashed: ordinary('Thrown away', '2023-02-01T01:00:00Z', { trashed: now - 10 * day }),
    trashedFile: trashedFile.uuid,
    onPremise: onPremise.uuid,
    participantAudio: participantAudio.uuid,
    withoutTimezone: ordinary('Somewhere', '2021-03-03T18:00:00Z', { timezone: undefined }),
    instant: ordinary('Practice Lecturer’s Zoom Meeting', '2023-11-29T16:46:31Z', { type: 1, timezone: '', duration: 0 }),
    personalRoom: ordinary('Practice Lecturer’s Personal Meeting Room', '2023-08-01T05:00:00Z', {
      type: 4,
      number: 3_801_234_567,
    }),
    uploaded: ordinary('Uploaded', '2023-08-02T05:00:00Z', { type: 99 }),
    monthEnds: [
      ordinary('Last second', '2021-04-30T23:59:59Z'),
      ordinary('First second', '2021-05-01T00:00:00Z', { timezone: 'Asia/Kolkata' }),
    ],
    recent: ordinary('Last week', now - 5 * day, { participants: students(35) }),
  }
}

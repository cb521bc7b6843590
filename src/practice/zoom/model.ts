import { createHash, randomBytes } from 'node:crypto'
import type { Ranged } from '../content/ranged.ts'
import type { Clip, ClipOptions } from './clip.ts'
import { type FileKind, fileKinds, type RecordedFile } from './recorded-file.ts'

/** A user of the account. `type` 1 is Basic, which has no cloud recording, 2 is Licensed. */
export interface Person {
  readonly id: string
  readonly accountId: string
  readonly email: string
  readonly firstName: string
  readonly lastName: string
  readonly timezone: string
  readonly createdAt: number
  readonly type: 1 | 2
}

export interface Participant {
  readonly name: string
  readonly email?: string
  /** Milliseconds after the meeting's start. */
  readonly joined: number
  readonly left: number
}

/** One instance of a meeting or a webinar that was recorded to the cloud. */
export interface Meeting {
  readonly uuid: string
  /** Shared by all instances of a series. */
  readonly number: number
  /** 1 instant, 2 scheduled, 3 recurring, 4 in the personal room, 8 recurring with fixed times; webinars 5, 6 and 9; 99 uploaded on the web. */
  readonly type: 1 | 2 | 3 | 4 | 5 | 6 | 8 | 9 | 99
  topic: string
  agenda: string
  /** Milliseconds since 1970. */
  start: number
  /** Empty for instant meetings (https://github.com/NangoHQ/nango/pull/3098); undefined: not in the answers. */
  timezone: string | undefined
  /** Minutes; 0 for the shortest. */
  duration: number
  passcode: string | undefined
  /** Milliseconds since 1970: the account deletes it by itself then. */
  autoDelete: number | undefined
  /** When it went to the trash. */
  trashed: number | undefined
  /** Listed under these days (YYYY-MM-DD, UTC) too, not only under that of its start. */
  alsoOn: readonly string[]
  /** Gone, files and all, after the first listing that names it. */
  vanishesAfterListing: boolean
  /** Recorded through an on-premise Meeting Connector: only with `mc=true`, and not downloadable. */
  onPremise: boolean
  readonly files: RecordedFile[]
  /** "Record a separate audio file of each participant". */
  readonly participantAudio: RecordedFile[]
  readonly participants: Participant[]
}

/** A meeting to come, or one occurrence of a series. */
export interface ScheduledMeeting {
  readonly number: number
  readonly topic: string
  /** 2 once, 3 recurring without a time, 8 recurring. */
  readonly type: 2 | 3 | 8
  /** Milliseconds since 1970; undefined for type 3. */
  readonly start: number | undefined
}

export type MeetingOptions = Partial<Omit<Meeting, 'topic' | 'files' | 'participantAudio'>>
export type FileOptions = Partial<Omit<RecordedFile, 'key' | 'token' | 'content' | 'type' | 'extension'>>

/** What is in a person's cloud recordings; may be changed while the service runs. */
export interface RecordingsModel {
  readonly me: Person
  /** Someone else of the same account, who may sign in by mistake. */
  readonly colleague: Person
  readonly meetings: readonly Meeting[]
  addMeeting(topic: string, options?: MeetingOptions): Meeting
  addFile(meeting: Meeting, kind: FileKind, content: Ranged, options?: FileOptions): RecordedFile
  /** By UUID, else by number: the latest instance. */
  find(id: string): Meeting | undefined
  file(token: string): { readonly meeting: Meeting; readonly file: RecordedFile } | undefined
  /** Deleted for good. */
  remove(uuid: string): void
  removeFile(uuid: string, key: string): void
  /** Meetings of which the person is the host. */
  readonly scheduled: ScheduledMeeting[]
  readonly clips: readonly Clip[]
  addClip(title: string, content: Ranged, options?: ClipOptions): Clip
  removeClip(id: string): void
}

export const defaultPerson: Person = {
  id: 'KDcuGIm1QgePTO8WbOqwIQ',
  accountId: 'EAAAAbbbbbCCCCHMA',
  email: 'lecturer@practice.example',
  firstName: 'Practice',
  lastName: 'Lecturer',
  timezone: 'Asia/Tokyo',
  createdAt: Date.parse('2020-03-30T01:02:03Z'),
  type: 2,
}

export function createRecordingsModel(person: Partial<Person> = {}): RecordingsModel {
  const me = { ...defaultPerson, ...person }
  const colleague: Person = { ...me, id: 'z8dfkgABBBBBBBfp8uQcol', email: 'colleague@practice.example', firstName: 'Other' }
  const meetings = new Map<string, Meeting>()
  const byToken = new Map<string, { meeting: Meeting; file: RecordedFile }>()
  const clips = new Map<string, Clip>()
  let numbers = 81_000_000_000
  let files = 0
  const forget = (file: RecordedFile) => byToken.delete(file.token)
  return {
    me,
    colleague,
    scheduled: [],
    get meetings() {
      return [...meetings.values()]
    },
    addMeeting(topic, options = {}) {
      numbers += 7919
      const made: Meeting = {
        uuid: plainUuid(numbers),
        number: numbers,
        type: 2,
        topic,
        agenda: '',
        start: Date.parse('2024-04-01T01:00:00Z'),
        timezone: me.timezone,
        duration: 90,
        passcode: undefined,
        autoDelete: undefined,
        trashed: undefined,
        alsoOn: [],
        vanishesAfterListing: false,
        onPremise: false,
        participants: [],
        ...options,
        files: [],
        participantAudio: [],
      }
      if (meetings.has(made.uuid)) throw new Error('practice Zoom: a UUID twice')
      meetings.set(made.uuid, made)
      return made
    },
    addFile(meeting, kind, content, options = {}) {
      const { type, extension, recordingType, without = [] } = fileKinds[kind]
      const start = options.start ?? meeting.start
      files += 1
      const file: RecordedFile = {
        key: lowerUuid(meeting.uuid, files),
        token: randomBytes(42).toString('base64url'),
        type,
        extension,
        recordingType,
        content,
        start,
        end: start + meeting.duration * 60_000,
        announcedSize: undefined,
        status: 'completed',
        without,
        trashed: undefined,
        name: undefined,
        ...options,
      }
      const list = kind === 'participant-audio' ? meeting.participantAudio : meeting.files
      list.push(file)
      byToken.set(file.token, { meeting, file })
      return file
    },
    find(id) {
      const exact = meetings.get(id)
      if (exact !== undefined || !/^\d+$/.test(id)) return exact
      const instances = [...meetings.values()].filter((meeting) => String(meeting.number) === id)
      return instances.sort((a, b) => b.start - a.start)[0]
    },
    file: (token) => byToken.get(token),
    remove(uuid) {
      const found = meetings.get(uuid)
      for (const file of [...(found?.files ?? []), ...(found?.participantAudio ?? [])]) forget(file)
      meetings.delete(uuid)
    },
    get clips() {
      return [...clips.values()]
    },
    addClip(title, content, { announcedSize, ...options } = {}) {
      const { created = Date.parse('2024-04-01T01:00:00Z') } = options
      const id = hashed('clip', clips.size, title).toString('base64url')
      const file: RecordedFile = {
        key: lowerUuid('clip', clips.size),
        token: '',
        type: 'MP4',
        extension: 'MP4',
        recordingType: undefined,
        content,
        start: created,
        end: created + 60_000,
        announcedSize,
        status: 'completed',
        without: [],
        trashed: undefined,
        name: undefined,
      }
      const made: Clip = {
        id,
        title,
        description: '',
        status: 'RECORD_SUCCESS',
        created,
        modified: created,
        passcode: undefined,
        ...options,
        file,
      }
      clips.set(id, made)
      return made
    },
    removeClip: (id) => void clips.delete(id),
    removeFile(uuid, key) {
      const files = meetings.get(uuid)?.files ?? []
      const at = files.findIndex((file) => file.key === key)
      for (const file of at < 0 ? [] : files.splice(at, 1)) forget(file)
    },
  }
}

/** The same in every model that is filled in the same way, so that one archive can practise again. */
const hashed = (...parts: readonly (string | number)[]): Buffer =>
  createHash('sha256').update(parts.join(' ')).digest().subarray(0, 16)

/** 16 bytes in base64 that neither begin with a slash nor hold two in a row, so that they need no encoding twice. */
function plainUuid(count: number): string {
  for (let attempt = 0; ; attempt += 1) {
    const made = hashed('meeting', count, attempt).toString('base64')
    if (!made.startsWith('/') && !made.includes('//')) return made
  }
}

const lowerUuid = (meeting: string, count: number): string =>
  hashed('file', meeting, count)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')

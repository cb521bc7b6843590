import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Meeting, RecordingsModel } from '../../src/practice/zoom/model.ts'
import type { Derived } from './archive-check.ts'
import { folderOf, passcode } from './zoom-account.ts'

interface MeetingJson {
  readonly uuid: string
  readonly topic: string
  readonly files: readonly { readonly size?: number }[]
  readonly participants?: readonly { readonly name: string }[]
}

const yearMs = 365 * 86_400_000

/** `meeting.json`: what a listing said, and who took part. */
export function zoomDerived(model: RecordingsModel): Derived {
  return {
    is: (file) => file.startsWith('data/zoom/recordings/') && file.endsWith('/meeting.json'),
    wrongNow(_file, bytes) {
      const text = bytes.toString()
      if (text.includes(passcode) || /rec\/(download|play|share)/.test(text)) return 'opens a door'
      try {
        return typeof (JSON.parse(text) as MeetingJson).uuid === 'string' ? undefined : 'says nothing of a meeting'
      } catch (error) {
        return `no JSON: ${error}`
      }
    },
    differences: (archive) => model.meetings.flatMap((meeting) => ofMeeting(meeting, archive)),
  }
}

function ofMeeting(meeting: Meeting, archive: string): string[] {
  const place = `${folderOf(meeting)}/meeting.json`
  const file = path.join(archive, place)
  if (!existsSync(file)) return [`${place} is not there`]
  const { uuid, topic, files, participants = [] } = JSON.parse(readFileSync(file, 'utf8')) as MeetingJson
  const wrong: string[] = []
  if (uuid !== meeting.uuid || topic !== meeting.topic) wrong.push(`${place} is about ${topic}`)
  // Timelines state no size.
  const sizes = (list: readonly (number | undefined)[]) => list.toSorted((a, b) => (a ?? 0) - (b ?? 0)).join()
  const stated = meeting.files.map(({ content, without }) => (without.includes('file_size') ? undefined : content.size))
  if (sizes(files.map(({ size }) => size)) !== sizes(stated)) wrong.push(`${place} names other files`)
  const people = Date.now() - meeting.start > yearMs ? [] : meeting.participants
  if (participants.map(({ name }) => name).join() !== people.map(({ name }) => name).join())
    wrong.push(`${place} names other people`)
  return wrong
}

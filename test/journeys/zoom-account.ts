import { createHash } from 'node:crypto'
import { type Ranged, ranged } from '../../src/practice/content/ranged.ts'
import { webvtt } from '../../src/practice/content/webvtt.ts'
import { students } from '../../src/practice/zoom/lectures.ts'
import { createRecordingsModel, type Meeting, type MeetingOptions, type RecordingsModel } from '../../src/practice/zoom/model.ts'
import type { FileKind, RecordedFile } from '../../src/practice/zoom/recorded-file.ts'
import { recordingContent } from '../../src/practice/zoom/recording-content.ts'
import type { CourseAccount } from './course.ts'
import type { ExpectedFile } from './expected.ts'
import { below, pick, seeded } from './random.ts'
import { zoomDerived } from './zoom-derived.ts'

/** Cloud recordings of some 25 meetings, the younger of which change from run to run. */
export interface ZoomAccount extends CourseAccount {
  readonly model: RecordingsModel
  /** The one large film. */
  readonly large: { readonly meeting: Meeting; readonly file: RecordedFile }
  /** Gives a film other bytes, as after a cut. */
  cut(file: RecordedFile): void
}

export interface ZoomAccountOptions {
  readonly seed: number
  /** Bytes of the one large film; default 40 MiB. */
  readonly large?: number
}

const day = 86_400_000
export const passcode = 'Door-0pener!'
/** What people call the files, by what Zoom calls them. */
const titles: Readonly<Partial<Record<FileKind, string>>> = {
  'shared-screen-with-speaker': 'Shared screen with speaker view.mp4',
  gallery: 'Gallery view.mp4',
  audio: 'Audio.m4a',
  transcript: 'Transcript.vtt',
  chat: 'Chat.txt',
  timeline: 'Timeline.json',
}
const ordinary = ['shared-screen-with-speaker', 'audio', 'transcript', 'chat', 'timeline'] as const

export function createZoomAccount({ seed, large = 40 * 1024 * 1024 }: ZoomAccountOptions): ZoomAccount {
  const random = seeded(seed)
  const model = createRecordingsModel({ createdAt: Date.now() - 900 * day })
  /** Whole minutes before the tests' beginning. */
  const ago = (days: number) => Math.floor((Date.now() - days * day) / 60_000) * 60_000
  const kinds = new Map<string, FileKind>()
  const young: Meeting[] = []
  let count = 0
  const plant = (meeting: Meeting, kind: FileKind, mediaBytes?: number) => {
    const content = contentOf(kind, seed * 1000 + ++count, mediaBytes)
    const file = model.addFile(meeting, kind, content)
    kinds.set(file.key, kind)
    return file
  }
  const add = (start: number, options: MeetingOptions = {}) => {
    const meeting = model.addMeeting(`Lecture ${++count}`, { start, participants: students(5), ...options })
    for (const kind of ordinary) plant(meeting, kind)
    return meeting
  }
  for (let n = 0; n < 8; n++) add(ago(400 + n * 40))
  // Within the time in which no year counts as done.
  for (let n = 0; n < 14; n++) young.push(add(ago(1 + n * 3.5), n % 5 === 0 ? { passcode } : {}))
  young.push(add(ago(20.1), { type: 5, participants: students(30) }))
  const film = young[6]!
  const largeFile = plant(film, 'gallery', large)
  let rounds = 0

  const cut = (file: RecordedFile) => {
    const kind = kinds.get(file.key)!
    // Of any other length: it was cut.
    const mediaBytes = file.content.size > 1024 * 1024 ? file.content.size - 4096 : 20_000 + below(random, 20_000)
    file.content = contentOf(kind, seed * 1000 + ++count, mediaBytes)
    file.end -= 1000 * ++count
  }
  const films = ({ files }: Meeting) => files.filter(({ extension, key }) => extension === 'MP4' && key !== largeFile.key)
  const others = () => young.filter((meeting) => meeting !== film)
  const rearrange = () => {
    for (let n = 0; n < 2; n++) pick(random, young).topic = `Renamed ${++count}`
    // Its folder is called by its time.
    pick(random, young).start += 60_000 * (1 + below(random, 30))
  }
  return {
    model,
    large: { meeting: film, file: largeFile },
    cut,
    cloud: { accounts: ['zoom'], zoom: { model, from: `${new Date(ago(700)).getUTCFullYear()}-01-01` } },
    rearrange,
    change() {
      rounds++
      rearrange()
      for (let n = 0; n < 2; n++) cut(pick(random, films(pick(random, others()))))
      for (let n = 0; n < 2; n++) young.push(add(ago(below(random, 40))))
      const gone = pick(random, others())
      young.splice(young.indexOf(gone), 1)
      model.remove(gone.uuid)
      const shorter = pick(random, others())
      model.removeFile(shorter.uuid, pick(random, shorter.files.slice(1)).key)
      if (rounds % 2 === 0) cut(largeFile)
    },
    expected: () =>
      model.meetings.flatMap((meeting) => meeting.files.map((file) => expectedOf(meeting, file, kinds.get(file.key)!))),
    folders: () => ['data/zoom/recordings', ...model.meetings.map(folderOf)],
    derived: zoomDerived(model),
  }
}

/** No two files have the same bytes, so that it can be told which of them stands where. */
function contentOf(kind: FileKind, seed: number, mediaBytes?: number): Ranged {
  if (kind === 'chat') return ranged(Buffer.from(`00:01:02\tA student:\tQuestion ${seed}\r\n`))
  if (kind === 'transcript') return ranged(Buffer.from(webvtt([{ from: 0, to: 3000, text: `Sentence ${seed}` }])))
  return recordingContent(kind, { seed, ...(mediaBytes !== undefined && { mediaBytes }) })
}

/** The contract's `YYYY/YYYY-MM-DD HHMM TOPIC`, by the clocks of Tokyo. */
export function folderOf({ start, topic }: Meeting): string {
  const local = new Date(start + 9 * 3_600_000).toISOString()
  return `data/zoom/recordings/${local.slice(0, 4)}/${local.slice(0, 10)} ${local.slice(11, 13)}${local.slice(14, 16)} ${topic}`
}

const digests = new WeakMap<object, string>()

function expectedOf(meeting: Meeting, file: RecordedFile, kind: FileKind): ExpectedFile {
  const start = `${new Date(file.start).toISOString().slice(0, 19)}Z`
  const { content } = file
  let sha256 = digests.get(content)
  if (sha256 === undefined) {
    const hash = createHash('sha256')
    for (const piece of content.chunks()) hash.update(piece)
    sha256 = hash.digest('hex')
    digests.set(content, sha256)
  }
  return {
    source: 'zoom/recordings',
    id: `file/${file.without.includes('id') ? `${meeting.uuid} ${file.type} ${start} ` : file.key}`,
    folder: folderOf(meeting),
    name: titles[kind] ?? '',
    sha256,
    bytes: content.size,
    modified: Math.floor(file.end / 1000) * 1000,
  }
}

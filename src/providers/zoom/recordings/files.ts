import { type FileKind, kindOf } from './kinds.ts'
import type { RecordedMeeting, RecordingFile } from './schema.ts'

/** A recording file with what makes it findable among those of its meeting. */
export interface MeetingFile {
  readonly file: RecordingFile
  readonly kind: FileKind
  /** Unique, and the same in every listing. */
  readonly id: string
  /** File name. */
  readonly name: string
}

/**
 * The files of a meeting, part after part, films before sounds before texts. A meeting that was stopped and recorded again has several parts: each
 * has films or sounds of its own, and what is written of it began with them.
 */
export function filesOf(meeting: RecordedMeeting): readonly MeetingFile[] {
  const audio = (meeting.participant_audio_files ?? []).map((file) => ({ ...file, file_type: file.file_type ?? 'M4A' }))
  const entries = [...(meeting.recording_files ?? []), ...audio].map((file) => ({ file, kind: kindOf(file) }))
  const starts = [
    ...new Set(
      entries.flatMap(({ file, kind }) => (kind.exactSize && file.recording_start !== undefined ? [file.recording_start] : [])),
    ),
  ].sort()
  const partOf = ({ recording_start: start }: RecordingFile) =>
    start === undefined
      ? 0
      : Math.max(
          0,
          starts.findLastIndex((one) => one <= start),
        )
  const digits = String(starts.length).length
  const sorted = entries
    .map((entry) => ({ ...entry, part: partOf(entry.file), key: keyOf(meeting.uuid, entry.file) }))
    .sort((a, b) => a.part - b.part || a.kind.rank - b.kind.rank || compare(a.key, b.key))
  const seen = new Map<string, number>()
  return sorted.map(({ file, kind, part, key }) => {
    const twins = seen.get(key) ?? 0
    seen.set(key, twins + 1)
    const prefix = starts.length < 2 ? '' : `Part ${String(part + 1).padStart(digits, '0')} - `
    return { file, kind, id: twins === 0 ? key : `${key} ${twins + 1}`, name: `${prefix}${fileName(file, kind)}` }
  })
}

function fileName({ file_name }: RecordingFile, { title, extension }: FileKind): string {
  if (file_name === undefined) return `${title}.${extension}`
  return file_name.toLowerCase().endsWith(`.${extension}`) ? file_name : `${file_name}.${extension}`
}

/**
 * Captions and timelines have no id, nor have some of the rest: what they are and when they began tells them apart. Their `file_type` is empty while they
 * are processed, their `recording_type` is not.
 */
export function keyOf(uuid: string, { id, file_type, recording_type, recording_start, file_name }: RecordingFile): string {
  if (id !== undefined) return `file/${id}`
  return `file/${[uuid, recording_type ?? file_type, recording_start, file_name].map((part) => part ?? '').join(' ')}`
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

import type { FileOptions, Meeting, RecordingsModel } from './model.ts'
import type { FileKind, RecordedFile } from './recorded-file.ts'
import { recordingContent } from './recording-content.ts'

export interface Planted extends FileOptions {
  readonly mediaBytes?: number
}

/** Adds a file with content of its kind, other than that of any other. */
export function plant(model: RecordingsModel, meeting: Meeting, kind: FileKind, options: Planted = {}): RecordedFile {
  const { mediaBytes, ...rest } = options
  const seed = model.meetings.length * 100 + meeting.files.length + meeting.participantAudio.length
  const content = recordingContent(kind, { seed, ...(mediaBytes === undefined ? {} : { mediaBytes }) })
  return model.addFile(meeting, kind, content, rest)
}

/** When the timeline of an ordinary recording began to have an id, a size and a status. */
const completeTimelines = Date.parse('2023-01-01T00:00:00Z')

/** What an ordinary recording consists of. Newer timelines have what the documentation says they lack: https://github.com/NangoHQ/nango/pull/3098 */
export function plantOrdinary(model: RecordingsModel, meeting: Meeting, options: FileOptions = {}): void {
  for (const kind of ['shared-screen-with-speaker', 'audio', 'transcript', 'chat', 'timeline'] as const)
    plant(model, meeting, kind, {
      ...(kind === 'timeline' && meeting.start >= completeTimelines ? { without: ['play_url'] } : {}),
      ...options,
    })
}

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

/** What an ordinary recording consists of. */
export function plantOrdinary(model: RecordingsModel, meeting: Meeting, options: FileOptions = {}): void {
  for (const kind of ['shared-screen-with-speaker', 'audio', 'transcript', 'chat', 'timeline'] as const)
    plant(model, meeting, kind, options)
}

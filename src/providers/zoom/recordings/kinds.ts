import type { Format } from '../../../core/item.ts'
import type { RecordingFile } from './schema.ts'

/**
 * What people call each recording, by `recording_type`, in the order in which a folder is read: films, sound, words, the rest. The list of types is that
 * of https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording; others come without notice and are named as they are.
 */
const titles: Readonly<Record<string, string>> = {
  shared_screen_with_speaker_view: 'Shared screen with speaker view',
  'shared_screen_with_speaker_view(CC)': 'Shared screen with speaker view, captions',
  shared_screen_with_gallery_view: 'Shared screen with gallery view',
  active_speaker: 'Active speaker',
  speaker_view: 'Speaker view',
  gallery_view: 'Gallery view',
  shared_screen: 'Shared screen',
  host_video: 'Host video',
  sign_interpretation: 'Sign language interpretation',
  production_studio: 'Production studio',
  audio_only: 'Audio',
  audio_interpretation: 'Audio, interpretation',
  audio_transcript: 'Transcript',
  closed_caption: 'Closed captions',
  chat_file: 'Chat',
  summary: 'Summary',
  summary_next_steps: 'Summary, next steps',
  summary_smart_chapters: 'Summary, smart chapters',
  poll: 'Polls',
  timeline: 'Timeline',
  thumbnail: 'Thumbnail',
}
const order = Object.keys(titles)

/** Of those that are no films: the extension while Zoom states neither type nor extension, since they are still being processed. */
const extensions: Readonly<Record<string, string>> = {
  audio_only: 'm4a',
  audio_interpretation: 'm4a',
  audio_transcript: 'vtt',
  closed_caption: 'vtt',
  chat_file: 'txt',
  summary: 'json',
  summary_next_steps: 'json',
  summary_smart_chapters: 'json',
  poll: 'csv',
  timeline: 'json',
  thumbnail: 'jpg',
}

interface Kind {
  readonly title: string
  readonly extension: string
}

/** By `file_type`, for entries that have no `recording_type` (captions and timelines have none), and no `file_extension` (older answers had none). */
const types: Readonly<Record<string, Kind>> = {
  MP4: { title: 'Recording', extension: 'mp4' },
  M4A: { title: 'Audio', extension: 'm4a' },
  TRANSCRIPT: { title: 'Transcript', extension: 'vtt' },
  CC: { title: 'Closed captions', extension: 'vtt' },
  CHAT: { title: 'Chat', extension: 'txt' },
  CHAT_MESSAGE: { title: 'Chat messages', extension: 'json' },
  TIMELINE: { title: 'Timeline', extension: 'json' },
  SUMMARY: { title: 'Summary', extension: 'json' },
  CSV: { title: 'Polls', extension: 'csv' },
  THUMBNAIL: { title: 'Thumbnail', extension: 'jpg' },
  // The older name of the timeline.
  TB: { title: 'Timeline', extension: 'json' },
}

const formats: Readonly<Record<string, Format>> = {
  mp4: 'mp4',
  m4a: 'm4a',
  vtt: 'vtt',
  txt: 'text',
  csv: 'text',
  json: 'json',
  jpg: 'jpeg',
  jpeg: 'jpeg',
  png: 'png',
}

/** What a recording file is to a person, and how it is looked at, since Zoom states no checksum. */
export interface FileKind extends Kind {
  readonly format?: Format
  /** For sorting: films before sounds before texts. */
  readonly rank: number
  /** Zoom's own count of bytes is right for films and sounds alone: https://github.com/lanec/zoom-batch-downloader/issues/18 */
  readonly exactSize: boolean
}

export function kindOf({ file_type, file_extension, recording_type }: RecordingFile): FileKind {
  const byType = file_type === undefined ? undefined : Object.hasOwn(types, file_type) ? types[file_type] : undefined
  const extension =
    file_extension !== undefined && /^\.?[a-z0-9]{1,8}$/i.test(file_extension)
      ? file_extension.replace('.', '').toLowerCase()
      : (byType?.extension ?? (file_type === undefined ? extensionOf(recording_type) : undefined) ?? 'bin')
  const title = titleOf(recording_type) ?? byType?.title ?? (file_type === undefined ? 'Recording' : words(file_type))
  const format = Object.hasOwn(formats, extension) ? formats[extension] : undefined
  const known = recording_type === undefined ? -1 : order.indexOf(recording_type)
  const film = extension === 'mp4' || extension === 'm4a'
  return {
    title,
    extension,
    ...(format !== undefined && { format }),
    rank: known >= 0 ? known : film ? order.indexOf('production_studio') : order.length,
    exactSize: film,
  }
}

function extensionOf(type: string | undefined): string | undefined {
  if (type === undefined || !Object.hasOwn(titles, type)) return undefined
  return Object.hasOwn(extensions, type) ? extensions[type] : 'mp4'
}

function titleOf(type: string | undefined): string | undefined {
  if (type === undefined) return undefined
  return Object.hasOwn(titles, type) ? titles[type] : words(type)
}

/** `new_kind_of_view` as `New kind of view`. */
function words(name: string): string {
  const plain = name.slice(0, 80).replace(/_+/g, ' ').trim().toLowerCase()
  return plain === '' ? 'Recording' : `${plain.charAt(0).toUpperCase()}${plain.slice(1)}`
}

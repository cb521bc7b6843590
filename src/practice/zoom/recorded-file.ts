import type { Ranged } from '../content/ranged.ts'

/** Properties that an entry of `recording_files` may lack. */
export type Omittable =
  | 'id'
  | 'status'
  | 'file_size'
  | 'recording_type'
  | 'play_url'
  | 'file_extension'
  | 'recording_end'
  | 'file_type'

/** One entry of `recording_files`. */
export interface RecordedFile {
  /** Its id, also where the answers keep it to themselves. */
  readonly key: string
  /** The last part of its download address. */
  readonly token: string
  readonly type: string
  readonly extension: string
  readonly recordingType: string | undefined
  content: Ranged
  /** Milliseconds since 1970. */
  start: number
  end: number
  /** Bytes, where `file_size` states something else than the content has. */
  announcedSize: number | undefined
  /** `processing`: no type, extension, end or size yet. */
  status: 'completed' | 'processing'
  without: readonly Omittable[]
  trashed: number | undefined
  /** Of a participant's own audio. */
  name: string | undefined
}

interface Kind {
  readonly type: string
  readonly extension: string
  readonly recordingType: string | undefined
  readonly without?: readonly Omittable[]
}

/**
 * "A recording file object with file the CC or TIMELINE value does not have the id, status, file_size, recording_type, and play_url properties":
 * https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording/GET/meetings/{meetingId}/recordings
 */
const bare: readonly Omittable[] = ['id', 'status', 'file_size', 'recording_type', 'play_url']

/** Types, extensions and recording types as the method reference lists them. Thumbnails: JPG and `thumbnail`; their `file_type` is not in the table. */
export const fileKinds: Readonly<Record<FileKind, Kind>> = {
  'shared-screen-with-speaker': { type: 'MP4', extension: 'MP4', recordingType: 'shared_screen_with_speaker_view' },
  'shared-screen-with-speaker-cc': { type: 'MP4', extension: 'MP4', recordingType: 'shared_screen_with_speaker_view(CC)' },
  'shared-screen-with-gallery': { type: 'MP4', extension: 'MP4', recordingType: 'shared_screen_with_gallery_view' },
  'active-speaker': { type: 'MP4', extension: 'MP4', recordingType: 'active_speaker' },
  gallery: { type: 'MP4', extension: 'MP4', recordingType: 'gallery_view' },
  'shared-screen': { type: 'MP4', extension: 'MP4', recordingType: 'shared_screen' },
  host: { type: 'MP4', extension: 'MP4', recordingType: 'host_video' },
  'production-studio': { type: 'MP4', extension: 'MP4', recordingType: 'production_studio' },
  audio: { type: 'M4A', extension: 'M4A', recordingType: 'audio_only' },
  interpretation: { type: 'M4A', extension: 'M4A', recordingType: 'audio_interpretation' },
  transcript: { type: 'TRANSCRIPT', extension: 'VTT', recordingType: 'audio_transcript' },
  captions: { type: 'CC', extension: 'VTT', recordingType: 'closed_caption', without: bare },
  chat: { type: 'CHAT', extension: 'TXT', recordingType: 'chat_file' },
  timeline: { type: 'TIMELINE', extension: 'JSON', recordingType: 'timeline', without: bare },
  poll: { type: 'CSV', extension: 'CSV', recordingType: 'poll' },
  summary: { type: 'SUMMARY', extension: 'JSON', recordingType: 'summary' },
  'next-steps': { type: 'SUMMARY', extension: 'JSON', recordingType: 'summary_next_steps' },
  chapters: { type: 'SUMMARY', extension: 'JSON', recordingType: 'summary_smart_chapters' },
  thumbnail: { type: 'THUMBNAIL', extension: 'JPG', recordingType: 'thumbnail' },
  'chat-messages': { type: 'CHAT_MESSAGE', extension: 'JSON', recordingType: 'chat_message' },
  // The older name of the timeline.
  timestamps: { type: 'TB', extension: 'JSON', recordingType: undefined, without: bare },
  // New types appear without notice; no client may know them all.
  novel: { type: 'HOLOGRAM', extension: 'HLG', recordingType: 'hologram_view' },
  'participant-audio': { type: 'M4A', extension: 'M4A', recordingType: undefined },
}

export type FileKind =
  | 'shared-screen-with-speaker'
  | 'shared-screen-with-speaker-cc'
  | 'shared-screen-with-gallery'
  | 'active-speaker'
  | 'gallery'
  | 'shared-screen'
  | 'host'
  | 'production-studio'
  | 'audio'
  | 'interpretation'
  | 'transcript'
  | 'captions'
  | 'chat'
  | 'timeline'
  | 'poll'
  | 'summary'
  | 'next-steps'
  | 'chapters'
  | 'thumbnail'
  | 'chat-messages'
  | 'timestamps'
  | 'novel'
  | 'participant-audio'

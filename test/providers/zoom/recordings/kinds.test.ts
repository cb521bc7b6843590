import { describe, expect, test } from 'vitest'
import { filesOf } from '../../../../src/providers/zoom/recordings/files.ts'
import { kindOf } from '../../../../src/providers/zoom/recordings/kinds.ts'
import { type RecordingFile, recordedMeeting } from '../../../../src/providers/zoom/recordings/schema.ts'

const blank: RecordingFile = recordedMeeting.parse({ uuid: 'x', recording_files: [{}] }).recording_files![0]!
const file = (fields: Partial<RecordingFile>): RecordingFile => ({ ...blank, ...fields })

describe('kindOf: title, extension and how it is looked at', () => {
  const table: [string | undefined, string | undefined, string | undefined, string, string | undefined][] = [
    ['MP4', 'MP4', 'shared_screen_with_speaker_view', 'Shared screen with speaker view.mp4', 'mp4'],
    ['MP4', 'MP4', 'shared_screen_with_speaker_view(CC)', 'Shared screen with speaker view, captions.mp4', 'mp4'],
    ['MP4', 'MP4', 'active_speaker', 'Active speaker.mp4', 'mp4'],
    ['MP4', undefined, 'gallery_view', 'Gallery view.mp4', 'mp4'],
    ['M4A', 'M4A', 'audio_only', 'Audio.m4a', 'm4a'],
    ['TRANSCRIPT', 'VTT', 'audio_transcript', 'Transcript.vtt', 'vtt'],
    ['TRANSCRIPT', undefined, undefined, 'Transcript.vtt', 'vtt'],
    ['CC', undefined, undefined, 'Closed captions.vtt', 'vtt'],
    ['CC', 'VTT', 'closed_caption', 'Closed captions.vtt', 'vtt'],
    ['CHAT', 'TXT', 'chat_file', 'Chat.txt', 'text'],
    ['CHAT', undefined, undefined, 'Chat.txt', 'text'],
    ['TIMELINE', 'JSON', 'timeline', 'Timeline.json', 'json'],
    ['TIMELINE', undefined, undefined, 'Timeline.json', 'json'],
    ['TB', 'JSON', undefined, 'Timeline.json', 'json'],
    ['CSV', 'CSV', 'poll', 'Polls.csv', 'text'],
    ['SUMMARY', 'JSON', 'summary_next_steps', 'Summary, next steps.json', 'json'],
    ['THUMBNAIL', 'JPG', 'thumbnail', 'Thumbnail.jpg', 'jpeg'],
    // What nobody knows yet keeps its own name and extension, and is not looked at.
    ['HOLOGRAM', 'HLG', 'hologram_view', 'Hologram view.hlg', undefined],
    ['HOLOGRAM', undefined, undefined, 'Hologram.bin', undefined],
    // An extension is never a way out of the folder.
    ['MP4', '../evil', 'gallery_view', 'Gallery view.mp4', 'mp4'],
    // Still being processed.
    [undefined, undefined, undefined, 'Recording.bin', undefined],
    // Names that an object of JavaScript has of its own.
    ['constructor', undefined, 'toString', 'Tostring.bin', undefined],
  ]
  test.each(table)('%s %s %s is %s', (file_type, file_extension, recording_type, name, format) => {
    const kind = kindOf(file({ file_type, file_extension, recording_type }))
    expect(`${kind.title}.${kind.extension}`).toBe(name)
    expect(kind.format).toBe(format)
    expect(kind.exactSize).toBe(/\.(mp4|m4a)$/.test(name))
  })
})

describe('filesOf', () => {
  const at = (minute: number) => `2024-05-01T10:${String(minute).padStart(2, '0')}:00Z`
  const film = (id: string, minute: number, recording_type = 'active_speaker') =>
    file({ id, file_type: 'MP4', file_extension: 'MP4', recording_type, recording_start: at(minute) })
  const names = (files: RecordingFile[], audio: RecordingFile[] = []) =>
    filesOf({ uuid: 'u==', recording_files: files, participant_audio_files: audio }).map(({ name }) => name)

  test('one part: films, sounds, words, whatever order they come in', () => {
    const chat = file({ id: '3', file_type: 'CHAT', recording_type: 'chat_file', recording_start: at(0) })
    const sound = file({ id: '1', file_type: 'M4A', recording_type: 'audio_only', recording_start: at(0) })
    expect(names([chat, sound, film('2', 0)])).toEqual(['Active speaker.mp4', 'Audio.m4a', 'Chat.txt'])
  })

  test('parts of one meeting stand in their order, and what was written of a part with it', () => {
    const words = (id: string, minute: number) =>
      file({ id, file_type: 'TRANSCRIPT', recording_type: 'audio_transcript', recording_start: at(minute) })
    expect(names([film('z', 30), words('b', 31), film('a', 0), words('c', 0), file({ file_type: 'TIMELINE' })])).toEqual([
      'Part 1 - Active speaker.mp4',
      'Part 1 - Transcript.vtt',
      'Part 1 - Timeline.json',
      'Part 2 - Active speaker.mp4',
      'Part 2 - Transcript.vtt',
    ])
  })

  test('ten parts sort by name as they sort by time', () => {
    const ten = Array.from({ length: 10 }, (_, index) => film(`f${index}`, index * 5)).reverse()
    const sorted = names(ten)
    expect(sorted).toEqual([...sorted].sort())
    expect(sorted[0]).toBe('Part 01 - Active speaker.mp4')
    expect(sorted[9]).toBe('Part 10 - Active speaker.mp4')
  })

  test('participants’ own sounds keep their names', () => {
    const own = file({ id: 'p', file_name: 'Audio file of 田中', recording_start: at(0) })
    expect(names([film('a', 0)], [own])).toEqual(['Active speaker.mp4', 'Audio file of 田中.m4a'])
  })

  test('files without an id have one all the same, which stays whatever else comes', () => {
    const captions = file({ file_type: 'CC', recording_start: at(0) })
    const timeline = file({ file_type: 'TIMELINE', recording_start: at(0) })
    const ids = (files: RecordingFile[]) =>
      filesOf({ uuid: 'u==', recording_files: files }).map(({ id, name }) => `${name}: ${id}`)
    const two = ids([captions, timeline])
    expect(new Set(two).size).toBe(2)
    expect(
      ids([film('a', 0), timeline, captions])
        .filter((one) => !one.includes('file/a'))
        .sort(),
    ).toEqual([...two].sort())
    expect(new Set(ids([captions, captions])).size).toBe(2)
  })
})

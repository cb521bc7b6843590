import { describe, expect, test } from 'vitest'
import { portable } from '../../../../src/archive/names.ts'
import { meetingItems, trashFolder, yearOf, yearPlace } from '../../../../src/providers/zoom/recordings/item.ts'
import { localTime } from '../../../../src/providers/zoom/recordings/local-time.ts'
import { recordedMeeting } from '../../../../src/providers/zoom/recordings/schema.ts'
import { pathOfUuid } from '../../../../src/providers/zoom/recordings/uuid.ts'

const here = { trash: false, zone: 'Asia/Tokyo' }
const meeting = (fields: object) =>
  recordedMeeting.parse({ uuid: 'u==', topic: 'Lecture', start_time: '2024-05-12T01:30:00Z', timezone: 'Asia/Tokyo', ...fields })
const folderOf = (fields: object) => meetingItems(meeting(fields), here)[0]!

describe('localTime', () => {
  const table: [string | undefined, string | undefined, string | undefined][] = [
    ['2024-05-12T01:30:00Z', 'Asia/Tokyo', '2024 2024-05-12 1030'],
    ['2024-05-12T01:30:00Z', 'America/Los_Angeles', '2024 2024-05-11 1830'],
    ['2023-12-31T15:00:00Z', 'Asia/Tokyo', '2024 2024-01-01 0000'],
    ['2024-01-01T07:59:59Z', 'America/Los_Angeles', '2023 2023-12-31 2359'],
    // The hour that comes twice when clocks go back, and the one that never was.
    ['2024-11-03T08:30:00Z', 'America/Los_Angeles', '2024 2024-11-03 0130'],
    ['2024-11-03T09:30:00Z', 'America/Los_Angeles', '2024 2024-11-03 0130'],
    ['2024-05-12T01:30:00Z', 'No/Where', '2024 2024-05-12 0130'],
    ['2024-05-12T01:30:00Z', undefined, '2024 2024-05-12 0130'],
    ['2024-05-12T01:30:00+09:00', 'UTC', '2024 2024-05-11 1630'],
    // Local already.
    ['2024-05-12T10:30:00', 'America/Los_Angeles', '2024 2024-05-12 1030'],
    ['not a time', 'UTC', undefined],
    [undefined, 'UTC', undefined],
  ]
  test.each(table)('%s in %s is %s', (text, zone, expected) => {
    const time = localTime(text, [zone])
    expect(time && `${time.year} ${time.day} ${time.clock}`).toBe(expected)
  })

  test('the first zone that is known counts', () => {
    expect(localTime('2024-05-12T01:30:00Z', [undefined, 'No/Where', 'Asia/Tokyo', 'UTC'])?.clock).toBe('1030')
  })
})

describe('a meeting’s folder', () => {
  const table: [string, object, string, string][] = [
    ['an ordinary one', {}, '2024', '2024-05-12 1030 Lecture'],
    ['its own time zone', { timezone: 'Europe/Paris' }, '2024', '2024-05-12 0330 Lecture'],
    ['the account’s time zone where it states none', { timezone: '' }, '2024', '2024-05-12 1030 Lecture'],
    ['the next year, there', { start_time: '2023-12-31T15:30:00Z' }, '2024', '2024-01-01 0030 Lecture'],
    ['no topic', { topic: '' }, '2024', '2024-05-12 1030 (no topic)'],
    ['null for a topic', { topic: null }, '2024', '2024-05-12 1030 (no topic)'],
    ['blanks for a topic', { topic: ' \t ' }, '2024', '2024-05-12 1030 (no topic)'],
    ['a way out', { topic: '../..' }, '2024', '2024-05-12 1030 ../..'],
    ['no date', { start_time: '' }, 'none', 'No date Lecture'],
    ['a date that was never one of Zoom’s', { start_time: '1970-01-01T00:00:00Z' }, 'none', 'No date Lecture'],
    [
      'the first recording’s date where the meeting has none',
      {
        start_time: '',
        recording_files: [{ recording_start: '2024-03-01T00:00:00Z' }, { recording_start: '2024-02-01T00:00:00Z' }],
      },
      '2024',
      '2024-02-01 0900 Lecture',
    ],
  ]
  test.each(table)('%s', (_, fields, year, name) => {
    expect(yearOf(meeting(fields), here)).toBe(year)
    expect(folderOf(fields)).toMatchObject({ kind: 'folder', name, parent: `year/${year}` })
  })

  test('a topic of 200 emoji is shortened between them by the archive, after the date', () => {
    const local = portable(folderOf({ topic: '👩🏽‍🎓'.repeat(200) }).name!)
    expect(local).toMatch(/^2024-05-12 1030 (👩🏽‍🎓)+$/u)
    expect(Buffer.byteLength(local)).toBeLessThanOrEqual(240)
  })

  test('"../.." leads nowhere', () => {
    expect(portable(folderOf({ topic: '../..' }).name!)).not.toMatch(/[/\\]/)
  })

  test('two of one topic and minute are two folders of one name', () => {
    const [a, b] = [folderOf({ uuid: 'a==' }), folderOf({ uuid: 'b==' })]
    expect(a.name).toBe(b.name)
    expect(a.id).not.toBe(b.id)
  })

  test('the trash has years of its own', () => {
    const top = trashFolder
    const year = yearPlace('2024', true)
    const [folder] = meetingItems(meeting({}), { ...here, trash: true })
    expect(top).toMatchObject({ kind: 'folder', name: 'Trash' })
    expect(year).toMatchObject({ kind: 'place', name: '2024', parent: top.id })
    expect(folder).toMatchObject({ parent: year.id })
    expect(folder!.id).not.toBe(folderOf({}).id)
  })
})

describe('files', () => {
  const only = (file: object, from = here) => {
    const found = meetingItems(meeting({ recording_files: [file] }), from).find(({ id }) => id.startsWith('file/'))
    return found!
  }
  const url = 'https://us02web.zoom.us/rec/download/secret'
  const film = { id: 'f', file_type: 'MP4', file_extension: 'MP4', file_size: 5, status: 'completed', download_url: url }

  test('ready, still processed, without status, out of reach', () => {
    expect(only(film)).toMatchObject({ parts: [{ key: 'file', size: 5, format: 'mp4' }], parent: 'meeting/u==' })
    expect(only(film).waiting).toBeUndefined()
    expect(only({ ...film, status: 'processing', file_type: '', file_size: null }).waiting).toMatch(/processing/)
    expect(only({ ...film, status: 'processing', file_type: '', file_size: null }).parts[0]!.size).toBeUndefined()
    expect(only({ file_type: 'CC', download_url: url }).waiting).toBeUndefined()
    expect(only({ id: 'f', file_type: 'MP4' }).waiting).toMatch(/not give it out/)
    expect(only({ id: 'f', file_type: 'MP4', status: 'new word', download_url: url }).waiting).toBeUndefined()
    expect(only({ ...film, download_url: undefined, file_path: '/mnt/x' })).toMatchObject({
      unexportable: { reason: 'no-export' },
    })
    expect(only({ ...film, download_url: undefined }, { ...here, trash: true })).toMatchObject({
      unexportable: { reason: 'no-export' },
      details: { trashed: true },
    })
  })

  test('what is still processed, and has no type yet, has the name that it will have', () => {
    const processing = { id: 'f', status: 'processing', file_type: '', file_extension: '', download_url: url }
    expect(only({ ...processing, recording_type: 'active_speaker' }).name).toBe('Active speaker.mp4')
    expect(only({ ...processing, recording_type: 'audio_only' }).name).toBe('Audio.m4a')
    expect(only({ ...processing, recording_type: 'audio_transcript' }).name).toBe('Transcript.vtt')
    expect(only({ ...processing, recording_type: 'chat_file' }).name).toBe('Chat.txt')
  })

  test('Zoom’s count of bytes is trusted for films and sounds alone', () => {
    expect(only({ ...film, file_type: 'CHAT', file_extension: 'TXT' }).parts[0]).toEqual({
      key: 'file',
      name: 'Chat.txt',
      format: 'text',
    })
    expect(only({ ...film, file_size: undefined }).parts[0]!.size).toBeUndefined()
    expect(only({ ...film, file_size: 'x' }).parts[0]!.size).toBeUndefined()
    expect(only({ ...film, file_size: 0 }).parts[0]!.size).toBeUndefined()
    expect(only({ ...film, file_size: '5' }).parts[0]!.size).toBe(5)
  })

  test('the version follows what is cut or edited at Zoom, and nothing else', () => {
    const version = (fields: object) => only({ ...film, ...fields }).version
    expect(version({ download_url: `${url}2`, play_url: 'x' })).toBe(version({}))
    expect(version({ file_size: 6 })).not.toBe(version({}))
    expect(version({ recording_end: '2024-05-12T02:00:00Z' })).not.toBe(version({}))
  })

  test('the day of removal stands in the details', () => {
    const items = meetingItems(meeting({ auto_delete: true, auto_delete_date: '2024-07-01', recording_files: [film] }), here)
    for (const item of items) expect(item.details.removedOn).toBe('2024-07-01')
    // By which films and what is told of them are taken first, and named by plan and status.
    const removed = Date.parse('2024-07-01')
    expect(items.map(({ kind, expires }) => [kind, expires])).toEqual([
      ['folder', undefined],
      ['file', removed],
      ['file', removed],
    ])
    const trashed = meetingItems(meeting({ recording_files: [{ ...film, deleted_time: '2024-06-01T10:00:00Z' }] }), {
      trash: true,
    })
    expect(trashed.find(({ details }) => details.trashed !== undefined)?.expires).toBe(removed)
    const kept = meetingItems(meeting({ auto_delete: false, auto_delete_date: '2024-07-01', recording_files: [film] }), here)
    for (const item of kept) expect(item.details.removedOn).toBeUndefined()
    for (const day of ['9999-99-99', '0000-00-00', '0001-01-01', '9999-12-31', 'never']) {
      const never = meetingItems(meeting({ auto_delete: true, auto_delete_date: day, recording_files: [film] }), here)
      for (const item of never) expect([item.details.removedOn, item.expires]).toEqual([undefined, undefined])
    }
  })

  test('nothing that opens a door is in any item', () => {
    const secrets = {
      recording_play_passcode: 'PASS-1',
      password: 'PASS-2',
      share_url: 'https://zoom.us/rec/share/DOOR-1',
      host_key: 'PASS-3',
      download_access_token: 'PASS-4',
      recording_files: [
        { ...film, download_url: 'https://zoom.us/rec/download/DOOR-2', play_url: 'https://zoom.us/rec/play/DOOR-3' },
      ],
      participant_audio_files: [{ ...film, id: 'p', file_name: 'A', download_url: 'https://zoom.us/rec/download/DOOR-4' }],
    }
    const text = JSON.stringify(meetingItems(meeting(secrets), here))
    expect(text).not.toMatch(/PASS|DOOR|https?:/)
    expect(text).toContain('meeting.json')
  })
})

test('UUIDs in paths: twice where they begin with a slash or hold two in a row', () => {
  expect(pathOfUuid('abc+/d==')).toBe('abc%2B%2Fd%3D%3D')
  expect(pathOfUuid('/abc==')).toBe('%252Fabc%253D%253D')
  expect(pathOfUuid('ab//c==')).toBe('ab%252F%252Fc%253D%253D')
  // A URL leaves it as it is.
  expect(new URL(`meetings/${pathOfUuid('/a//b==')}/recordings`, 'https://api.zoom.us/v2/').pathname).toBe(
    '/v2/meetings/%252Fa%252F%252Fb%253D%253D/recordings',
  )
})

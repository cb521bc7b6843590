import { describe, expect, test } from 'vitest'
import { movie } from '../../../src/practice/content/movie.ts'
import { joined, ranged, wholeOf } from '../../../src/practice/content/ranged.ts'
import { webvtt } from '../../../src/practice/content/webvtt.ts'
import { type FillOptions, fillPracticeRecordings } from '../../../src/practice/zoom/fill-recordings.ts'
import { createRecordingsModel } from '../../../src/practice/zoom/model.ts'
import { fileKinds } from '../../../src/practice/zoom/recorded-file.ts'
import { now, start } from './start.ts'

function filled(options: FillOptions = {}) {
  const model = createRecordingsModel()
  return { model, ids: fillPracticeRecordings(model, { now, ...options }) }
}

interface Box {
  readonly type: string
  readonly start: number
  readonly end: number
}

/** ISO/IEC 14496-12, 4.2. */
function boxes(bytes: Buffer, start = 0, end = bytes.length): Box[] {
  const found: Box[] = []
  for (let at = start; at < end; ) {
    const short = bytes.readUInt32BE(at)
    const size = short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short
    found.push({ type: bytes.toString('latin1', at + 4, at + 8), start: at + (short === 1 ? 16 : 8), end: at + size })
    at += size
    if (size < 8 || at > end) throw new Error('boxes do not fit')
  }
  return found
}

function inside(bytes: Buffer, ...path: string[]): Box {
  let box: Box = { type: '', start: 0, end: bytes.length }
  for (const type of path) {
    const found = boxes(bytes, box.start, box.end).find((one) => one.type === type)
    if (found === undefined) throw new Error(`no ${type}`)
    box = found
  }
  return box
}

describe.each(['video', 'audio'] as const)('a film, %s', (kind) => {
  const bytes = wholeOf(movie({ kind, seconds: 90, mediaBytes: 12_345, seed: 3 }))
  test('boxes reach exactly to the end', () => {
    expect(boxes(bytes).map(({ type }) => type)).toEqual(['ftyp', 'moov', 'mdat'])
    expect(inside(bytes, 'mdat').end).toBe(bytes.length)
    expect(bytes.toString('latin1', 8, 12)).toBe(kind === 'video' ? 'isom' : 'M4A ')
  })
  test('its tables say where the samples lie, and how many bytes and seconds they have', () => {
    const tables = ['moov', 'trak', 'mdia', 'minf', 'stbl']
    const offset = bytes.readUInt32BE(inside(bytes, ...tables, 'stco').start + 8)
    expect(offset).toBe(inside(bytes, 'mdat').start)
    const sizes = inside(bytes, ...tables, 'stsz')
    const count = bytes.readUInt32BE(sizes.start + 8)
    const total = Array.from({ length: count }, (_, index) => bytes.readUInt32BE(sizes.start + 12 + index * 4)).reduce(
      (a, b) => a + b,
    )
    expect([count, total]).toEqual([90, 12_345])
    expect(sizes.end).toBe(sizes.start + 12 + count * 4)
    const header = inside(bytes, 'moov', 'mvhd')
    expect(header.end - header.start).toBe(100)
    expect(bytes.readUInt32BE(header.start + 16) / bytes.readUInt32BE(header.start + 12)).toBe(90)
    expect(inside(bytes, 'moov', 'trak', 'tkhd').end - inside(bytes, 'moov', 'trak', 'tkhd').start).toBe(84)
    const entry = boxes(bytes, inside(bytes, ...tables, 'stsd').start + 8, inside(bytes, ...tables, 'stsd').end)
    expect(entry.map(({ type }) => type)).toEqual([kind === 'video' ? 'avc1' : 'mp4a'])
  })
})

test('any range of joined bytes is the same as of the whole', () => {
  const content = joined([ranged(Buffer.from('abc')), ranged(Buffer.alloc(0)), ranged(Buffer.from('defgh'))])
  const whole = wholeOf(content)
  expect(whole.toString()).toBe('abcdefgh')
  for (let from = 0; from <= 8; from += 1)
    for (let to = from; to <= 9; to += 1) expect(Buffer.concat([...content.chunks(from, to)])).toEqual(whole.subarray(from, to))
})

test('captions begin with WEBVTT and have times of milliseconds', () => {
  const text = Buffer.from(webvtt([{ from: 500, to: 3_723_004, text: 'Hello' }])).toString()
  expect(text).toBe('WEBVTT\r\n\r\n1\r\n00:00:00.500 --> 01:02:03.004\r\nHello\r\n')
})

test('the lecturer: years of recordings, all kinds, and every odd case where its id says', () => {
  const { model, ids } = filled()
  expect(ids.lectures.length).toBeGreaterThan(25)
  expect(new Set(ids.lectures.map((uuid) => new Date(model.find(uuid)?.start ?? 0).getUTCFullYear())).size).toBe(5)
  const get = (uuid: string) => {
    const found = model.find(uuid)
    if (found === undefined) throw new Error(uuid)
    return found
  }
  const every = get(ids.everyKind)
  expect(every.files.length + every.participantAudio.length).toBe(Object.keys(fileKinds).length)
  expect(get(ids.webinar).type).toBe(5)
  expect(get(ids.segments).files.filter(({ type }) => type === 'MP4')).toHaveLength(3)
  expect(get(ids.passcode).passcode).toBeDefined()
  expect(get(ids.withoutIds).files.every(({ without }) => without.includes('id'))).toBe(true)
  expect(get(ids.big).files[0]?.content.size).toBeGreaterThan(24 * 1024 * 1024)
  expect(get(ids.emptyTopic).topic).toBe('')
  expect([...new Intl.Segmenter().segment(get(ids.emojiTopic).topic)]).toHaveLength(200)
  expect(get(ids.climbingTopic).topic).toBe('../..')
  const minute = (uuid: string) => Math.floor(get(uuid).start / 60_000)
  expect(minute(ids.twins[0])).toBe(minute(ids.twins[1]))
  const local = (uuid: string) => new Date(get(uuid).start).toLocaleString('en', { timeZone: get(uuid).timezone ?? 'UTC' })
  expect(local(ids.clockTwins[0])).toBe(local(ids.clockTwins[1]))
  expect(minute(ids.clockTwins[0])).not.toBe(minute(ids.clockTwins[1]))
  expect(ids.slashUuid.startsWith('/')).toBe(true)
  expect(ids.doubleSlashUuid).toContain('//')
  expect(get(ids.troubles?.allProcessing ?? '').files.every(({ status }) => status === 'processing')).toBe(true)
  const files = model.meetings.flatMap(({ files }) => files)
  expect(new Set(files.map(({ key }) => key)).size).toBe(files.length)
})

test('filled twice the same way, ids and bytes are the same, and no two files of one recording are', () => {
  const [first, second] = [filled(), filled()]
  const ids = ({ model }: typeof first) => model.meetings.flatMap(({ uuid, files }) => [uuid, ...files.map(({ key }) => key)])
  expect(ids(first)).toEqual(ids(second))
  const bytes = ({ model, ids }: typeof first) =>
    (model.find(ids.everyKind)?.files ?? []).map(({ content }) => wholeOf(content).toString('hex'))
  expect(bytes(first)).toEqual(bytes(second))
  expect(new Set(bytes(first)).size).toBe(bytes(first).length)
})

test('without troubles everything listed can be had, with the size that the listing says', async () => {
  const { model, ids } = filled({ troubles: false })
  expect(ids.troubles).toBeUndefined()
  await using started = await start({ model })
  const seen = new Map<string, number>()
  for (let month = Date.UTC(2020, 2, 1); month < now; month = new Date(month).setUTCMonth(new Date(month).getUTCMonth() + 1)) {
    const end = new Date(month).setUTCMonth(new Date(month).getUTCMonth() + 1) - 1
    const [from, to] = [month, end].map((time) => new Date(time).toISOString().slice(0, 10))
    const { status, body } = await started.answer(`users/me/recordings?from=${from}&to=${to}&page_size=300`)
    expect([status, body.next_page_token, body.from, body.to]).toEqual([200, '', from, to])
    const meetings = body.meetings as { recording_files: { download_url: string; file_size?: number; file_type: string }[] }[]
    expect(body.total_records).toBe(meetings.length)
    for (const file of meetings.flatMap(({ recording_files }) => recording_files)) {
      if (seen.has(file.download_url)) continue
      const headers = { authorization: `Bearer ${started.token()}` }
      const location = (await started.get(file.download_url, { headers })).headers.get('location') ?? ''
      const answer = await started.get(location, { method: 'HEAD' })
      expect(answer.status).toBe(200)
      const length = Number(answer.headers.get('content-length'))
      if (file.file_size !== undefined) expect(length).toBe(file.file_size)
      seen.set(file.download_url, length)
    }
  }
  const downloadable = model.meetings.filter(({ onPremise, trashed }) => !onPremise && trashed === undefined)
  expect(seen.size).toBe(downloadable.flatMap(({ files }) => files.filter(({ trashed }) => trashed === undefined)).length)
  expect(started.zoom.violations).toEqual([])
  expect(started.zoom.errors).toEqual([])
})

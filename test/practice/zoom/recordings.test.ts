import { expect, test } from 'vitest'
import { ranged } from '../../../src/practice/content/ranged.ts'
import { createRecordingsModel, type MeetingOptions, type RecordingsModel } from '../../../src/practice/zoom/model.ts'
import { classicScopes } from '../../../src/practice/zoom/scopes.ts'
import { type Body, now, type Started, start } from './start.ts'

const day = 86_400_000
const text = ranged(Buffer.from('text'))

interface Listing {
  readonly from: string
  readonly to: string
  readonly page_count: number
  readonly page_size: number
  readonly total_records: number
  readonly next_page_token: string
  readonly meetings: readonly (Body & { uuid: string; recording_files: readonly Body[] })[]
}

function add(model: RecordingsModel, topic: string, date: string, options: MeetingOptions = {}) {
  const meeting = model.addMeeting(topic, { start: Date.parse(date), ...options })
  model.addFile(meeting, 'chat', text)
  return meeting
}

async function list({ answer }: Started, query = ''): Promise<Listing> {
  const { status, body } = await answer(`users/me/recordings${query === '' ? '' : `?${query}`}`)
  expect(status).toBe(200)
  return body as unknown as Listing
}

const uuids = ({ meetings }: Listing) => meetings.map(({ uuid }) => uuid)

test('without dates only today is listed; both ends of a window belong to it', async () => {
  await using started = await start()
  const { model } = started
  const today = add(model, 'Today', '2024-06-15T00:00:00Z')
  const first = add(model, 'First', '2024-05-01T00:00:00Z')
  const last = add(model, 'Last', '2024-05-31T23:59:59Z')
  add(model, 'Outside', '2024-06-01T00:00:00Z')
  const bare = await list(started)
  expect(bare).toMatchObject({ from: '2024-06-15', to: '2024-06-15', total_records: 1, next_page_token: '' })
  expect(uuids(bare)).toEqual([today.uuid])
  const may = await list(started, 'from=2024-05-01&to=2024-05-31')
  expect(uuids(may)).toEqual([last.uuid, first.uuid])
  expect(started.zoom.violations).toEqual([])
})

test.each([
  ['2017-08-02', '2018-04-09', '2018-03-09'],
  ['2024-01-01', '2024-03-31', '2024-02-29'],
  ['2023-01-01', '2023-03-30', '2023-02-28'],
  ['2024-05-09', '2024-06-09', '2024-05-09'],
  ['2024-05-08', '2024-06-09', '2024-05-09'],
  ['2023-11-01', '2024-01-15', '2023-12-15'],
])('%s to %s is listed from %s, and the answer says so', async (from, to, begins) => {
  await using started = await start()
  expect(await list(started, `from=${from}&to=${to}`)).toMatchObject({ from: begins, to })
})

test('a start without an end is a month before today at most', async () => {
  await using started = await start()
  expect(await list(started, 'from=2020-01-01')).toMatchObject({ from: '2024-05-15', to: '2024-06-15' })
})

test('pages: 30 unless asked, 300 at most, newest first, a token for this query and for 15 minutes', async () => {
  await using started = await start()
  for (let number = 0; number < 65; number += 1)
    add(started.model, `Lecture ${number}`, `2024-05-${String(1 + (number % 28)).padStart(2, '0')}T01:00:00Z`)
  const window = 'from=2024-05-01&to=2024-05-31'
  const first = await list(started, window)
  expect(first).toMatchObject({ page_size: 30, page_count: 3, total_records: 65 })
  expect(first.meetings).toHaveLength(30)
  const second = await list(started, `${window}&next_page_token=${first.next_page_token}`)
  const third = await list(started, `${window}&next_page_token=${second.next_page_token}`)
  expect(third.next_page_token).toBe('')
  const all = [first, second, third].flatMap(({ meetings }) => meetings)
  expect(new Set(all.map(({ uuid }) => uuid)).size).toBe(65)
  const times = all.map(({ start_time }) => String(start_time))
  expect(times).toEqual([...times].sort().reverse())

  const expired = { status: 400, body: { code: 300, message: 'The next page token is invalid or expired.' } }
  const next = `next_page_token=${first.next_page_token}`
  expect(await started.answer(`users/me/recordings?from=2024-05-02&to=2024-05-31&${next}`)).toMatchObject(expired)
  expect(await started.answer(`users/me/recordings?${window}&page_size=10&${next}`)).toMatchObject(expired)
  expect(await started.answer(`users/me/recordings?${window}&next_page_token=nonsense`)).toMatchObject(expired)
  started.advance(900_000)
  expect((await started.answer(`users/me/recordings?${window}&${next}`)).status).toBe(200)
  started.advance(1)
  expect(await started.answer(`users/me/recordings?${window}&${next}`)).toMatchObject(expired)
  const fresh = await list(started, window)
  started.zoom.expirePageTokens()
  expect(await started.answer(`users/me/recordings?${window}&next_page_token=${fresh.next_page_token}`)).toMatchObject(expired)
})

test.each([
  ['page_size=301', 'page_size'],
  ['page_size=0', 'page_size'],
  ['page_size=many', 'page_size'],
  ['from=2024-5-1', 'from'],
  ['from=2024-02-30', 'from'],
  ['to=yesterday', 'to'],
  ['trash=yes', 'trash'],
  ['trash=true&trash_type=all', 'trash_type'],
  ['recording_source_type=all', 'recording_source_type'],
  ['meeting_id=abc', 'meeting_id'],
])('%s is refused, and the field named', async (query, field) => {
  await using started = await start()
  expect(await started.answer(`users/me/recordings?${query}`)).toMatchObject({
    status: 400,
    body: { code: 300, message: 'Validation Failed.', errors: [{ field, message: 'Invalid field.' }] },
  })
})

test('what Zoom does not know it passes over, and it is written down', async () => {
  await using started = await start()
  await list(started, 'page_size=300&pageSize=5')
  expect(started.zoom.violations).toEqual([expect.stringContaining('unknown parameter pageSize of recordings.list')])
})

test('the trash knows no dates: whole recordings, single files, and for 30 days', async () => {
  await using started = await start()
  const { model } = started
  const whole = add(model, 'Whole', '2020-05-01T01:00:00Z', { trashed: now - 29 * day })
  add(model, 'Too old', '2020-05-02T01:00:00Z', { trashed: now - 31 * day })
  const partly = add(model, 'Partly', '2024-06-15T01:00:00Z')
  model.addFile(partly, 'audio', text, { trashed: now - day })
  expect(uuids(await list(started, 'trash=true&from=2024-06-01&to=2024-06-15'))).toEqual([whole.uuid])
  const files = await list(started, 'trash=true&trash_type=recording_file')
  expect(files.meetings[0]?.recording_files).toMatchObject([
    { file_type: 'M4A', status: 'deleted', deleted_time: '2024-06-14T03:04:05Z' },
  ])
  const ordinary = await list(started)
  expect(uuids(ordinary)).toEqual([partly.uuid])
  expect(ordinary.meetings[0]?.recording_files).toHaveLength(1)
})

test('entries: what an ordinary one says, and what CC and TIMELINE, older ones and passcodes do not or do', async () => {
  await using started = await start()
  const { model } = started
  const meeting = model.addMeeting('', { start: now, passcode: 'pass', autoDelete: now + 6 * day, timezone: undefined })
  for (const kind of ['transcript', 'captions', 'timeline'] as const) model.addFile(meeting, kind, text)
  model.addFile(meeting, 'novel', text, { without: ['id', 'file_size'] })
  const [entry] = (await list(started)).meetings
  expect(entry).toMatchObject({
    topic: '',
    id: meeting.number,
    start_time: '2024-06-15T03:04:05Z',
    recording_play_passcode: 'pass',
    auto_delete: true,
    auto_delete_date: '2024-06-21',
    recording_count: 4,
    total_size: 16,
  })
  expect(entry).not.toHaveProperty('timezone')
  const [transcript, captions, timeline, novel] = entry?.recording_files ?? []
  expect(Object.keys(transcript ?? {})).toEqual([
    'id',
    'meeting_id',
    'recording_start',
    'recording_end',
    'file_type',
    'file_extension',
    'file_size',
    'play_url',
    'download_url',
    'status',
    'recording_type',
  ])
  expect(transcript).toMatchObject({ file_type: 'TRANSCRIPT', file_extension: 'VTT', recording_type: 'audio_transcript' })
  for (const [file, type, extension] of [
    [captions, 'CC', 'VTT'],
    [timeline, 'TIMELINE', 'JSON'],
  ] as const) {
    expect(file).toMatchObject({ file_type: type, file_extension: extension })
    for (const absent of ['id', 'status', 'file_size', 'recording_type', 'play_url']) expect(file).not.toHaveProperty(absent)
  }
  expect(novel).toMatchObject({ file_type: 'HOLOGRAM', recording_type: 'hologram_view' })
  expect(novel).not.toHaveProperty('id')
})

test('a recording in two windows is in both; one that vanishes is in one answer and then nowhere', async () => {
  await using started = await start()
  const { model, answer } = started
  const both = add(model, 'Past midnight', '2024-05-31T23:30:00Z', { alsoOn: ['2024-06-01'] })
  expect(uuids(await list(started, 'from=2024-05-01&to=2024-05-31'))).toEqual([both.uuid])
  expect(uuids(await list(started, 'from=2024-06-01&to=2024-06-15'))).toEqual([both.uuid])
  const vanishing = add(model, 'Vanishing', '2024-04-01T01:00:00Z', { vanishesAfterListing: true })
  const [listed] = (await list(started, 'from=2024-04-01&to=2024-04-30')).meetings
  expect(listed?.uuid).toBe(vanishing.uuid)
  expect((await list(started, 'from=2024-04-01&to=2024-04-30')).meetings).toEqual([])
  expect((await answer(`meetings/${encodeURIComponent(vanishing.uuid)}/recordings`)).body.code).toBe(3301)
  const url = String(listed?.recording_files[0]?.download_url)
  const response = await started.get(url, { headers: { authorization: `Bearer ${started.token()}` } })
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html;charset=utf-8'])
})

test('on-premise recordings only with mc, and without an address; My Notes has none; one series by its number', async () => {
  await using started = await start()
  const { model } = started
  const cloud = add(model, 'Cloud', '2024-06-15T01:00:00Z')
  const own = add(model, 'On premise', '2024-06-15T01:00:00Z', { onPremise: true })
  expect(uuids(await list(started))).toEqual([cloud.uuid])
  const connector = await list(started, 'mc=true')
  expect(uuids(connector)).toEqual([own.uuid])
  expect(connector.meetings[0]?.recording_files[0]).toHaveProperty('file_path')
  expect(connector.meetings[0]?.recording_files[0]).not.toHaveProperty('download_url')
  expect(uuids(await list(started, 'recording_source_type=my_notes_recording_only'))).toEqual([])
  expect(uuids(await list(started, 'recording_source_type=cloud_recording_only'))).toEqual([cloud.uuid])
  expect(uuids(await list(started, `meeting_id=${own.number}`))).toEqual([])
})

test('a number stands for the latest instance, a UUID for one', async () => {
  await using started = await start()
  const { model, answer } = started
  const first = add(model, 'Series', '2024-06-01T01:00:00Z', { number: 123_456_789 })
  const second = add(model, 'Series', '2024-06-08T01:00:00Z', { number: 123_456_789, passcode: 'secret' })
  model.addFile(second, 'participant-audio', text, { name: 'Audio only - A' })
  const latest = await answer('meetings/123456789/recordings')
  expect(latest.body).toMatchObject({
    uuid: second.uuid,
    password: 'secret',
    participant_audio_files: [{ file_name: 'Audio only - A', file_type: 'M4A' }],
  })
  expect(latest.body).not.toHaveProperty('download_access_token')
  expect((await answer(`meetings/${encodeURIComponent(first.uuid)}/recordings`)).body.uuid).toBe(first.uuid)
  expect(await answer('meetings/987/recordings')).toMatchObject({
    status: 404,
    body: { code: 3301, message: 'There is no recording for this meeting.' },
  })
  expect((await answer('meetings/123456789/recordings?ttl=604801')).body.code).toBe(300)
  expect((await answer('meetings/123456789/recordings?include_fields=everything')).body.code).toBe(300)
})

const once = encodeURIComponent
const twice = (value: string) => once(once(value))

test.each([
  ['/ajXp112QmuoKj4854875==', 'begins with a slash'],
  ['aDYl//sQSwuTqCJTwKkfAA==', 'two slashes'],
])('%s (%s) must be encoded twice', async (uuid) => {
  await using started = await start()
  const { model, answer } = started
  add(model, 'Odd', '2024-06-15T01:00:00Z', { uuid })
  expect((await answer(`meetings/${twice(uuid)}/recordings`)).body.uuid).toBe(uuid)
  expect(await answer(`meetings/${once(uuid)}/recordings`)).toMatchObject({ status: 404, body: { code: 3301 } })
  expect((await answer(`meetings/${uuid}/recordings`)).status).toBe(404)
  expect((await answer(`past_meetings/${twice(uuid)}/participants`)).status).toBe(200)
  expect(await answer(`past_meetings/${once(uuid)}/participants`)).toMatchObject({ status: 400, body: { code: 300 } })
})

test('other UUIDs may be encoded once or twice', async () => {
  await using started = await start()
  const uuid = 'atsX+hSEQWit9t/U02HXNQ=='
  add(started.model, 'Plus', '2024-06-15T01:00:00Z', { uuid })
  for (const encoded of [once(uuid), twice(uuid)])
    expect((await started.answer(`meetings/${encoded}/recordings`)).body.uuid).toBe(uuid)
})

test('participants: pages, a year at most, meetings and webinars apart', async () => {
  await using started = await start()
  const { model, answer } = started
  const participants = Array.from({ length: 31 }, (_, index) => ({ name: `P${index}`, joined: 1000, left: 61_000 }))
  const meeting = add(model, 'Meeting', '2024-06-10T01:00:00Z', { participants })
  const path = `past_meetings/${once(meeting.uuid)}/participants`
  const first = await answer(path)
  expect(first.body).toMatchObject({ total_records: 31, page_size: 30, page_count: 2 })
  expect((first.body.participants as Body[])[0]).toMatchObject({
    name: 'P0',
    join_time: '2024-06-10T01:00:01Z',
    duration: 60,
    user_email: '',
  })
  const second = await answer(`${path}?next_page_token=${first.body.next_page_token}`)
  expect(second.body.participants).toHaveLength(1)
  const old = add(model, 'Old', '2023-06-10T01:00:00Z')
  expect(await answer(`past_meetings/${once(old.uuid)}/participants`)).toMatchObject({ status: 400, body: { code: 12_702 } })
  const webinar = add(model, 'Webinar', '2024-06-10T01:00:00Z', { type: 5 })
  expect(await answer(`past_meetings/${once(webinar.uuid)}/participants`)).toMatchObject({ status: 404, body: { code: 3001 } })
  expect((await answer(`past_webinars/${once(webinar.uuid)}/participants`)).status).toBe(200)
})

test('details of a meeting by its number, for 30 days; webinars are refused there', async () => {
  await using started = await start()
  const { model, answer } = started
  const meeting = add(model, 'Recent', '2024-06-10T01:00:00Z')
  expect((await answer(`meetings/${meeting.number}`)).body).toMatchObject({
    topic: 'Recent',
    uuid: meeting.uuid,
    timezone: 'Asia/Tokyo',
  })
  const old = add(model, 'Old', '2024-05-01T01:00:00Z')
  expect(await answer(`meetings/${old.number}`)).toMatchObject({
    status: 404,
    body: { code: 3001, message: `Meeting does not exist: ${old.number}.` },
  })
  const webinar = add(model, 'Webinar', '2024-06-10T01:00:00Z', { type: 9 })
  expect((await answer(`meetings/${webinar.number}`)).body.code).toBe(3000)
})

test('me is the only user: others do not exist, or are of another account; a Basic user has no recordings', async () => {
  await using started = await start()
  const { model, answer } = started
  expect(await answer(`users/${model.me.email}/recordings`)).toMatchObject({ status: 404, body: { code: 1001 } })
  expect(await answer(`users/${model.colleague.id}/recordings`)).toMatchObject({ status: 400, body: { code: 1010 } })
  add(model, 'Mine', '2024-06-15T01:00:00Z')
  const { accessToken } = started.zoom.issueTokens(undefined, model.colleague.email)
  const headers = { authorization: `Bearer ${accessToken}` }
  expect((await answer('users/me/recordings', { headers })).body).toMatchObject({ meetings: [], total_records: 0 })
  expect((await answer(`meetings/${once(model.meetings[0]?.uuid ?? '')}/recordings`, { headers })).body.code).toBe(3301)
  await using basic = await start({ model: createRecordingsModel({ type: 1 }) })
  expect(await basic.answer('users/me/recordings')).toMatchObject({
    status: 400,
    body: { code: 200, message: expect.stringContaining('Paid account') },
  })
})

test('rights: a call without its scope is refused with 4711 and the names of what it takes, of the app’s kind', async () => {
  await using started = await start()
  const { zoom, answer } = started
  const as = (scopes: readonly string[]) => ({ headers: { authorization: `Bearer ${zoom.issueTokens(scopes).accessToken}` } })
  expect(await answer('users/me/recordings', as(['user:read:user']))).toMatchObject({
    status: 400,
    body: {
      code: 4711,
      message:
        'Invalid access token, does not contain scopes:[cloud_recording:read:list_user_recordings, cloud_recording:read:list_user_recordings:admin].',
    },
  })
  expect((await answer('users/me/recordings', as(['user:read']))).body.message).toContain(
    'scopes:[recording:read, recording:read:admin]',
  )
  expect((await answer('users/me', as(['recording:read']))).body.code).toBe(4711)
  expect((await answer('meetings/1', as(['recording:read']))).body.code).toBe(4711)
  expect((await answer('users/me/recordings', as(classicScopes))).status).toBe(200)
})

test('no token, a wrong one, an expired one: 401 and 124; a request that would change something: a violation', async () => {
  await using started = await start()
  const { zoom, get, answer, call } = started
  const bare = await get(`${zoom.endpoints.api}users/me`)
  expect([bare.status, await bare.json()]).toEqual([401, { code: 124, message: 'Invalid access token.' }])
  expect((await answer('users/me', { headers: { authorization: 'Bearer x' } })).body.code).toBe(124)
  started.token()
  zoom.expireAccessTokens()
  expect((await answer('users/me')).status).toBe(401)
  expect((await call('meetings/1/recordings', { method: 'DELETE' })).status).toBe(405)
  expect(zoom.violations).toEqual([expect.stringContaining('would change something')])
})

test('limits: headers on every answer; per second with the time it ends, per day with the date, which begins again at midnight', async () => {
  await using started = await start()
  const { zoom, answer } = started
  const plain = await answer('users/me/recordings')
  expect(plain.headers.get('x-ratelimit-category')).toBe('Medium')
  expect(plain.headers.get('x-ratelimit-type')).toBe('QPS')
  expect(plain.headers.get('x-ratelimit-limit')).toBe('60')
  expect(plain.headers.get('x-ratelimit-remaining')).toBe('59')
  zoom.setLimits('free')
  started.advance(1000)
  for (const expected of [200, 200, 429]) expect((await answer('users/me/recordings')).status).toBe(expected)
  const second = await answer('users/me/recordings')
  expect(second.body).toEqual({
    code: 429,
    message: 'You have reached the maximum per-second rate limit for this API. Try again later.',
  })
  expect(second.headers.get('x-ratelimit-reset')).toBe(String(Math.floor(now / 1000) + 2))
  expect(second.headers.get('retry-after')).toBeNull()
  expect((await answer('users/me')).status).toBe(200)
  started.advance(1000)
  expect((await answer('users/me/recordings')).status).toBe(200)

  zoom.setLimits({ Light: { perSecond: 80 }, Medium: { perSecond: 60, perDay: 6 }, Heavy: { perSecond: 40 } })
  const seen: number[] = []
  for (let index = 0; index < 4; index += 1) seen.push((await answer('users/me/recordings')).status)
  expect(seen).toEqual([200, 200, 429, 429])
  const daily = await answer('users/me/recordings')
  expect(daily.body.message).toMatch(/maximum daily rate limit/)
  expect(daily.headers.get('x-ratelimit-type')).toBe('Daily-limit')
  expect(daily.headers.get('retry-after')).toBe('2024-06-16T00:00:00Z')
  zoom.setLimits(undefined)
  zoom.exhaustDay('Light')
  expect((await answer('users/me')).status).toBe(429)
  expect((await answer('users/me/recordings')).status).toBe(200)
  started.advance(day)
  const { accessToken } = zoom.issueTokens()
  expect((await answer('users/me', { headers: { authorization: `Bearer ${accessToken}` } })).status).toBe(200)
})

test('faults of the API speak its language', async () => {
  await using started = await start()
  const { zoom, answer } = started
  const match = { host: 'api.zoom.us' }
  zoom.addFault({ match, do: { status: 429, reason: 'Daily-limit', message: 'daily', retryAfter: '2024-06-16T00:00:00Z' } })
  const daily = await answer('users/me')
  expect([daily.status, daily.body, daily.headers.get('retry-after'), daily.headers.get('x-ratelimit-type')]).toEqual([
    429,
    { code: 429, message: 'daily' },
    '2024-06-16T00:00:00Z',
    'Daily-limit',
  ])
  zoom.addFault({ match, do: { status: 404, reason: '3301', message: 'There is no recording for this meeting.' } })
  expect(await answer('users/me')).toMatchObject({ status: 404, body: { code: 3301 } })
  expect((await answer('users/me')).status).toBe(200)
})

import { afterEach, expect, test } from 'vitest'
import type { Page } from '../../../../src/core/source.ts'
import { ranged } from '../../../../src/practice/content/ranged.ts'
import { createRecordingsModel } from '../../../../src/practice/zoom/model.ts'
import { failureOf } from '../../../contracts/content.ts'
import { never, nothingKnown, pagesOf } from '../../../contracts/listed.ts'
import { type Connected, type ConnectOptions, connect, today } from '../connect.ts'

const stream = { id: 'recordings', title: 'Recordings' }
const day = 86_400_000
let at: Connected
afterEach(async () => {
  const complaints = at.complaints()
  await at.close()
  expect(complaints).toEqual([])
})

const start = async (options: ConnectOptions = {}) => {
  at = await connect(options)
}
/** So many meetings, one an hour from that moment. */
const add = (count: number, from: string, options = {}) =>
  Array.from({ length: count }, (_, index) => {
    const meeting = at.model.addMeeting(`Lecture ${index}`, { start: Date.parse(from) + index * 3_600_000, ...options })
    at.model.addFile(meeting, 'active-speaker', ranged(Buffer.from('film')))
    return meeting.uuid
  })
const meetingsIn = (pages: readonly Page[]) =>
  pages.flatMap(({ items }) => items.flatMap(({ id }) => (id.startsWith('meeting/') ? [id.slice('meeting/'.length)] : [])))
const windowsAsked = () =>
  at.practice.requests.flatMap(({ path, query }) => {
    const search = new URLSearchParams(query)
    return path.endsWith('/users/me/recordings') ? [`${search.get('from')} ${search.get('to')}`] : []
  })

test('no window is longer than a month, and the last one reaches tomorrow', async () => {
  await start()
  await pagesOf(at.open({ from: 'beginning' }), stream)
  const windows = windowsAsked().map((window) => window.split(' ') as [string, string])
  expect(windows).toHaveLength(12 * 11 + 6)
  for (const [from, to] of windows) expect(Date.parse(to) - Date.parse(from)).toBeLessThan(31 * day)
  expect(windows.some(([, to]) => to === '2024-06-16')).toBe(true)
})

test('a recording older than the account is found as well', async () => {
  await start()
  const inherited = add(2, '2016-03-03T00:00:00Z')
  expect(meetingsIn(await pagesOf(at.open({ from: 'beginning' }), stream)).sort()).toEqual(inherited.sort())
})

test('two windows that return the same meeting name it once', async () => {
  await start()
  const [one] = add(1, '2024-02-29T23:30:00Z', { alsoOn: ['2024-03-01'] })
  const pages = await pagesOf(at.open(), stream)
  expect(meetingsIn(pages)).toEqual([one])
  expect(pages.flatMap(({ items }) => items)).toHaveLength(4)
  expect(pages.flatMap(({ unread }) => unread ?? [])).toEqual([{ id: 'trash' }])
})

test('a page token that dies within a listing leads to its window anew: nothing is missing', async () => {
  await start({ pageSize: 3 })
  const all = add(8, '2024-03-01T00:00:00Z')
  const pages: Page[] = []
  let expired = 0
  for await (const page of at.open().list(stream, undefined, nothingKnown, never)) {
    pages.push(page)
    if (page.items.length > 0 && expired++ === 0) at.practice.expirePageTokens()
  }
  expect(meetingsIn(pages).sort()).toEqual(all.sort())
  expect(pages.filter(({ startsOver }) => startsOver === true)).toHaveLength(1)
})

test('a page token that died between two runs, too; and it does not start over', async () => {
  await start({ pageSize: 3 })
  const all = add(8, '2024-03-01T00:00:00Z')
  const pages: Page[] = []
  for await (const page of at.open().list(stream, undefined, nothingKnown, never)) {
    pages.push(page)
    if (page.items.length > 0) break
  }
  at.practice.expirePageTokens()
  const rest = await pagesOf(at.open(), stream, pages.at(-1)!.cursor)
  expect(rest.some(({ startsOver }) => startsOver)).toBe(false)
  expect(new Set(meetingsIn([...pages, ...rest]))).toEqual(new Set(all))
})

test('a listing that goes on weeks later asks for these weeks, too', async () => {
  let now = today
  await start({ pageSize: 3, now: () => now, renew: () => at.practice.issueTokens().accessToken })
  const all = add(8, '2024-03-01T00:00:00Z')
  const pages: Page[] = []
  for await (const page of at.open().list(stream, undefined, nothingKnown, never)) {
    pages.push(page)
    if (page.items.length > 0) break
  }
  now += 40 * day
  all.push(...add(1, '2024-06-15T09:00:00Z'), ...add(1, '2024-07-20T00:00:00Z'))
  const rest = await pagesOf(at.open(), stream, pages.at(-1)!.cursor)
  expect(rest.some(({ startsOver }) => startsOver)).toBe(false)
  expect(new Set(meetingsIn([...pages, ...rest]))).toEqual(new Set(all))
})

test('another first day begins anew, also in the middle of a listing', async () => {
  await start()
  const [old] = add(1, '2023-03-01T00:00:00Z')
  const [fresh] = add(1, '2024-03-01T00:00:00Z')
  const [first] = await pagesOf(at.open(), stream)
  const rest = await pagesOf(at.open({ from: '2023-01-01' }), stream, first!.cursor)
  expect(rest[0]!.startsOver).toBe(true)
  expect(meetingsIn(rest).sort()).toEqual([old, fresh].sort())
})

test('what an unfinished listing named before a later first day is not gone for that', async () => {
  await start({ pageSize: 2 })
  add(5, '2024-02-01T00:00:00Z')
  const { cursor } = (await pagesOf(at.open(), stream)).find(({ items }) => items.length > 0)!
  const [page] = await pagesOf(at.open({ from: '2024-05-15' }), stream, cursor)
  expect(page!.startsOver).toBe(true)
  expect(page!.unread?.map(({ id }) => id)).toEqual(['trash', 'year/2024', 'year/none'])
})

test('page tokens that die again and again end the listing with a failure', async () => {
  await start({ pageSize: 3 })
  add(8, '2024-03-01T00:00:00Z')
  at.practice.addFault({
    match: ({ query }) => query.has('next_page_token'),
    times: Number.POSITIVE_INFINITY,
    do: { status: 400, reason: '300', message: 'The next page token is invalid or expired.' },
  })
  expect((await failureOf(pagesOf(at.open(), stream))).kind).toBe('unlisted')
  expect(at.practice.requests.length).toBeLessThan(20)
})

test('a clock an hour slow, before midnight: what was recorded after it is listed', async () => {
  await start({
    tellsTime: false,
    now: () => Date.parse('2024-06-15T00:30:00Z'),
    clock: () => Date.parse('2024-06-14T23:30:00Z'),
  })
  const all = add(1, '2024-06-15T00:10:00Z')
  expect(meetingsIn(await pagesOf(at.open(), stream))).toEqual(all)
})

test.each([
  ['a year ahead', today + 365 * day],
  ['a year behind', today - 365 * day],
])('a clock %s does no harm where Zoom says what time it is', async (_, wrong) => {
  await start({ clock: () => wrong })
  const all = add(1, '2024-06-14T00:00:00Z')
  const pages = await pagesOf(at.open(), stream)
  expect(meetingsIn(pages)).toEqual(all)
  expect(meetingsIn(await pagesOf(at.open(), stream, pages.at(-1)!.cursor))).toEqual(all)
})

test('a rerun vouches for years in which nothing can have changed, and names what is in the others', async () => {
  let now = today
  await start({ now: () => now, renew: () => at.practice.issueTokens().accessToken })
  const old = add(2, '2022-03-03T00:00:00Z')
  const fresh = add(2, '2024-03-03T00:00:00Z')
  const unfinished = at.model.addMeeting('Unfinished', { start: Date.parse('2021-05-05T00:00:00Z') })
  const file = at.model.addFile(unfinished, 'active-speaker', ranged(Buffer.from('film')), { status: 'processing' })
  const first = await pagesOf(at.open({ from: '2021-01-01' }), stream)
  expect(meetingsIn(first).sort()).toEqual([...old, ...fresh, unfinished.uuid].sort())

  const vouched = (pages: readonly Page[]) =>
    pages.flatMap(({ unread }) => (unread ?? []).flatMap(({ id, failure }) => (failure === undefined ? [id] : [])))
  now += day
  const second = await pagesOf(at.open({ from: '2021-01-01' }), stream, first.at(-1)!.cursor)
  expect(second[0]!.startsOver).toBe(true)
  expect(vouched(second)).toEqual(['trash', 'year/2022', 'year/2023', 'year/none'])
  expect(second.flatMap(({ note }) => note ?? [])).toEqual([
    'asked again: 2021, 2024; not asked again: 2022–2023, which were looked at less than 7 days ago (what came there since, restored from the trash, say, is found by holdall verify --remote)',
  ])
  expect(meetingsIn(second).sort()).toEqual([...fresh, unfinished.uuid].sort())

  // The count of such a run asks for the same years, by other windows, and knows that this is not everything.
  const rerun = at.open({ from: '2021-01-01' })
  await pagesOf(rerun, stream, first.at(-1)!.cursor)
  at.practice.resetLog()
  const road = rerun.recountListed!(never)
  expect(road.everything).toBe(false)
  const counted: string[] = []
  for await (const ids of road.ids) counted.push(...ids.filter((id) => id.startsWith('meeting/')))
  expect(counted.map((id) => id.slice(8)).sort()).toEqual([...fresh, unfinished.uuid].sort())
  const days = windowsAsked().map((window) => window.slice(0, 7))
  expect([...new Set(days.map((month) => month.slice(0, 4)))].sort()).toEqual(['2021', '2022', '2023', '2024'])
  expect(days).not.toContain('2022-06')
  expect(days.length).toBeLessThan(26)
  const whole = at.open({ from: '2021-01-01' })
  await pagesOf(whole, stream)
  expect(whole.recountListed!(never).everything).toBe(true)

  // What the settings leave out is no matter of when it was looked at; of a year that they cut, the rest is asked for.
  const cut = await pagesOf(at.open({ from: '2022-02-01' }), stream, second.at(-1)!.cursor)
  expect(cut.flatMap(({ note }) => note ?? [])).toEqual([
    expect.stringMatching(/^asked again: 2022, 2024; not asked again: 2023, which/),
  ])
  const late = await pagesOf(at.open({ from: '2024-01-01' }), stream, second.at(-1)!.cursor)
  expect(late.flatMap(({ note }) => note ?? [])).toEqual([])

  file.status = 'completed'
  now += day
  const third = await pagesOf(at.open({ from: '2021-01-01' }), stream, second.at(-1)!.cursor)
  now += day
  const fourth = await pagesOf(at.open({ from: '2021-01-01' }), stream, third.at(-1)!.cursor)
  expect(vouched(fourth)).toEqual(['trash', 'year/2021', 'year/2022', 'year/2023', 'year/none'])
  now += 31 * day
  const fifth = await pagesOf(at.open({ from: '2021-01-01' }), stream, fourth.at(-1)!.cursor)
  expect(vouched(fifth)).toEqual(['trash'])
  expect(meetingsIn(fifth)).toHaveLength(5)
})

test('a meeting that the journal knows just as it is listed is not looked into again; any other is', async () => {
  await start()
  const [known, changed, audio] = add(3, '2024-03-03T00:00:00Z')
  const [young] = add(1, '2024-06-14T00:00:00Z')
  const sound = at.model.addFile(at.model.find(audio!)!, 'participant-audio', ranged(Buffer.from('sound')), {
    status: 'processing',
  })
  const first = await pagesOf(at.open(), stream)
  const versions = new Map(first.flatMap(({ items }) => items.map(({ id, version }) => [id, version] as const)))
  expect(versions.get(`meeting/${audio}`)).toBe('')
  expect(versions.get(`meeting/${young}`)).toBe('')
  at.model.addFile(at.model.find(changed!)!, 'chat', ranged(Buffer.from('words')))
  sound.status = 'completed'
  at.practice.resetLog()
  const again: Page[] = []
  const journal = { folderVersion: (id: string) => versions.get(id) }
  for await (const page of at.open().list(stream, first.at(-1)!.cursor, journal, never)) again.push(page)
  const lookedInto = at.practice.requests
    .filter(({ path }) => path.startsWith('/v2/meetings/'))
    .map(({ path }) => decodeURIComponent(path))
  expect(lookedInto.sort()).toEqual([audio, changed, young].map((uuid) => `/v2/meetings/${uuid}/recordings`).sort())
  expect(again.flatMap(({ unread }) => (unread ?? []).map(({ id }) => id))).toContain(`meeting/${known}`)
  expect(meetingsIn(again)).toHaveLength(4)
  expect(again.flatMap(({ items }) => items).some(({ name }) => name === 'Chat.txt')).toBe(true)
})

test('what Zoom removes soonest comes first', async () => {
  await start()
  const [later] = add(1, '2024-03-01T00:00:00Z', { autoDelete: Date.parse('2024-08-01T00:00:00Z') })
  const [never_] = add(1, '2024-03-02T00:00:00Z')
  const [soon] = add(1, '2024-03-03T00:00:00Z', { autoDelete: Date.parse('2024-07-01T00:00:00Z') })
  const pages = await pagesOf(at.open(), stream)
  expect(meetingsIn(pages)).toEqual([soon, later, never_])
  expect(pages.flatMap(({ items }) => items).find(({ id }) => id === `details/${soon}`)!.details.removedOn).toBe('2024-07-01')
})

test('a meeting at the turn of the year, there: its year is asked for from December on', async () => {
  await start()
  const [late] = add(1, '2023-12-31T16:00:00Z')
  const first = await pagesOf(at.open({ from: '2023-01-01' }), stream)
  expect(first.flatMap(({ items }) => items).find(({ id }) => id === `meeting/${late}`)).toMatchObject({ parent: 'year/2024' })
  const again = await pagesOf(at.open({ from: '2023-01-01' }), stream, first.at(-1)!.cursor)
  expect(again[0]!.unread).toEqual([{ id: 'trash' }, { id: 'year/2023' }, { id: 'year/none' }])
  expect(meetingsIn(again)).toEqual([late])
})

test('no right to list recordings: exit 4 for this source alone, never an empty account', async () => {
  await start({ scopes: ['user:read:user'] })
  add(1, '2024-03-01T00:00:00Z')
  expect(await failureOf(pagesOf(at.open(), stream))).toMatchObject({
    kind: 'signin',
    stops: 'source',
    message: expect.stringContaining('cloud_recording:read:list_user_recordings'),
  })
})

test('classic rights serve as well', async () => {
  await start({ scopes: ['user:read', 'recording:read', 'meeting:read'] })
  const all = add(1, '2024-03-01T00:00:00Z')
  expect(meetingsIn(await pagesOf(at.open(), stream))).toEqual(all)
})

test('a free account has no cloud recordings, and it is said', async () => {
  await start({ model: createRecordingsModel({ type: 1 }) })
  expect(await failureOf(pagesOf(at.open(), stream))).toMatchObject({ kind: 'forbidden', stops: 'source' })
})

test('UUIDs with slashes are asked for as Zoom wants it', async () => {
  await start()
  const uuids = ['/ajXp112QmuoKj4854875==', 'aDYl//sQSwuTqCJTwKkfAA==', 'atsX+hSEQWit9t/U02HXNQ==']
  for (const uuid of uuids) {
    add(1, '2024-03-01T00:00:00Z', { uuid })
    at.model.addFile(at.model.find(uuid)!, 'participant-audio', ranged(Buffer.from('sound')), { name: 'Own sound' })
  }
  const pages = await pagesOf(at.open(), stream)
  // Own sounds are known of the single meeting alone: without the right encoding there would be none.
  expect(pages.flatMap(({ items }) => items).filter(({ name }) => name === 'Own sound.m4a')).toHaveLength(3)
  expect(pages.flatMap(({ unread }) => unread ?? [])).toEqual([{ id: 'trash' }])
})

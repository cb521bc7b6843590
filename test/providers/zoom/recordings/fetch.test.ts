import { afterEach, expect, test } from 'vitest'
import type { Item } from '../../../../src/core/item.ts'
import type { FetchOptions, Source } from '../../../../src/core/source.ts'
import { ranged } from '../../../../src/practice/content/ranged.ts'
import { pagesInsteadOfRecordings } from '../../../../src/practice/zoom/pages.ts'
import type { RecordedFile } from '../../../../src/practice/zoom/recorded-file.ts'
import { drain, failureOf, pattern } from '../../../contracts/content.ts'
import { never, pagesOf } from '../../../contracts/listed.ts'
import { type Connected, type ConnectOptions, connect } from '../connect.ts'

const recordings = { id: 'recordings', title: 'Recordings' }
const bytes = pattern(2_000_000, 3)
let at: Connected
afterEach(async () => {
  const complaints = at.complaints()
  await at.close()
  expect(complaints).toEqual([])
})

/** A meeting with one film; the listed item of it and the source that listed it. */
async function film(options: ConnectOptions = {}): Promise<{ item: Item; source: Source; file: RecordedFile }> {
  at = await connect(options)
  const meeting = at.model.addMeeting('Lecture', { start: Date.parse('2024-03-01T00:00:00Z'), passcode: 'secret-passcode' })
  const file = at.model.addFile(meeting, 'active-speaker', ranged(bytes))
  const source = at.open()
  const items = (await pagesOf(source, recordings)).flatMap(({ items }) => items)
  return { source, file, item: items.find(({ name }) => name === 'Active speaker.mp4')! }
}
const get = (source: Source, item: Item, options: Partial<FetchOptions> = {}) =>
  source.fetch(item, item.parts[0]!, { from: 0, signal: never, ...options })
const calls = () => at.practice.requests.filter(({ host }) => host === 'api.zoom.us').length
const always = { times: Number.POSITIVE_INFINITY }
const page = (body: string) => ({ status: 200, body, contentType: 'text/html;charset=utf-8' })
const onDownload = { host: 'us02web.zoom.us' }

test('behind a passcode, for its owner: through the redirect, and the token stays with Zoom’s own host', async () => {
  const { source, item } = await film()
  const before = calls()
  expect(Buffer.compare(await drain(await get(source, item)), bytes)).toBe(0)
  // The listing has just said where it is.
  expect(calls()).toBe(before)
  expect(at.practice.requests.some(({ host }) => host === 'ssrweb.zoom.us')).toBe(true)
})

test('a later run asks where it is', async () => {
  const { item } = await film()
  const before = calls()
  expect(Buffer.compare(await drain(await get(at.open(), item)), bytes)).toBe(0)
  expect(calls()).toBe(before + 1)
})

test('a sign-in that ended between listing and download is renewed', async () => {
  const { source, item } = await film({ renew: () => at.practice.issueTokens().accessToken })
  at.practice.expireAccessTokens()
  // The download host shows a page; only the API tells that it is the sign-in.
  expect(Buffer.compare(await drain(await get(source, item)), bytes)).toBe(0)
})

test('…and where it cannot be renewed, that is what is said', async () => {
  const { source, item } = await film()
  at.practice.expireAccessTokens()
  expect(await failureOf(get(source, item))).toMatchObject({ kind: 'signin', stops: 'account' })
})

test('a page once is made up for', async () => {
  const { source, item } = await film()
  at.practice.addFault({ match: onDownload, do: page(pagesInsteadOfRecordings.gone) })
  expect(Buffer.compare(await drain(await get(source, item)), bytes)).toBe(0)
})

test.each([
  ['a passcode page', pagesInsteadOfRecordings.passcode, 'forbidden', /passcode/],
  ['a page to sign in', pagesInsteadOfRecordings.signIn, 'corrupt', /a page to sign in came instead/],
  ['any other page', '<html><body>Welcome to our Wi-Fi', 'corrupt', /a web page came instead/],
])('%s is never a recording', async (_, body, kind, message) => {
  const { source, item } = await film()
  at.practice.addFault({ match: onDownload, ...always, do: page(body) })
  const failure = await failureOf(get(source, item))
  expect(failure).toMatchObject({
    kind,
    stops: 'item',
    message: expect.stringMatching(message),
    hint: expect.stringMatching(/\w/),
  })
})

test('an error in JSON with a status of success is no recording, whatever its form would be', async () => {
  const { source } = await film()
  const meeting = at.model.meetings[0]!
  at.model.addFile(meeting, 'summary', ranged(Buffer.from('{"status":"a word of the summary"}')))
  const items = (await pagesOf(at.open(), recordings)).flatMap(({ items }) => items)
  const summary = items.find(({ name }) => name === 'Summary.json')!
  expect((await drain(await get(source, summary))).toString()).toBe('{"status":"a word of the summary"}')
  const body = '{"status":false,"errorCode":124,"errorMessage":"Forbidden"}'
  const error = { status: 200, body, contentType: 'application/json;charset=UTF-8' }
  at.practice.addFault({ match: onDownload, do: error })
  expect((await drain(await get(source, summary))).toString()).toContain('a word of the summary')
  at.practice.addFault({ match: onDownload, ...always, do: error })
  expect(await failureOf(get(source, summary))).toMatchObject({
    kind: 'corrupt',
    stops: 'item',
    message: expect.stringMatching(/an error message came instead of the SUMMARY file/),
  })
})

test('a page from the storage host neither', async () => {
  const { source, item } = await film()
  at.practice.addFault({ match: { host: 'ssrweb.zoom.us' }, ...always, do: page('<html>') })
  expect((await failureOf(get(source, item))).kind).toBe('corrupt')
})

test('a captive portal, which answers everything: the hint says to open a page', async () => {
  const { source, item } = await film()
  at.practice.addFault({ match: {}, ...always, do: page('<html>Sign in to the Wi-Fi') })
  expect(await failureOf(get(source, item))).toMatchObject({ kind: 'corrupt', hint: expect.stringMatching(/login page/) })
})

test('a redirect away from https is not followed', async () => {
  const { source, item } = await film()
  at.practice.addFault({ match: onDownload, ...always, do: { redirectTo: 'http://portal.example/login' } })
  expect((await failureOf(get(source, item))).kind).toBe('corrupt')
})

test('an address that refuses a sign-in which the API takes stops this item alone', async () => {
  const { source, item } = await film({ renew: () => at.practice.issueTokens().accessToken })
  at.practice.addFault({ match: onDownload, ...always, do: { status: 401 } })
  expect(await failureOf(get(source, item))).toMatchObject({ kind: 'signin', stops: 'item' })
})

test('a meeting deleted between listing and download is gone; so is a single file', async () => {
  const { source, item, file } = await film()
  const meeting = at.model.meetings[0]!
  at.model.addFile(meeting, 'gallery', ranged(bytes))
  at.model.removeFile(meeting.uuid, file.key)
  expect((await failureOf(get(source, item))).kind).toBe('gone')
  at.model.remove(meeting.uuid)
  expect((await failureOf(get(source, item))).kind).toBe('gone')
})

test.each([403, 500, 503, 429, 401, 404])(
  'what is said of a download that fails with %i does not hold its address',
  async (status) => {
    const { source, item, file } = await film()
    at.practice.addFault({ match: onDownload, ...always, do: { status } })
    const failure = await failureOf(get(source, item))
    for (let one: unknown = failure; one instanceof Error; one = one.cause)
      expect(`${one.message} ${failure.hint}`).not.toContain(file.token)
  },
)

test('listed, and yet 404: not gone', async () => {
  const { source, item } = await film()
  at.practice.addFault({ match: onDownload, ...always, do: { status: 404 } })
  expect(await failureOf(get(source, item))).toMatchObject({
    kind: 'corrupt',
    message: expect.stringMatching(/lists this recording/),
  })
})

test.each([1, -1])(
  'a length that differs by %i from what is announced is asked for anew, and doubted; not where Zoom says so now',
  async (by) => {
    const { source, item, file } = await film()
    file.announcedSize = bytes.byteLength + by
    const listed = { ...item, parts: [{ ...item.parts[0]!, size: bytes.byteLength + by }] }
    const content = await get(source, listed)
    await content.bytes[Symbol.asyncIterator]().return?.()
    expect(content).toMatchObject({ size: bytes.byteLength, doubtful: { size: bytes.byteLength + by } })
    expect(at.practice.requests.filter(({ path }) => path.startsWith('/v2/meetings/')).length).toBeGreaterThan(0)
    file.announcedSize = undefined
    const now = await get(source, listed)
    expect(now).toMatchObject({ size: bytes.byteLength })
    expect(now.doubtful).toBeUndefined()
  },
)

test('goes on over a fresh address, since the old one has died', async () => {
  const { source, item } = await film()
  const first = await get(source, item)
  await first.bytes[Symbol.asyncIterator]().return?.()
  at.practice.expireLinks()
  const rest = await get(source, item, { from: 1_500_000, version: first.version! })
  expect(rest).toMatchObject({ from: 1_500_000, size: bytes.byteLength, version: first.version })
  expect(Buffer.compare(await drain(rest), bytes.subarray(1_500_000))).toBe(0)
})

test('a range that storage cannot give, or beyond the end, means from the start', async () => {
  const { source, item } = await film()
  const { version, ...first } = await get(source, item)
  await first.bytes[Symbol.asyncIterator]().return?.()
  for (const [from, ranges] of [
    [1000, false],
    [bytes.byteLength, true],
    [bytes.byteLength + 5, true],
  ] as const) {
    at.practice.settings.ranges = ranges
    const content = await get(source, item, { from, version: version! })
    expect(content.from).toBe(0)
    expect(Buffer.compare(await drain(content), bytes)).toBe(0)
  }
})

test('what lies in the trash can be fetched in a later run, too', async () => {
  const { file } = await film()
  const gallery = at.model.addFile(at.model.meetings[0]!, 'gallery', ranged(bytes), {
    trashed: Date.parse('2024-06-10T00:00:00Z'),
  })
  const items = (await pagesOf(at.open({ trash: true }), { id: 'recordings', title: 'Recordings' })).flatMap(({ items }) => items)
  const item = items.find(({ id }) => id === `file/${gallery.key}`)!
  expect(Buffer.compare(await drain(await get(at.open({ trash: true }), item)), bytes)).toBe(0)
  at.model.removeFile(at.model.meetings[0]!.uuid, gallery.key)
  expect((await failureOf(get(at.open({ trash: true }), item))).kind).toBe('gone')
  expect(file.key).not.toBe(gallery.key)
})

test('who took part, over all pages; what breaks in between breaks the file', async () => {
  at = await connect({ pageSize: 10 })
  const meeting = at.model.addMeeting('Lecture', { start: Date.parse('2024-06-01T00:00:00Z') })
  at.model.addFile(meeting, 'active-speaker', ranged(bytes))
  for (let index = 0; index < 25; index++)
    meeting.participants.push({ name: `"Student" ${index}`, email: `s${index}@practice.example`, joined: 0, left: 60_000 })
  const source = at.open()
  const details = (await pagesOf(source, recordings)).flatMap(({ items }) => items).find(({ name }) => name === 'meeting.json')!
  const written = JSON.parse((await drain(await get(source, details))).toString()) as { participants: object[]; topic: string }
  expect(written.topic).toBe('Lecture')
  expect(written.participants).toHaveLength(25)
  expect(written.participants[7]).toEqual(
    expect.objectContaining({ name: '"Student" 7', email: 's7@practice.example', seconds: 60 }),
  )
  at.practice.addFault({ match: ({ query }) => query.has('next_page_token'), ...always, do: { status: 500 } })
  expect((await failureOf(get(source, details).then(drain))).kind).toBe('transient')
  const without = at.open({ participants: false })
  expect(JSON.parse((await drain(await get(without, details))).toString())).toMatchObject({
    participantsMissing: 'left out by the settings',
  })
})

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { movie } from '../../../src/practice/content/movie.ts'
import { ranged, wholeOf } from '../../../src/practice/content/ranged.ts'
import { fillPracticeRecordings } from '../../../src/practice/zoom/fill-recordings.ts'
import { createRecordingsModel } from '../../../src/practice/zoom/model.ts'
import { recordings } from '../../../src/providers/zoom/recordings/source.ts'
import { type Bench, createBench } from '../../backup/bench-archive.ts'
import { type Connected, type ConnectOptions, connect, today } from './connect.ts'

let at: Connected
let bench: Bench
let clockNow = today
const start = async (options: ConnectOptions = {}) => {
  at = await connect({ model: createRecordingsModel(), now: () => clockNow, ...options })
}
beforeEach(async () => {
  clockNow = today
  bench = await createBench()
})
afterEach(async () => {
  const complaints = at.complaints()
  await bench.dispose()
  await at.close()
  expect(complaints).toEqual([])
})

const run = (settings: Record<string, string | boolean> = {}) => {
  const chosen = { from: 'beginning', ...settings }
  const source = at.open(chosen)
  return bench.run(
    {},
    {
      sources: [
        { name: 'zoom/recordings', account: 'zoom', features: recordings.features, source, shape: recordings.shape(chosen) },
      ],
      retryForMs: 2000,
    },
  )
}
const runFrom = (from: string) => run({ from })
const root = () => join(bench.root, 'data', 'zoom', 'recordings')
const saved = () =>
  readdirSync(root(), { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(root(), name)).isFile())
    .sort()
const inFolder = (path: string) => readdirSync(join(root(), path)).sort()
const json = (path: string) => JSON.parse(readFileSync(join(root(), path), 'utf8')) as Record<string, unknown>
const downloads = () => at.practice.requests.filter(({ host }) => host === 'ssrweb.zoom.us').length
const windowsAsked = () =>
  at.practice.requests.flatMap(({ path, query }) =>
    path.endsWith('/users/me/recordings') ? [new URLSearchParams(query).get('from') ?? ''] : [],
  )

test('a lecturer’s recordings, odd ones among them: all saved and sound; a rerun downloads nothing', async () => {
  await start()
  const made = fillPracticeRecordings(at.model, { now: today, troubles: false })
  const first = await run()
  const tally = first.sources['zoom/recordings']!
  expect(first.status).toBe(0)
  expect(tally).toMatchObject({ failed: 0, pending: 0, gone: 0, unexportable: 0 })
  await bench.checkSound()
  expect(first.of('counted')).toHaveLength(1)

  // Every file that Zoom has, and meeting.json for each meeting.
  const there = at.model.meetings.filter(({ trashed, onPremise }) => trashed === undefined && !onPremise)
  const files = there.flatMap((one) => [...one.files.filter(({ trashed }) => trashed === undefined), ...one.participantAudio])
  expect(saved()).toHaveLength(files.length + there.length)
  for (const year of readdirSync(root())) expect(year).toMatch(/^20\d\d$/)

  const everything = inFolder('2023/2023-05-10 1000 Everything at once')
  expect(everything).toEqual(
    expect.arrayContaining([
      'Active speaker.mp4',
      'Audio.m4a',
      'Chat.txt',
      'Closed captions.vtt',
      'Gallery view.mp4',
      'Hologram view.hlg',
      'Polls.csv',
      'Shared screen with speaker view, captions.mp4',
      'Shared screen with speaker view.mp4',
      'Summary, next steps.json',
      'Thumbnail.jpg',
      'Timeline.json',
      'Transcript.vtt',
      'meeting.json',
    ]),
  )
  expect(inFolder('2022/2022-11-11 1000 With a break').slice(0, 2)).toEqual(['Part 1 - Audio.m4a', 'Part 1 - Chat.txt'])
  expect(inFolder('2023/2023-07-03 1000 Interviews')).toContain('Audio only - 学生 1.m4a')
  // The webinar in Berlin, one without a time zone, and the month's last second by the clocks of Tokyo.
  expect(inFolder('2022')).toContain('2022-10-20 1100 Open lecture： Lamps')
  expect(inFolder('2021')).toEqual(
    expect.arrayContaining(['2021-03-04 0300 Somewhere', '2021-05-01 0859 Last second', '2021-06-01 1200 (no topic)']),
  )
  expect(inFolder('2021').filter((name) => name.includes('Office hour'))).toHaveLength(2)
  expect(inFolder('2021').filter((name) => name.includes('Night lab'))).toHaveLength(2)
  expect(inFolder('2021').filter((name) => name.includes('👩🏽‍🏫'))).toHaveLength(1)

  const recent = saved().find((name) => name.includes('Last week') && name.endsWith('meeting.json'))!
  expect(json(recent)).toMatchObject({
    topic: 'Last week',
    kind: 'meeting',
    participants: expect.arrayContaining([expect.objectContaining({ name: expect.any(String) })]),
  })
  expect((json(recent).participants as unknown[]).length).toBe(35)
  expect(json('2023/2023-05-10 1000 Everything at once/meeting.json').participantsMissing).toMatch(/keeps them for a year/)

  // No passcode and no address is anywhere in the archive but the journal's own folder, and not there either.
  const journal = readFileSync(bench.archive.journalFile, 'latin1')
  for (const text of [
    journal,
    ...saved()
      .filter((name) => name.endsWith('.json'))
      .map((name) => readFileSync(join(root(), name), 'utf8')),
  ])
    expect(text).not.toMatch(/practice-passcode|rec\/(download|play|share)|Signature=/)

  const before = saved()
  const loaded = downloads()
  at.practice.resetLog()
  const second = await run()
  expect(second.status).toBe(0)
  expect(second.sources['zoom/recordings']).toMatchObject({ unchanged: tally.saved, saved: 0, gone: 0 })
  expect(loaded).toBeGreaterThan(100)
  expect(downloads()).toBe(0)
  expect(saved()).toEqual(before)
  // Only this year was asked for again, and of that only what may still change.
  expect(at.practice.requests.filter(({ path }) => path.startsWith('/v2/meetings/')).length).toBeLessThan(3)
  expect(windowsAsked().every((day) => day >= '2023-12-01')).toBe(true)
  expect(made.lectures.length).toBeGreaterThan(10)
})

test('troubles: named, exit 3, and mended by the next run as far as they can be', async () => {
  await start()
  const { troubles } = fillPracticeRecordings(at.model, { now: today })
  const first = await run({ from: '2024-01-01' })
  const state = (uuid: string, name: string) => {
    const folder = bench.item(`meeting/${uuid}`, 'zoom/recordings')!
    const source = bench.journal.findSource('zoom/recordings')!
    const found = first.events.flatMap((event) =>
      event.event === 'item' && event.path.includes(`${folder.name}/${name}`) ? [event.state] : [],
    )
    return { states: found, source }
  }
  const of = (uuid: string) => at.model.find(uuid)!
  expect(first.status).toBe(3)
  expect(first.sources['zoom/recordings']).toMatchObject({ failed: 2, pending: 3 })
  for (const uuid of [troubles!.shorter, troubles!.longer]) {
    const row = bench.item(`file/${of(uuid).files[0]!.key}`, 'zoom/recordings')
    expect(row).toMatchObject({ state: 'failed', reason: expect.stringMatching(uuid === troubles!.shorter ? /cut off/ : /MP4/) })
  }
  // Whole from the first box to the last, and twice the same: the count is what is wrong.
  for (const uuid of troubles!.miscounted) {
    const { key, announcedSize } = of(uuid).files[0]!
    const row = bench.item(`file/${key}`, 'zoom/recordings')!
    expect(row.state).toBe('saved')
    expect(JSON.parse(row.details).statedOtherwise).toMatchObject({ size: announcedSize, why: expect.stringContaining('size') })
  }
  const processing = bench.item(`file/${of(troubles!.processing).files[2]!.key}`, 'zoom/recordings')
  expect(processing).toMatchObject({ state: 'pending', waiting: 'Zoom is still processing it' })
  expect(first.sources['zoom/recordings']!.gone).toBeGreaterThan(0)
  // A text of another length than announced is saved all the same.
  expect(state(troubles!.textSize, 'Transcript.vtt').states).toEqual(['saved'])

  for (const uuid of [troubles!.shorter, troubles!.longer]) {
    const [film] = of(uuid).files
    Object.assign(film!, { content: movie({ kind: 'video', seconds: 60, mediaBytes: 9000, seed: 98 }), announcedSize: undefined })
  }
  at.practice.resetLog()
  for (const uuid of [troubles!.processing, troubles!.allProcessing]) for (const file of of(uuid).files) file.status = 'completed'
  const second = await run({ from: '2024-01-01' })
  expect(second.status).toBe(0)
  expect(second.sources['zoom/recordings']).toMatchObject({ failed: 0, pending: 0 })
  // What was miscounted is not asked for again.
  const again = at.practice.requests.filter(({ host }) => host === 'ssrweb.zoom.us').map(({ path }) => path)
  expect(again.length).toBeGreaterThan(0)
  for (const uuid of troubles!.miscounted) {
    const id = of(uuid).files[0]!.key.toUpperCase()
    expect(again.filter((path) => path.includes(id))).toEqual([])
  }
  await bench.checkSound()
})

test('what Zoom removes stays in the archive and is marked; what was cut there is replaced', async () => {
  await start()
  fillPracticeRecordings(at.model, { now: today, troubles: false })
  const run = () => runFrom('2024-01-01')
  await run()
  const [old, kept] = at.model.meetings.filter(({ start, files }) => start > Date.parse('2024-01-01') && files.length > 2)
  const folder = bench.item(`meeting/${old!.uuid}`, 'zoom/recordings')!.name!
  at.model.remove(old!.uuid)
  const cut = kept!.files[0]!
  Object.assign(cut, { content: movie({ kind: 'video', seconds: 60, mediaBytes: 5000, seed: 99 }) })
  const second = await run()
  expect(bench.item(`file/${cut.key}`, 'zoom/recordings')!.version).toContain(String(cut.content.size))
  expect(saved().some((name) => statSync(join(root(), name)).size === cut.content.size)).toBe(true)
  expect(second.status).toBe(0)
  expect(inFolder('2024')).toContain(folder)
  expect(bench.item(`meeting/${old!.uuid}`, 'zoom/recordings')!.vanished).not.toBeNull()
  await bench.checkSound()
})

test('the trash, by option; and what was saved of it is not gone when it is left out again', async () => {
  await start()
  const made = fillPracticeRecordings(at.model, { now: today, troubles: false })
  const first = await run({ trash: true, from: '2023-01-01' })
  expect(first.status).toBe(0)
  const thrown = saved().filter((name) => name.startsWith('Trash/'))
  expect(thrown).toEqual(
    expect.arrayContaining([
      'Trash/2023/2023-02-01 1000 Thrown away/Shared screen with speaker view.mp4',
      'Trash/2023/2023-07-01 1000 One file thrown away/Gallery view.mp4',
    ]),
  )
  expect(bench.item(`trash/meeting/${made.trashed}`, 'zoom/recordings')!.state).toBe('saved')
  const thrownFile = at.model.find(made.trashedFile)!.files.find(({ trashed }) => trashed !== undefined)!
  expect(JSON.parse(bench.item(`file/${thrownFile.key}`, 'zoom/recordings')!.details)).toMatchObject({ removedOn: '2024-07-12' })
  const second = await run({ from: '2023-01-01' })
  expect(second.status).toBe(0)
  expect(bench.item(`trash/meeting/${made.trashed}`, 'zoom/recordings')!.vanished).toBeNull()
  // Thrown away at Zoom after it was saved: it moves, and is not fetched again.
  const lecture = at.model.find(made.recent)!
  lecture.trashed = today - 1000
  const loaded = downloads()
  const third = await run({ trash: true, from: '2023-01-01' })
  expect(third.status).toBe(0)
  expect(downloads()).toBe(loaded)
  expect(saved().some((name) => /^Trash\/2024\/.*Last week\/Transcript\.vtt$/.test(name))).toBe(true)
  await bench.checkSound()
})

test('a trash that was saved, then cannot be read, then is left out: nothing of it is gone, and nothing of it stays failed', async () => {
  await start()
  const made = fillPracticeRecordings(at.model, { now: today, troubles: false })
  expect((await run({ trash: true, from: '2023-01-01' })).status).toBe(0)
  const thrown = saved().filter((name) => name.startsWith('Trash/'))
  at.practice.addFault({
    match: ({ path, query }) => path.endsWith('/users/me/recordings') && query.has('trash'),
    times: Number.POSITIVE_INFINITY,
    do: { status: 403, reason: '1003', message: 'no' },
  })
  const second = await run({ trash: true, from: '2023-01-01' })
  expect(second.status).toBe(3)
  expect(bench.item(`trash/meeting/${made.trashed}`, 'zoom/recordings')!.vanished).toBeNull()
  for (let again = 0; again < 2; again++) {
    const third = await run({ from: '2023-01-01' })
    expect(bench.item(`trash/meeting/${made.trashed}`, 'zoom/recordings')!.vanished).toBeNull()
    expect(third.status).toBe(0)
  }
  expect(saved().filter((name) => name.startsWith('Trash/'))).toEqual(thrown)
  await bench.checkSound()
})

test('a trash that is empty now, as Zoom makes it after 30 days, is no lapsed account', async () => {
  await start()
  const add = (start: string, options = {}) => {
    const meeting = at.model.addMeeting('Lecture', { start: Date.parse(start), ...options })
    at.model.addFile(meeting, 'chat', ranged(Buffer.from('hello')))
    return meeting
  }
  const thrown = add('2024-05-01T01:00:00Z', { trashed: today - 86_400_000 })
  for (const day of ['2024-06-01', '2024-06-02', '2024-06-03']) add(`${day}T01:00:00Z`)
  const settings = { trash: true, from: '2024-05-01' }
  expect((await run(settings)).status).toBe(0)
  at.model.remove(thrown.uuid)
  const second = await run(settings)
  expect(second.status).toBe(0)
  expect(bench.item(`trash/meeting/${thrown.uuid}`, 'zoom/recordings')!.vanished).not.toBeNull()
  expect(inFolder('Trash/2024/2024-05-01 1000 Lecture')).toEqual(['Chat.txt', 'meeting.json'])
  expect((await run(settings)).status).toBe(0)
  await bench.checkSound()
})

test('an account that is suddenly empty is not complete, also where the first day lies within its only year', async () => {
  await start()
  for (const day of ['2024-06-01', '2024-06-02', '2024-06-03']) {
    const meeting = at.model.addMeeting('Lecture', { start: Date.parse(`${day}T01:00:00Z`) })
    at.model.addFile(meeting, 'chat', ranged(Buffer.from('hello')))
  }
  expect((await runFrom('2024-05-15')).status).toBe(0)
  for (const { uuid } of at.model.meetings) at.model.remove(uuid)
  const second = await runFrom('2024-05-15')
  expect(second.status).toBe(3)
  expect(second.of('failed').map(({ message }) => message)).toEqual([expect.stringMatching(/lapsed account/)])
  expect(second.sources['zoom/recordings']).toMatchObject({ gone: 0, unchanged: 9 })
})

test('a day’s share that is used up ends the run with the time when to go on; the rest is pending, and comes tomorrow', async () => {
  await start()
  fillPracticeRecordings(at.model, { now: today, troubles: false })
  at.practice.addFault({
    match: ({ path }) => path.endsWith('/users/me/recordings') && at.practice.requests.length > 12,
    times: Number.POSITIVE_INFINITY,
    do: {
      status: 429,
      reason: 'Daily-limit',
      message: 'You have reached the maximum daily rate limit for this API.',
      retryAfter: '2099-06-16T00:00:00Z',
    },
  })
  const first = await runFrom('2024-01-01')
  expect(first.status).toBe(3)
  const failed = first.of('failed').map(({ message }) => message)
  expect(failed.join('\n')).toContain('2099-06-16 00:00 UTC')
  expect(first.sources['zoom/recordings']!.gone).toBe(0)
  at.practice.clearFaults()
  const second = await runFrom('2024-01-01')
  expect(second.status).toBe(0)
  await bench.checkSound()
})

test('a film that breaks off goes on where it was, from the storage, and one that is cut off for good is not saved', async () => {
  await start()
  const meeting = at.model.addMeeting('Lecture', { start: Date.parse('2024-06-01T01:00:00Z') })
  const film = at.model.addFile(meeting, 'active-speaker', movie({ kind: 'video', seconds: 60, mediaBytes: 6_000_000, seed: 1 }))
  // As long as announced, and yet without its end.
  const whole = wholeOf(movie({ kind: 'video', seconds: 60, mediaBytes: 20_000, seed: 2 }))
  const cut = at.model.addFile(meeting, 'gallery', ranged(whole.subarray(0, -100)))
  at.practice.addFault({
    match: ({ host, path }) => host === 'ssrweb.zoom.us' && path.includes(film.key.toUpperCase()),
    do: { cutAfter: 2_500_000 },
  })
  const result = await run({ from: '2024-06-01' })
  expect(result.status).toBe(3)
  expect(bench.state(`file/${film.key}`, 'zoom/recordings')).toBe('saved')
  expect(bench.item(`file/${cut.key}`, 'zoom/recordings')).toMatchObject({
    state: 'failed',
    reason: expect.stringMatching(/cut off/),
  })
  expect(saved().filter((name) => name.endsWith('.mp4'))).toEqual(['2024/2024-06-01 1000 Lecture/Active speaker.mp4'])
  const continued = at.practice.requests.filter(({ host, status }) => host === 'ssrweb.zoom.us' && status === 206)
  expect(continued).toHaveLength(1)
  await bench.checkSound()
})

test('who took part stays in meeting.json when the organisation sets a day of removal after Zoom has forgotten it', async () => {
  await start({ renew: () => at.practice.issueTokens().accessToken })
  const participants = [{ name: 'Student', joined: 0, left: 60_000 }]
  const meeting = at.model.addMeeting('Lecture', { start: Date.parse('2024-06-01T01:00:00Z'), participants })
  at.model.addFile(meeting, 'chat', ranged(Buffer.from('hello')))
  expect((await runFrom('2024-06-01')).status).toBe(0)
  const name = '2024/2024-06-01 1000 Lecture/meeting.json'
  expect(json(name).participants).toHaveLength(1)
  clockNow = Date.parse('2026-02-01T00:00:00Z')
  Object.assign(meeting, { autoDelete: Date.parse('2026-03-31T00:00:00Z') })
  expect((await runFrom('2024-06-01')).status).toBe(0)
  expect(bench.item(`file/${meeting.files[0]!.key}`, 'zoom/recordings')!.expires).toBe(Date.parse('2026-03-31T00:00:00Z'))
  expect(json(name).participants).toHaveLength(1)
})

const narrow = ['user:read:user', 'cloud_recording:read:list_user_recordings', 'cloud_recording:read:list_recording_files']

test('a right to read participants that comes later: meeting.json is made anew, films are not; one that goes again takes nothing away', async () => {
  let scopes: readonly string[] | undefined = narrow
  await start({ scopes: narrow, renew: () => at.practice.issueTokens(scopes).accessToken })
  const add = (topic: string, start: string, options = {}) => {
    const participants = [{ name: topic, joined: 0, left: 60_000 }]
    const meeting = at.model.addMeeting(topic, { start: Date.parse(start), participants, ...options })
    at.model.addFile(meeting, 'chat', ranged(Buffer.from('hello')))
  }
  add('Lecture', '2024-05-01T01:00:00Z')
  add('Webinar', '2024-05-02T01:00:00Z', { type: 5 })
  add('Long ago', '2023-02-01T01:00:00Z')
  add('Yesterday', '2024-06-14T01:00:00Z')
  const settings = { from: '2023-01-01' }
  const names = [
    '2023/2023-02-01 1000 Long ago',
    '2024/2024-05-01 1000 Lecture',
    '2024/2024-05-02 1000 Webinar',
    '2024/2024-06-14 1000 Yesterday',
  ]
  const told = () => names.map((name) => Array.isArray(json(`${name}/meeting.json`).participants))
  const signIn = (next: readonly string[] | undefined) => {
    scopes = next
    at.practice.expireAccessTokens()
  }
  expect((await run(settings)).status).toBe(0)
  expect(told()).toEqual([false, false, false, false])
  const loaded = downloads()
  expect((await run(settings)).sources['zoom/recordings']).toMatchObject({ saved: 0 })

  // All years are looked at again by then.
  clockNow += 8 * 86_400_000
  signIn(undefined)
  expect((await run(settings)).sources['zoom/recordings']).toMatchObject({ saved: 3 })
  // Of more than a year ago Zoom tells nobody any more.
  expect(told()).toEqual([false, true, true, true])
  expect(downloads()).toBe(loaded)
  at.practice.resetLog()
  expect((await run(settings)).sources['zoom/recordings']).toMatchObject({ saved: 0 })
  // Only of what is still young enough to change is anything asked.
  expect(at.practice.requests.filter(({ path }) => path.includes('/past_')).length).toBeLessThanOrEqual(1)

  signIn(narrow)
  expect((await run(settings)).status).toBe(0)
  bench.journal.forgetCursor(bench.journal.source('zoom/recordings'), 'recordings')
  expect((await run(settings)).status).toBe(0)
  expect(told()).toEqual([false, true, true, true])
  await bench.checkSound()
})

test('without the right to read participants everything else is saved, and meeting.json says why', async () => {
  await start({ scopes: narrow })
  const made = fillPracticeRecordings(at.model, { now: today, troubles: false })
  const result = await run({ from: '2024-06-01' })
  expect(result.status).toBe(0)
  const name = saved().find((one) => one.includes('Last week') && one.endsWith('meeting.json'))!
  expect(json(name).participantsMissing).toMatch(/does not include the right/)
  expect(made.recent).not.toBe('')
})

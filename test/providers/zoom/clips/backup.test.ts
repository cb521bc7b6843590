import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { movie } from '../../../../src/practice/content/movie.ts'
import { ranged, wholeOf } from '../../../../src/practice/content/ranged.ts'
import type { ClipOptions } from '../../../../src/practice/zoom/clip.ts'
import { clipScopes, granularScopes } from '../../../../src/practice/zoom/scopes.ts'
import { clips } from '../../../../src/providers/zoom/clips/source.ts'
import { type Bench, createBench } from '../../../backup/bench-archive.ts'
import { failureOf } from '../../../contracts/content.ts'
import { never, pagesOf } from '../../../contracts/listed.ts'
import { type Connected, type ConnectOptions, connect } from '../connect.ts'

const name = 'zoom/clips'
let at: Connected
let bench: Bench
beforeEach(async () => {
  bench = await createBench()
})
afterEach(async () => {
  const complaints = at.complaints()
  await bench.dispose()
  await at.close()
  expect(complaints).toEqual([])
})

const start = async (options: ConnectOptions = {}) => {
  at = await connect({ scopes: [...granularScopes, ...clipScopes], ...options })
}
const film = (seed: number) => movie({ kind: 'video', seconds: 20, mediaBytes: 9000 + seed, seed })
let seeds = 0
const add = (title: string, options: ClipOptions = {}) => at.model.addClip(title, film(++seeds), options)
const run = () =>
  bench.run(
    {},
    {
      sources: [{ name, account: 'zoom', features: clips.features, source: at.openClips(), shape: clips.shape({}) }],
      retryForMs: 1000,
    },
  )
const root = () => join(bench.root, 'data', 'zoom', 'clips')
const saved = () =>
  readdirSync(root(), { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(root(), file)).isFile())
    .sort()
const downloads = () => at.practice.requests.filter(({ host }) => host === 'ssrweb.zoom.us').length
const stream = { id: 'clips', title: 'Clips' }

test('clips of all months, odd names among them; a rerun downloads nothing, is counted, and follows what changes', async () => {
  await start()
  const first = add('How to hand in', { created: Date.parse('2023-09-30T23:59:59.631Z'), passcode: 'canary-passcode' })
  const edge = add('On the edge', { created: Date.parse('2024-02-01T00:00:00Z') })
  add('../..', { created: Date.parse('2024-05-05T01:00:00Z') })
  add('', { created: Date.parse('2024-05-05T01:00:00Z') })
  add('🎬'.repeat(200), { created: Date.parse('2024-05-06T01:00:00Z') })
  const result = await run()
  expect(result.status).toBe(0)
  expect(result.sources[name]).toMatchObject({ items: 5, saved: 5 })
  const files = saved()
  // By the account's clocks: Tokyo.
  expect(files).toEqual(
    expect.arrayContaining([
      '2023/2023-10-01 0859 How to hand in.mp4',
      '2024/2024-02-01 0900 On the edge.mp4',
      '2024/2024-05-05 1000 (no title).mp4',
    ]),
  )
  expect(files).toHaveLength(5)
  expect(readFileSync(join(root(), '2023/2023-10-01 0859 How to hand in.mp4')).equals(wholeOf(first.file.content))).toBe(true)
  // Nothing that opens a door.
  const details = bench.item(`clip/${first.id}`, name)!.details
  expect(details).not.toMatch(/canary|share\/|jwt/)
  expect(JSON.parse(details)).toMatchObject({ title: 'How to hand in', sharedWith: 'ANYONE' })
  expect(result.events.filter(({ event }) => event === 'counted')).toHaveLength(1)
  await bench.checkSound()

  at.practice.resetLog()
  edge.title = 'Renamed'
  edge.modified += 1000
  const again = await run()
  expect(again.status).toBe(0)
  expect(downloads()).toBe(0)
  expect(again.events.filter(({ event }) => event === 'counted')).toHaveLength(1)
  expect(saved()).toContain('2024/2024-02-01 0900 Renamed.mp4')

  Object.assign(edge.file, { content: film(999) })
  at.model.removeClip(first.id)
  const third = await run()
  expect(third.status).toBe(0)
  expect(downloads()).toBe(1)
  expect(readFileSync(join(root(), '2024/2024-02-01 0900 Renamed.mp4')).equals(wholeOf(edge.file.content))).toBe(true)
  expect(bench.item(`clip/${first.id}`, name)!.vanished).not.toBeNull()
  expect(saved()).toHaveLength(5)
  await bench.checkSound()
})

test('states: not finished waits, failed and held back are named, the trash takes nothing away', async () => {
  await start()
  const young = add('Still recording', { status: 'RECORD_END' })
  const failed = add('Failed', { status: 'RECORD_FAILED' })
  const held = add('Held back', { status: 'SUSPENDED' })
  const thrown = add('Thrown away', { status: 'RECORD_DELETE' })
  const kept = add('Kept')
  const first = await run()
  expect(first.status).toBe(3)
  expect(first.sources[name]).toMatchObject({ saved: 1, pending: 1, unexportable: 2 })
  expect(bench.item(`clip/${thrown.id}`, name)).toBeUndefined()
  for (const clip of [failed, held]) expect(bench.state(`clip/${clip.id}`, name)).toBe('unexportable')
  young.status = 'RECORD_SUCCESS'
  kept.status = 'RECORD_DELETE'
  expect((await run()).status).toBe(0)
  for (const clip of [young, kept]) expect(bench.state(`clip/${clip.id}`, name)).toBe('saved')
  expect(bench.item(`clip/${kept.id}`, name)!.vanished).not.toBeNull()
  expect(saved()).toHaveLength(2)
})

test('an organisation that lets nobody download clips: named as such, asked again in a later run', async () => {
  await start()
  const clip = add('Mine')
  at.practice.settings.clipDownloads = false
  expect((await run()).status).toBe(0)
  expect(bench.item(`clip/${clip.id}`, name)).toMatchObject({
    state: 'unexportable',
    reason: expect.stringMatching(/organisation/),
  })
  at.practice.settings.clipDownloads = true
  expect((await run()).status).toBe(0)
  expect(bench.state(`clip/${clip.id}`, name)).toBe('saved')
})

test('a film that lacks its end is not saved, one that is whole is, whatever is announced; one that vanished is gone', async () => {
  await start()
  const cut = at.model.addClip('Cut', ranged(wholeOf(film(7)).subarray(0, -300)), { announcedSize: film(7).size })
  const whole = add('Whole', { announcedSize: 12_345 })
  const gone = add('Gone')
  at.practice.addFault({ match: ({ path }) => path.includes(gone.id), do: { status: 404, reason: '10002' }, times: 99 })
  const listed = at.openClips()
  const items = (await pagesOf(listed, stream)).flatMap((page) => page.items)
  const item = items.find(({ id }) => id === `clip/${gone.id}`)!
  // "not found or not ready" is one answer: while it is listed it is not gone.
  expect(await failureOf(listed.fetch(item, item.parts[0]!, { from: 0, signal: never }))).toMatchObject({ kind: 'corrupt' })
  at.model.removeClip(gone.id)
  expect(await failureOf(listed.fetch(item, item.parts[0]!, { from: 0, signal: never }))).toMatchObject({ kind: 'gone' })
  expect((await run()).status).toBe(3)
  expect(bench.item(`clip/${cut.id}`, name)).toMatchObject({ state: 'failed', reason: expect.stringMatching(/cut off/) })
  expect(bench.state(`clip/${whole.id}`, name)).toBe('saved')
})

test('without the right to clips, and where Clips is switched off: said, never an empty success', async () => {
  await start({ scopes: granularScopes })
  add('Mine')
  expect(await failureOf(pagesOf(at.openClips(), stream))).toMatchObject({ kind: 'signin', stops: 'source' })
  at.practice.addFault({ match: ({ path }) => path === '/v2/clips', do: { status: 403, reason: '1003' }, times: 99 })
  expect(await failureOf(pagesOf(at.openClips(), stream))).toMatchObject({ kind: 'forbidden', stops: 'source' })
  expect(clips.byName).toBe(true)
})

test('pages within a month; tokens that die lead to the month anew; fewer than counted is said', async () => {
  await start({ pageSize: 30 })
  const ids = Array.from(
    { length: 70 },
    (_, n) => `clip/${add(`${n}`, { created: Date.parse('2024-03-03T00:00:00Z') + n * 1000 }).id}`,
  )
  const listed: string[] = []
  let pages = 0
  for await (const page of at.openClips().list(stream, undefined, { folderVersion: () => undefined }, never)) {
    listed.push(...page.items.flatMap(({ id, kind }) => (kind === 'file' ? [id] : [])))
    if (page.items.length > 0 && ++pages === 2) at.practice.expirePageTokens()
  }
  expect(listed.sort()).toEqual([...ids].sort())
  const forget = (times: number) =>
    at.practice.addFault({
      match: ({ path, query }) => path === '/v2/clips' && query.get('from')?.startsWith('2024-03') === true,
      do: { status: 200, body: JSON.stringify({ data: [], total_records: 70 }), contentType: 'application/json' },
      times,
    })
  forget(1)
  const once = await pagesOf(at.openClips(), stream)
  expect(once.flatMap(({ unread }) => unread ?? [])).toEqual([])
  expect(once.flatMap(({ items }) => items.flatMap(({ id, kind }) => (kind === 'file' ? [id] : []))).sort()).toEqual(
    [...ids].sort(),
  )
  forget(99)
  const short = await pagesOf(at.openClips(), stream)
  expect(short.flatMap(({ unread }) => unread ?? [])).toMatchObject([{ id: 'year/2024', failure: { kind: 'unlisted' } }])
  const count = async () => {
    for await (const _ of at.openClips().recount!(never));
  }
  expect(await failureOf(count())).toMatchObject({ kind: 'unlisted', message: expect.stringMatching(/70/) })
})

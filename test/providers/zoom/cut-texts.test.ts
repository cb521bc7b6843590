import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ranged } from '../../../src/practice/content/ranged.ts'
import { createRecordingsModel } from '../../../src/practice/zoom/model.ts'
import { plant } from '../../../src/practice/zoom/plant.ts'
import type { FileKind } from '../../../src/practice/zoom/recorded-file.ts'
import { recordings } from '../../../src/providers/zoom/recordings/source.ts'
import { type Bench, createBench } from '../../backup/bench-archive.ts'
import { type Connected, connect, today } from './connect.ts'

// Zoom's count of the bytes of a text is no measure: one that is cut on its way, with a length to match, can be known by its end alone.

let at: Connected
let bench: Bench
beforeEach(async () => {
  bench = await createBench()
  at = await connect({ model: createRecordingsModel(), now: () => today })
})
afterEach(async () => {
  const complaints = at.complaints()
  await bench.dispose()
  await at.close()
  expect(complaints).toEqual([])
})

const run = () => {
  const chosen = { from: 'beginning' }
  const source = at.open(chosen)
  const { features } = recordings
  return bench.run(
    {},
    {
      sources: [{ name: 'zoom/recordings', account: 'zoom', features, source, shape: recordings.shape(chosen) }],
      retryForMs: 2000,
    },
  )
}

/** A meeting with one text, of these bytes where they are given. */
const textOf = (kind: FileKind, text?: string) => {
  const meeting = at.model.addMeeting('Lecture', { start: today - 5 * 86_400_000 })
  return text === undefined ? plant(at.model, meeting, kind) : at.model.addFile(meeting, kind, ranged(Buffer.from(text)))
}
const cut = (by: number, times: number) =>
  at.practice.addFault({ match: { host: 'ssrweb.zoom.us' }, times, do: { lengthChange: -by } })
/** Of what has an id at Zoom; a timeline has none. */
const rowOf = ({ key }: { key: string }) => bench.item(`file/${key}`, 'zoom/recordings')!
const savedText = (name: string) => {
  const folder = bench.files().find((file) => file.endsWith(name)) ?? ''
  return readFileSync(join(bench.root, 'data', folder.replace(/^data\//, '')), 'utf8')
}
const downloads = () => at.practice.requests.filter(({ host }) => host === 'ssrweb.zoom.us').length

const captions = 'WEBVTT\r\n\r\n1\r\n00:00:01.000 --> 00:00:02.000\r\nはい\r\n\r\n2\r\n00:00:03.000 --> 00:00:04.000\r\nいいえ'
const poll = '#,User Name\r\n1,"Yamada, Hanako"\r\n'
const timeline = '{"timeline":[{"ts":"00:00:01.000"}]}'

test.each<[FileKind, string, number, string]>([
  ['transcript', captions, 20, 'Transcript.vtt'],
  ['poll', poll, 6, 'Polls.csv'],
  ['timeline', timeline, 3, 'Timeline.json'],
])('a %s that a proxy cut, with a length to match, is fetched again', async (kind, text, by, name) => {
  textOf(kind, text)
  cut(by, 1)
  const result = await run()
  expect(result.status).toBe(0)
  expect(savedText(name)).toBe(text)
  expect(result.events.filter(({ event }) => event === 'notice')).toEqual([])
  expect(downloads()).toBe(2)
})

test.each<[FileKind, string, number]>([
  ['transcript', captions, 20],
  ['poll', poll, 6],
])('a %s that ends so at Zoom itself comes twice alike: saved, with a remark', async (kind, text, by) => {
  const short = text.slice(0, -by)
  const file = textOf(kind, short)
  const result = await run()
  expect(result.status).toBe(0)
  expect(downloads()).toBe(2)
  expect(rowOf(file).state).toBe('saved')
  expect(JSON.parse(rowOf(file).details).statedOtherwise).toEqual({ why: expect.stringContaining('end') })
  const notices = result.events.flatMap((event) => (event.event === 'notice' ? [event.message] : []))
  expect(notices).toEqual([expect.stringMatching(/seems to be cut off .* saved as it came/)])
  // And is not fetched again for that.
  at.practice.resetLog()
  expect((await run()).status).toBe(0)
  expect(downloads()).toBe(0)
})

test('a timeline that is no JSON whenever it comes is not saved, and named', async () => {
  textOf('timeline', timeline.slice(0, -3))
  const result = await run()
  expect(result.status).toBe(3)
  const named = result.events.flatMap((event) =>
    event.event === 'item' && event.state === 'failed' ? [`${event.path}: ${event.reason}`] : [],
  )
  expect(named).toEqual([expect.stringMatching(/Timeline\.json: .*JSON that was cut off/)])
  expect(bench.files().filter((name) => name.endsWith('Timeline.json'))).toEqual([])
})

test('sound texts come once, odd ones among them', async () => {
  const texts: readonly (readonly [FileKind, string])[] = [
    ['transcript', 'WEBVTT'],
    ['transcript', 'WEBVTT\r\n\r\n'],
    ['captions', captions],
    ['captions', `${captions}\r\n\r\n`],
    ['poll', '#,User Name'],
    ['chat', '00:01:02\tHana:\t"May I'],
  ]
  const files = texts.map(([kind, text]) => textOf(kind, text))
  for (const kind of ['transcript', 'captions', 'chat', 'timeline', 'poll', 'summary', 'next-steps', 'chapters'] as const)
    files.push(textOf(kind))
  const result = await run()
  expect(result.status).toBe(0)
  expect(downloads()).toBe(files.length)
  expect(result.sources['zoom/recordings']).toMatchObject({ failed: 0, pending: 0 })
  expect(result.events.filter(({ event }) => event === 'notice' || event === 'retry')).toEqual([])
})

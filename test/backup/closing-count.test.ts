import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { createArchive } from '../../src/archive/archive.ts'
import { createFilter } from '../../src/backup/filter.ts'
import { backup } from '../../src/backup/run.ts'
import { systemClock } from '../../src/core/clock.ts'
import type { RunEvent } from '../../src/core/events.ts'
import { Failure } from '../../src/core/failure.ts'
import type { Item } from '../../src/core/item.ts'
import type { Source } from '../../src/core/source.ts'
import { countedMark } from '../../src/journal/marks.ts'
import { openJournal } from '../../src/journal/open.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const item = (id: string): Item => ({
  id,
  kind: 'file',
  version: '1',
  name: `${id}.txt`,
  parts: [{ key: 'file', name: `${id}.txt` }],
  details: {},
})

/** A source whose listing names `listed`, and whose other road names `there`; a second listing names what `late` adds. */
async function run({
  listed,
  there,
  late = [],
  cheap,
  broken = false,
}: {
  listed: string[]
  there: string[]
  late?: string[]
  /** The source can count what a listing asked for: everything, or not all of it. */
  cheap?: 'everything' | 'part'
  /** The other road breaks off. */
  broken?: boolean
}) {
  const root = mkdtempSync(path.join(tmpdir(), 'holdall-count-'))
  folders.push(root)
  const archive = createArchive(root, process.platform)
  await archive.prepare()
  const journal = openJournal(archive.journalFile, { access: 'write' })
  const counts = { listings: 0, recounts: 0, cheap: 0 }
  const source: Source = {
    streams: async () => [{ id: 's', title: 'S' }],
    async *list(_stream, since) {
      counts.listings++
      if (since === undefined) yield { items: listed.map(item), cursor: 'end', startsOver: true }
      else yield { items: late.map(item), cursor: 'end' }
    },
    fetch: async () => ({
      bytes: (async function* () {
        yield Buffer.from('x')
      })(),
      from: 0,
    }),
    async *recount() {
      counts.recounts++
      yield there
      if (broken) throw new Failure('corrupt', 'the answer is not JSON')
    },
    ...(cheap !== undefined && {
      recountListed: () => ({
        everything: cheap === 'everything',
        ids: (async function* () {
          counts.cheap++
          yield there
        })(),
      }),
    }),
  }
  const events: RunEvent[] = []
  const once = () =>
    backup({
      command: 'backup',
      sources: [
        {
          name: 'a/files',
          account: 'a',
          features: { changeFeed: true, resumable: false, checksums: [], sizes: false, lastingIds: true },
          source,
          shape: '',
        },
      ],
      journal,
      archive,
      clock: systemClock,
      emit: (event) => events.push(event),
      signal: new AbortController().signal,
      filter: createFilter({ include: [], exclude: [] }),
      transfers: 2,
      keepVersions: false,
      retryForMs: 1000,
      pauseMs: 1,
      software: 'test',
    })
  const cursor = () => journal.offerStream(journal.source('a/files'), 's', 'S', 99).cursor
  const counted = () => journal.mark(countedMark('a/files'))
  return { once, events, counts, cursor, counted }
}

test('a count that comes out is said with its time, and not repeated while nothing is new', async () => {
  const { once, events, counts } = await run({ listed: ['a', 'b'], there: ['a', 'b'] })
  expect((await once()).status).toBe(0)
  expect(events.filter(({ event }) => event === 'counted')).toMatchObject([{ source: 'a/files', ids: 2 }])
  expect((await once()).status).toBe(0)
  expect(counts).toEqual({ listings: 2, recounts: 1, cheap: 0 })
})

test('a count that breaks off keeps the run from being complete, and it is said why', async () => {
  const { once, events, counted } = await run({ listed: ['a'], there: ['a'], broken: true })
  expect((await once()).status).toBe(3)
  expect(events).toContainEqual(
    expect.objectContaining({ event: 'failed', source: 'a/files', kind: 'corrupt', message: 'the answer is not JSON' }),
  )
  expect(counted()).toBeUndefined()
})

test('what appeared while the run went on is taken by a second look', async () => {
  const { once, events } = await run({ listed: ['a'], there: ['a', 'new'], late: ['new'] })
  const summary = await once()
  expect(summary.status).toBe(0)
  expect(summary.sources['a/files']).toMatchObject({ items: 2, saved: 2 })
  expect(events.filter(({ event }) => event === 'counted')).toHaveLength(1)
})

test('an item that only the other road knows keeps the run from being complete, and the next one lists anew', async () => {
  const { once, events, counts, cursor } = await run({ listed: ['a'], there: ['a', 'hidden'] })
  expect((await once()).status).toBe(3)
  expect(events.filter(({ event }) => event === 'counted')).toEqual([])
  expect(events).toContainEqual(expect.objectContaining({ event: 'failed', message: expect.stringContaining('hidden') }))
  expect(cursor()).toBeNull()
  expect((await once()).status).toBe(3)
  expect(counts.listings).toBe(4)
})

test('a source whose count is cheap is counted in every run, and the statement is of that run', async () => {
  const { once, events, counts, counted } = await run({ listed: ['a', 'b'], there: ['a', 'b'], cheap: 'everything' })
  expect((await once()).status).toBe(0)
  expect(counts).toEqual({ listings: 1, recounts: 1, cheap: 0 })
  const first = counted()!
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect((await once()).status).toBe(0)
  expect(counts).toEqual({ listings: 2, recounts: 1, cheap: 1 })
  expect(events.filter(({ event }) => event === 'counted')).toHaveLength(2)
  expect(counted()! > first).toBe(true)
})

test('a count of what was asked for alone leaves the statement as of the last whole one, and says so', async () => {
  const { once, events, counts, counted } = await run({ listed: ['a'], there: ['a'], cheap: 'part' })
  expect((await once()).status).toBe(0)
  const first = counted()!
  expect((await once()).status).toBe(0)
  expect(counts).toMatchObject({ recounts: 1, cheap: 1 })
  expect(counted()).toBe(first)
  expect(events.filter(({ event }) => event === 'counted')).toHaveLength(1)
  expect(events).toContainEqual(
    expect.objectContaining({ event: 'notice', message: expect.stringContaining(first.slice(0, 16).replace('T', ' ')) }),
  )
})

test('what a cheap count alone finds in a run without news keeps it from being complete', async () => {
  const there = ['a']
  const { once, counts, counted, cursor } = await run({ listed: ['a'], there, cheap: 'part' })
  expect((await once()).status).toBe(0)
  there.push('hidden')
  expect((await once()).status).toBe(3)
  // Once more by the whole road, after a second look.
  expect(counts).toEqual({ listings: 3, recounts: 2, cheap: 1 })
  expect(counted()).toBeUndefined()
  expect(cursor()).toBeNull()
})

test('an empty source is counted too: its listing may be what is wrong', async () => {
  const { once, events, counts } = await run({ listed: [], there: ['hidden'] })
  expect((await once()).status).toBe(3)
  expect(counts.recounts).toBe(2)
  expect(events).toContainEqual(expect.objectContaining({ event: 'failed', message: expect.stringContaining('hidden') }))
  const empty = await run({ listed: [], there: [] })
  expect((await empty.once()).status).toBe(0)
  expect(empty.events.filter(({ event }) => event === 'counted')).toHaveLength(1)
  expect((await empty.once()).status).toBe(0)
  expect(empty.counts.recounts).toBe(1)
})

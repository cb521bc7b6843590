import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { createArchive } from '../../src/archive/archive.ts'
import { createFilter } from '../../src/backup/filter.ts'
import { backup } from '../../src/backup/run.ts'
import { systemClock } from '../../src/core/clock.ts'
import type { RunEvent } from '../../src/core/events.ts'
import type { Item } from '../../src/core/item.ts'
import type { Source } from '../../src/core/source.ts'
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
async function run({ listed, there, late = [] }: { listed: string[]; there: string[]; late?: string[] }) {
  const root = mkdtempSync(path.join(tmpdir(), 'holdall-count-'))
  folders.push(root)
  const archive = createArchive(root, process.platform)
  await archive.prepare()
  const journal = openJournal(archive.journalFile, { access: 'write' })
  const counts = { listings: 0, recounts: 0 }
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
    },
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
  return { once, events, counts, cursor }
}

test('a count that comes out is said with its time, and not repeated while nothing is new', async () => {
  const { once, events, counts } = await run({ listed: ['a', 'b'], there: ['a', 'b'] })
  expect((await once()).status).toBe(0)
  expect(events.filter(({ event }) => event === 'counted')).toMatchObject([{ source: 'a/files', ids: 2 }])
  expect((await once()).status).toBe(0)
  expect(counts).toEqual({ listings: 2, recounts: 1 })
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

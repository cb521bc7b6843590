import { expect, test } from 'vitest'
import { onedrive } from '../../../../src/providers/microsoft/onedrive/source.ts'
import { openOneNote } from '../../../../src/providers/microsoft/onenote/source.ts'
import { hastyClock } from '../../../backup/bench-archive.ts'
import { drain, failureOf } from '../../../contracts/content.ts'
import { listAll, never, nothingKnown, pagesOf } from '../../../contracts/listed.ts'
import { connectOneDrive } from './connect-onedrive.ts'
import { isDownload, isListing } from './practice-harness.ts'

/** Nothing is tried again, and nothing is waited for: what would have to wait is refused at once. */
test.each([
  ['a download', isDownload],
  ['a listing', isListing],
] as const)(
  'where %s is throttled, nothing more is asked for, neither of Graph nor of the storage; OneNote goes on',
  async (_, match) => {
    const at = await connectOneDrive({ scopes: ['User.Read', 'Files.Read', 'Notes.Read'] })
    try {
      at.model.addFile('a.txt', 'a')
      const connection = at.connection()
      const source = onedrive.open(connection, {})
      const item = (await listAll(source, [])).at('a.txt')
      const [stream] = await source.streams(never)
      const list = async () => {
        for await (const _ of source.list(stream!, undefined, nothingKnown, never));
      }
      const fetch = async () => drain(await source.fetch(item, item.parts[0]!, { from: 0, signal: never }))
      at.practice.faults.add({ match, do: { status: 429, retryAfter: 30 } })
      const began = Date.now()
      expect(await failureOf(match === isListing ? list() : fetch())).toMatchObject({ kind: 'throttled' })
      at.practice.log.reset()
      for (const ask of [list, fetch]) {
        const failure = await failureOf(ask())
        expect(failure).toMatchObject({ kind: 'throttled' })
        expect(failure.retryAfter).toBeGreaterThan(began + 29_000)
      }
      expect(at.practice.log.count()).toBe(0)
      const notes = openOneNote(connection, { skipUnchangedSections: true }, Date.now)
      await failureOf(pagesOf(notes, { id: 'notebooks', title: '' }))
      expect(at.practice.log.count()).toBe(1)
    } finally {
      await at.close()
    }
  },
)

test('what RateLimit-* say is heeded: an app whose units others use up as well is slowed down before anything is refused', async () => {
  const clock = hastyClock()
  const at = await connectOneDrive({ clock, now: () => clock.now(), limits: {} })
  try {
    for (let n = 0; n < 120; n++) at.model.addFile(`${n}.txt`, `${n}`)
    // Graph counts a unit for each file; a twentieth of what the smallest tenant has.
    at.practice.setThrottle({ unitsPerMinute: 60 })
    const source = at.open()
    const items = [...(await listAll(source, [])).items.values()].filter(({ kind }) => kind === 'file')
    for (const item of items) await drain(await source.fetch(item, item.parts[0]!, { from: 0, signal: never }))
    expect(items).toHaveLength(120)
    expect(at.practice.log.requests.filter(({ status }) => status >= 400)).toEqual([])
    expect(clock.ahead).toBeGreaterThan(60_000)
    expect(clock.ahead).toBeLessThan(5 * 60_000)
  } finally {
    await at.close()
  }
})

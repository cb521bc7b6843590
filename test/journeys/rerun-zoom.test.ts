import { createHash } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { movie } from '../../src/practice/content/movie.ts'
import { wholeOf } from '../../src/practice/content/ranged.ts'
import { metadataOf, storedFiles } from './archive-check.ts'
import { type Cloud, startCloud } from './cloud.ts'
import { checkSummary } from './course.ts'
import { run } from './program.ts'
import { smallZoom } from './small-accounts.ts'
import { folderOf } from './zoom-account.ts'

vi.setConfig({ testTimeout: 120_000 })

async function rerun(cloud: Cloud, ...args: string[]) {
  cloud.forget()
  const { status, stdout, stderr } = await run(cloud.place, ['backup', ...args, '--json'])
  const { requests } = cloud.zoom
  expect(cloud.misdeeds()).toEqual([])
  return {
    status,
    said: stdout + stderr,
    sources: checkSummary(stdout),
    downloads: requests.filter(({ host }) => host === 'ssrweb.zoom.us').length,
    meetings: requests.filter(({ path }) => /\/meetings\//.test(path)).length,
    calls: requests.filter(({ host }) => host === 'api.zoom.us').length,
  }
}

const stored = (cloud: Cloud) => [...storedFiles(cloud.place.archive).keys()]

test('recordings: a rerun asks for windows alone, a renamed meeting moves, a cut film comes anew, a removed one is kept', async () => {
  const { model, meetings, from } = smallZoom()
  const cloud = await startCloud({ accounts: ['zoom'], zoom: { model, from } })
  const first = await run(cloud.place, ['backup'])
  expect(first.status, first.stderr).toBe(0)
  expect(first.stderr).toMatch(/zoom\/recordings: counted once more by another way \(16 entries\): nothing .* is missing/)
  expect(stored(cloud)).toHaveLength(12)

  const quiet = await rerun(cloud)
  expect(quiet.status, quiet.said).toBe(0)
  expect(quiet.sources['zoom/recordings']).toMatchObject({ items: 16, saved: 0, unchanged: 16 })
  expect(quiet).toMatchObject({ downloads: 0, meetings: 0 })
  // The statement is of this run.
  expect(quiet.said).toMatch(/"event":"counted"[^}]*"ids":16/)
  // Who it is, and a window a month: Zoom gives no more at once. As many for the closing count.
  const months = (Date.now() - Date.parse(from)) / (28 * 86_400_000) + 1
  expect(quiet.calls).toBeLessThanOrEqual(2 * months + 3)

  const [one, two, three] = meetings
  one!.topic = 'Introduction'
  const renamed = await rerun(cloud)
  expect(renamed.status, renamed.said).toBe(0)
  expect(renamed.downloads).toBe(0)
  expect(stored(cloud).filter((file) => file.startsWith(`${folderOf(one!)}/`))).toHaveLength(3)
  expect(stored(cloud).filter((file) => file.includes('Lecture 1'))).toEqual([])

  const film = two!.files[0]!
  film.content = movie({ kind: 'video', seconds: 60, mediaBytes: 19_000, seed: 77 })
  film.end -= 60_000
  const cut = await rerun(cloud)
  expect(cut.status, cut.said).toBe(0)
  expect(cut.downloads).toBe(1)
  const now = storedFiles(cloud.place.archive).get(`${folderOf(two!)}/Gallery view.mp4`)
  expect(now?.sha256).toBe(createHash('sha256').update(wholeOf(film.content)).digest('hex'))

  model.remove(three!.uuid)
  const removed = await rerun(cloud)
  expect(removed.status, removed.said).toBe(0)
  expect(removed.downloads).toBe(0)
  expect(stored(cloud).filter((file) => file.startsWith(`${folderOf(three!)}/`))).toHaveLength(3)
  const lines = metadataOf(cloud.place.archive, 'zoom/recordings')
  const gone = lines.filter(({ kind, goneAtSource }) => kind === 'file' && goneAtSource !== undefined)
  expect(gone.map(({ state }) => state)).toEqual(['saved', 'saved', 'saved'])

  for (const { uuid } of [...model.meetings]) model.remove(uuid)
  const empty = await rerun(cloud)
  expect(empty.status, empty.said).toBe(3)
  const after = metadataOf(cloud.place.archive, 'zoom/recordings')
  expect(after.filter(({ kind, goneAtSource }) => kind === 'file' && goneAtSource !== undefined)).toHaveLength(3)
  expect(stored(cloud)).toHaveLength(12)
})

test('what Zoom is still processing: exit 3 and named, and taken when it is there', async () => {
  const { model, meetings, from } = smallZoom()
  const [transcript] = meetings[3]!.files.slice(1)
  transcript!.status = 'processing'
  const cloud = await startCloud({ accounts: ['zoom'], zoom: { model, from } })
  const first = await run(cloud.place, ['backup'])
  expect(first.status, first.stderr).toBe(3)
  expect(first.stdout + first.stderr).toMatch(/1 pending: Zoom is still processing it\n.*Lecture 4\/Transcript/)
  expect(stored(cloud)).toHaveLength(11)
  const status = await run(cloud.place, ['status'])
  expect(status.status).toBe(3)

  transcript!.status = 'completed'
  const second = await rerun(cloud)
  expect(second.status, second.said).toBe(0)
  expect(second.downloads).toBe(1)
  expect(stored(cloud)).toHaveLength(12)
})

test('the day’s share of the whole university is used up: exit 3, with the time at which to go on; then it goes on', async () => {
  const { model, from } = smallZoom()
  let ahead = 0
  const cloud = await startCloud({ accounts: ['zoom', 'home'], zoom: { model, from, now: () => Date.now() + ahead } })
  cloud.home.put('/a.txt', 'a')
  cloud.zoom.exhaustDay()
  const capped = await run(cloud.place, ['backup'])
  expect(capped.status, capped.stderr).toBe(3)
  // Midnight in UTC, in the words of where one is.
  expect(capped.stderr).toMatch(/daily|day/i)
  const midnight = new Date((Math.floor(Date.now() / 86_400_000) + 1) * 86_400_000)
  expect(capped.stderr).toContain(midnight.toISOString().slice(0, 10))
  expect(stored(cloud)).toEqual(['data/home/files/a.txt'])
  ahead = 86_400_000
  const next = await rerun(cloud)
  expect(next.status, next.said).toBe(0)
  expect(stored(cloud)).toHaveLength(13)
})

test('what retention rules will remove soon is named by plan and status', async () => {
  const { model, from } = smallZoom()
  for (const meeting of model.meetings) meeting.autoDelete = Date.now() + 3 * 86_400_000
  const cloud = await startCloud({ accounts: ['zoom'], zoom: { model, from } })
  for (const command of ['plan', 'status']) {
    const { stdout, stderr } = await run(cloud.place, [command])
    expect(stdout + stderr).toMatch(/zoom\/recordings.*(remove|delete|expire|go)/i)
  }
})

import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { metadataOf, storedFiles } from './archive-check.ts'
import { type Cloud, startCloud } from './cloud.ts'
import { checkSummary } from './course.ts'
import { run } from './program.ts'
import { smallMicrosoft } from './small-accounts.ts'

vi.setConfig({ testTimeout: 120_000 })

/** Backs up once more, and says what that took. */
async function rerun(cloud: Cloud, ...args: string[]) {
  cloud.forget()
  const { status, stdout, stderr } = await run(cloud.place, ['backup', ...args, '--json'])
  const { requests } = cloud.microsoft.log
  const onenote = requests.filter(({ path: at }) => at.includes('/onenote/'))
  const storage = requests.filter(({ host }) => host === 'contoso-my.sharepoint.com')
  const drive = requests.filter(({ host, path: at }) => host === 'graph.microsoft.com' && /\/drives?\b/.test(at))
  expect(cloud.misdeeds()).toEqual([])
  return {
    status,
    stderr,
    said: stdout,
    sources: checkSummary(stdout),
    calls: {
      storage: storage.map(({ query }) => query.UniqueId),
      drive: drive.length,
      deltas: drive.filter(({ path: at }) => /\/delta/.test(at)).length,
      onenote: onenote.length,
      pages: onenote.filter(({ path: at }) => at.endsWith('/content')).length,
      all: requests.length,
    },
  }
}

const lineOf = (cloud: Cloud, source: string, id: string) =>
  metadataOf(cloud.place.archive, `microsoft/${source}`).find((line) => line.id === id)
const bytesOf = (cloud: Cloud, file: string) => readFileSync(path.join(cloud.place.archive, 'data/microsoft', file), 'utf8')

test('OneDrive: what did not change costs a handful of requests, a rename none of its bytes, new content one download', async () => {
  const { model, notes, folder, inner, files } = smallMicrosoft()
  const cloud = await startCloud({ accounts: ['microsoft'], microsoft: { model, notes } })
  const first = await run(cloud.place, ['backup', 'microsoft/onedrive'])
  expect(first.status, first.stderr).toBe(0)
  expect(first.stderr).toMatch(/microsoft\/onedrive: counted once more by another way \(22 entries\): nothing .* is missing/)

  const quiet = await rerun(cloud, 'microsoft/onedrive')
  expect(quiet.status, quiet.said).toBe(0)
  expect(quiet.sources['microsoft/onedrive']).toMatchObject({ items: 22, saved: 0, unchanged: 22 })
  expect(quiet.calls).toMatchObject({ storage: [], deltas: 1 })
  // Who it is, the drive, what changed; and the folders for the closing count.
  expect(quiet.calls.all).toBeLessThanOrEqual(8)

  model.rename(folder.id, 'Essays')
  const renamed = await rerun(cloud, 'microsoft/onedrive')
  expect(renamed.status, renamed.said).toBe(0)
  expect(renamed.calls).toMatchObject({ storage: [], deltas: 1 })
  expect(bytesOf(cloud, 'onedrive/Essays/Old/paper 2.txt')).toBe('Paper number 2\n')
  expect([...storedFiles(cloud.place.archive).keys()].filter((file) => file.includes('/Papers/'))).toEqual([])

  const [one, two, three] = files
  model.replaceContent(one!.id, 'Paper number X\n')
  model.move(three!.id, inner.id)
  const changed = await rerun(cloud, 'microsoft/onedrive')
  expect(changed.status, changed.said).toBe(0)
  expect(changed.calls).toMatchObject({ storage: [one!.id], deltas: 1 })
  expect(bytesOf(cloud, 'onedrive/Essays/paper 1.txt')).toBe('Paper number X\n')
  expect(bytesOf(cloud, 'onedrive/Essays/Old/paper 3.txt')).toBe('Paper number 3\n')

  model.remove(two!.id)
  const removed = await rerun(cloud, 'microsoft/onedrive')
  expect(removed.status, removed.said).toBe(0)
  expect(removed.calls).toMatchObject({ storage: [], deltas: 1 })
  expect(bytesOf(cloud, 'onedrive/Essays/Old/paper 2.txt')).toBe('Paper number 2\n')
  expect(lineOf(cloud, 'onedrive', two!.id)).toMatchObject({ state: 'saved', goneAtSource: expect.any(String) })
})

test('OneDrive that has nothing any more, as an account that lapsed: exit 3, and nothing counts as gone', async () => {
  const { model, notes, folder, files } = smallMicrosoft()
  const cloud = await startCloud({ accounts: ['microsoft'], microsoft: { model, notes } })
  expect((await run(cloud.place, ['backup', 'microsoft/onedrive'])).status).toBe(0)
  model.remove(folder.id)
  cloud.microsoft.expireDeltaTokens()
  const empty = await rerun(cloud, 'microsoft/onedrive')
  expect(empty.status, empty.said).toBe(3)
  expect(empty.said).toMatch(/22 of the 22 items known are suddenly not listed any more.*nothing was marked as gone/)
  for (const { id } of files) expect(lineOf(cloud, 'onedrive', id)?.goneAtSource).toBeUndefined()
  expect([...storedFiles(cloud.place.archive).keys()]).toHaveLength(20)
})

test('OneNote: sections that did not change are not read, a renamed one is renamed, an edited page is fetched, a removed one kept', async () => {
  const { model, notes, sections, pages } = smallMicrosoft()
  const cloud = await startCloud({ accounts: ['microsoft'], microsoft: { model, notes } })
  const first = await run(cloud.place, ['backup', 'microsoft/onenote'])
  expect(first.status, first.stderr).toBe(0)
  expect(first.stderr).toMatch(/microsoft\/onenote: counted once more by another way \(8 entries\): nothing .* is missing/)

  const quiet = await rerun(cloud, 'microsoft/onenote')
  expect(quiet.status, quiet.said).toBe(0)
  expect(quiet.calls.pages).toBe(0)
  // The tree, once more at its end, and two lists for the closing count.
  expect(quiet.calls.onenote).toBeLessThanOrEqual(4)

  notes.rename(sections[0]!.id, 'Spring term')
  const renamed = await rerun(cloud, 'microsoft/onenote')
  expect(renamed.status, renamed.said).toBe(0)
  expect(renamed.calls.pages).toBe(0)
  expect(bytesOf(cloud, 'onenote/Studies/Spring term/Page 1.html')).toMatch(/Words of 1/)
  expect([...storedFiles(cloud.place.archive).keys()].filter((file) => file.includes('/Spring/'))).toEqual([])

  notes.editPage(pages[4]!.id, { body: '<p>Other words</p>' })
  const edited = await rerun(cloud, 'microsoft/onenote')
  expect(edited.status, edited.said).toBe(0)
  expect(edited.calls.pages).toBe(1)
  expect(bytesOf(cloud, 'onenote/Studies/Autumn/Page 2.html')).toMatch(/Other words/)

  notes.remove(pages[5]!.id)
  const removed = await rerun(cloud, 'microsoft/onenote')
  expect(removed.status, removed.said).toBe(0)
  expect(removed.calls.pages).toBe(0)
  expect(bytesOf(cloud, 'onenote/Studies/Autumn/Page 3.html')).toMatch(/Words of 3/)
  expect(lineOf(cloud, 'onenote', pages[5]!.id)).toMatchObject({ state: 'saved', goneAtSource: expect.any(String) })

  for (const id of [...notes.notebooks.keys()]) notes.remove(id)
  const empty = await rerun(cloud, 'microsoft/onenote')
  expect(empty.status, empty.said).toBe(3)
  expect(lineOf(cloud, 'onenote', pages[0]!.id)?.goneAtSource).toBeUndefined()
})

import { expect, test } from 'vitest'
import type { FaultyRequest } from '../../src/practice/serving/faults.ts'
import { startCourse } from './course.ts'
import { type Faulty, hasDraft, killBefore, killInside } from './kill-inside.ts'
import { createMicrosoftAccount } from './microsoft-account.ts'

const mebibyte = 1024 * 1024

test('killed inside answers of Microsoft or between them, the next run goes on, whatever changed while the program was dead', {
  timeout: 240_000,
}, async () => {
  const course = await startCourse(createMicrosoftAccount({ seed: 816, large: 40 * mebibyte }))
  const { account, figures } = course
  const { drive, notes, large } = account
  const { microsoft } = course.cloud
  const service: Faulty = { addFault: microsoft.faults.add, requests: microsoft.log.requests }
  const at = (path: RegExp) => (request: FaultyRequest) => path.test(decodeURIComponent(request.path))
  const isDelta = at(/\/delta(\(.*\))?$/)
  const isStorage = ({ host, query }: FaultyRequest, id: string) =>
    host === 'contoso-my.sharepoint.com' && query.get('UniqueId') === id
  const strike = async (source: 'onedrive' | 'onenote', what: string, { cut, remove }: ReturnType<typeof killInside>) => {
    expect(await course.cutRun(`killed ${what}`, { cut, sources: [`microsoft/${source}`] }), what).toBe('cut')
    remove()
  }
  const inside = (which: (request: FaultyRequest) => boolean, nth: number, bytes: number) =>
    killInside(service, which, nth, bytes, () => bytes < mebibyte || hasDraft(course.place(), bytes - mebibyte))
  const before = (which: (request: FaultyRequest) => boolean, nth: number) => killBefore(service, which, nth)
  /** The offsets from which a file was asked for since the log was last emptied. */
  const offsets = (id: string) =>
    microsoft.log.requests
      .filter(({ host, query }) => host === 'contoso-my.sharepoint.com' && query.UniqueId === id)
      .map(({ range }) => Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0))

  await strike('onedrive', 'inside the first page of the drive', inside(isDelta, 1, 300))
  await strike('onedrive', 'inside the second page', inside(isDelta, 2, 300))
  await strike('onedrive', 'between two pages', before(isDelta, 2))
  // The first of these is asked for who signed in; both kinds of answer are MSAL's business.
  const isToken = at(/\/oauth2\/v2\.0\/token$/)
  microsoft.expireAccessTokens()
  await strike('onedrive', 'before a refresh of the sign-in reaches Microsoft', before(isToken, 1))
  await strike('onedrive', 'inside the answer to a refresh', inside(isToken, 1, 200))

  // The large file, of which the address dies, the name and the place change meanwhile: what a checkpoint has of it is not fetched again.
  await strike(
    'onedrive',
    'inside the large file',
    inside((request) => isStorage(request, large), 1, 36 * mebibyte),
  )
  microsoft.expireDownloadLinks()
  drive.rename(large, 'another name.mp4')
  drive.move(large, drive.rootId)
  course.changed()
  await strike('onedrive', 'inside the closing count', inside(at(/\/children$/), 2, 30))
  expect(offsets(large)).toHaveLength(2)
  expect(offsets(large)[0]).toBe(0)
  expect(offsets(large)[1]).toBeGreaterThanOrEqual(32 * mebibyte)

  await strike('onenote', 'inside the tree of notebooks', inside(at(/\/onenote\/notebooks$/), 1, 100))
  await strike('onenote', 'inside a list of pages', inside(at(/\/sections\/[^/]+\/pages$/), 3, 200))
  await strike('onenote', 'inside a page', inside(at(/\/pages\/[^/]+\/content$/), 5, 200))
  const attached = [...notes.resources.values()].find(({ bytes }) => bytes.length > mebibyte)!
  await strike('onenote', 'inside an attachment', inside(at(new RegExp(`/resources/${attached.id}/`)), 1, mebibyte))
  await strike('onenote', 'inside the closing count', inside(at(/\/onenote\/pages$/), 2, 100))
  await course.finish('a first backup')

  // As many other bytes while the program is dead: what came of the old ones is of no use.
  account.change()
  drive.replaceContent(large, { size: 40 * mebibyte, seed: 81_601 })
  course.changed()
  await strike(
    'onedrive',
    'inside changed content',
    inside((request) => isStorage(request, large), 1, 34 * mebibyte),
  )
  drive.replaceContent(large, { size: 40 * mebibyte, seed: 81_602 })
  course.changed()
  await strike(
    'onedrive',
    'inside what it became meanwhile',
    inside((request) => isStorage(request, large), 1, 34.5 * mebibyte),
  )
  drive.remove(large)
  microsoft.expireDeltaTokens()
  course.changed()
  await strike('onedrive', 'inside a listing that begins anew', inside(isDelta, 3, 300))
  const edited = [...notes.pages.values()][0]!
  notes.editPage(edited.id, { title: 'Edited' })
  course.changed()
  await strike('onenote', 'inside an edited page', inside(at(/\/pages\/[^/]+\/content$/), 1, 100))
  notes.move(edited.id, [...notes.sections.keys()].find((id) => id !== edited.section)!)
  notes.rename(edited.section, 'Renamed meanwhile')
  course.changed()
  await course.finish('after changes')
  process.stderr.write(
    `inside Microsoft's answers: ${figures.kills} kills survived; fetched twice: ${(figures.refetched / mebibyte / figures.kills).toFixed(1)} MiB a kill\n`,
  )
})

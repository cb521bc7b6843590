import { expect, test } from 'vitest'
import type { FaultyRequest } from '../../src/practice/serving/faults.ts'
import { startCourse } from './course.ts'
import { killInside, whenStruck } from './kill-inside.ts'
import { createMixedAccount } from './mixed-account.ts'
import { mostForKill } from './refetched.ts'

const mebibyte = 1024 * 1024

test('killed inside an answer, the next run goes on: a page of a listing, a folder, a large file', {
  timeout: 120_000,
}, async () => {
  const course = await startCourse(createMixedAccount({ seed: 4711 }))
  const { cloud, figures } = course
  const { google, webdav } = cloud
  // Small pages, so that a listing has many.
  google.settings.pageLimit = 15

  const isList = ({ path, method }: FaultyRequest) => method === 'GET' && /\/drive\/v3\/files$/.test(path)

  for (const nth of [1, 3, 2]) {
    const { cut, remove } = killInside(google, isList, nth, 300)
    expect(await course.cutRun(`killed inside page ${nth}`, { cut })).toBe('cut')
    remove()
  }
  // Only the page under way of each of the two streams is asked for again.
  const pages = google.requests.filter(({ call }) => call === 'files.list').map(({ query }) => JSON.stringify(query))
  expect(pages.length - new Set(pages).size).toBeLessThanOrEqual(2 * figures.kills)
  expect(new Set(pages).size).toBeGreaterThan(2)

  const folder = webdav.faults.add({ match: { method: 'PROPFIND' }, after: 0, do: { stall: 400 } })
  expect(await course.cutRun('killed inside the list of a folder', { cut: whenStruck(() => folder.hits > 0) })).toBe('cut')
  webdav.faults.clear()

  const large = cloud.drive.scan({ entry: 0, offset: 0 })
  const id = [...large].find(([item]) => item.name === 'large.bin')?.[0].id
  const isLarge = ({ path, query }: FaultyRequest) => path.endsWith(`/files/${id}`) && query.get('alt') === 'media'
  const { cut, remove } = killInside(google, isLarge, 1, 45 * mebibyte)
  expect(await course.cutRun('killed at 45 MiB of 60', { cut })).toBe('cut')
  remove()
  // A checkpoint lies at 32 MiB: what came after it is fetched again, and nothing before.
  expect(await course.cutRun('the next one', {})).toBe('ended')
  const asked = google.requests.filter(({ path, call }) => call === 'files.get media' && path.endsWith(`/files/${id}`))
  expect(asked.at(-1)).toMatchObject({ status: 206, range: `bytes=${32 * mebibyte}-` })
  await course.finish('after all')

  // Other bytes of the same length, while a part of the old ones waits: nothing of the two is joined, and nobody tries.
  const replaced = () => cloud.drive.replaceContent(id ?? '', { size: 36 * mebibyte, seed: ++seed })
  let seed = 99
  replaced()
  course.changed()
  const again = killInside(google, isLarge, 1, 34 * mebibyte)
  expect(await course.cutRun('killed at 34 MiB of the second version', { cut: again.cut })).toBe('cut')
  again.remove()
  replaced()
  course.changed()
  // Listed before anything is fetched: then the part that waits is known to be of another version, and is not even asked about.
  expect(await course.cutRun('a look at what is new', { command: 'plan' })).toBe('ended')
  const before = google.requests.length
  expect(await course.cutRun('the third version', {})).toBe('ended')
  const calls = google.requests.slice(before).filter(({ path }) => path.endsWith(`/files/${id}`))
  expect(calls.map(({ call, status, range }) => [call, status, range])).toEqual([['files.get media', 200, undefined]])
  await course.finish('after the third version')
  process.stderr.write(
    `inside answers: ${figures.kills} kills survived; fetched twice: ${(figures.refetched / mebibyte / figures.kills).toFixed(1)} MiB a kill\n`,
  )
  expect(figures.refetched).toBeLessThan(figures.kills * mostForKill)
})

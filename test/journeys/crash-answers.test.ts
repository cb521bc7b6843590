import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { FaultyRequest } from '../../src/practice/serving/faults.ts'
import { startCourse } from './course.ts'
import type { Running } from './program.ts'
import { mostForKill } from './refetched.ts'

const mebibyte = 1024 * 1024

test('killed inside an answer, the next run goes on: a page of a listing, a folder, a large file', {
  timeout: 120_000,
}, async () => {
  const course = await startCourse({ seed: 4711 })
  const { cloud, figures } = course
  const { google, webdav } = cloud
  // Small pages, so that a listing has many.
  google.settings.pageLimit = 15

  const whenStruck = (struck: () => boolean) => async (running: Running) => {
    let over = false
    void running.ended.then(() => {
      over = true
    })
    while (!struck() && !over) await sleep(5)
    // What came before the silence is on its way.
    await sleep(100)
    running.kill('SIGKILL')
  }
  /** The answer to request `nth` of this kind stops after so many bytes. */
  const stalled = (nth: number, which: (request: FaultyRequest) => boolean, stallAfter: number) => {
    let seen = 0
    const rule = google.addFault({ match: (request) => which(request) && ++seen === nth, do: { stallAfter } })
    const sent = () => google.requests.some(({ bytes }) => bytes === stallAfter)
    return { cut: whenStruck(() => rule.struck() > 0 && sent()), remove: rule.remove }
  }
  const isList = ({ path, method }: FaultyRequest) => method === 'GET' && /\/drive\/v3\/files$/.test(path)

  for (const nth of [1, 3, 2]) {
    const { cut, remove } = stalled(nth, isList, 300)
    expect(await course.cutRun(`killed inside page ${nth}`, { cut })).toBe('cut')
    remove()
  }
  // Only the page under way of each of the two streams is asked for again.
  const pages = google.requests.filter(({ call }) => call === 'files.list').map(({ query }) => JSON.stringify(query))
  expect(pages.length - new Set(pages).size).toBeLessThanOrEqual(2 * figures.kills)
  expect(new Set(pages).size).toBeGreaterThan(2)

  const folder = webdav.faults.add({ match: { method: 'PROPFIND' }, after: 6, do: { stall: 400 } })
  expect(await course.cutRun('killed inside the list of a folder', { cut: whenStruck(() => folder.hits > 0) })).toBe('cut')
  webdav.faults.clear()

  const large = cloud.drive.scan({ entry: 0, offset: 0 })
  const id = [...large].find(([item]) => item.name === 'large.bin')?.[0].id
  const isLarge = ({ path, query }: FaultyRequest) => path.endsWith(`/files/${id}`) && query.get('alt') === 'media'
  const { cut, remove } = stalled(1, isLarge, 45 * mebibyte)
  expect(await course.cutRun('killed at 45 MiB of 60', { cut })).toBe('cut')
  remove()
  // A checkpoint lies at 32 MiB: what came after it is fetched again, and nothing before.
  expect(await course.cutRun('the next one', {})).toBe('ended')
  const asked = google.requests.filter(({ path, call }) => call === 'files.get media' && path.endsWith(`/files/${id}`))
  expect(asked.at(-1)).toMatchObject({ status: 206, range: `bytes=${32 * mebibyte}-` })
  await course.finish('after all')
  process.stderr.write(
    `inside answers: ${figures.kills} kills survived; fetched twice: ${(figures.refetched / mebibyte / figures.kills).toFixed(1)} MiB a kill\n`,
  )
  expect(figures.refetched).toBeLessThan(figures.kills * mostForKill)
})

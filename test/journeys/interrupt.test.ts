import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createDriveModel } from '../../src/practice/google/model.ts'
import { createWebdavModel } from '../../src/practice/webdav/model.ts'
import { checkBag, differences } from './archive-check.ts'
import { type Cloud, startCloud } from './cloud.ts'
import { expectedFiles } from './expected.ts'
import { type Place, type Running, run, start, waitFor } from './program.ts'
import { startWire } from './wire.ts'

const mebibyte = 1024 * 1024

/** A Drive with a large file and some small ones, and a line that takes seconds for it. */
async function slowCloud(): Promise<Cloud> {
  const drive = createDriveModel()
  for (let n = 1; n <= 30; n++) drive.addFile(`note ${n}.txt`, `Note number ${n}\n`, { modifiedTime: Date.UTC(2024, 1, n) })
  drive.addFile('large.bin', { size: 40 * mebibyte, seed: 5 }, { modifiedTime: Date.UTC(2024, 0, 1) })
  return startCloud({ drive, accounts: ['google'], settings: 'limits: { bandwidth: 12M }' })
}

const mediaOf = ({ google, drive }: Cloud) => {
  const [large] = [...drive.scan({ entry: 0, offset: 0 })].find(([item]) => item.name === 'large.bin') ?? []
  return google.requests.filter(({ path, call }) => call === 'files.get media' && path.endsWith(`/${large?.id}`))
}

const untilFetched = (running: Running, cloud: Cloud, bytes: number) =>
  waitFor(running, () => mediaOf(cloud).some((request) => request.bytes > bytes))

function drafts(place: Place): { name: string; size: number }[] {
  const folder = path.join(place.archive, '.holdall/drafts')
  return readdirSync(folder).map((name) => ({ name, size: statSync(path.join(folder, name)).size }))
}

test('Ctrl-C parks a large download within 5 s, leaves a valid bag, and the next run goes on from there', async () => {
  const cloud = await slowCloud()
  const { place } = cloud
  const running = start(place, ['backup'])
  await untilFetched(running, cloud, 15 * mebibyte)
  const asked = performance.now()
  running.kill('SIGINT')
  const ended = await running.ended
  expect(performance.now() - asked).toBeLessThan(5000)
  expect(ended).toMatchObject({ status: 130, signal: null })
  expect(ended.stderr).toMatch(/stopping/i)
  await checkBag(place.archive)
  const [parked, ...others] = drafts(place)
  expect(others).toEqual([])
  expect(parked?.size).toBeGreaterThan(4 * mebibyte)

  const status = await run(place, ['status'])
  expect(status.status).toBe(3)
  expect(status.stdout).not.toMatch(/manifests lag/)

  cloud.google.resetLog()
  const again = await run(place, ['backup'])
  expect(again.status, again.stderr).toBe(0)
  expect(mediaOf(cloud)).toMatchObject([{ status: 206, range: `bytes=${parked?.size}-` }])
  expect(differences(place.archive, expectedFiles(cloud)).wrong).toEqual([])
  await checkBag(place.archive)
})

test('Ctrl-C twice ends at once, says so in status, and loses nothing', async () => {
  const cloud = await slowCloud()
  const { place } = cloud
  const running = start(place, ['backup', '--json'])
  await running.until(/"event":"item".*"state":"saved"/)
  await untilFetched(running, cloud, 12 * mebibyte)
  const asked = performance.now()
  running.kill('SIGINT')
  await running.until(/once more/i)
  running.kill('SIGINT')
  const ended = await running.ended
  expect(performance.now() - asked).toBeLessThan(1500)
  expect(ended.status).toBe(130)

  const status = await run(place, ['status'])
  expect(status.status).toBe(3)
  const verify = await run(place, ['verify'])
  expect(verify.status, verify.stderr).toBe(0)
  await checkBag(place.archive)
  const again = await run(place, ['backup'])
  expect(again.status, again.stderr).toBe(0)
  expect(differences(place.archive, expectedFiles(cloud)).wrong).toEqual([])
  await checkBag(place.archive)
})

test('manifests that lag are named by status, and sealed by the next verify', async () => {
  const cloud = await slowCloud()
  const { place } = cloud
  const running = start(place, ['backup', '--json'])
  await running.until(/"event":"item".*"state":"saved"/)
  await untilFetched(running, cloud, 8 * mebibyte)
  running.kill('SIGKILL')
  await running.ended
  const status = await run(place, ['status'])
  expect(status).toMatchObject({ status: 3 })
  expect(status.stdout + status.stderr).toMatch(/manifests? lag/i)
  const verify = await run(place, ['verify'])
  expect(verify).toMatchObject({ status: 0 })
  expect(verify.stderr).toMatch(/manifests lag.*brought up to date/)
  await checkBag(place.archive)
  expect((await run(place, ['status'])).stdout).not.toMatch(/manifests? lag/i)
})

test('a network that goes away pauses the run, which says so and goes on when it is back', { timeout: 90_000 }, async () => {
  const home = createWebdavModel()
  home.put('/film.mp4', { size: 30 * mebibyte, seed: 9 }, { modified: new Date('2024-05-05T05:05:05Z') })
  for (let n = 1; n <= 20; n++) home.put(`/notes/note ${n}.txt`, `Note ${n}\n`, { modified: new Date('2024-05-05T05:05:05Z') })
  const cloud = await startCloud({ home, accounts: ['home'] })
  const { place, webdav } = cloud
  const wire = await startWire(Number(new URL(webdav.url).port))
  const settings = cloud.settings('limits: { bandwidth: 6M }').replace(webdav.url, `https://127.0.0.1:${wire.port}/dav/`)
  await place.configure(settings)

  const running = start(place, ['backup', '--json'])
  const isFilm = ({ path, method }: { path: string | undefined; method: string }) => method === 'GET' && path === '/film.mp4'
  await waitFor(running, () => webdav.records.requests.some(isFilm))
  await sleep(1500)
  await wire.cut()
  await running.until(/"event":"paused"/)
  // For as long as it takes to be sure that it waits.
  await sleep(2000)
  await wire.mend()
  const ended = await running.ended
  expect(ended.status, ended.stdout.slice(-2000)).toBe(0)
  expect(ended.stdout).toMatch(/"event":"resumed"/)
  expect(differences(place.archive, expectedFiles({ home })).wrong).toEqual([])
  await checkBag(place.archive)
  // It went on where it was, not from the beginning.
  const asked = webdav.records.requests.filter(isFilm)
  expect(asked.length).toBeGreaterThan(1)
  expect(asked.at(-1)).toMatchObject({ status: 206 })
  expect(Number(/bytes=(\d+)-/.exec(asked.at(-1)?.range ?? '')?.[1])).toBeGreaterThan(mebibyte)
})

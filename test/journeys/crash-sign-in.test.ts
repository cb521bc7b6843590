import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { movie } from '../../src/practice/content/movie.ts'
import { createWebdavModel } from '../../src/practice/webdav/model.ts'
import { createRecordingsModel } from '../../src/practice/zoom/model.ts'
import { storedFiles } from './archive-check.ts'
import { type Cloud, startCloud } from './cloud.ts'
import { killBefore, killInside } from './kill-inside.ts'
import { type Place, run, start } from './program.ts'
import { cutBefore, hasStrace } from './strace.ts'

vi.setConfig({ testTimeout: 120_000 })

/** Three recordings, of this month, and a home with a file. */
async function recordedCloud(): Promise<Cloud> {
  const model = createRecordingsModel({ createdAt: Date.now() - 30 * 86_400_000 })
  for (let n = 1; n <= 3; n++) {
    const meeting = model.addMeeting(`Lecture ${n}`, { start: Date.now() - n * 5 * 86_400_000 })
    model.addFile(meeting, 'gallery', movie({ kind: 'video', seconds: 60, mediaBytes: 20_000, seed: n }))
  }
  const home = createWebdavModel()
  home.put('/a.txt', 'a')
  const from = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10)
  return startCloud({ home, accounts: ['zoom', 'home'], zoom: { model, from } })
}

const films = ({ archive }: Place) => [...storedFiles(archive).keys()].filter((file) => file.endsWith('.mp4')).length
/** Those that Zoom refused too. */
const refreshes = ({ zoom }: Cloud) => zoom.requests.filter(({ detail }) => detail === 'refresh_token').length
const isToken = ({ host, path }: { host: string; path: string }) => host === 'zoom.us' && path === '/oauth/token'

test('killed before a refresh reaches Zoom, or after the new token was written down: the sign-in is as good as before', async () => {
  const cloud = await recordedCloud()
  const { place, zoom } = cloud
  zoom.expireAccessTokens()
  const before = killBefore(zoom, isToken, 1)
  const running = start(place, ['backup', 'zoom'])
  await before.cut(running)
  expect((await running.ended).signal).toBe('SIGKILL')
  before.remove()
  expect(refreshes(cloud)).toBe(0)
  if (hasStrace()) {
    // The new token stands under its name; nothing has been asked with it yet.
    const ended = await start(place, ['backup', 'zoom'], {
      under: cutBefore({ calls: 'fsync', paths: [path.join(place.home, 'sign-ins')], when: 1 }),
    }).ended
    expect(ended.signal ?? ended.status).toSatisfy((how) => how === 'SIGKILL' || how === 137)
    expect(refreshes(cloud)).toBe(1)
  }
  const again = await run(place, ['backup'])
  expect(again.status, again.stderr).toBe(0)
  expect(refreshes(cloud)).toBe(1)
  expect(films(place)).toBe(3)
  expect(cloud.misdeeds()).toEqual([])
})

test('killed when the new token is written, but has not got its name yet: the next run takes it up, and nobody signs in again', async () => {
  if (!hasStrace()) return
  const cloud = await recordedCloud()
  const { place, zoom } = cloud
  expect((await run(place, ['backup'])).status).toBe(0)
  const folder = path.join(place.home, 'sign-ins')
  const drafts = () => readdirSync(folder).filter((name) => name.endsWith('.tmp'))
  for (let round = 1; round <= 2; round++) {
    zoom.expireAccessTokens()
    // Nothing else is renamed in a run that finds nothing new.
    const under = cutBefore({ calls: 'rename,renameat,renameat2', when: 1 })
    const ended = await start(place, ['backup', 'zoom'], { under }).ended
    expect(ended.signal ?? ended.status).toSatisfy((how) => how === 'SIGKILL' || how === 137)
    expect(refreshes(cloud)).toBe(round)
    expect(drafts()).toHaveLength(1)
    const again = await run(place, ['backup'])
    expect(again.status, again.stderr).toBe(0)
    expect(refreshes(cloud)).toBe(round)
    expect(drafts()).toEqual([])
  }
  expect(films(place)).toBe(3)
  expect(cloud.misdeeds()).toEqual([])
})

test('killed while the answer to a refresh is on its way, which nobody can mend: said, with the command; the rest goes on', async () => {
  const cloud = await recordedCloud()
  const { place, zoom } = cloud
  zoom.expireAccessTokens()
  const inside = killInside(zoom, isToken, 1, 40)
  const running = start(place, ['backup', 'zoom'])
  await inside.cut(running)
  await running.ended
  inside.remove()
  const told = await run(place, ['backup'])
  expect(told.status, told.stderr).toBe(4)
  expect(told.stderr).toMatch(/holdall connect zoom/)
  expect(existsSync(path.join(place.archive, 'data/home/files/a.txt'))).toBe(true)
  expect((await run(place, ['connect', 'zoom', '--yes'])).status).toBe(0)
  const again = await run(place, ['backup'])
  expect(again.status, again.stderr).toBe(0)
  expect(films(place)).toBe(3)
})

test('two runs at once use the refresh token once, also where a third was killed with the lock in its hands', async () => {
  const cloud = await recordedCloud()
  const { place, zoom } = cloud
  const others = ['one', 'two'].map((name) => ['backup', 'zoom', '--archive', path.join(place.folder, name)])
  for (let round = 0; round < 2; round++) {
    zoom.expireAccessTokens()
    const before = refreshes(cloud)
    const victim = killBefore(zoom, isToken, 1)
    const killed = start(place, ['backup', 'zoom'])
    await victim.cut(killed)
    victim.remove()
    // So long that the other one comes meanwhile.
    zoom.addFault({ match: isToken, times: 1, do: { delayMs: 2000 } })
    const ended = await Promise.all(others.map((args) => run(place, args)))
    for (const { status, stderr } of ended) expect(status, stderr).toBe(0)
    expect(refreshes(cloud) - before).toBe(1)
  }
  expect(films({ ...place, archive: path.join(place.folder, 'one') })).toBe(3)
  expect(cloud.misdeeds()).toEqual([])
})

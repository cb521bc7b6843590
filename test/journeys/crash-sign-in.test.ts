import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { movie } from '../../src/practice/content/movie.ts'
import { createWebdavModel } from '../../src/practice/webdav/model.ts'
import { createRecordingsModel } from '../../src/practice/zoom/model.ts'
import { storedFiles } from './archive-check.ts'
import { type Cloud, startCloud } from './cloud.ts'
import { crashRounds, crashSeed } from './kill-at-random.ts'
import { killBefore } from './kill-inside.ts'
import { type Place, type Running, run, start, waitFor } from './program.ts'
import { seeded } from './random.ts'
import { type CutPoint, cutBefore, hasStrace } from './strace.ts'

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

/** The process that renews for this one: it stands in a session of its own, below the same parent. */
const renewing = ({ pid }: Running): number =>
  Number(
    execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
      .trim()
      .split(/\s+/)[0],
  )

/** As a shell starts it: the first of a group of processes, that can be killed as one. */
const asGroup = { under: ['setsid'] }
const rounds = crashRounds(12)

test('killed at any moment of a renewal, alone or with its group: the next run goes on, signed in, without another renewal', {
  timeout: 60_000 + rounds * 10_000,
}, async () => {
  const cloud = await recordedCloud()
  const { place, zoom } = cloud
  expect((await run(place, ['backup'])).status).toBe(0)
  const random = seeded(crashSeed)
  process.stderr.write(`HOLDALL_CRASH_SEED=${crashSeed}\n`)
  // The request is on its way, then the new tokens are, then they are stored.
  const [before, onTheWay] = [100, 150]
  zoom.settings.tokensOnTheWayMs = onTheWay
  const moments = { 'not begun': 0, request: 0, answer: 0, stored: 0, any: 0 }
  for (let round = 0; round < rounds; round++) {
    zoom.expireAccessTokens()
    const had = refreshes(cloud)
    const rule = zoom.addFault({ match: isToken, do: { delayMs: before } })
    const running = start(place, ['backup', 'zoom'], asGroup)
    const blind = round % 6 === 5
    let after = random() * (before + onTheWay + 80)
    if (blind) {
      after = random() * 700 // from its start
      await sleep(after)
    } else {
      await waitFor(running, () => rule.struck() > 0)
      await sleep(after)
    }
    process.kill(round % 2 === 0 ? running.pid : -running.pid, 'SIGKILL')
    const { signal, status } = await running.ended
    const phase = blind ? 'any' : after < before ? 'request' : after < before + onTheWay ? 'answer' : 'stored'
    moments[rule.struck() > 0 || !blind ? phase : 'not begun']++
    const how = `round ${round}: killed ${after} ms after ${blind ? 'its start' : 'the request'} (${signal ?? status})`
    const again = await run(place, ['backup', 'zoom'])
    expect(again.status, `${how}\n${again.stderr}`).toBe(0)
    expect(refreshes(cloud) - had, how).toBe(1)
    rule.remove()
  }
  process.stderr.write(`sign-in: ${rounds} kills, none burned it: ${JSON.stringify(moments)}\n`)
  expect(films(place)).toBe(3)
  expect(cloud.misdeeds()).toEqual([])
})

test('killed before a renewal reaches Zoom, which is not there then either: the next run renews', async () => {
  const cloud = await recordedCloud()
  const { place, zoom } = cloud
  zoom.expireAccessTokens()
  const dropping = killBefore(zoom, isToken, 1)
  const running = start(place, ['backup', 'zoom'])
  await dropping.cut(running)
  expect((await running.ended).signal).toBe('SIGKILL')
  dropping.remove()
  expect(refreshes(cloud)).toBe(0)
  const again = await run(place, ['backup'])
  expect(again.status, again.stderr).toBe(0)
  expect(refreshes(cloud)).toBe(1)
  expect(films(place)).toBe(3)
})

test('the renewing process killed alone, when the new token is written, under its name or not yet: the run takes it and goes on', async () => {
  if (!hasStrace()) return
  const cloud = await recordedCloud()
  const { place } = cloud
  const folder = path.join(place.home, 'sign-ins')
  const points: CutPoint[] = [
    { calls: 'fsync', paths: [folder], when: 1 },
    { calls: 'rename,renameat,renameat2', paths: [folder, path.join(folder, 'zoom.json')], when: 1 },
  ]
  for (const [n, point] of points.entries()) {
    cloud.zoom.expireAccessTokens()
    const ended = await start(place, ['backup', 'zoom'], { under: cutBefore(point) }).ended
    expect(refreshes(cloud)).toBe(n + 1)
    // Whoever takes a draft up meets the same cut.
    if (ended.status !== 0) expect(ended.signal ?? ended.status).toSatisfy((how) => how === 'SIGKILL' || how === 137)
    const again = await run(place, ['backup'])
    expect(again.status, again.stderr).toBe(0)
    expect(refreshes(cloud)).toBe(n + 1)
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
  }
  expect(films(place)).toBe(3)
  expect(cloud.misdeeds()).toEqual([])
})

test('a disk that is full for a moment, just when the new token is to be stored: said, and it is stored all the same', async () => {
  if (!hasStrace()) return
  const cloud = await recordedCloud()
  const { place } = cloud
  cloud.zoom.expireAccessTokens()
  const draft = ['-P', path.join(place.home, 'sign-ins'), '-e', 'trace=fsync', '-e', 'inject=fsync:error=ENOSPC:when=1..1']
  const ended = await start(place, ['backup', 'zoom'], { under: ['strace', '-f', '-o', '/dev/null', ...draft] }).ended
  expect(ended.status, ended.stderr).toBe(0)
  expect(ended.stderr).toMatch(/sign-in of zoom was renewed, but cannot be stored yet: the disk is full/)
  expect(refreshes(cloud)).toBe(1)
  expect((await run(place, ['backup'])).status).toBe(0)
  expect(refreshes(cloud)).toBe(1)
})

test('what nobody can mend (both processes killed while the answer is on its way): said, with the command; the rest goes on', async () => {
  const cloud = await recordedCloud()
  const { place, zoom } = cloud
  zoom.settings.tokensOnTheWayMs = 1500
  zoom.expireAccessTokens()
  const running = start(place, ['backup', 'zoom'])
  const sent = zoom.addFault({ match: isToken, do: { delayMs: 0 } })
  await waitFor(running, () => sent.struck() > 0)
  await sleep(300)
  const other = renewing(running)
  running.kill('SIGKILL')
  process.kill(other, 'SIGKILL')
  await running.ended
  zoom.settings.tokensOnTheWayMs = 0
  await signedOut(cloud)
})

test('an answer that is lost on the wire: the old token is tried once more, then it is said what to do', async () => {
  const cloud = await recordedCloud()
  const { place, zoom } = cloud
  zoom.expireAccessTokens()
  zoom.addFault({ match: isToken, do: { cutAfter: 40 } })
  const told = await run(place, ['backup', 'zoom'])
  expect(told.status, told.stderr).toBe(4)
  expect(refreshes(cloud)).toBe(2)
  await signedOut(cloud)
})

test('a request that is lost on the wire costs nothing', async () => {
  const cloud = await recordedCloud()
  const { place, zoom } = cloud
  zoom.expireAccessTokens()
  zoom.addFault({ match: isToken, do: { drop: true } })
  const ended = await run(place, ['backup', 'zoom'])
  expect(ended.status, ended.stderr).toBe(0)
  expect(refreshes(cloud)).toBe(1)
})

/** The sign-in is over: a run says so and takes the rest, and a new sign-in mends it. */
async function signedOut({ place }: Cloud): Promise<void> {
  const told = await run(place, ['backup'])
  expect(told.status, told.stderr).toBe(4)
  expect(told.stderr).toMatch(/holdall connect zoom/)
  expect(existsSync(path.join(place.archive, 'data/home/files/a.txt'))).toBe(true)
  expect((await run(place, ['connect', 'zoom', '--yes'])).status).toBe(0)
  const again = await run(place, ['backup'])
  expect(again.status, again.stderr).toBe(0)
  expect(films(place)).toBe(3)
}

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

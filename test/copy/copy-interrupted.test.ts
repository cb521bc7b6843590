import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { storedFiles } from '../journeys/archive-check.ts'
import { startCloud } from '../journeys/cloud.ts'
import { type Place, start, waitFor } from '../journeys/program.ts'
import { below, seeded } from '../journeys/random.ts'
import { backUp, copyOf, copyTo, expectSame, filledCloud } from './copies.ts'

vi.setConfig({ testTimeout: 120_000 })

const kills = Number(process.env.HOLDALL_KILLS ?? 6)
const seed = Number(process.env.HOLDALL_SEED ?? 1)

/** Every file under a final name in the copy is one of the archive's, byte for byte. */
function expectNoHalves(place: Place, to: string): number {
  const whole = storedFiles(place.archive)
  const copied = storedFiles(to)
  for (const [name, file] of copied) expect(file).toEqual(whole.get(name))
  return copied.size
}

test(`killed ${kills} times a copy goes on each time, and never shows half a file`, async () => {
  const cloud = await filledCloud()
  const { place, home } = cloud
  for (let n = 0; n < 200; n++) home.put(`/many/file ${n}.bin`, { size: 20_000 + n, seed: n })
  for (let n = 0; n < 4; n++) home.put(`/films/film ${n}.bin`, { size: 12_000_000, seed: 500 + n })
  await backUp(cloud)
  const to = copyOf(place)
  const random = seeded(seed)
  let before = 0
  for (let kill = 0; kill < kills; kill++) {
    const running = start(place, ['copy', to])
    await waitFor(running, () => existsSync(path.join(to, '.holdall/copy.json')))
    await Promise.race([sleep(below(random, 150)), running.ended])
    running.kill('SIGKILL')
    await running.ended
    const now = expectNoHalves(place, to)
    expect(now).toBeGreaterThanOrEqual(before)
    before = now
  }
  const last = await copyTo(place, to)
  expect(last.copied + last.there).toBe(last.files)
  await expectSame(place, to)
  expect(readdirSync(path.join(to, '.holdall/drafts'))).toEqual([])
})

test('Ctrl-C keeps what was copied, and half a film is gone on with', async () => {
  const cloud = await startCloud({ accounts: ['home'] })
  const { place, home } = cloud
  home.put('/film.bin', { size: 200_000_000, seed: 1 })
  for (let n = 0; n < 20; n++) home.put(`/a ${n}.txt`, `text ${n}`)
  await backUp(cloud)
  const to = copyOf(place)
  const drafts = () => {
    const folder = path.join(to, '.holdall/drafts')
    if (!existsSync(folder)) return []
    return readdirSync(folder).map((name) => statSync(path.join(folder, name), { throwIfNoEntry: false })?.size ?? 0)
  }
  const running = start(place, ['copy', to, '--json'])
  await waitFor(running, () => Math.max(0, ...drafts()) > 8_000_000)
  running.kill('SIGINT')
  const { status, stdout } = await running.ended
  expect(status).toBe(130)
  expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ event: 'summary', status: 130 })
  expect(expectNoHalves(place, to)).toBe(20)
  expect(Math.max(...drafts())).toBeGreaterThan(8_000_000)
  const inode = () => statSync(path.join(to, 'data/home/files/film.bin')).ino
  const folder = path.join(to, '.holdall/drafts')
  const draft = statSync(path.join(folder, readdirSync(folder)[0] ?? '')).ino
  expect(await copyTo(place, to)).toMatchObject({ copied: 1, there: 20 })
  expect(inode()).toBe(draft)
  await expectSame(place, to)
})

import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { gigabytes, refuseTooSmall } from '../../src/copy/check-target.ts'
import { startCloud } from '../journeys/cloud.ts'
import { type Place, run, start, waitFor } from '../journeys/program.ts'
import { copyOf, copyTo, expectSame } from './copies.ts'

vi.setConfig({ testTimeout: 60_000 })

async function refused(place: Place, to: string, ...options: readonly string[]) {
  const { status, stderr } = await run(place, ['copy', to, ...options])
  return { status, stderr }
}

test('places that are none for a copy are refused, and stay as they are', async () => {
  const cloud = await startCloud({ accounts: ['home'] })
  const { place, home } = cloud
  home.put('/a.txt', 'a')
  const nothing = await refused(place, copyOf(place))
  expect(nothing).toMatchObject({ status: 2, stderr: expect.stringContaining('nothing is saved yet') })
  expect((await run(place, ['backup'])).status).toBe(0)

  for (const inside of [place.archive, path.join(place.archive, 'data/copy'), path.dirname(place.archive)])
    expect(await refused(place, inside)).toMatchObject({ status: 2 })
  const link = path.join(place.folder, 'link')
  symlinkSync(place.archive, link)
  expect(await refused(place, path.join(link, 'copy'))).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('lie in one another'),
  })
  expect(existsSync(path.join(place.archive, 'copy'))).toBe(false)

  const full = path.join(place.folder, 'full')
  mkdirSync(full)
  writeFileSync(path.join(full, 'thesis.txt'), 'mine')
  expect(await refused(place, full)).toMatchObject({ status: 5, stderr: expect.stringContaining('holds other things already') })

  const synced = path.join(place.folder, 'Everything')
  mkdirSync(path.join(place.home, '.dropbox'))
  writeFileSync(
    path.join(place.home, '.dropbox/info.json'),
    JSON.stringify({ personal: { path: synced, host: 1, is_team: false } }),
  )
  expect(await refused(place, path.join(synced, 'copy'))).toMatchObject({ status: 5, stderr: expect.stringContaining('Dropbox') })
  expect(existsSync(synced)).toBe(false)
  expect((await run(place, ['copy', path.join(synced, 'copy'), '--allow-synced-folder'])).status).toBe(0)
})

test('another archive, another archive’s copy, and a copy into which backups were made are refused', async () => {
  const cloud = await startCloud({ accounts: ['home'] })
  const { place, home } = cloud
  home.put('/a.txt', 'a')
  expect((await run(place, ['backup'])).status).toBe(0)
  const other = await cloud.anotherPlace()
  expect((await run(other, ['backup'])).status).toBe(0)
  expect(await refused(place, other.archive)).toMatchObject({
    status: 5,
    stderr: expect.stringContaining('is an archive of its own'),
  })
  const to = copyOf(place)
  await copyTo(place, to)
  expect(await refused(other, to)).toMatchObject({ status: 5, stderr: expect.stringContaining('is a copy of another archive') })
  await expectSame(place, to)

  // The copy is an archive like any other, and may become the one.
  home.put('/b.txt', 'b')
  expect((await run(place, ['backup', '--archive', to])).status).toBe(0)
  expect(existsSync(path.join(to, 'data/home/files/b.txt'))).toBe(true)
  expect(await refused(place, to)).toMatchObject({ status: 5, stderr: expect.stringContaining('backups have been made into') })
  expect(existsSync(path.join(to, 'data/home/files/b.txt'))).toBe(true)
})

test('an archive in use is not copied, and no copy is made into a folder that another copy is using', async () => {
  const cloud = await startCloud({ accounts: ['home'] })
  const { place, home, webdav } = cloud
  home.put('/a.txt', 'a')
  expect((await run(place, ['backup'])).status).toBe(0)
  home.put('/b.txt', 'b')
  const held = webdav.faults.add({ match: { method: 'GET' }, do: { delay: 4000 } })
  const running = start(place, ['backup'])
  await waitFor(running, () => held.hits > 0)
  expect(await refused(place, copyOf(place))).toMatchObject({
    status: 5,
    stderr: expect.stringContaining('another run is using this archive'),
  })
  expect((await running.ended).status).toBe(0)
})

const mountable = process.getuid?.() === 0

test.skipIf(!mountable && process.env.CI !== 'true')('a disk that is too small is said before anything is copied', async () => {
  const cloud = await startCloud({ accounts: ['home'] })
  const { place, home } = cloud
  home.put('/large.bin', { size: 3_000_000, seed: 1 })
  expect((await run(place, ['backup'])).status).toBe(0)
  const to = path.join(place.folder, 'small')
  mkdirSync(to)
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', to])
  onTestFinished(() => void execFileSync('umount', ['-l', to]))
  expect(await refused(place, to)).toMatchObject({
    status: 5,
    stderr: expect.stringMatching(/the copy needs .* [GM]B more, and .* [GM]B are free/),
  })
  expect(existsSync(path.join(to, 'data/home'))).toBe(false)
  execFileSync('mount', ['-o', 'remount,size=64m', to])
  await copyTo(place, to)
  await expectSame(place, to)
})

test('files that the disk cannot hold are named before', () => {
  const need = { bytes: 1, freeBytes: 2, largestFile: 4_294_967_295, target: '/usb' }
  expect(() => refuseTooSmall({ ...need, tooLarge: [] })).not.toThrow()
  expect(() => refuseTooSmall({ ...need, tooLarge: ['data/zoom/film.mp4'] })).toThrow(
    /on the disk of \/usb can have 4\.3 GB at most.*data\/zoom\/film\.mp4/,
  )
})

test('a copy that was cut off is no archive yet, and says what to do if the archive itself is lost', async () => {
  const cloud = await startCloud({ accounts: ['home'] })
  const { place, home } = cloud
  home.put('/a.txt', 'a')
  home.put('/b.txt', 'b')
  expect((await run(place, ['backup'])).status).toBe(0)
  const to = copyOf(place)
  await copyTo(place, to)
  const note = path.join(to, '.holdall/copy.json')
  const text = readFileSync(note, 'utf8')
  writeFileSync(note, text.replace('"complete":true', '"complete":false'))
  rmSync(path.join(to, 'data/home/files/b.txt'))
  for (const command of ['verify', 'backup']) {
    const { status, stderr } = await run(place, [command, '--archive', to])
    expect({ command, status }).toEqual({ command, status: 5 })
    expect(stderr).toMatch(/is a copy of an archive that is not complete yet/)
  }
  // The archive is lost: the half copy can be carried on.
  const rest = path.join(place.folder, 'rest')
  cpSync(to, rest, { recursive: true, preserveTimestamps: true })
  rmSync(path.join(rest, '.holdall/copy.json'))
  expect((await run(place, ['verify', '--archive', rest])).status).toBe(3)
  expect((await run(place, ['backup', '--archive', rest])).status).toBe(0)
  expect((await run(place, ['verify', '--archive', rest])).status).toBe(0)
  await copyTo(place, to)
  await expectSame(place, to)
})

test('a disk that is nearly full is not said to have room', () => {
  expect([0, 900_000, 288_000_000, 1e9, 12.34e9].map(gigabytes)).toEqual(['0.0 MB', '0.9 MB', '288.0 MB', '1.0 GB', '12.3 GB'])
})

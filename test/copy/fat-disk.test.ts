import { existsSync, readdirSync, statSync, utimesSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test, vi } from 'vitest'
import { checkBag, storedFiles } from '../journeys/archive-check.ts'
import { type Cloud, startCloud } from '../journeys/cloud.ts'
import { type Place, run, start, waitFor } from '../journeys/program.ts'
import { backUp, copyTo, filledCloud } from './copies.ts'
import { type FatDisk, makeExfatDisk, mountsExfat, takeForFat32 } from './fat-disk.ts'

vi.setConfig({ testTimeout: 120_000 })

/** Names that such a disk does not have, two that it takes for one, and times between its steps. */
async function oddCloud(): Promise<Cloud> {
  const cloud = await filledCloud()
  const { home } = cloud
  home.put('/a/Letter.txt', 'upper', { modified: new Date('2020-05-05T10:00:01.500Z') })
  home.put('/a/letter.txt', 'lower', { modified: new Date('2020-05-05T10:00:03.999Z') })
  home.put('/a/what: "now"?.', 'odd', { modified: new Date('2024-12-31T23:59:59Z') })
  home.put('/a/old.txt', 'before the disk’s first day', { modified: new Date('1975-01-01T00:00:00Z') })
  return cloud
}

/** Bytes of every file, without the times, which the disk keeps in steps. */
const bytesIn = (folder: string) => [...storedFiles(folder)].map(([name, { sha256 }]) => [name, sha256])

async function expectWhole(place: Place, to: string): Promise<void> {
  expect(bytesIn(to)).toEqual(bytesIn(place.archive))
  await checkBag(to)
  for (const how of [[], ['--quick']]) {
    const verified = await run(place, ['verify', '--archive', to, ...how])
    expect(verified.status, verified.stdout + verified.stderr).toBe(0)
  }
}

describe.skipIf(!mountsExfat).each(['exFAT', 'like FAT32'] as const)('a copy on a disk that is %s', (kind) => {
  const diskFor = (place: Place): FatDisk => {
    const disk = makeExfatDisk()
    if (kind === 'like FAT32') takeForFat32(place, disk.at)
    return disk
  }

  test('is whole and a bag; one into the same place copies nothing, also after the disk was taken away and summer time began', async () => {
    const cloud = await oddCloud()
    const { place, home } = cloud
    await backUp(cloud)
    const disk = diskFor(place)
    const to = path.join(disk.at, 'copy')
    const first = await copyTo(place, to)
    const { size } = storedFiles(place.archive)
    expect(first).toMatchObject({ files: size, copied: size, there: 0, damaged: 0, setAside: 0 })
    expect(await copyTo(place, to)).toMatchObject({ copied: 0, there: size, moved: 0, setAside: 0 })
    disk.again()
    expect(await copyTo(place, to)).toMatchObject({ copied: 0, there: size, moved: 0, setAside: 0 })
    const file = path.join(to, 'data/home/files/a/old.txt')
    const { atime, mtimeMs } = statSync(file)
    utimesSync(file, atime, (mtimeMs + 3_600_000) / 1000)
    expect(await copyTo(place, to)).toMatchObject({ copied: 0, there: size })
    await expectWhole(place, to)

    // A name that changes in letter case only is a rename, and nothing else.
    home.move('/a/Letter.txt', '/a/LETTER.txt')
    home.move('/papers', '/Papers')
    await backUp(cloud)
    expect(await copyTo(place, to)).toMatchObject({ copied: 0, setAside: 0, damaged: 0 })
    expect(readdirSync(path.join(to, 'data/home/files'))).toContain('Papers')
    await expectWhole(place, to)
  })

  test('goes on after it was killed, and shows no half file', async () => {
    const cloud = await startCloud({ accounts: ['home'] })
    const { place, home } = cloud
    for (let n = 0; n < 80; n++) home.put(`/many/file ${n}.bin`, { size: 20_000 + n, seed: n })
    home.put('/film.bin', { size: 40_000_000, seed: 7 })
    await backUp(cloud)
    const disk = diskFor(place)
    const to = path.join(disk.at, 'copy')
    const drafts = path.join(to, '.holdall/drafts')
    const running = start(place, ['copy', to])
    await waitFor(
      running,
      () =>
        existsSync(drafts) &&
        readdirSync(drafts).some((name) => (statSync(path.join(drafts, name), { throwIfNoEntry: false })?.size ?? 0) > 4_000_000),
    )
    running.kill('SIGKILL')
    await running.ended
    disk.again()
    const whole = new Map(storedFiles(place.archive))
    for (const [name, { sha256 }] of storedFiles(to)) expect(sha256).toBe(whole.get(name)?.sha256)
    const { copied, there, files } = await copyTo(place, to)
    expect(copied + there).toBe(files)
    await expectWhole(place, to)
    expect(readdirSync(drafts)).toEqual([])
  })

  test('a backup into an archive there: whole, a bag, and the next one finds nothing new', async () => {
    const cloud = await oddCloud()
    const { place } = cloud
    const disk = diskFor(place)
    const archive = path.join(disk.at, 'archive')
    const first = await run(place, ['backup', '--archive', archive])
    expect(first.status, first.stderr).toBe(0)
    disk.again()
    await checkBag(archive)
    const second = await run(place, ['backup', '--archive', archive, '--json'])
    expect(second.status, second.stdout).toBe(0)
    expect(second.stdout).not.toMatch(/"event":"item"/)
    for (const how of [[], ['--quick']]) expect((await run(place, ['verify', '--archive', archive, ...how])).status).toBe(0)

    cloud.home.move('/a/Letter.txt', '/a/LETTER.txt')
    cloud.home.move('/papers', '/Papers')
    const third = await run(place, ['backup', '--archive', archive])
    expect(third.status, third.stderr).toBe(0)
    disk.again()
    const names = [...storedFiles(archive).keys()]
    expect(names).toContain('data/home/files/Papers/at home 1.txt')
    expect(names).toContain('data/home/files/a/LETTER.txt')
    await checkBag(archive)
    expect((await run(place, ['verify', '--archive', archive])).status).toBe(0)
  })
})

/** Says in the journal that a file has so many bytes: as if it were there, without its having to be written. */
function pretend(place: Place, disk: string, bytes: number): void {
  const db = new DatabaseSync(path.join(place.archive, '.holdall/journal.db'))
  expect(db.prepare('UPDATE entry SET bytes = ? WHERE disk = ?').run(bytes, disk).changes).toBe(1)
  db.close()
}

describe.skipIf(!mountsExfat)('a file that FAT32 cannot hold', () => {
  test.each([true, false])(
    'is refused and named before anything is copied, where the system says what the disk is: %s',
    async (named) => {
      const cloud = await startCloud({ accounts: ['home'] })
      const { place, home } = cloud
      home.put('/film.mp4', 'a film')
      home.put('/a.txt', 'a')
      await backUp(cloud)
      const disk = makeExfatDisk(6 * 2 ** 30)
      const to = path.join(disk.at, 'copy')
      takeForFat32(place, disk.at, { named })
      pretend(place, 'film.mp4', 2 ** 32)
      const refused = await run(place, ['copy', to])
      expect(refused.status, refused.stderr).toBe(5)
      expect(refused.stderr).toMatch(/can have 4\.3 GB at most, and these are larger: data\/home\/files\/film\.mp4/)
      expect(refused.stderr).toMatch(/use a disk formatted as exFAT, NTFS, APFS or ext4/)
      expect(existsSync(path.join(to, 'data/home'))).toBe(false)
      expect(readdirSync(path.join(to, '.holdall/drafts'))).toEqual([])
      pretend(place, 'film.mp4', 6)
      await copyTo(place, to)
      await expectWhole(place, to)
    },
  )

  test.each([true, false])('leaves the rest of a backup going, where the system says what the disk is: %s', async (named) => {
    const cloud = await startCloud({ accounts: ['home'] })
    const { place, home } = cloud
    home.put('/film.mp4', { size: 3_000_000, seed: 1 })
    for (let n = 0; n < 5; n++) home.put(`/f ${n}.txt`, `text ${n}`)
    const disk = makeExfatDisk()
    const archive = path.join(disk.at, 'archive')
    takeForFat32(place, disk.at, { named, largest: 2_000_000 })
    const { status, stdout, stderr } = await run(place, ['backup', '--archive', archive])
    expect(status, stderr).toBe(3)
    expect(stdout + stderr).toMatch(/film\.mp4.*it is larger than a file on this disk can be/s)
    expect([...storedFiles(archive).keys()].toSorted()).toEqual([0, 1, 2, 3, 4].map((n) => `data/home/files/f ${n}.txt`))
    await checkBag(archive)
  })
})

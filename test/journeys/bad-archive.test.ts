import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { checkBag, differences, storedFiles } from './archive-check.ts'
import { type Cloud, startCloud } from './cloud.ts'
import { expectWhole } from './expect-whole.ts'
import { expectedFiles } from './expected.ts'
import { makePlace, run, start, waitFor } from './program.ts'

/** Mounting asks for root's rights. Where it is impossible these tests are skipped, and say so; with CI=true they fail. */
const mountable = canMount()

function canMount(): boolean {
  const folder = path.join('/tmp', `holdall-mount-${process.pid}`)
  mkdirSync(folder)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'pipe' })
    execFileSync('umount', [folder], { stdio: 'pipe' })
    return true
  } catch (error) {
    if (process.env.CI === 'true') throw error
    process.stderr.write('\nSKIPPED: the tests with full and read-only disks need the right to mount a tmpfs\n\n')
    return false
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function mount(folder: string, options: string): { remount(options: string): void } {
  mkdirSync(folder, { recursive: true })
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder])
  onTestFinished(() => void execFileSync('umount', ['-l', folder]))
  return { remount: (changed) => void execFileSync('mount', ['-o', `remount,${changed}`, folder]) }
}

async function homeOf(...names: readonly string[]): Promise<Cloud> {
  const cloud = await startCloud({ accounts: ['home'] })
  for (const name of names) cloud.home.put(`/papers/${name}`, `content of ${name}`)
  return cloud
}

test('a file in the place of the archive stays what it is', async () => {
  const cloud = await homeOf('a.txt')
  const { place } = cloud
  writeFileSync(place.archive, 'somebody’s file')
  const { status, stderr } = await run(place, ['backup'])
  expect(status).toBe(5)
  expect(stderr).toMatch(/archive cannot be .*archive: a file stands there/)
  expect(stderr).toContain('--archive DIR')
  expect(readFileSync(place.archive, 'utf8')).toBe('somebody’s file')
  rmSync(place.archive)
  await expectWhole(cloud, ['home'])
})

test('a folder with other things in it stays what it is', async () => {
  const { place } = await homeOf('a.txt')
  mkdirSync(place.archive)
  writeFileSync(path.join(place.archive, 'thesis.txt'), 'mine')
  const { status, stderr } = await run(place, ['backup'])
  expect(status).toBe(5)
  expect(stderr).toMatch(/holds other things already, for example "thesis\.txt"/)
  expect(existsSync(path.join(place.archive, '.holdall'))).toBe(false)
})

test.skipIf(!mountable)('a disk that is read-only, first and later', async () => {
  const cloud = await homeOf('a.txt')
  const { place } = cloud
  const disk = mount(place.archive, 'size=64m,ro')
  const first = await run(place, ['backup'])
  expect(first.status).toBe(5)
  expect(first.stderr).toMatch(/cannot hold the archive: the disk is read-only/)

  disk.remount('rw')
  await expectWhole(cloud, ['home'])
  cloud.home.put('/papers/b.txt', 'b')
  disk.remount('ro')
  const later = await run(place, ['backup'])
  expect(later.status).toBe(5)
  expect(later.stderr).toContain('read-only')
  disk.remount('rw')
  await expectWhole(cloud, ['home'])
})

test.skipIf(!mountable)(
  'a disk that becomes full: exit 5, and all that fits is kept; with more room the run completes',
  async () => {
    const cloud = await homeOf('a.txt', 'b.txt')
    const { place, home, webdav } = cloud
    const disk = mount(place.archive, 'size=8m')
    await expectWhole(cloud, ['home'])
    for (let n = 1; n <= 10; n++) home.put(`/large/${n}.bin`, { size: 1024 * 1024, seed: n })
    const full = await run(place, ['backup', '--transfers', '2'])
    expect(full.status, full.stderr).toBe(5)
    expect(full.stderr).toMatch(/the disk is full/)
    expect(full.stderr).toMatch(/free some space/)
    const kept = storedFiles(place.archive)
    expect(kept.size).toBeGreaterThanOrEqual(2)
    const expected = expectedFiles({ home })
    for (const file of kept.values()) expect(expected.find(({ sha256 }) => sha256 === file.sha256)).toBeDefined()

    // Still full: the same answer, nothing worse.
    expect((await run(place, ['backup'])).status).toBe(5)
    for (const [name, file] of kept) expect(storedFiles(place.archive).get(name)).toEqual(file)

    disk.remount('size=64m')
    webdav.records.requests.length = 0
    await expectWhole(cloud, ['home'])
    const again = webdav.records.requests.filter(({ method, range }) => method === 'GET' && range === undefined)
    const names = again.map((request) => `data/home/files${request.path}`)
    expect(names.filter((name) => kept.has(name))).toEqual([])
  },
)

test('a folder that Dropbox syncs is refused, unless the person insists', async () => {
  const cloud = await homeOf('a.txt')
  const { place } = cloud
  const synced = path.join(place.folder, 'Everything')
  mkdirSync(path.join(place.home, '.dropbox'))
  writeFileSync(
    path.join(place.home, '.dropbox/info.json'),
    JSON.stringify({ personal: { path: synced, host: 1, is_team: false } }),
  )
  const archive = path.join(synced, 'backups/archive')
  const refused = await run(place, ['backup', '--archive', archive])
  expect(refused.status).toBe(5)
  expect(refused.stderr).toMatch(/lies in a folder that Dropbox syncs.*upload the whole backup/s)
  expect(refused.stderr).toContain('--allow-synced-folder')
  expect(existsSync(synced)).toBe(false)

  const allowed = await run(place, ['backup', '--archive', archive, '--allow-synced-folder'])
  expect(allowed.status, allowed.stderr).toBe(0)
  expect(differences(archive, expectedFiles({ home: cloud.home })).wrong).toEqual([])
  await checkBag(archive)
  // Elsewhere nobody minds.
  await expectWhole(cloud, ['home'])
})

test('a corrupt journal: what only looks leaves it alone and says so; a backup keeps it aside, and makes it anew', async () => {
  const cloud = await homeOf('a.txt', 'b.txt')
  const { place } = cloud
  await expectWhole(cloud, ['home'])
  const before = storedFiles(place.archive)
  const journal = path.join(place.archive, '.holdall/journal.db')
  const good = readFileSync(journal)
  for (const bad of [
    Buffer.from('this is no database at all '.repeat(400)),
    Buffer.concat([good.subarray(0, 4096), Buffer.alloc(good.length - 4096, 7)]),
  ]) {
    writeFileSync(journal, bad)
    for (const [command, expected] of [
      ['verify', 3],
      ['status', 5],
      ['report', 5],
    ] as const) {
      const { status, stderr } = await run(place, [command])
      expect({ command, status }, stderr).toEqual({ command, status: expected })
      expect(stderr).toMatch(/the journal .* is damaged: .*what was saved is still there/)
      expect(stderr).toMatch(/run holdall backup: it makes the journal anew/)
    }
    expect(readFileSync(journal).equals(bad)).toBe(true)
    expect(storedFiles(place.archive)).toEqual(before)
    await expectWhole(cloud, ['home'])
    expect(storedFiles(place.archive)).toEqual(before)
  }
})

test('a journal of a newer form is not touched', async () => {
  const cloud = await homeOf('a.txt')
  const { place } = cloud
  await expectWhole(cloud, ['home'])
  const file = path.join(place.archive, '.holdall/journal.db')
  const version = (set?: number) => {
    const db = new DatabaseSync(file)
    try {
      const now = db.prepare('PRAGMA user_version').get()?.user_version
      if (set !== undefined) db.exec(`PRAGMA user_version=${set}`)
      return Number(now)
    } finally {
      db.close()
    }
  }
  const form = version(99)
  for (const command of ['backup', 'verify', 'status']) {
    const { status, stderr } = await run(place, [command])
    expect({ command, status }, stderr).toEqual({ command, status: 5 })
    expect(stderr).toMatch(/written by a newer version of Holdall \(form 99/)
  }
  expect(version(form)).toBe(99)
  await expectWhole(cloud, ['home'])
})

test('two runs at once: the second names the first, and the first is not disturbed', async () => {
  const cloud = await homeOf('a.txt')
  const { place, home, webdav } = cloud
  home.put('/slow.bin', { size: 1024 * 1024, seed: 1 })
  const held = webdav.faults.add({ match: { method: 'GET', path: '/slow.bin' }, do: { delay: 4000 } })
  const first = start(place, ['backup'])
  await waitFor(first, () => held.hits > 0)
  const second = await run(place, ['backup'])
  expect(second.status).toBe(5)
  expect(second.stderr).toMatch(new RegExp(`another run is using this archive: process ${first.pid} on `))
  expect((await run(place, ['status'])).status).toBeLessThan(4)
  expect((await first.ended).status).toBe(0)
  await expectWhole(cloud, ['home'])
})

const old = oldNode()

function oldNode(): string | undefined {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    if (folder.includes('node_modules')) continue
    const file = path.join(folder, 'node')
    if (!existsSync(file)) continue
    const [major = ''] = execFileSync(file, ['--version'], { encoding: 'utf8' }).slice(1).split('.')
    if (Number(major) < 24) return file
  }
  process.stderr.write('\nSKIPPED: the test with an old Node needs one below 24 in PATH\n\n')
  return undefined
}

test.skipIf(old === undefined)('a Node that is too old gets one line', async () => {
  const place = await makePlace()
  const { status, stdout, stderr } = await run(place, ['backup'], old === undefined ? {} : { node: old })
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch(/^holdall needs Node\.js 24 or newer; this is \d+\.\d+\.\d+\..*\n$/)
})

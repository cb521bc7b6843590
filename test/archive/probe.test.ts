import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { probeArchive } from '../../src/archive/probe.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdall-probe-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('probeArchive', () => {
  test('makes a missing folder and tells what it can hold', async () => {
    const facts = await probeArchive(join(folder, 'a/b/archive'))
    expect(facts).toMatchObject({ root: join(folder, 'a/b/archive'), isNew: true, longNames: true })
    expect(facts.freeBytes).toBeGreaterThan(0)
    expect(await readdir(join(folder, 'a/b/archive'), { recursive: true })).toEqual(['.holdall'])
  })

  test.runIf(process.platform === 'linux')('tells cases and forms apart where the disk does', async () => {
    expect(await probeArchive(folder)).toMatchObject({ caseSensitive: true, formSensitive: true })
  })

  test('takes an archive that is there, and sweeps what an interrupted probe left', async () => {
    await mkdir(join(folder, '.holdall/probe-123'), { recursive: true })
    await writeFile(join(folder, '.holdall/probe-123/aA'), '')
    await writeFile(join(folder, '.holdall/journal.db'), '')
    await writeFile(join(folder, 'bagit.txt'), '')
    expect((await probeArchive(folder)).isNew).toBe(false)
    expect(await readdir(join(folder, '.holdall'))).toEqual(['journal.db'])
  })

  test('what systems leave by themselves is nothing', async () => {
    for (const name of ['.DS_Store', '._x', 'desktop.ini', '.Trash-1000']) await writeFile(join(folder, name), '')
    expect((await probeArchive(folder)).isNew).toBe(true)
  })

  test('follows a link to the real folder', async () => {
    await mkdir(join(folder, 'real'))
    await symlink(join(folder, 'real'), join(folder, 'link'))
    expect((await probeArchive(join(folder, 'link'))).root).toBe(join(folder, 'real'))
  })

  test('refuses a file, and a folder below a file', async () => {
    await writeFile(join(folder, 'file'), '')
    for (const path of ['file', 'file/archive']) {
      await expect(probeArchive(join(folder, path))).rejects.toMatchObject({
        kind: 'disk',
        message: expect.stringMatching(/a file stands there/),
        hint: expect.stringContaining('--archive'),
      })
    }
  })

  test('refuses a folder with other things in it, and leaves it alone', async () => {
    await writeFile(join(folder, 'thesis.docx'), '')
    await expect(probeArchive(folder)).rejects.toMatchObject({ kind: 'disk', message: expect.stringContaining('"thesis.docx"') })
    expect(await readdir(folder)).toEqual(['thesis.docx'])
  })

  test('refuses a bag without our notes', async () => {
    await writeFile(join(folder, 'bagit.txt'), '')
    await expect(probeArchive(folder)).rejects.toMatchObject({ kind: 'disk', message: expect.stringContaining('is a bag') })
  })

  test.skipIf(process.platform === 'win32')('refuses a folder that may not be written to', async () => {
    const { uid } = userInfo()
    await chmod(folder, 0o555)
    if (uid === 0) process.seteuid?.(65534) // root may write anywhere
    try {
      await expect(probeArchive(folder)).rejects.toMatchObject({
        kind: 'disk',
        message: expect.stringMatching(/cannot hold the archive: no permission/),
        hint: 'choose a folder that you may write to',
      })
    } finally {
      if (uid === 0) process.seteuid?.(0)
      await chmod(folder, 0o755)
    }
  })
})

/** Mounts a small disk in memory; false where that is not allowed. */
function mount(at: string, options: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', at], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
const unmount = (at: string) => execFileSync('umount', [at])

describe('on a small disk', () => {
  const withDisk = async (skip: (note: string) => void, options: string, work: (at: string) => Promise<void>) => {
    const at = join(folder, 'disk')
    await mkdir(at)
    if (!mount(at, options)) return skip('SKIPPED: mounting a tmpfs needs root and Linux')
    try {
      await work(at)
    } finally {
      unmount(at)
    }
  }

  test('the free space is told', ({ skip }) =>
    withDisk(skip, 'size=1m', async (at) => {
      expect(await probeArchive(at)).toMatchObject({
        fileSystem: 'tmpfs',
        freeBytes: expect.toSatisfy((free: number) => free > 900_000 && free <= 1_048_576),
      })
    }))

  test('no room for another file', ({ skip }) =>
    withDisk(skip, 'size=64k,nr_inodes=3', async (at) => {
      await expect(probeArchive(at)).rejects.toMatchObject({
        kind: 'disk',
        message: expect.stringMatching(/the disk is full/),
        hint: expect.stringMatching(/free some space/),
      })
    }))

  test('a disk that is read-only', ({ skip }) =>
    withDisk(skip, 'size=64k,ro', async (at) => {
      await expect(probeArchive(at)).rejects.toMatchObject({ kind: 'disk', message: expect.stringMatching(/read-only/) })
      await expect(probeArchive(join(at, 'a/b'))).rejects.toMatchObject({
        kind: 'disk',
        message: expect.stringMatching(/read-only/),
      })
    }))
})

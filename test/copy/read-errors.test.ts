import { execFileSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startCloud } from '../journeys/cloud.ts'
import { run } from '../journeys/program.ts'
import { copiedOf, copyOf } from './copies.ts'

vi.setConfig({ testTimeout: 60_000 })

/** A file of the kernel whose first byte nobody can read, put in the place of another: what reading it says is what a failing disk says. */
function failToRead(file: string): void {
  execFileSync('mount', ['--bind', `/proc/${process.pid}/mem`, file], { stdio: 'pipe' })
  onTestFinished(() => void execFileSync('umount', ['-l', file]))
}

const mountable = canMount()

function canMount(): boolean {
  const file = path.join(tmpdir(), `holdall-bind-${process.pid}`)
  try {
    writeFileSync(file, '')
    execFileSync('mount', ['--bind', `/proc/${process.pid}/mem`, file], { stdio: 'pipe' })
    execFileSync('umount', [file], { stdio: 'pipe' })
    return true
  } catch (error) {
    if (process.env.CI === 'true') throw error
    process.stderr.write('\nSKIPPED: the test with a disk that returns read errors needs the right to mount\n\n')
    return false
  } finally {
    execFileSync('rm', ['-f', file])
  }
}

test.skipIf(!mountable)('a disk that returns read errors: each file is named, the others are copied', async () => {
  const cloud = await startCloud({ accounts: ['home'] })
  const { place, home } = cloud
  for (let n = 0; n < 4; n++) home.put(`/f ${n}.txt`, `text ${n}`)
  home.put('/bad sector.txt', '')
  expect((await run(place, ['backup'])).status).toBe(0)
  failToRead(path.join(place.archive, 'data/home/files/bad sector.txt'))

  const to = copyOf(place)
  const copied = await run(place, ['copy', to, '--json'])
  expect(copied.status, copied.stderr).toBe(3)
  expect(copied.stdout).toMatch(/"event":"damaged".*bad sector\.txt.*cannot be read: the disk reported an input\/output error/)
  expect(copiedOf(copied)).toMatchObject({ copied: 4, damaged: 1 })
  expect(existsSync(path.join(to, 'data/home/files/bad sector.txt'))).toBe(false)
  expect((await run(place, ['verify', '--archive', to])).status).toBe(0)
})

test.skipIf(!mountable)('verify names what the disk does not give, and reads the rest', async () => {
  const cloud = await startCloud({ accounts: ['home'] })
  const { place, home } = cloud
  for (let n = 0; n < 4; n++) home.put(`/f ${n}.txt`, `text ${n}`)
  home.put('/bad sector.txt', '')
  expect((await run(place, ['backup'])).status).toBe(0)
  failToRead(path.join(place.archive, 'data/home/files/bad sector.txt'))
  const verified = await run(place, ['verify', '--json'])
  expect(verified.status).toBe(3)
  expect(verified.stdout).toMatch(/"event":"damaged".*bad sector\.txt.*cannot be read: the disk reported an input\/output error/)
  const summary = JSON.parse(verified.stdout.trimEnd().split('\n').at(-1) ?? '') as { details: object }
  expect(summary.details).toMatchObject({ files: 5, damaged: 1, kinds: { unreadable: 1 }, retaken: 1 })
})

test.skipIf(!mountable)(
  'a journal that is made anew on such a disk: the file is named and waits, the rest is known again',
  async () => {
    const cloud = await startCloud({ accounts: ['home'] })
    const { place, home } = cloud
    for (let n = 0; n < 4; n++) home.put(`/f ${n}.txt`, `text ${n}`)
    home.put('/bad sector.txt', '')
    expect((await run(place, ['backup'])).status).toBe(0)
    failToRead(path.join(place.archive, 'data/home/files/bad sector.txt'))
    execFileSync('rm', ['-r', path.join(place.archive, '.holdall')])
    const planned = await run(place, ['plan', '--json'])
    expect(planned.status, planned.stderr).toBe(0)
    expect(planned.stdout).toMatch(
      /"event":"damaged".*bad sector\.txt.*cannot be read: the disk reported an input\/output error.*it is taken again/,
    )
    expect(planned.stdout).toMatch(/4 files are there and right, 1 are not/)
    const summary = JSON.parse(planned.stdout.trimEnd().split('\n').at(-1) ?? '') as { sources: Record<string, object> }
    expect(summary.sources['home/files']).toMatchObject({ items: 5, unchanged: 4, pending: 1 })
  },
)

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { lockArchive } from '../../src/archive/lock.ts'
import type { Clock } from '../../src/core/clock.ts'

let folder: string
let root: string
let stateFolder: string
const children: ChildProcess[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdall-lock-'))
  root = join(folder, 'archive')
  stateFolder = join(folder, 'state')
  await mkdir(root)
})
afterEach(async () => {
  for (const child of children.splice(0)) await kill(child)
  await rm(folder, { recursive: true })
})

/** Time that moves by hand; sleepers wake when it passes them. */
function handClock(start: number): Clock & { forward(ms: number): Promise<void> } {
  let now = start
  const sleepers: { readonly until: number; readonly wake: () => void }[] = []
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        sleepers.push({ until: now + ms, wake: resolve })
        signal?.addEventListener('abort', () => reject(signal.reason))
      }),
    async forward(ms) {
      now += ms
      for (const sleeper of sleepers.filter(({ until }) => until <= now)) sleeper.wake()
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

const start = Date.parse('2026-03-31T12:00:00Z')
const lockFile = () => join(root, '.holdall', 'lock')
const lock = (changes: Partial<Parameters<typeof lockArchive>[0]> = {}) =>
  lockArchive({ root, stateFolder, pid: process.pid, host: 'here', clock: handClock(start), ...changes })
const holder = async () => JSON.parse(await readFile(lockFile(), 'utf8')) as { pid: number; host: string; heartbeat: number }
const leave = async (changes: object) => {
  await mkdir(join(root, '.holdall'), { recursive: true })
  await writeFile(
    lockFile(),
    JSON.stringify({ host: 'there', pid: 4711, computer: 'x', since: start - 1000, heartbeat: start - 1000, ...changes }),
  )
}

/** A child that holds the lock until it is killed. */
async function lockingChild(archive: string, state: string): Promise<ChildProcess> {
  const script = `import { lockArchive } from ${JSON.stringify(join(import.meta.dirname, '../../src/archive/lock.ts'))}
    import { systemClock } from ${JSON.stringify(join(import.meta.dirname, '../../src/core/clock.ts'))}
    await lockArchive({ root: ${JSON.stringify(archive)}, stateFolder: ${JSON.stringify(state)}, pid: process.pid, host: 'here', clock: systemClock })
    console.log('locked')`
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  await once(child.stdout ?? child, 'data')
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

describe('lockArchive', () => {
  test('one at a time; released, the next may', async () => {
    const first = await lock()
    expect(await holder()).toMatchObject({ pid: process.pid, host: 'here' })
    await expect(lock()).rejects.toMatchObject({
      kind: 'disk',
      message: `another run is using this archive: process ${process.pid} on here, since 2026-03-31T12:00:00.000Z`,
    })
    first.release()
    expect(existsSync(lockFile())).toBe(false)
    ;(await lock()).release()
  })

  test('two archives do not stand in each other’s way', async () => {
    const other = join(folder, 'other')
    await mkdir(other)
    const locks = [await lock(), await lock({ root: other })]
    for (const one of locks) one.release()
  })

  test('the same folder under another name is the same archive', async () => {
    await symlink(root, join(folder, 'link'))
    const first = await lock()
    await expect(lock({ root: join(folder, 'link') })).rejects.toMatchObject({ kind: 'disk' })
    first.release()
  })

  test('another living process is named', async () => {
    const child = await lockingChild(root, stateFolder)
    await expect(lock()).rejects.toMatchObject({
      kind: 'disk',
      message: expect.stringContaining(`process ${child.pid} on here, since 20`),
    })
  })

  test('a process that was killed leaves nothing that blocks', async () => {
    for (let round = 0; round < 3; round++) await kill(await lockingChild(root, stateFolder))
    expect(existsSync(lockFile())).toBe(true)
    ;(await lock()).release()
    expect(existsSync(lockFile())).toBe(false)
  })

  test('nor does it with another state folder, once it is dead', async () => {
    const child = await lockingChild(root, join(folder, 'state of another user'))
    await expect(lock({ clock: handClock(Date.now()) })).rejects.toMatchObject({
      kind: 'disk',
      message: expect.stringContaining(`process ${child.pid}`),
    })
    await kill(child)
    ;(await lock({ clock: handClock(Date.now()) })).release()
  })

  test('a dead run whose number a living process has now does not block', async () => {
    const first = await lock()
    const { computer } = JSON.parse(await readFile(lockFile(), 'utf8')) as { computer: string }
    first.release()
    await leave({ host: 'here', pid: process.ppid, computer })
    ;(await lock()).release()
  })

  test('a run on another computer', async () => {
    await leave({})
    await expect(lock()).rejects.toMatchObject({
      kind: 'disk',
      message: expect.stringContaining('process 4711 on there, since 2026-03-31T11:59:59'),
    })
    // The refused attempt holds nothing.
    await rm(lockFile())
    ;(await lock()).release()
  })

  test('a run on another computer that gave no sign of life for long: how to go on is said', async () => {
    await leave({ heartbeat: start - 42 * 60_000 })
    await expect(lock()).rejects.toMatchObject({
      kind: 'disk',
      message: expect.stringMatching(/no sign of life for 42 minutes/),
      hint: expect.stringContaining(`delete the file ${lockFile()}`),
    })
    expect((await holder()).pid).toBe(4711)
  })

  test('this computer under an earlier name', async () => {
    const first = await lock()
    const { computer } = JSON.parse(await readFile(lockFile(), 'utf8')) as { computer: string }
    first.release()
    await leave({ host: 'here.local', computer })
    await expect(lock()).rejects.toMatchObject({ kind: 'disk' })
    await leave({ host: 'here.local', computer, heartbeat: start - 5 * 60_000 })
    ;(await lock()).release()
  })

  test.each(['', '{"host":', '{"pid":1}'])('a file that a crash cut off does not block: %j', async (content) => {
    await leave({})
    await writeFile(lockFile(), content)
    ;(await lock()).release()
  })

  test('gives a sign of life every minute, and not after the end', async () => {
    const clock = handClock(start)
    const first = await lock({ clock })
    await clock.forward(60_000)
    expect(await holder()).toMatchObject({ heartbeat: start + 60_000, pid: process.pid })
    await clock.forward(60_000)
    expect(await holder()).toMatchObject({ heartbeat: start + 120_000 })
    first.release()
    await clock.forward(60_000)
    expect(existsSync(lockFile())).toBe(false)
  })

  test('a lock that somebody else took is not removed', async () => {
    const first = await lock()
    await leave({})
    first.release()
    expect((await holder()).pid).toBe(4711)
  })

  test('a state folder that cannot be used', async () => {
    await writeFile(stateFolder, '')
    await expect(lock()).rejects.toMatchObject({ kind: 'disk', message: expect.stringContaining(stateFolder) })
  })
})

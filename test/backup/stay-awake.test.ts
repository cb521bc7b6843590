import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { type StayAwakeOptions, stayAwake } from '../../src/backup/stay-awake.ts'

interface Call {
  readonly command: string
  readonly args: readonly string[]
  readonly child: ChildProcess
}

/** Runs `shell` in the place of the helper, and says what would have run. */
function instead(shell: string): { readonly spawn: StayAwakeOptions['spawn']; readonly calls: Call[] } {
  const calls: Call[] = []
  return {
    calls,
    spawn: (command, args, options) => {
      const child = spawn('/bin/sh', ['-c', shell], options)
      calls.push({ command, args, child })
      return child
    },
  }
}

const ended = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : once(child, 'exit')

test.each([
  ['darwin', '/usr/bin/caffeinate', ['-i', '-w', '4711']],
  ['linux', 'systemd-inhibit', ['--what=idle:sleep', '--who=Holdall', '--why=A backup is running', '--mode=block', 'cat']],
  [
    'win32',
    'powershell.exe',
    ['-NoProfile', '-NonInteractive', '-Command', expect.stringContaining('SetThreadExecutionState([uint32]2147483649)')],
  ],
] as const)('%s asks %s, and lets go on release', async (platform, command, args) => {
  const notices: string[] = []
  const { spawn, calls } = instead('exec cat')
  const awake = stayAwake({ platform, spawn, pid: 4711, notice: (message) => notices.push(message) })
  const [call] = calls
  expect(call).toMatchObject({ command, args })
  expect(call?.child.exitCode).toBeNull()
  awake.release()
  awake.release()
  if (call !== undefined) await ended(call.child)
  expect(notices).toEqual([])
})

test('a refusal is told once, and nothing is thrown', async () => {
  const notices: string[] = []
  const { spawn, calls } = instead('exit 1')
  const awake = stayAwake({ platform: 'linux', spawn, pid: 1, notice: (message) => notices.push(message) })
  await ended(calls[0]?.child as ChildProcess)
  awake.release()
  expect(notices).toEqual([expect.stringMatching(/may fall asleep.*systemd-inhibit was refused.*goes on when it wakes/)])
})

test('a helper that does not exist, a spawn that throws, a system without a helper', async () => {
  const notices: string[] = []
  const notice = (message: string) => notices.push(message)
  const missing = spawn('/nowhere/at-all', [], { stdio: 'ignore' })
  const reported = once(missing, 'error').catch(() => undefined)
  stayAwake({ platform: 'linux', spawn: () => missing, pid: 1, notice })
  await reported
  const thrown = () => {
    throw new Error('EAGAIN')
  }
  stayAwake({ platform: 'darwin', spawn: thrown, pid: 1, notice }).release()
  stayAwake({ platform: 'aix', spawn: thrown, pid: 1, notice }).release()
  expect(notices).toEqual([
    expect.stringContaining('not found'),
    expect.stringContaining('EAGAIN'),
    expect.stringContaining('no way'),
  ])
})

const module = fileURLToPath(new URL('../../src/backup/stay-awake.ts', import.meta.url))
const script = (rest: string) => `
  const { spawn } = await import('node:child_process')
  const { stayAwake } = await import(${JSON.stringify(module)})
  const real = (command, args, options) => {
    const child = spawn('cat', [], options)
    console.log(child.pid)
    return child
  }
  stayAwake({ platform: 'linux', spawn: real, pid: process.pid, notice: console.error })
  ${rest}`
const run = (rest: string) => ['--input-type=module', '-e', script(rest)]

/** A process that ended but that nobody waited for (a container without an init) has ended. */
function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !existsSync(`/proc/${pid}/stat`) || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

async function goneWithin(pid: number, milliseconds: number): Promise<boolean> {
  for (const end = Date.now() + milliseconds; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 20))) {
    if (!lives(pid)) return true
  }
  return false
}

test('the helper does not keep the process alive', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, run(''), { timeout: 20_000 })
  expect(await goneWithin(Number(stdout.trim()), 10_000)).toBe(true)
})

test('the helper ends with the process, even one that is killed', async () => {
  const parent = spawn(process.execPath, run('setInterval(() => {}, 1000)'), { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string]
  const helper = Number(line)
  expect(helper).toBeGreaterThan(0)
  parent.kill('SIGKILL')
  await ended(parent)
  expect(await goneWithin(helper, 10_000)).toBe(true)
})

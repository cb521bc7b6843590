import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const checkout = fileURLToPath(new URL('../../', import.meta.url))
/** The Node that the checkout brings; the machine's own may be older. */
export const node = path.join(checkout, 'node_modules/.bin/node')
const sources = path.join(checkout, 'src/holdall.js')
/** As npm ships it: test/shipped.ts. */
export const script = process.env.HOLDALL_SHIPPED ?? sources

/** A person's computer, as far as the program sees it: a folder for the archive, one for the program's own files, the settings, the environment. */
export interface Place {
  readonly folder: string
  readonly archive: string
  /** $HOLDALL_HOME. */
  readonly home: string
  readonly config: string
  readonly env: Record<string, string>
  configure(yaml: string): Promise<void>
}

/** An empty place, removed when the test ends. */
export async function makePlace(): Promise<Place> {
  const folder = await mkdtemp(path.join(tmpdir(), 'holdall-journey-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const home = path.join(folder, 'home')
  mkdirSync(home)
  const config = path.join(folder, 'holdall.yaml')
  return {
    folder,
    archive: path.join(folder, 'archive'),
    home,
    config,
    // Nothing of the environment that the tests run in: a proxy or a colour setting there is no concern of theirs.
    env: { PATH: process.env.PATH ?? '', HOME: home, HOLDALL_HOME: home, HOLDALL_CONFIG: config },
    configure: (yaml) => writeFile(config, yaml, { mode: 0o600 }),
  }
}

/** How a run of the program ended, and what it said. */
export interface Ended {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  readonly tookMs: number
}

export interface Running {
  readonly pid: number
  readonly ended: Promise<Ended>
  /** What it has said so far, stdout and stderr together. */
  readonly said: () => string
  /** Resolves when it has said this; rejects when it ends before. */
  until(pattern: RegExp): Promise<void>
  kill(signal: NodeJS.Signals): void
  /** Types this. */
  write(text: string): void
}

export interface RunOptions {
  /** Added to the place's environment. */
  readonly env?: Readonly<Record<string, string>>
  /** A program that runs it, with its arguments: strace. */
  readonly under?: readonly string[]
  readonly cwd?: string
  /** Kept open and empty unless given. */
  readonly stdin?: string
  /** Another Node than the checkout's. */
  readonly node?: string
}

/** What is imported before the program finds only its sources to change. */
const preloads = ({ env }: Place) => env.NODE_OPTIONS?.includes('--import') === true

/** Starts the real program as a process of its own. It is killed if it still runs when the test ends. */
export function start(place: Place, args: readonly string[], options: RunOptions = {}): Running {
  const [command = node, ...rest] = [...(options.under ?? []), options.node ?? node, preloads(place) ? sources : script, ...args]
  const began = performance.now()
  const child: ChildProcess = spawn(command, rest, {
    cwd: options.cwd ?? place.folder,
    env: { ...place.env, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  const listeners = new Set<() => void>()
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    for (const listener of listeners) listener()
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
    for (const listener of listeners) listener()
  })
  child.stdin?.on('error', () => undefined)
  if (options.stdin !== undefined) child.stdin?.end(options.stdin)
  let over = false
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (status, signal) => {
      over = true
      resolve({ status, signal, stdout, stderr, tookMs: performance.now() - began })
      for (const listener of listeners) listener()
    })
  })
  onTestFinished(async () => {
    if (over) return
    child.kill('SIGKILL')
    await ended
  })
  return {
    pid: child.pid ?? 0,
    ended,
    said: () => stdout + stderr,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (pattern.test(stdout) || pattern.test(stderr)) resolve()
          else if (over) reject(new Error(`it ended without saying ${pattern}:\n${stdout}\n${stderr}`))
          else return
          listeners.delete(look)
        }
        listeners.add(look)
        look()
      }),
    kill: (signal) => void child.kill(signal),
    write: (text) => void child.stdin?.write(text),
  }
}

/** Runs the program to its end. */
export function run(place: Place, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return start(place, args, options).ended
}

/** Waits until something is so that nobody tells of; rejects when the program ends before. */
export async function waitFor(running: Running, isSo: () => boolean): Promise<void> {
  let ended: Ended | undefined
  void running.ended.then((how) => {
    ended = how
  })
  while (!isSo()) {
    if (ended !== undefined) throw new Error(`it ended (${ended.status}) before that was so:\n${ended.stdout}\n${ended.stderr}`)
    await sleep(10)
  }
}

import { spawn } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const checkout = fileURLToPath(new URL('../../', import.meta.url))
/** The Node that the checkout brings; the machine's own may be older. */
export const node = path.join(checkout, 'node_modules/.bin/node')

/** A folder with an archive, the program's own files and settings. */
export interface Place {
  readonly folder: string
  readonly archive: string
  readonly env: Readonly<Record<string, string>>
}

/** How a run of the program ended, and what it said. */
export interface Ended {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  readonly ended: Promise<Ended>
  kill(signal: NodeJS.Signals): void
}

/** Longer, and it hangs: everything that these runs wait for is told to give up within seconds. */
const longestMs = 180_000

/** Starts the program as npm ships it (HOLDALL_SHIPPED) as a process of its own. */
export function start(place: Place, args: readonly string[]): Running {
  const child = spawn(node, [process.env.HOLDALL_SHIPPED ?? path.join(checkout, 'src/holdall.js'), ...args], {
    cwd: place.folder,
    env: place.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = new Promise<Ended>((resolve, reject) => {
    const hung = setTimeout(() => {
      child.kill('SIGKILL')
      reject(
        new Error(
          `holdall ${args.join(' ')} still runs after ${longestMs / 1000} s:\n${stdout.slice(-2000)}\n${stderr.slice(-2000)}`,
        ),
      )
    }, longestMs)
    child.once('error', reject)
    child.once('close', (status, signal) => {
      clearTimeout(hung)
      resolve({ status, signal, stdout, stderr })
    })
  })
  // Who waits for it sees the error; until then it must not end the process.
  ended.catch(() => undefined)
  return { ended, kill: (signal) => void child.kill(signal) }
}

export const run = (place: Place, args: readonly string[]): Promise<Ended> => start(place, args).ended

import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { homedir, hostname } from 'node:os'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { runProgram } from './app/program.ts'
import type { StartRenewal } from './signin/apart/renew-apart.ts'

/** The process: argv, environment, signals, exit status. Nothing else touches `process`. */
export async function start(): Promise<void> {
  const interrupt = new AbortController()
  let asked = 0
  const stop = () => {
    asked++
    // The second time at once: everything durable is durable already.
    if (asked > 1) process.exit(130)
    process.stderr.write('\nStopping: what is running is parked or finished and the bag is sealed. Once more stops at once.\n')
    interrupt.abort()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  // A reader that went away (`| head`) is no error of ours.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  }
  process.exitCode = await runProgram({
    argv: process.argv.slice(2),
    env: process.env,
    locale: Intl.DateTimeFormat().resolvedOptions().locale,
    cwd: process.cwd(),
    home: homedir(),
    host: hostname(),
    platform: process.platform,
    pid: process.pid,
    versions: process.versions,
    version: (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }).version,
    profiles: fileURLToPath(new URL('../config/profiles/', import.meta.url)),
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    spawn,
    startRenewal,
    interrupt: interrupt.signal,
  })
}

/**
 * renewal.ts beside this file, in a session of its own: neither Ctrl-C nor the end of the terminal, nor a kill of this process and its group reaches it.
 * Settings that may hold secrets do not go along in the environment; what it needs of them it is told on its standard input.
 */
const startRenewal: StartRenewal = () => {
  const program = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? 'renewal.ts' : 'renewal.js', import.meta.url))
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('HOLDALL_')))
  return spawn(process.execPath, [...process.execArgv, program], {
    detached: true,
    windowsHide: true,
    stdio: ['pipe', 'pipe', 'ignore'],
    env,
  })
}

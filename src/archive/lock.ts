import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { kill } from 'node:process'
import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import type { Clock } from '../core/clock.ts'
import { Failure } from '../core/failure.ts'

/** How often a run says that it is alive, and after which silence it is taken for ended (milliseconds). A laptop may sleep in between. */
const heartbeat = { every: 60_000, silence: 5 * 60_000 }

const holderSchema = z.object({
  host: z.string(),
  pid: z.number(),
  /** Marks the state folder, and with it the computer: names of computers change with the network, and paths are alike everywhere. */
  computer: z.string(),
  since: z.number(),
  heartbeat: z.number(),
})
/** Who holds an archive; times in milliseconds since 1970. */
type Holder = z.infer<typeof holderSchema>

export interface Lockable {
  /** The archive's folder; it exists. */
  readonly root: string
  /** The program's own folder on a local disk of this computer. */
  readonly stateFolder: string
  readonly pid: number
  /** This computer's name. */
  readonly host: string
  readonly clock: Clock
}

/**
 * Lets one run at a time use an archive. On this computer by an exclusive transaction in a database of the state folder, which the system ends with the
 * process, however it dies; for other computers that see the same folder by the file `.holdall/lock`, with a sign of life every minute.
 * Throws a Failure of kind `disk` that names the other run.
 */
export async function lockArchive(what: Lockable): Promise<{ release(): void }> {
  const root = realpathSync.native(what.root)
  const file = join(root, '.holdall', 'lock')
  mkdirSync(join(root, '.holdall'), { recursive: true })
  const { guard, computer } = lockHere(root, what.stateFolder, file)
  const now = what.clock.now()
  const own: Holder = { host: what.host, pid: what.pid, computer, since: now, heartbeat: now }
  try {
    takeFile(file, own)
  } catch (error) {
    guard.close()
    throw error
  }
  const ended = new AbortController()
  void beat(file, own, what.clock, ended.signal)
  return {
    release() {
      ended.abort()
      try {
        if (isSame(read(file), own)) rmSync(file, { force: true })
      } finally {
        guard.close()
      }
    },
  }
}

/** The lock on this computer is held as long as the database stays open. */
function lockHere(root: string, stateFolder: string, file: string): { readonly guard: DatabaseSync; readonly computer: string } {
  const folder = join(stateFolder, 'locks')
  let guard: DatabaseSync | undefined
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const computer = mark(join(folder, 'computer'))
    guard = new DatabaseSync(join(folder, `${createHash('sha256').update(root).digest('hex').slice(0, 32)}.db`))
    guard.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE')
    return { guard, computer }
  } catch (error) {
    guard?.close()
    // SQLITE_BUSY is the low byte of 5: https://sqlite.org/rescode.html#busy
    if (error instanceof Error && 'errcode' in error && Number(error.errcode) % 256 === 5) throw held(read(file), file)
    throw new Failure('disk', `the program's own folder cannot be used: ${folder}`, {
      hint: 'see that you may write to it',
      cause: error,
    })
  }
}

/** A random word that stays. */
function mark(file: string): string {
  try {
    writeFileSync(file, randomUUID(), { flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readFileSync(file, 'utf8')
}

function takeFile(file: string, own: Holder): void {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(file, text(own), { flag: 'wx' })
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const holder = read(file)
    if (holder === 'none') continue
    if (typeof holder === 'object') mayTake(holder, own, file)
    replace(file, text(own))
    return
  }
  throw held(read(file), file)
}

/** Throws where the run that left the file may still live. */
function mayTake(holder: Holder, own: Holder, file: string): void {
  const silent = own.since - holder.heartbeat >= heartbeat.silence
  // A living run with this state folder would hold the database that we hold now; where the folder is a network's, locks may mean nothing.
  const ended = holder.computer === own.computer && (holder.host === own.host || silent)
  if (ended) return
  if (holder.host !== own.host) throw silent ? silentElsewhere(holder, file, own.since) : held(holder, file)
  if (isAlive(holder.pid) && !silent) throw held(holder, file)
}

/** Ends with the signal. A sign of life that cannot be written is an error of the disk, which the run meets itself. */
async function beat(file: string, own: Holder, clock: Clock, ended: AbortSignal): Promise<void> {
  while (!ended.aborted) {
    try {
      await clock.sleep(heartbeat.every, ended)
      if (isSame(read(file), own)) replace(file, text({ ...own, heartbeat: clock.now() }))
    } catch {}
  }
}

/** In one step, so that nobody reads half of it. */
function replace(file: string, content: string): void {
  writeFileSync(`${file}.new`, content)
  renameSync(`${file}.new`, file)
}

function text(holder: Holder): string {
  return `${JSON.stringify(holder)}\n`
}

function read(file: string): Holder | 'none' | 'unreadable' {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'none' : 'unreadable'
  }
}

function isSame(holder: Holder | 'none' | 'unreadable', own: Holder): boolean {
  return typeof holder === 'object' && holder.host === own.host && holder.pid === own.pid && holder.since === own.since
}

/** Signal 0 only asks. EPERM: it lives and belongs to somebody else. */
function isAlive(pid: number): boolean {
  try {
    return kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function held(holder: Holder | 'none' | 'unreadable', file: string): Failure {
  const who =
    typeof holder === 'object' ? `: process ${holder.pid} on ${holder.host}, since ${new Date(holder.since).toISOString()}` : ''
  return new Failure('disk', `another run is using this archive${who}`, {
    hint: `wait until it has ended, or end it; the file ${file} names it`,
  })
}

function silentElsewhere(holder: Holder, file: string, now: number): Failure {
  const minutes = Math.floor((now - holder.heartbeat) / 60_000)
  return new Failure('disk', `${held(holder, file).message}; it gave no sign of life for ${minutes} minutes`, {
    hint: `if no run lives on ${holder.host} any more, delete the file ${file} and run the same command again`,
  })
}

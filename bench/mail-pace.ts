import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { makeMailPlace } from './mail-place.ts'
import type { MailMinute } from './mail-server.ts'
import { sources } from './ours.ts'
import { scratch } from './scratch.ts'
import { printTable } from './table.ts'

interface Case {
  readonly name: string
  /** Units; a message costs 20. */
  readonly unitsPerMinute: number
  readonly window: 'clock' | 'sliding'
  /** Not faster than this, or the processor is what is measured. */
  readonly fastest?: number
}

const windows = ['clock', 'sliding'] as const
const cases: readonly Case[] = [
  ...windows.map((window) => ({ name: 'of a new project', unitsPerMinute: 6_000, window })),
  ...windows.map((window) => ({ name: 'half taken elsewhere', unitsPerMinute: 3_000, window })),
  { name: 'of an old project', unitsPerMinute: 60_000, window: 'clock', fastest: 4 },
]

/** Messages a minute of a practice Gmail that enforces its quota, as a share of what the quota allows, and calls refused. */
export async function benchMailPace({ minutes, speed }: { minutes: number; speed: number }): Promise<void> {
  const home = await mkdtemp(join(scratch(), 'bench-'))
  try {
    const rows: string[][] = []
    for (const one of cases) rows.push(row(one, await run(home, one, minutes, Math.min(speed, one.fastest ?? speed)), minutes))
    const late = Math.ceil(minutes * (2 / 3))
    printTable(
      `Gmail's quota, ${minutes} minutes${speed === 1 ? '' : `, with the clocks of the program and of the practice Gmail ${speed} times as fast (${cases.at(-1)!.fastest} times at most for the old project)`}: share used, calls refused`,
      [
        'quota',
        'minutes are',
        'in minute 1',
        'refused',
        'in 1 to 10',
        'refused',
        `from ${late + 1} on`,
        'refused',
        'all',
        'refused',
        'messages/min',
        'memory MB',
      ],
      rows,
    )
  } finally {
    await rm(home, { recursive: true })
  }
}

function row({ name, unitsPerMinute, window }: Case, { seen, memory }: Ran, minutes: number): string[] {
  const sum = (part: readonly MailMinute[], of: keyof MailMinute) => part.reduce((total, minute) => total + minute[of], 0)
  const percent = (share: number, digits: number) => `${(share * 100).toFixed(digits)} %`
  const shares = (part: readonly MailMinute[]) => {
    const refused = sum(part, 'refused')
    return [percent(sum(part, 'units') / (unitsPerMinute * part.length), 1), percent(refused / (refused + sum(part, 'fine')), 2)]
  }
  const late = Math.ceil(minutes * (2 / 3))
  return [
    `${name}: ${unitsPerMinute / 20} messages`,
    window === 'clock' ? "the clock's" : 'any 60 s',
    ...shares(seen.slice(0, 1)),
    ...shares(seen.slice(0, 10)),
    ...shares(seen.slice(late)),
    ...shares(seen),
    (sum(seen, 'units') / 20 / seen.length).toFixed(0),
    memory.toFixed(0),
  ]
}

interface Ran {
  readonly seen: readonly MailMinute[]
  /** The largest resident memory so far, in MB (10^6 bytes). */
  readonly memory: number
}

async function peakOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return (Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024) / 1e6
}

/** A backup that is ended when the minutes are over; the whole minutes of it. */
async function run(home: string, one: Case, minutes: number, speed: number): Promise<Ran> {
  const { unitsPerMinute, window } = one
  const count = Math.ceil((unitsPerMinute / 20) * (minutes + 2))
  const clock = { began: Date.now(), speed }
  const options = { messages: [{ count, bytes: 1500 }], quota: { unitsPerMinute, window }, clock }
  const place = await makeMailPlace(home, sources, options)
  try {
    const { file, args, env } = place.program('backup', 'google', '--quiet')
    const child = spawn(file, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'inherit'] })
    const ended = once(child, 'exit')
    for (;;) {
      const over = await Promise.race([sleep(1000), ended.then(() => true)])
      const { minutes: seen } = await place.answered()
      if (seen.length > minutes || over === true) {
        const memory = await peakOf(child.pid ?? 0)
        child.kill('SIGKILL')
        await ended
        if (seen.length < minutes) throw new Error(`the backup ended in minute ${seen.length}`)
        return { seen: seen.slice(0, minutes), memory }
      }
    }
  } finally {
    place.stop()
  }
}

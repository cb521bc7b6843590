import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { open, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What a program cost from its start to its end, its own children included. */
export interface Cost {
  /** Seconds on the clock. */
  readonly wall: number
  /** Seconds of processor time, user and system together. */
  readonly cpu: number
  /** The largest resident memory, in MB (10^6 bytes). */
  readonly memory: number
}

export interface Program {
  readonly file: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** A file for what it prints; default: nowhere. */
  readonly output?: string
}

/** GNU time (Debian package `time`): Node tells nothing of what its children used. */
const time = '/usr/bin/time'
let runs = 0

/** Runs a program to its end. Throws when it fails, with what it printed. */
export async function measure({ file, args, env = {}, output }: Program): Promise<Cost> {
  if (!existsSync(time)) throw new Error(`the benchmarks need ${time} (Debian package "time")`)
  const figures = join(tmpdir(), `holdall-bench-${process.pid}-${runs++}`)
  const out = output === undefined ? undefined : await open(output, 'w')
  const child = spawn(time, ['-f', '%U %S %M', '-o', figures, file, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', out?.fd ?? 'ignore', 'pipe'],
  })
  const began = performance.now()
  let said = ''
  child.stderr!.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-4000)
  })
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const wall = (performance.now() - began) / 1000
  await out?.close()
  const measured = await readFile(figures, 'utf8')
  await rm(figures)
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${status}:\n${said}`)
  const [user, system, kilobytes] = measured.trim().split(' ').map(Number)
  return { wall, cpu: user! + system!, memory: (kilobytes! * 1024) / 1e6 }
}

/** Two programs one after the other, as one piece of work. */
export function together(first: Cost, second: Cost): Cost {
  return { wall: first.wall + second.wall, cpu: first.cpu + second.cpu, memory: Math.max(first.memory, second.memory) }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** Each figure's own median. */
export function medianCost(costs: readonly Cost[]): Cost {
  const of = (pick: (cost: Cost) => number) => median(costs.map(pick))
  return { wall: of(({ wall }) => wall), cpu: of(({ cpu }) => cpu), memory: of(({ memory }) => memory) }
}

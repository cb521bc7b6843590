import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { type Cost, medianCost, together } from './measure.ts'
import { type Build, makeArchive, makePackage, sources } from './ours.ts'
import { type Backend, makeCopy } from './rclone.ts'
import { scratch } from './scratch.ts'
import { type Server, startServer } from './server.ts'
import { printTable } from './table.ts'
import type { Tree } from './tree.ts'

export interface CopyingOptions {
  readonly title: string
  readonly rounds: number
  readonly peers: readonly Backend[]
  /** Fills the folder that the server shows. */
  readonly make: (folder: string) => Promise<Tree>
  /** Whether each is run once more with nothing to do. */
  readonly again: boolean
}

/**
 * The same folder copied by each program in turn, round for round, always into a fresh place. What was copied is removed at the end only: where files
 * were just removed ext4 makes new ones ten times as slowly, and whoever came next would pay for it.
 */
export async function benchCopying({ title, rounds, peers, make, again }: CopyingOptions): Promise<void> {
  const home = await mkdtemp(join(scratch(), 'bench-'))
  const shown = join(home, 'shown')
  await mkdir(shown)
  const tree = await make(shown)
  const server = await startServer(home, shown)
  try {
    const contenders = contendersFor(home, server, await makePackage(home), peers)
    const first = new Map<string, Cost[]>()
    const second = new Map<string, Cost[]>()
    for (let round = 0; round < rounds; round++) {
      for (const start of contenders) {
        // What an earlier one left to be written must not be written at this one's cost.
        execFileSync('sync')
        const contender = await start()
        for (const [name, cost] of await contender.run()) note(first, name, cost)
        if (again) note(second, contender.name, await contender.rerun())
        process.stderr.write(
          `${title}: round ${round + 1} of ${rounds}, ${contender.name} done, load ${loadavg()[0]!.toFixed(1)}\n`,
        )
      }
    }
    printCosts(`${title}: ${tree.files} files, ${(tree.bytes / 1e9).toFixed(2)} GB, ${rounds} rounds`, tree, first)
    if (again) printCosts('The same once more, with nothing to do', { ...tree, bytes: 0 }, second)
  } finally {
    await server.apache.stop()
    await rm(home, { recursive: true })
  }
}

interface Contender {
  readonly name: string
  /** What it cost to get so far, step after step. */
  run(): Promise<readonly (readonly [string, Cost])[]>
  rerun(): Promise<Cost>
}

function contendersFor(
  home: string,
  server: Server,
  shipped: Build,
  peers: readonly Backend[],
): readonly (() => Promise<Contender>)[] {
  const ours = (build: Build) => async (): Promise<Contender> => {
    const { backup } = await makeArchive(home, build, server)
    const name = `holdall (${build.name})`
    return { name, run: async () => [[name, await backup()]], rerun: backup }
  }
  const peer = (backend: Backend) => async (): Promise<Contender> => {
    const { copy, hash, sync } = await makeCopy(home, backend, server)
    const name = `rclone ${backend}`
    const run = async () => {
      const copied = await copy()
      const hashed = together(copied, await hash())
      const synced = together(hashed, await sync())
      return [
        [`${name}, copied only`, copied],
        [`${name}, and hashed`, hashed],
        [`${name}, and synced`, synced],
      ] as const
    }
    return { name, run, rerun: copy }
  }
  return [ours(sources), ours(shipped), ...peers.map(peer)]
}

function note(costs: Map<string, Cost[]>, name: string, cost: Cost): void {
  costs.set(name, [...(costs.get(name) ?? []), cost])
}

function printCosts(title: string, tree: Tree, costs: ReadonlyMap<string, readonly Cost[]>): void {
  printTable(
    title,
    ['program', 'wall s', 'MB/s', 'files/s', 'CPU s', 'CPU s/GB', 'µs CPU/file', 'memory MB'],
    [...costs].map(([name, each]) => {
      const { wall, cpu, memory } = medianCost(each)
      return [
        name,
        wall.toFixed(2),
        (tree.bytes / 1e6 / wall).toFixed(0),
        (tree.files / wall).toFixed(0),
        cpu.toFixed(2),
        tree.bytes === 0 ? '-' : (cpu / (tree.bytes / 1e9)).toFixed(2),
        ((cpu / tree.files) * 1e6).toFixed(0),
        memory.toFixed(0),
      ]
    }),
  )
}

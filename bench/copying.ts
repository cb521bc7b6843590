import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Cost, medianCost, together } from './measure.ts'
import { type Build, makeArchive, makePackage, sources } from './ours.ts'
import { makeCopy } from './rclone.ts'
import { scratch } from './scratch.ts'
import { type Server, startServer } from './server.ts'
import { printTable } from './table.ts'
import type { Tree } from './tree.ts'

export interface CopyingOptions {
  readonly title: string
  readonly rounds: number
  /** Fills the folder that the server shows. */
  readonly make: (folder: string) => Promise<Tree>
  /** Whether each is run once more with nothing to do. */
  readonly again: boolean
}

/**
 * The same folder copied by each program in turn, round for round, always into a fresh place. What was copied is removed at the end only: where files
 * were just removed ext4 makes new ones ten times as slowly, and whoever came next would pay for it.
 */
export async function benchCopying({ title, rounds, make, again }: CopyingOptions): Promise<void> {
  const home = await mkdtemp(join(scratch(), 'bench-'))
  const shown = join(home, 'shown')
  await mkdir(shown)
  const tree = await make(shown)
  const server = await startServer(home, shown)
  try {
    const contenders = contendersFor(home, server, await makePackage(home))
    const first = new Map<string, Cost[]>()
    const second = new Map<string, Cost[]>()
    for (let round = 0; round < rounds; round++) {
      for (const { name, start } of contenders) {
        // What an earlier one left to be written must not be written at this one's cost.
        execFileSync('sync')
        const contender = await start()
        note(first, name, await contender.run())
        if (again) note(second, name, await contender.rerun())
        process.stderr.write(`${title}: round ${round + 1} of ${rounds}, ${name} done\n`)
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
  run(): Promise<Cost>
  rerun(): Promise<Cost>
}

function contendersFor(
  home: string,
  server: Server,
  shipped: Build,
): readonly { readonly name: string; start(): Promise<Contender> }[] {
  const ours = (build: Build) => async (): Promise<Contender> => {
    const { backup } = await makeArchive(home, build, server)
    return { run: backup, rerun: backup }
  }
  const peer = (backend: 'webdav' | 'https') => async (): Promise<Contender> => {
    const { copy, hash } = await makeCopy(home, backend, server)
    return { run: async () => together(await copy(), await hash()), rerun: copy }
  }
  const durable = async (): Promise<Contender> => {
    const { copy, hash, sync } = await makeCopy(home, 'https', server)
    return { run: async () => together(await copy(), together(await hash(), await sync())), rerun: copy }
  }
  const unhashed = async (): Promise<Contender> => {
    const { copy } = await makeCopy(home, 'https', server)
    return { run: copy, rerun: copy }
  }
  return [
    { name: 'holdall (sources)', start: ours(sources) },
    { name: 'holdall (package)', start: ours(shipped) },
    { name: 'rclone webdav + hash', start: peer('webdav') },
    { name: 'rclone https + hash', start: peer('https') },
    { name: 'rclone https + hash + sync', start: durable },
    { name: 'rclone https, no hash', start: unhashed },
  ]
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

import { execFileSync } from 'node:child_process'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { type Cost, medianCost } from './measure.ts'
import { type Account, type Build, makeArchive } from './ours.ts'
import { printTable } from './table.ts'
import { expectTree, type Tree } from './tree.ts'

/** A program with a fresh place to copy to. */
export interface Contender {
  readonly name: string
  /** What it cost to get so far, step after step. */
  run(): Promise<readonly (readonly [string, Cost])[]>
  /** Once more, with nothing to do; absent where it would do all of it again. */
  rerun?(): Promise<Cost>
}

export interface CopyingOptions {
  readonly title: string
  readonly rounds: number
  readonly tree: Tree
  /** Each makes a fresh place; that is not measured. */
  readonly contenders: readonly (() => Promise<Contender>)[]
  /** Whether each is run once more with nothing to do. */
  readonly again: boolean
}

/**
 * The same files copied by each program in turn, round for round, always into a fresh place. What was copied is removed at the end only: where files
 * were just removed ext4 makes new ones ten times as slowly, and whoever came next would pay for it.
 */
export async function benchCopying({ title, rounds, tree, contenders, again }: CopyingOptions): Promise<void> {
  const first = new Map<string, Cost[]>()
  const second = new Map<string, Cost[]>()
  for (let round = 0; round < rounds; round++) {
    for (const start of contenders) {
      const contender = await start()
      // What an earlier one left to be written must not be written at this one's cost.
      execFileSync('sync')
      for (const [name, cost] of await contender.run()) note(first, name, cost)
      if (again && contender.rerun !== undefined) note(second, contender.name, await contender.rerun())
      process.stderr.write(
        `${title}: round ${round + 1} of ${rounds}, ${contender.name} done, load ${loadavg()[0]!.toFixed(1)}\n`,
      )
    }
  }
  printCosts(`${title}: ${tree.files} files, ${(tree.bytes / 1e9).toFixed(2)} GB, ${rounds} rounds`, tree, first)
  if (again) printCosts('The same once more, with nothing to do', { ...tree, bytes: 0 }, second)
}

/** Our program as a contender, with an archive of its own each time. */
export function ours(home: string, tree: Tree, build: Build, account: Account): () => Promise<Contender> {
  return async () => {
    const { folder, backup } = await makeArchive(home, build, account)
    const name = `holdall (${build.name})`
    const run = async () => {
      const cost = await backup()
      await expectTree(name, join(folder, 'archive/data'), tree)
      return [[name, cost]] as const
    }
    return { name, run, rerun: backup }
  }
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

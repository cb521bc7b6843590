import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type MailPlace, makeMailPlace } from './mail-place.ts'
import { type Cost, measure, medianCost } from './measure.ts'
import { type Build, makePackage, sources, unpaced } from './ours.ts'
import { scratch } from './scratch.ts'
import { printTable } from './table.ts'

const largeBytes = 25_000_000

/** `holdall backup` of a practice Gmail without a quota, and without the pace that the program keeps by itself: many small messages, a few of 25 MB. */
export async function benchMail({ rounds, count, large }: { rounds: number; count: number; large: number }): Promise<void> {
  const home = await mkdtemp(join(scratch(), 'bench-'))
  try {
    const builds: readonly Build[] = [sources, await makePackage(home)]
    const small = await each(home, builds, rounds, { count })
    printTable(
      `${count} messages of 1.5 to 9.5 KB, ${rounds} rounds`,
      ['program', 'wall s', 'messages/s', 'CPU s', 'µs CPU/message', 'memory MB'],
      small.map(([name, { wall, cpu, memory }]) => [
        name,
        wall.toFixed(1),
        (count / wall).toFixed(0),
        cpu.toFixed(1),
        ((cpu / count) * 1e6).toFixed(0),
        memory.toFixed(0),
      ]),
    )
    const gigabytes = (large * largeBytes) / 1e9
    const big = await each(home, builds, rounds, { count: large, bytes: largeBytes })
    printTable(
      `${large} messages of 25 MB (${gigabytes.toFixed(2)} GB; a third more on the wire, gzipped), ${rounds} rounds`,
      ['program', 'wall s', 'MB/s', 'CPU s', 'CPU s/GB', 'memory MB'],
      big.map(([name, { wall, cpu, memory }]) => [
        name,
        wall.toFixed(1),
        ((gigabytes * 1000) / wall).toFixed(0),
        cpu.toFixed(1),
        (cpu / gigabytes).toFixed(2),
        memory.toFixed(0),
      ]),
    )
  } finally {
    await rm(home, { recursive: true })
  }
}

async function each(
  home: string,
  builds: readonly Build[],
  rounds: number,
  messages: { count: number; bytes?: number },
): Promise<[string, Cost][]> {
  const costs = new Map<string, Cost[]>(builds.map(({ name }) => [`holdall (${name})`, []]))
  for (let round = 0; round < rounds; round++) {
    for (const build of builds) {
      const place = await makeMailPlace(home, build, { messages: [messages], pace: unpaced })
      try {
        costs.get(`holdall (${build.name})`)!.push(await measure(place.program('backup', 'google', '--quiet')))
      } finally {
        place.stop()
      }
    }
  }
  return [...costs].map(([name, each]) => [name, medianCost(each)])
}

/** What `holdall` takes for a mailbox of very many small messages: listed, listed again, taken, and taken again with no news. */
export async function benchMailbox({ messages, whole }: { messages: number; whole: boolean }): Promise<void> {
  const home = await mkdtemp(join(scratch(), 'bench-'))
  let place: MailPlace | undefined
  try {
    const shipped = await makePackage(home)
    place = await makeMailPlace(home, shipped, { messages: [{ count: messages, bytes: 600 }], pace: unpaced })
    const rows: string[][] = []
    let asked = (await place.answered()).requests
    const steps: readonly (readonly [string, ...string[]])[] = [
      ['listed first (`plan`)', 'plan', 'google'],
      ['`plan` again', 'plan', 'google'],
      ...(whole
        ? ([
            ['taken (`backup`)', 'backup', 'google', '--quiet'],
            ['`backup` again', 'backup', 'google', '--quiet'],
          ] as const)
        : []),
    ]
    for (const [name, ...args] of steps) {
      const { wall, cpu, memory } = await measure(place.program(...args))
      const { requests } = await place.answered()
      rows.push([
        name,
        wall.toFixed(1),
        cpu.toFixed(1),
        ((cpu / messages) * 1e6).toFixed(0),
        memory.toFixed(0),
        String(requests - asked),
      ])
      asked = requests
    }
    printTable(
      `A mailbox of ${messages} messages of 600 bytes, one round`,
      ['what', 'wall s', 'CPU s', 'µs CPU/message', 'memory MB', 'requests'],
      rows,
    )
  } finally {
    place?.stop()
    await rm(home, { recursive: true })
  }
}

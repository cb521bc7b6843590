import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { measure } from './measure.ts'
import { holdall, makePackage } from './ours.ts'
import { scratch } from './scratch.ts'
import { printTable } from './table.ts'

const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** `holdall plan` over a practice Drive of so many items: all listed into the journal, nothing downloaded; then once more, with nothing new. */
export async function benchListing({ items }: { items: number }): Promise<void> {
  const home = await mkdtemp(join(scratch(), 'bench-'))
  const server = fork(beside('./listing-server.ts'), [home, String(items)])
  try {
    await once(server, 'message')
    const env = {
      HOLDALL_HOME: join(home, 'state'),
      HOLDALL_CONFIG: join(home, 'holdall.yaml'),
      HOLDALL_PRACTICE: join(home, 'practice.json'),
    }
    const shipped = await makePackage(home)
    await measure(holdall(shipped, ['connect', 'google', '--yes'], env))
    const first = await measure(holdall(shipped, ['plan'], env))
    const { addresses, token } = await asked(server)
    const list = join(home, 'addresses.json')
    await writeFile(list, JSON.stringify({ addresses, token, ca: await readFile(join(home, 'ca.pem'), 'utf8') }))
    const wire = await measure({ file: process.execPath, args: [beside('./listing-wire.ts'), list] })
    const second = await measure(holdall(shipped, ['plan'], env))
    const each = (seconds: number) => ((seconds / items) * 1e6).toFixed(1)
    printTable(
      `holdall plan over ${items} items of a practice Drive (${addresses.length} requests)`,
      ['what', 'wall s', 'CPU s', 'µs CPU/item', 'memory MB'],
      (
        [
          ['first listing', first],
          ['the same answers, only read and parsed', wire],
          ['the run after that', second],
        ] as const
      ).map(([name, { wall, cpu, memory }]) => [name, wall.toFixed(1), cpu.toFixed(1), each(cpu), memory.toFixed(0)]),
    )
    process.stdout.write(`\nBesides the wire: ${each(first.cpu - wire.cpu)} µs CPU an item\n`)
  } finally {
    server.kill()
    await rm(home, { recursive: true })
  }
}

async function asked(server: ChildProcess): Promise<{ addresses: string[]; token: string }> {
  server.send('what was asked for?')
  const [answer] = await once(server, 'message')
  return answer as { addresses: string[]; token: string }
}

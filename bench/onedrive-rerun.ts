import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Cost, measure } from './measure.ts'
import { makeOneDrivePlace } from './onedrive-place.ts'
import { makeArchive, makePackage } from './ours.ts'
import { scratch } from './scratch.ts'
import { printTable } from './table.ts'

/** `holdall plan` over a practice OneDrive of so many items, once more with nothing new, and once more after ten changes. */
export async function benchOneDriveRerun({ items }: { items: number }): Promise<void> {
  const home = await mkdtemp(join(scratch(), 'bench-'))
  const place = await makeOneDrivePlace(home, { kind: 'synthetic', count: items })
  try {
    const archive = await makeArchive(home, await makePackage(home), place.account)
    const rows: string[][] = []
    const step = async (name: string, work: () => Promise<Cost>): Promise<Cost> => {
      const before = Number(await place.ask('requests'))
      const cost = await work()
      const requests = Number(await place.ask('requests')) - before
      const { wall, cpu, memory } = cost
      rows.push([name, wall.toFixed(1), cpu.toFixed(1), ((cpu / items) * 1e6).toFixed(1), memory.toFixed(0), String(requests)])
      return cost
    }
    const printed = join(home, 'printed.jsonl')
    const plan = () => measure({ ...archive.program('plan', 'microsoft', '--json'), output: printed })
    const first = await step('first listing (`holdall plan`)', plan)
    const { token, ca } = await place.downloads()
    const list = join(home, 'listing.json')
    const from = { address: await place.ask('listing'), token, ca: await readFile(ca, 'utf8') }
    await writeFile(list, JSON.stringify(from), { mode: 0o600 })
    const beside = fileURLToPath(new URL('./delta-wire.ts', import.meta.url))
    const wire = await step('the same answers, only read and parsed', () =>
      measure({ file: process.execPath, args: [beside, list] }),
    )
    await step('`plan` again, nothing new', plan)
    const changes = Number(await place.ask('change'))
    await step(`\`plan\` again, ${changes} changes`, plan)
    const heard = await listed(printed)
    if (heard < changes) throw new Error(`${changes} changes, and ${heard} were listed`)
    const violations = (await place.ask('violations')) as string[]
    if (violations.length > 0) throw new Error(violations.slice(0, 5).join('; '))
    printTable(
      `holdall plan over ${items} items of a practice OneDrive`,
      ['what', 'wall s', 'CPU s', 'µs CPU/item', 'memory MB', 'requests'],
      rows,
    )
    process.stdout.write(`\nBesides the wire: ${(((first.cpu - wire.cpu) / items) * 1e6).toFixed(1)} µs CPU an item\n`)
  } finally {
    place.stop()
    await rm(home, { recursive: true })
  }
}

/** How many items the listing that `--json` printed brought. */
async function listed(printed: string): Promise<number> {
  const lines = (await readFile(printed, 'utf8')).trim().split('\n')
  const events = lines.map((line) => JSON.parse(line) as { event: string; state?: string; items?: number })
  return events.find(({ event, state }) => event === 'listing' && state === 'done')?.items ?? 0
}

import { fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import ship from '../shipped.ts'
import { add, leastItems, noFigures } from './chain.ts'
import { accountKinds } from './contents.ts'
import { faultKinds, leastFaults } from './faults.ts'
import type { Order, Report } from './worker.ts'

const help = `npm run robustness -- [--rounds 200] [--chain 10] [--seed N] [--only files,google,microsoft,zoom] [--parallel N] [--verbose] [--keep] [--first-wrong]

Rounds of: random edits of random accounts at all providers, a backup by the real program over real HTTP with at least ${leastFaults} faults on the way,
SIGKILL. Chains of rounds share an archive; each chain ends with a run without trouble, whose archive must equal the accounts and a fresh copy.

HOLDALL_ROBUSTNESS=SEED/CHAIN/ROUND plays that round again: the same contents, edits and faults, from the chain's beginning; kills as the clock allows.
A run with --only is played again with the same --only.
`

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '200' },
    chain: { type: 'string', default: '10' },
    seed: { type: 'string' },
    only: { type: 'string' },
    parallel: { type: 'string' },
    verbose: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    'first-wrong': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  process.stdout.write(help)
  process.exit()
}

const only = values.only?.split(',').map((kind) => accountKinds.find((one) => one === kind) ?? unknown(kind))
const again = values.only === undefined ? '' : ` --only ${values.only}`

function unknown(kind: string): never {
  throw new Error(`--only knows ${accountKinds.join(', ')}, and not ${kind}`)
}

const replay = process.env.HOLDALL_ROBUSTNESS?.split('/').map(Number)
const seed = replay?.[0] ?? Number(values.seed ?? Date.now() % 1_000_000)
const orders = replay === undefined ? allOrders() : [orderOf(replay[1] ?? 0, replay[2] ?? Number(values.chain))]

function orderOf(chain: number, rounds: number): Order {
  // Far apart, so that neighbours have nothing in common.
  return { chain, seed: (Math.imul(seed, 2_654_435) + chain * 40_503) >>> 12, rounds, keep: values.keep, only }
}

function allOrders(): Order[] {
  const [rounds, length] = [Number(values.rounds), Number(values.chain)]
  const chains = Math.ceil(rounds / length)
  return Array.from({ length: chains }, (_, n) => orderOf(n, n === chains - 1 ? rounds - length * (chains - 1) : length))
}

const remove = process.env.HOLDALL_SHIPPED === undefined ? ship() : () => undefined
const figures = noFigures()
const wrong: string[] = []
const began = performance.now()
// They wait as much as they work: for answers that are late, and between tries.
const workers = Math.min(orders.length, Number(values.parallel ?? 2 * availableParallelism()))
process.stdout.write(
  `robustness: seed ${seed}, ${orders.reduce((sum, { rounds }) => sum + rounds, 0)} rounds in ${orders.length} chains, ${workers} at once\n`,
)
try {
  await Promise.all(Array.from({ length: workers }, work))
} finally {
  remove()
}
process.stdout.write(totals())
process.exitCode = wrong.length > 0 ? 1 : 0

/** One worker process, which plays chain after chain. */
function work(): Promise<void> {
  const worker = fork(fileURLToPath(new URL('worker.ts', import.meta.url)))
  return new Promise((resolve) => {
    let current: Order | undefined
    const next = () => {
      // With --first-wrong one is enough.
      current = values['first-wrong'] && wrong.length > 0 ? undefined : orders.shift()
      if (current === undefined) worker.disconnect()
      else worker.send(current)
    }
    worker.on('message', (report: Report) => {
      const where = `chain ${report.chain}`
      if (report.kind === 'log') {
        if (values.verbose) process.stdout.write(`${where}, ${report.line}\n`)
        return
      }
      if (report.kind === 'done') {
        add(figures, report.figures)
        const seconds = Math.round((performance.now() - began) / 1000)
        process.stdout.write(`${where} is right (${report.figures.rounds} rounds; ${figures.rounds} so far, ${seconds} s)\n`)
      } else {
        wrong.push(`${seed}/${report.chain}/${report.round}`)
        process.stdout.write(
          `${where}, round ${report.round} IS WRONG: ${report.message}\n` +
            `Again: HOLDALL_ROBUSTNESS=${seed}/${report.chain}/${report.round} npm run robustness -- --verbose${again}\n` +
            `It stands in ${report.folder}\n`,
        )
      }
      next()
    })
    worker.on('exit', (code) => {
      if (current !== undefined) {
        wrong.push(`${seed}/${current.chain}`)
        process.stdout.write(`chain ${current.chain}: the worker ended with ${code}\n`)
      }
      resolve()
    })
    next()
  })
}

function totals(): string {
  const { faults, rounds } = figures
  const struck = Object.values(faults).reduce((sum, count) => sum + count, 0)
  const never = faultKinds.filter((kind) => faults[kind] === undefined)
  const mean = (sum: number) => (rounds === 0 ? 0 : Math.round((sum / rounds) * 10) / 10)
  return [
    `${rounds} rounds right, ${wrong.length} chains wrong, ${Math.round((performance.now() - began) / 1000)} s, seed ${seed}`,
    `${figures.processes} processes: ${figures.kills} killed, ${figures.interrupts} interrupted, ${figures.complete} complete, ${figures.incomplete} incomplete and said so`,
    `at least ${figures.fewestFaults} (wanted: ${leastFaults}) faults a round; ${struck} answers struck, ${mean(struck)} a round: ${faultKinds.map((kind) => `${kind} ${faults[kind] ?? 0}`).join(', ')}`,
    ...(never.length > 0 ? [`never struck: ${never.join(', ')}`] : []),
    `${mean(figures.items)} items a round, at least ${figures.fewestItems} (wanted: ${leastItems}); ${figures.edits} bouts of edits; ${figures.requests} requests`,
    `${figures.freshCopies} archives equal a fresh copy, ${(figures.bytes / 1024 / 1024).toFixed(0)} MiB in all`,
    '',
  ].join('\n')
}

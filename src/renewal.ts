import { enableCompileCache } from 'node:module'
import process from 'node:process'

// A program of its own, started by the program itself and never by a person: it renews one sign-in and stores it, whatever becomes of the process that
// started it. The order stands in signin/apart/order.ts.

// Ctrl-C, a closed terminal and a stopping system are for the other one; this takes a moment and must not end between the service's answer and the disk.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
// Nobody may be there to hear the answer.
process.stdout.on('error', () => undefined)
// Each step has a limit of its own (signin/apart/carry-out.ts); should one not keep to it, nothing stays behind for ever.
setTimeout(() => process.exit(1), 10 * 60_000).unref()
enableCompileCache?.()

const [{ systemClock }, { carryOut }, { orderSchema }] = await Promise.all([
  import('./core/clock.ts'),
  import('./signin/apart/carry-out.ts'),
  import('./signin/apart/order.ts'),
])

let text = ''
for await (const piece of process.stdin.setEncoding('utf8')) text += String(piece)
// Throws where whoever started it was killed in the middle of the order: then nothing was asked yet, and nothing is lost.
const order = orderSchema.parse(JSON.parse(text))
const answer = await carryOut(order, {
  platform: process.platform,
  clock: systemClock,
  tell: (early) => process.stdout.write(`${JSON.stringify(early)}\n`),
})
process.stdout.write(`${JSON.stringify(answer)}\n`, () => process.exit(0))

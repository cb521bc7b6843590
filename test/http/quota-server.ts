import { Failure } from '../../src/core/failure.ts'
import type { Budget } from '../../src/core/provider.ts'
import type { Body } from '../../src/http/body.ts'
import { spendBudget } from '../../src/http/budget.ts'
import { type ManualClock, manualClock } from './clocks.ts'

export interface QuotaServer {
  /** Units of a minute, at a time in milliseconds since the start. */
  quota(ms: number): number
  /** Minutes of the clock, or the last sixty seconds at any moment. */
  readonly window: 'clock' | 'sliding'
  /** How long an answer takes, milliseconds. */
  readonly latencyMs: number
  /** The start, milliseconds after the turn of a minute. */
  readonly phaseMs: number
  /** Price of the call of this number; default 20. */
  price?(call: number): number
}

/** What one minute brought; minutes are those since the start. */
export interface Minute {
  units: number
  fine: number
  refused: number
  /** Units that the quota had for it. */
  allowed: number
}

/** Works through calls without end, for so many minutes, with the budget's own pace, against a quota that is enforced. */
export async function drive(budget: Budget, server: QuotaServer, minutes: number, workers = 8): Promise<Minute[]> {
  const clock: ManualClock = manualClock()
  clock.jump(server.phaseMs)
  const began = clock.now()
  const stop = new AbortController()
  const seen: Minute[] = Array.from({ length: minutes }, (_, index) => ({
    units: 0,
    fine: 0,
    refused: 0,
    allowed: Array.from({ length: 60 }, (_, second) => server.quota(index * 60_000 + second * 1000) / 60).reduce((a, b) => a + b),
  }))
  const spent: { at: number; units: number }[] = []
  const admit = (units: number): boolean => {
    const now = clock.now()
    const from = server.window === 'clock' ? Math.floor(now / 60_000) * 60_000 : now - 60_000 + 1
    while (spent[0] !== undefined && spent[0].at < from) spent.shift()
    if (spent.reduce((sum, entry) => sum + entry.units, units) > server.quota(now - began)) return false
    spent.push({ at: now, units })
    return true
  }
  const body = { onClosed: (then: () => void) => then() } as unknown as Body
  const step = spendBudget(
    async ({ request, signal }) => {
      await clock.sleep(server.latencyMs / 2, signal)
      const admitted = admit(request.cost ?? 1)
      const minute = seen[Math.floor((clock.now() - began) / 60_000)]
      if (minute !== undefined) {
        if (admitted) minute.units += request.cost ?? 1
        minute[admitted ? 'fine' : 'refused'] += 1
      }
      await clock.sleep(server.latencyMs / 2, signal)
      if (!admitted) throw new Failure('throttled', 'slower')
      return { status: 200, headers: {}, url: request.url, body }
    },
    { account: 'x', budgets: [budget], clock, emit: () => undefined, patienceMs: 600_000, restMs: 1000 },
  )
  let calls = 0
  // No dice, so that each run is the same.
  let jitter = 0
  const work = async () => {
    for (;;) {
      const cost = server.price?.(calls) ?? 20
      calls += 1
      for (let tries = 0; ; tries += 1) {
        const attempt = {
          request: { method: 'GET' as const, url: 'https://x.example/', cost },
          signal: stop.signal,
          startedAt: 0,
        }
        const refused = await step(attempt).then(
          () => false,
          (error: unknown) => {
            if (stop.signal.aborted) throw error
            return true
          },
        )
        if (!refused) break
        jitter = (jitter + 0.37) % 1
        await clock.sleep(jitter * Math.min(64_000, 1000 * 2 ** tries), stop.signal)
      }
    }
  }
  const working = Array.from({ length: workers }, () => work().catch(() => undefined))
  await clock.advance(minutes * 60_000)
  stop.abort(new Error('enough'))
  await clock.advance(0)
  await Promise.all(working)
  return seen
}

/** Shares of some of the minutes: of the units allowed that were used, and of the calls that were refused. */
export function shares(minutes: readonly Minute[]): { readonly used: number; readonly refused: number } {
  const sum = (of: (minute: Minute) => number) => minutes.reduce((total, minute) => total + of(minute), 0)
  const refused = sum((minute) => minute.refused)
  return {
    used: sum(({ units }) => units) / sum(({ allowed }) => allowed),
    refused: refused / (refused + sum(({ fine }) => fine)),
  }
}

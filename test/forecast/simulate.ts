import { createPlaces } from '../../src/backup/places.ts'
import type { RunEvent, SourceProgress } from '../../src/core/events.ts'
import { Failure } from '../../src/core/failure.ts'
import type { Budget, SourceType } from '../../src/core/provider.ts'
import { createBandwidth } from '../../src/http/bandwidth.ts'
import type { Body } from '../../src/http/body.ts'
import { spendBudget } from '../../src/http/budget.ts'
import { virtualClock } from './virtual-clock.ts'

/** A source of the simulated cloud. */
export interface SimulatedSource {
  readonly name: string
  readonly type: Pick<SourceType, 'cost'>
  /** The client's budgets: those of the real provider. */
  readonly budgets: readonly Budget[]
  /** What the server allows, as a share of what the budget takes for granted. */
  readonly quotaShare: number
  /** Bytes of each item, in the order of work. */
  readonly sizes: readonly number[]
  /** Whether listings tell them. */
  readonly sized: boolean
}

export interface World {
  readonly latencyMs: number
  /** Of the line that all share, bytes a second. */
  readonly bandwidth: number
  readonly sources: readonly SimulatedSource[]
  readonly window: 'clock' | 'sliding'
}

type Counts = { -readonly [K in keyof SourceProgress]-?: NonNullable<SourceProgress[K]> }

const start = Date.UTC(2026, 10, 24, 12, 0, 17)
const minute = 60_000

/**
 * A backup on a virtual clock: the real limiter and pace for each budget, the real sharing of places and of the line, against a server whose quota, latency
 * and line the client does not know. `note` gets a snapshot every two seconds, `refused` what the program tells of refusals. Returns how long it took, milliseconds.
 */
export async function simulate(
  world: World,
  note: (at: number, sources: Readonly<Record<string, SourceProgress>>) => void,
  refused: (at: number, budget: string) => void = () => undefined,
): Promise<number> {
  const clock = virtualClock(start)
  const stop = new AbortController()
  const line = createBandwidth({ bytesPerSecond: world.bandwidth, clock })
  const places = createPlaces(8)
  const progress: Record<string, Counts> = {}
  const told = (event: RunEvent) => {
    if (event.event === 'throttled') refused(clock.now(), event.budget)
  }
  let open = 0
  let jitter = 0

  for (const source of world.sources) {
    const known = source.sized ? source.sizes.reduce((sum, size) => sum + size, 0) : 0
    const counts: Counts = {
      listing: false,
      items: source.sizes.length,
      done: 0,
      failed: 0,
      bytes: 0,
      bytesLeft: known,
      unsizedLeft: source.sized ? 0 : source.sizes.length,
      unsizedDone: 0,
      unsizedBytes: 0,
    }
    progress[source.name] = counts
    const servers = new Map(source.budgets.map((budget) => [budget.id, createServer(budget, source.quotaShare)]))
    const send = spendBudget(
      async ({ request, signal }) => {
        await clock.sleep(world.latencyMs / 2, signal)
        const fine = servers.get(request.budget!)!(request.cost ?? 1)
        await clock.sleep(world.latencyMs / 2, signal)
        if (!fine) throw new Failure('throttled', 'slower')
        let closed: (() => void) | undefined
        const body = { onClosed: (then: () => void) => (closed = then) } as unknown as Body
        return { status: 200, headers: { close: () => closed?.() } as never, url: request.url, body }
      },
      { account: 'x', budgets: source.budgets, clock, emit: told, patienceMs: 600_000, restMs: 1000 },
    )
    const call = async (budget: string, cost: number): Promise<() => void> => {
      for (let tries = 0; ; tries++) {
        const request = { method: 'GET' as const, url: 'https://x.example/', budget, cost }
        try {
          const { headers } = await send({ request, signal: stop.signal, startedAt: 0 } as never)
          return (headers as unknown as { close: () => void }).close
        } catch {
          jitter = (jitter + 0.37) % 1
          await clock.sleep(jitter * Math.min(64_000, 1000 * 2 ** tries), stop.signal)
        }
      }
    }
    const applicant = { left: () => counts.items - counts.done }
    open += 1
    const take = async (size: number) => {
      const charges = source.type.cost.part
      for (const [index, { budget, units }] of charges.entries()) {
        const close = await call(budget, units)
        if (index === charges.length - 1) {
          const chunk = Math.min(Math.max(size / 16, 256 * 1024), world.bandwidth)
          for (let left = size; left > 0; left -= chunk) {
            const bytes = Math.min(left, chunk)
            await line.take(bytes, stop.signal)
            counts.bytes += bytes
            if (source.sized) counts.bytesLeft -= bytes
            else counts.unsizedBytes += bytes
          }
        }
        close()
      }
      counts.done += 1
      if (source.sized) return
      counts.unsizedDone += 1
      counts.unsizedLeft -= 1
    }
    const queue = source.sizes[Symbol.iterator]()
    const ahead = 64
    void Promise.all(
      Array.from({ length: ahead }, async () => {
        for (let next = queue.next(); next.done !== true; next = queue.next()) {
          const size = next.value
          await places.take(applicant, () => take(size))
        }
      }),
    ).then(() => {
      open -= 1
    })
  }
  const ticking = async () => {
    while (open > 0) {
      note(clock.now(), structuredClone(progress))
      await clock.sleep(2000)
    }
  }
  void ticking()
  await clock.run(() => open === 0)
  stop.abort(new Error('enough'))
  return clock.now() - start

  /** Grants units within a minute's quota. */
  function createServer({ unitsPerSecond, burst }: Budget, share: number): (units: number) => boolean {
    const quota = Math.max(unitsPerSecond * 60 * share, burst)
    const spent: { at: number; units: number }[] = []
    let sum = 0
    return (units) => {
      const now = clock.now()
      const from = world.window === 'clock' ? Math.floor(now / minute) * minute : now - minute + 1
      while (spent[0] !== undefined && spent[0].at < from) sum -= spent.shift()!.units
      if (sum + units > quota) return false
      spent.push({ at: now, units })
      sum += units
      return true
    }
  }
}

import { onTestFinished } from 'vitest'
import { systemClock } from '../../src/core/clock.ts'
import type { RunEvent } from '../../src/core/events.ts'
import type { Failure } from '../../src/core/failure.ts'
import { createConnectivity } from '../../src/http/connectivity.ts'
import { createNetwork, type NetworkOptions } from '../../src/http/network.ts'
import { createTransport, type TransportOptions } from '../../src/http/transport.ts'

export type ConnectOptions = Partial<Omit<TransportOptions, 'network' | 'emit'>> & { network?: NetworkOptions }

/** A transport with a network of its own until the test ends, and what it told. */
export function connect(options: ConnectOptions = {}) {
  const { network: networkOptions, clock = systemClock, ...rest } = options
  const network = createNetwork(networkOptions)
  onTestFinished(() => network.close())
  const events: RunEvent[] = []
  const transport = createTransport({
    account: 'home',
    network,
    budgets: [{ id: 'requests', unitsPerSecond: 1000, burst: 1000, concurrency: 8 }],
    credentialOrigins: [],
    explain: () => undefined,
    connectivity: createConnectivity({ clock }),
    clock,
    emit: (event) => events.push(event),
    signal: new AbortController().signal,
    random: () => 0.5,
    ...rest,
  })
  const get = (url: string) => transport.send({ method: 'GET', url })
  const stream = (url: string) => transport.send({ method: 'GET', url, expects: 'stream' })
  return { transport, network, events, get, stream }
}

/** What a promise is rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<Failure> {
  const outcome = await promise.then(
    () => undefined,
    (error: unknown) => ({ error }),
  )
  if (outcome === undefined) throw new Error('it was fulfilled')
  return outcome.error as Failure
}

export async function length(body: AsyncIterable<Uint8Array>): Promise<number> {
  let bytes = 0
  for await (const chunk of body) bytes += chunk.byteLength
  return bytes
}

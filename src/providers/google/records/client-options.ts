import type { Connection } from '../../../core/provider.ts'

/**
 * How Google's client library for an API is made to send through the account's transport. Its retries are off: the transport does them, and
 * twice would multiply the attempts. Its universe is fixed, or an environment variable would move it. Each request costs one unit of `budget`.
 */
export function clientOptions({ endpoints, transport }: Connection, endpoint: string, budget: string) {
  return {
    rootUrl: endpoints[endpoint]!,
    universeDomain: 'googleapis.com',
    retry: false,
    fetchImplementation: transport.fetch(() => ({ budget, cost: 1 })),
  } as const
}

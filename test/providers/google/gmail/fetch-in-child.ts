/**
 * Downloads messages at once in a process of its own, as the program does, and prints what that took. Arguments: one JSON object
 * {endpoints, token, ca, ids}; output: {hashes, peakMegabytes, seconds}.
 */
import { createHash } from 'node:crypto'
import { setFlagsFromString } from 'node:v8'

// As src/holdall.js does, before anything of the program is there.
setFlagsFromString('--semi-space-growth-factor=1')
const { systemClock } = await import('../../../../src/core/clock.ts')
const { createConnectivity } = await import('../../../../src/http/connectivity.ts')
const { createNetwork } = await import('../../../../src/http/network.ts')
const { createTransport } = await import('../../../../src/http/transport.ts')
const { gmail } = await import('../../../../src/providers/google/gmail/source.ts')
const { google } = await import('../../../../src/providers/google/provider.ts')

const { endpoints, token, ca, ids } = JSON.parse(process.argv[2] ?? '') as {
  endpoints: Record<string, string>
  token: string
  ca: string
  ids: string[]
}
const stop = new AbortController()
const network = createNetwork({ ca: [ca] })
const transport = createTransport({
  account: 'google',
  network,
  budgets: google.budgets,
  credentials: {
    sign: async ({ headers }) => ({ ...headers, authorization: `Bearer ${token}` }),
    renew: async () => {
      throw new Error('the sign-in ended')
    },
  },
  credentialOrigins: google.credentialOrigins(endpoints),
  explain: google.explain,
  connectivity: createConnectivity({ clock: systemClock }),
  clock: systemClock,
  emit: () => {},
  signal: stop.signal,
})
const source = gmail.open({ account: 'google', settings: {}, endpoints, transport }, {})
const started = performance.now()
const hashes = await Promise.all(
  ids.map(async (id) => {
    const item = { id, kind: 'file', version: '1', parts: [{ key: 'eml' }], details: {} } as const
    const content = await source.fetch(item, item.parts[0], { from: 0, signal: stop.signal })
    const hash = createHash('sha256')
    for await (const chunk of content.bytes) hash.update(chunk)
    return hash.digest('hex')
  }),
)
const seconds = (performance.now() - started) / 1000
await network.close()
console.log(JSON.stringify({ hashes, peakMegabytes: process.resourceUsage().maxRSS / 1024, seconds }))

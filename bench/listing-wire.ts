import { readFileSync } from 'node:fs'
import { Agent, request } from 'undici'

// The same answers once more, only read and parsed: what the wire costs whoever lists. Started by listing.ts.
const { addresses, token, ca } = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as {
  addresses: string[]
  token: string
  ca: string
}
const dispatcher = new Agent({ connect: { ca } })
let entries = 0
for (const address of addresses) {
  const { statusCode, body } = await request(address, { dispatcher, headers: { authorization: `Bearer ${token}` } })
  const page = (await body.json()) as { files?: unknown[] }
  if (statusCode !== 200) throw new Error(`${statusCode} from ${address}`)
  entries += page.files?.length ?? 0
}
process.stderr.write(`${addresses.length} requests, ${entries} entries\n`)
await dispatcher.close()

import { readFileSync } from 'node:fs'
import { Agent, request } from 'undici'

// A listing of OneDrive from its first page to its last, only read and parsed: what the wire costs whoever lists. Started by onedrive-rerun.ts.
const from = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as { address: string; token: string; ca: string }
const dispatcher = new Agent({ connect: { ca: from.ca } })
const headers = { authorization: `Bearer ${from.token}` }
let entries = 0
for (let address: string | undefined = from.address; address !== undefined; ) {
  const { statusCode, body } = await request(address, { dispatcher, headers })
  const page = (await body.json()) as { value?: unknown[]; '@odata.nextLink'?: string }
  if (statusCode !== 200) throw new Error(`${statusCode} from the listing`)
  entries += page.value?.length ?? 0
  address = page['@odata.nextLink']
}
process.stderr.write(`${entries} entries\n`)
await dispatcher.close()

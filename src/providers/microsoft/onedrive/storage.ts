import { Failure } from '../../../core/failure.ts'
import type { Connection } from '../../../core/provider.ts'
import type { HttpResponse } from '../../../core/transport.ts'
import { price } from '../limits.ts'
import { userAgent } from '../user-agent.ts'

/** What a storage host says to an address whose time is over. */
const expired: readonly number[] = [401, 403, 404, 410]

/**
 * Asks a storage host for bytes, at a pre-signed address: without the account's credentials, which do not belong there and turn good downloads into
 * refusals (https://learn.microsoft.com/graph/api/driveitem-get-content). `address` gives a new address each time it is called, since they last for
 * minutes. Resolves with 200, 206 or 416.
 */
export async function download(
  { transport, endpoints }: Connection,
  address: () => Promise<string>,
  from: number,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const send = async (accepts: readonly number[]): Promise<HttpResponse> =>
    transport.send({
      method: 'GET',
      url: checked(await address(), new URL(endpoints.graph!).protocol),
      // Compressed, length and ranges would not be the file's.
      headers: { 'accept-encoding': 'identity', 'user-agent': userAgent, ...(from > 0 ? { range: `bytes=${from}-` } : {}) },
      credentials: 'none',
      budget: 'graph',
      cost: price.download,
      expects: 'stream',
      accepts,
      signal,
    })
  const first = await send([416, ...expired])
  if (!expired.includes(first.status)) return first
  first.cancel()
  // A fresh address is refused for a reason; of a 403 the body may tell it.
  const second = await send([416, ...expired.filter((status) => status !== 403)])
  if (!expired.includes(second.status)) return second
  second.cancel()
  throw new Failure(
    'transient',
    `the storage of Microsoft refuses the address that it gave for this file (status ${second.status})`,
    {
      hint: 'run the same command again later',
    },
  )
}

/** An address that an answer gave, before anything is sent there. It is as good as a password, so no message holds it. */
function checked(address: string, protocol: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url?.protocol === protocol && url.username === '' && url.password === '') return address
  throw new Failure('corrupt', 'Microsoft gave something for the download that is no address of a secure server')
}

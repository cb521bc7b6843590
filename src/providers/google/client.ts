import type { z } from 'zod'
import { Failure } from '../../core/failure.ts'
import type { Connection } from '../../core/provider.ts'
import type { Transport } from '../../core/transport.ts'

export interface LibraryOptions {
  readonly rootUrl: string
  readonly universeDomain: string
  readonly retry: false
  readonly fetchImplementation: typeof fetch
}

/**
 * How Google's own client library for the API at the endpoint of this name is made: with the account's transport as its socket. Its
 * retries and its signing are off: the transport does both, and twice would multiply the attempts. Its universe is fixed, or an
 * environment variable would move it. `price` says what each request costs, and on which budget of limits.ts.
 */
export function libraryOptions(
  { endpoints, transport }: Connection,
  endpoint: string,
  price: Parameters<Transport['fetch']>[0],
): LibraryOptions {
  const rootUrl = endpoints[endpoint]
  if (rootUrl === undefined) throw new Failure('settings', `no address is known for ${endpoint} of Google`)
  return { rootUrl, universeDomain: 'googleapis.com', retry: false, fetchImplementation: transport.fetch(price) }
}

/**
 * A client library that is loaded at the first call: each API has some 120 files, an eighth of the time that the program takes to start and 30 MB.
 * `load` imports one API and makes its client.
 */
export function atFirstCall<Client>(load: () => Promise<Client>): () => Promise<Client> {
  let client: Promise<Client> | undefined
  return () => (client ??= load())
}

/** The answer of a call of the library, validated. Throws the transport's Failure, which the library has wrapped, or the signal's reason. */
export async function answerOf<T>(
  what: string,
  call: Promise<{ readonly data: unknown }>,
  schema: z.ZodType<T>,
  signal: AbortSignal,
): Promise<T> {
  let data: unknown
  try {
    data = (await call).data
  } catch (error) {
    for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) if (cause instanceof Failure) throw cause
    if (signal.aborted) throw signal.reason
    throw Failure.from(error)
  }
  const parsed = schema.safeParse(data)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const where = issue === undefined || issue.path.length === 0 ? '' : ` (at ${issue.path.map(String).join('.')})`
  throw new Failure('corrupt', `Google’s answer to ${what} is not of the expected form${where}`)
}

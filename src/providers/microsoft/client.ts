import { createRequire } from 'node:module'
import type { Client, Context } from '@microsoft/microsoft-graph-client'
import type { z } from 'zod'
import { Failure } from '../../core/failure.ts'
import type { Connection } from '../../core/provider.ts'
import type { Transport } from '../../core/transport.ts'
import { graphPriceOf } from './limits.ts'
import { userAgent } from './user-agent.ts'

const require = createRequire(import.meta.url)

/**
 * Microsoft's client library for Graph, with the account's transport as its only middleware: its own would retry, sign and follow redirects a second
 * time. `price` says what each request costs, and on which budget of limits.ts. Loaded when it is wanted first.
 */
export function graphClient(
  { endpoints, transport }: Connection,
  price: Parameters<Transport['fetch']>[0] = graphPriceOf,
): Client {
  // The library's index would load its uploads and batches too.
  const { Client: GraphClient } = require('@microsoft/microsoft-graph-client/lib/src/Client.js') as Library
  const { GraphClientError } = require('@microsoft/microsoft-graph-client/lib/src/GraphClientError.js') as Library
  const send = transport.fetch(price)
  return GraphClient.initWithMiddleware({
    baseUrl: endpoints.graph!,
    defaultVersion: 'v1.0',
    middleware: {
      execute: async (context: Context) => {
        const headers = { ...plainHeaders(context.options?.headers), 'user-agent': userAgent }
        try {
          context.response = await send(context.request, { ...(context.options as RequestInit), headers })
        } catch (error) {
          // The one error that the library hands on as it is; of any other it keeps the message alone.
          throw Object.assign(new GraphClientError('no answer'), { cause: error })
        }
      },
    },
  })
}

type Library = Pick<typeof import('@microsoft/microsoft-graph-client'), 'Client' | 'GraphClientError'>

const plainHeaders = (headers: ConstructorParameters<typeof Headers>[0]): Readonly<Record<string, string>> =>
  Object.fromEntries(new Headers(headers))

/** What really happened to a call of the library: the transport's Failure, or the signal's reason. */
export function failureIn(error: unknown, signal: AbortSignal): unknown {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) if (cause instanceof Failure) return cause
  if (signal.aborted) return signal.reason
  // The library's message would quote the answer.
  if (error instanceof Error && 'code' in error && error.code === 'SyntaxError')
    return new Failure('corrupt', 'Microsoft’s answer is not JSON, though it says so')
  return Failure.from(error)
}

/** The answer of a call of the library, validated. Throws the transport's Failure, which the library has wrapped, or the signal's reason. */
export async function answerOf<T>(what: string, call: Promise<unknown>, schema: z.ZodType<T>, signal: AbortSignal): Promise<T> {
  let data: unknown
  try {
    data = await call
  } catch (error) {
    throw failureIn(error, signal)
  }
  const parsed = schema.safeParse(data)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const where = issue === undefined || issue.path.length === 0 ? '' : ` (at ${issue.path.map(String).join('.')})`
  throw new Failure('corrupt', `Microsoft’s answer to ${what} is not of the expected form${where}`)
}

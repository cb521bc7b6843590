import type { Clock } from '../core/clock.ts'
import type { Reporter } from '../core/events.ts'
import { Failure } from '../core/failure.ts'
import type { Budget, Provider } from '../core/provider.ts'
import type { Credentials, HttpRequest, HttpResponse, Transport } from '../core/transport.ts'
import type { Bandwidth } from './bandwidth.ts'
import { spendBudget } from './budget.ts'
import { readUpTo } from './collect.ts'
import type { Connectivity } from './connectivity.ts'
import { readContent } from './content.ts'
import { createExchange } from './exchange.ts'
import { explainFailures } from './explain.ts'
import { fetchForm } from './fetch-form.ts'
import type { KeptLevels } from './kept-levels.ts'
import type { Network } from './network.ts'
import { redactUrl } from './redact.ts'
import { followRedirects } from './redirects.ts'
import { retry } from './retry.ts'
import { sign } from './sign.ts'
import type { Answer } from './step.ts'

export interface TransportLimits {
  /** How long one request is tried again, in milliseconds of trying and waiting. Default 5 minutes. */
  readonly retryForMs?: number
  /** How long a connection may bring no byte. Default 60 s. */
  readonly stallMs?: number
  /** How long the run waits while nothing at all answers. Default 12 hours. */
  readonly offlineForMs?: number
  /** First step of the exponential backoff. Default 1 s. */
  readonly backoffMs?: number
}

export interface TransportOptions {
  /** The account's name, for events. */
  readonly account: string
  readonly network: Network
  readonly budgets: readonly Budget[]
  readonly credentials?: Credentials
  readonly credentialOrigins: readonly string[]
  readonly explain: Provider['explain']
  /** One for all accounts of a run. */
  readonly connectivity: Connectivity
  /** One for all accounts of a run. */
  readonly bandwidth?: Bandwidth
  readonly clock: Clock
  readonly emit: Reporter
  /** Ends every request and every wait; its reason is what they throw. */
  readonly signal: AbortSignal
  readonly limits?: TransportLimits
  /** What other processes of the account left of its slow budgets. Absent: each process begins with full ones. */
  readonly kept?: KeptLevels | undefined
  /** See `Provider.restAfter`. */
  readonly restAfter?: Provider['restAfter'] | undefined
  /** For the jitter; from 0 up to 1. Default Math.random. */
  readonly random?: () => number
}

/** The one way to the network for an account. */
export function createTransport(options: TransportOptions): Transport {
  const { account, network, budgets, clock, emit, connectivity, bandwidth } = options
  const { retryForMs = 5 * 60_000, stallMs = 60_000, offlineForMs = 12 * 3_600_000, backoffMs = 1000 } = options.limits ?? {}
  const { random = Math.random } = options

  // From the wire outwards; a request goes through from the last to the first.
  const exchange = createExchange({
    dispatcher: network.dispatcher,
    connectivity,
    stallMs,
    ...(bandwidth !== undefined && { meter: bandwidth.take }),
  })
  const signed = sign(exchange, { credentials: options.credentials, origins: options.credentialOrigins })
  const followed = followRedirects(signed)
  const explained = explainFailures(followed, { explain: options.explain, clock })
  const content = readContent(explained)
  const budgeted = spendBudget(content, {
    account,
    budgets,
    clock,
    emit,
    patienceMs: retryForMs,
    restMs: backoffMs,
    restAfter: options.restAfter,
    kept: options.kept,
  })
  const retried = retry(budgeted, { account, clock, connectivity, emit, retryForMs, offlineForMs, backoffMs, random })

  // A run hands the same signal to all of its requests: what both together are is made once, not for each.
  const joined = new WeakMap<AbortSignal, AbortSignal>()
  const join = (asked: AbortSignal): AbortSignal => {
    const known = joined.get(asked)
    if (known !== undefined) return known
    const made = AbortSignal.any([options.signal, asked])
    joined.set(asked, made)
    return made
  }

  const send = async (request: HttpRequest): Promise<HttpResponse> => {
    if (!URL.canParse(request.url)) throw new Failure('bug', `not an address: ${redactUrl(request.url)}`)
    const shared = request.signal === undefined || request.signal === options.signal
    const signal = shared ? options.signal : join(request.signal)
    return response(await retried({ request, signal, startedAt: 0 }))
  }
  return { send, fetch: fetchForm(send) }
}

function response({ status, headers, url, body }: Answer): HttpResponse {
  return {
    status,
    headers,
    url,
    body,
    text: async () => Buffer.from((await readUpTo(body, Number.POSITIVE_INFINITY)).bytes).toString('utf8'),
    cancel: body.cancel,
  }
}

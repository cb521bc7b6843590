import type { Dispatcher } from 'undici'
import { type BodyFeed, createBody } from './body.ts'
import type { Connectivity } from './connectivity.ts'
import { networkFailure } from './network-failure.ts'
import { redactUrl } from './redact.ts'
import type { Answer, Attempt, Hop, HopStep } from './step.ts'

export interface ExchangeOptions {
  readonly dispatcher: Dispatcher
  readonly connectivity: Connectivity
  /** No byte of headers or body for so long breaks the exchange. A reader who is slow does not count. */
  readonly stallMs: number
  meter?(bytes: number, signal: AbortSignal): Promise<void> | undefined
}

/** One request and its answer on the wire, whatever its status. Resolves with the headers; throws a Failure or the signal's reason. */
export function createExchange(options: ExchangeOptions): HopStep {
  return (hop, attempt) => exchange(hop, attempt, options)
}

function exchange(hop: Hop, { signal, request }: Attempt, options: ExchangeOptions): Promise<Answer> {
  const { dispatcher, connectivity, stallMs } = options
  const { origin } = hop.url
  const what = `${hop.method} ${redactUrl(hop.url)}`
  const explain = (error: unknown) =>
    networkFailure(error, { what, host: hop.url.host, known: connectivity.answeredBefore(origin), stallMs })

  return new Promise<Answer>((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    let controller: Dispatcher.DispatchController | undefined
    let feed: BodyFeed | undefined
    const finish = () => signal.removeEventListener('abort', abort)
    const stop = (reason: unknown) =>
      controller?.abort(reason instanceof Error ? reason : new Error('given up', { cause: reason }))
    const abort = () => {
      finish()
      if (feed === undefined) reject(signal.reason)
      else feed.abort(signal.reason)
      stop(signal.reason)
    }
    const fail = (error: unknown) => {
      finish()
      if (feed === undefined) reject(explain(error))
      else feed.fail(explain(error))
    }
    signal.addEventListener('abort', abort, { once: true })

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(started) {
        controller = started
        if (signal.aborted) stop(signal.reason)
      },
      onResponseStart(started, status, headers) {
        if (status < 200) return
        connectivity.heard(origin)
        feed = createBody({
          resume: () => started.resume(),
          giveUp: () => {
            finish()
            stop(undefined)
          },
          meter: (bytes) => (request.expects === 'stream' ? options.meter?.(bytes, signal) : undefined),
        })
        resolve({ status, headers: plain(headers), url: hop.url.href, body: feed.body })
      },
      onResponseData(started, chunk) {
        connectivity.heard()
        if (feed?.push(chunk) === false) started.pause()
      },
      onResponseEnd() {
        finish()
        feed?.end()
      },
      onResponseError(_, error) {
        fail(error)
      },
    }
    try {
      dispatcher.dispatch(
        {
          origin,
          path: `${hop.url.pathname}${hop.url.search}`,
          method: hop.method,
          headers: hop.headers,
          body: hop.body ?? null,
          headersTimeout: stallMs,
          bodyTimeout: stallMs,
        },
        handler,
      )
    } catch (error) {
      fail(error)
    }
  })
}

function plain(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const result: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    if (value !== undefined) result[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return result
}

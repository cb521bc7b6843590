import { once } from 'node:events'
import { createServer as createPlainServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Faults, Refuse } from './faults.ts'
import { createOutlet } from './outlet.ts'
import type { Exchange, Handler } from './reply.ts'
import type { RequestLog } from './request-log.ts'

export interface HostOptions {
  /** PEM; absent: plain http. */
  readonly tls: { readonly key: string; readonly cert: string } | undefined
  readonly log: RequestLog
  readonly faults: Faults
  readonly now: () => number
  /** The real hosts that may be sent a bearer token. */
  readonly bearerWelcome: readonly string[]
  /** Answers in the form of the host that refuses. */
  readonly refuse: Refuse
  /** Told of an error of the practice server itself; the client gets a 500. */
  readonly broken: (error: unknown) => void
}

/** A host that listens on a free port of 127.0.0.1. */
export interface Host {
  /** With a slash at the end. */
  readonly root: string
  close(): Promise<void>
}

export async function startHost(name: string, handler: Handler, options: HostOptions): Promise<Host> {
  const { tls, log, faults, now, bearerWelcome, refuse, broken } = options
  let root = ''
  const listener: RequestListener = (request, response) => {
    const url = new URL(request.url ?? '/', root)
    const method = request.method ?? 'GET'
    const entry = log.begin({ host: name, method, path: url.pathname, time: now() }, url.searchParams, request.headers.range)
    const outlet = createOutlet(response, entry, method === 'HEAD')
    const violation = (what: string) => log.violations.push(`${name}: ${what} (${method} ${url.pathname})`)
    const exchange: Exchange = {
      host: name,
      method,
      url,
      headers: request.headers,
      log: entry,
      outlet,
      body: () => bodyOf(request),
      violation,
    }
    const answer = async () => {
      if (/^bearer/i.test(request.headers.authorization ?? '') && !bearerWelcome.includes(name)) violation('got a bearer token')
      for (const parameter of ['access_token', 'oauth_token']) {
        if (url.searchParams.has(parameter) && url.pathname !== '/tokeninfo') violation(`${parameter} in an address`)
      }
      if (!(await faults.strike(exchange))) await handler(exchange)
      // What the handler did not read must not be taken for the next request.
      request.resume()
    }
    answer().catch(async (error: unknown) => {
      // Whoever asked went away in the middle of asking: nothing is wrong here.
      if (request.readableAborted) return
      broken(error)
      if (outlet.started) outlet.drop()
      else await refuse(exchange, { status: 500, reason: 'internalError', message: 'Internal Error' })
    })
  }
  const server: Server =
    tls === undefined ? createPlainServer(listener) : createTlsServer({ key: tls.key, cert: tls.cert }, listener)
  server.keepAliveTimeout = 60_000
  server.requestTimeout = 0
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('practice server: no port')
  root = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${address.port}/`
  return {
    root,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length
    if (size > 1024 * 1024) throw new Error('practice server: a request body above 1 MiB')
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString()
}

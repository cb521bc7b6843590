import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { type Answer, send } from './answer.ts'
import { createSignInCheck, type Users } from './credentials.ts'
import type { DigestOptions } from './digest.ts'
import { createFaults, type FaultRule, type Faults } from './faults.ts'
import { createHome } from './home-requests.ts'
import type { WebdavModel } from './model.ts'
import { createOtherOrigin } from './other-origin.ts'
import { noQuirks, type WebdavQuirks } from './quirks.ts'
import { createRecords, type Records, recordEnd, recordStart } from './records.ts'
import { type Seen, seenRequest } from './seen-request.ts'

export type PracticeWebdavOptions = {
  readonly model: WebdavModel
  /** Digest offers SHA-256 and MD5 with `qop=auth`. */
  readonly auth: 'basic' | 'digest'
  readonly users: Users
  readonly digest?: DigestOptions
  /** Certificate and key in PEM; without it the server speaks plain http. */
  readonly tls?: { readonly cert: string; readonly key: string }
  /** The path of the home, with slashes at both ends; default `/dav/`. */
  readonly base?: string
  /** A port that it would like; a free one where that is taken. Default: a free one. */
  readonly port?: number
  readonly quirks?: Partial<WebdavQuirks>
  readonly faults?: readonly FaultRule[]
}

export type PracticeWebdav = {
  /** The address of the home, ending with a slash. */
  readonly url: string
  readonly origin: string
  /** Where `crossHostRedirect` leads. */
  readonly otherOrigin: string
  readonly model: WebdavModel
  /** May be changed at any time. */
  readonly quirks: WebdavQuirks
  readonly faults: Faults
  readonly records: Records
  /** Ends all connections at once. */
  close(): Promise<void>
}

/** A WebDAV home on a free port of 127.0.0.1, strict as RFC 4918, with the quirks and faults that it is told to have. */
export async function startPracticeWebdav(options: PracticeWebdavOptions): Promise<PracticeWebdav> {
  const { model } = options
  const base = options.base ?? '/dav/'
  if (!/^\/(?:[\w.-]+\/)*$/.test(base)) throw new Error(`The base is not a plain path with slashes at both ends: ${base}`)
  const quirks: WebdavQuirks = { ...noQuirks(), ...options.quirks }
  const faults = createFaults(options.faults)
  const records = createRecords()
  const origins = { own: '', other: '' }
  const checkSignIn = createSignInCheck(options)
  const home = createHome({ model, base, quirks, faults, records, origins, checkSignIn })
  const other = createOtherOrigin({ model, base, quirks, records })

  const server = newServer(options.tls, recorded(base, records, home))
  const otherServer = newServer(options.tls, recorded(base, records, other))
  const scheme = options.tls ? 'https' : 'http'
  origins.own = `${scheme}://127.0.0.1:${await listen(server, options.port)}`
  origins.other = `${scheme}://127.0.0.1:${await listen(otherServer, undefined)}`
  return {
    url: origins.own + base,
    origin: origins.own,
    otherOrigin: origins.other,
    model,
    quirks,
    faults,
    records,
    close: async () => {
      await Promise.all([stop(server), stop(otherServer)])
    },
  }
}

type Answering = (request: IncomingMessage, seen: Seen) => Promise<Answer>

/** Writes each request into the log, whoever answers it. */
function recorded(base: string, records: Records, answering: Answering): RequestListener {
  const work = async (request: IncomingMessage, response: ServerResponse) => {
    const seen = seenRequest(request, base)
    recordStart(records, seen)
    try {
      const answer = await answering(request, seen)
      seen.status = answer.status
      seen.bytes = await send(response, answer, request.method !== 'HEAD')
    } finally {
      recordEnd(records, seen)
    }
  }
  return (request, response) => {
    work(request, response).catch((error: unknown) => {
      if (response.destroyed) return
      records.errors.push(error)
      if (response.headersSent) response.destroy()
      else response.writeHead(500).end()
    })
  }
}

function newServer(tls: PracticeWebdavOptions['tls'], listener: RequestListener): Server {
  // Two chunks of a big file may wait in the connection, so that making the next one costs no time on the line.
  const settings = { highWaterMark: 524_288, keepAliveTimeout: 60_000, noDelay: true }
  return tls ? createTlsServer({ ...settings, ...tls }, listener) : createServer(settings, listener)
}

async function listen(server: Server, wished: number | undefined): Promise<number> {
  const listening = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject)
        resolve()
      })
    })
  await listening(wished ?? 0).catch((error: NodeJS.ErrnoException) => {
    if (wished === undefined || error.code !== 'EADDRINUSE') throw error
    return listening(0)
  })
  return (server.address() as AddressInfo).port
}

async function stop(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeAllConnections()
  await closed
}

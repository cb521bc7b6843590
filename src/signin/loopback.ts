import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Language, Localised } from '../core/language.ts'
import type { LoopbackRedirect } from '../core/provider.ts'
import { loopbackPage } from './loopback-page.ts'
import type { RedirectAnswer } from './redirect-answer.ts'
import { nothingHere, otherSignIn, second } from './sentences.ts'

/** A page for the person who waits in the browser. */
export interface Reply {
  readonly status: number
  readonly title: Localised
  readonly text: Localised
}

/** The first right answer that the browser brought; its page waits until `reply` is called. */
export interface BrowserAnswer {
  readonly parameters: URLSearchParams
  reply(page: Reply): Promise<void>
}

export interface Loopback {
  /** `http://127.0.0.1:PORT/`, or the host and the path that were asked for. */
  readonly redirectUri: string
  readonly answered: Promise<BrowserAnswer>
  close(): Promise<void>
}

export interface LoopbackOptions {
  /** Default: host 127.0.0.1, path `/`. */
  readonly redirect?: LoopbackRedirect | undefined
  /** Judges the address that a request asks for. */
  readonly judge: (address: string) => RedirectAnswer
  /** Told about requests for the right path that were not the answer. */
  readonly refused: (reason: Localised) => void
  /** Of the pages; default English. */
  readonly language?: Language | undefined
}

/**
 * Waits on a free port of this machine for the redirect (RFC 8252 §7.3): at 127.0.0.1, and for the name localhost at ::1 too where there is one,
 * since browsers differ in which they try first. Only one answer is taken; other paths get 404; a request whose Host is not ours (a page
 * elsewhere whose name was pointed at this machine) gets 404 too.
 */
export const listenOnLoopback = async ({
  redirect = usual,
  judge,
  refused,
  language = 'en',
}: LoopbackOptions): Promise<Loopback> => {
  const { promise: answered, resolve } = Promise.withResolvers<BrowserAnswer>()
  let taken = false

  const say = (response: ServerResponse, page: Reply) => send(response, page, language)

  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    request.resume()
    const url = URL.canParse(request.url ?? '', origin) ? new URL(request.url ?? '', origin) : undefined
    if (url === undefined || request.headers.host !== host || url.pathname !== (redirect.path || '/'))
      return void say(response, missing)
    if (request.method !== 'GET') return void say(response, { ...missing, status: 405 })
    if (taken) return void say(response, { ...second, status: 410 })
    const answer = judge(url.href)
    if (answer.kind === 'wrong') {
      refused(answer.reason)
      return void say(response, { ...otherSignIn(answer.reason), status: 400 })
    }
    taken = true
    resolve({ parameters: answer.parameters, reply: (page) => say(response, page) })
  }

  const servers = await listen(handle, redirect.host === 'localhost')
  const host = `${redirect.host}:${portOf(servers[0])}`
  const origin = `http://${host}`

  return {
    redirectUri: `${origin}${redirect.path}`,
    answered,
    close: async () => {
      await Promise.all(servers.map(closed))
    },
  }
}

const usual: LoopbackRedirect = { host: '127.0.0.1', path: '/' }

type Handler = (request: IncomingMessage, response: ServerResponse) => void

/** The sockets, all on one port: 127.0.0.1 first, then ::1 where it is wanted and to be had. */
const listen = async (handle: Handler, named: boolean): Promise<[Server, ...Server[]]> => {
  for (let tries = 1; ; tries++) {
    const server = await bound(handle, 0, '127.0.0.1')
    if (!named) return [server]
    try {
      return [server, await bound(handle, portOf(server), '::1')]
    } catch (error) {
      // Another program has that port of ::1, and the browser might bring the answer there: another port.
      if (tries < 10 && error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
        await closed(server)
        continue
      }
      return [server] // no IPv6 on this machine
    }
  }
}

const bound = (handle: Handler, port: number, address: string): Promise<Server> =>
  new Promise((listening, failed) => {
    const server = createServer({ maxHeaderSize: 64 * 1024 }, handle)
    server.once('error', failed)
    server.listen(port, address, () => listening(server))
  })

const portOf = (server: Server): number => (server.address() as AddressInfo).port

const closed = (server: Server): Promise<void> =>
  new Promise((done) => {
    server.close(() => done())
    server.closeAllConnections()
  })

const missing: Reply = { ...nothingHere, status: 404 }

/** Resolves when the page has left, or the browser has. */
const send = (response: ServerResponse, { status, title, text }: Reply, language: Language): Promise<void> =>
  new Promise((sent) => {
    response.once('close', sent)
    if (response.destroyed) return sent()
    response.writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      connection: 'close',
    })
    response.end(loopbackPage(title[language], text[language], language))
  })

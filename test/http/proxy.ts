import { once } from 'node:events'
import { createServer, request as forward, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import type { Certificate } from './serve.ts'

export interface Proxy {
  readonly port: number
  /** `CONNECT host:port` of tunnels and `GET http://…` of plain requests, oldest first. */
  readonly asked: string[]
  /** Proxy-Authorization headers that came. */
  readonly authorizations: (string | undefined)[]
}

export interface ProxyOptions {
  /** Answers every request with this status instead of serving it. */
  readonly refuse?: number
  /** Serves the proxy itself over TLS. */
  readonly tls?: Certificate
}

/** A proxy until the test ends. Whatever name it is asked for, it goes to 127.0.0.1: so a test sees that names are left to it. */
export async function startProxy({ refuse, tls }: ProxyOptions = {}): Promise<Proxy> {
  const asked: string[] = []
  const authorizations: (string | undefined)[] = []
  const sockets = new Set<Socket>()
  const server: Server = tls === undefined ? createServer() : createTlsServer(tls)
  server.on('connection', (socket: Socket) => sockets.add(socket))
  server.on('connect', (request, socket: Socket) => {
    asked.push(`CONNECT ${request.url}`)
    authorizations.push(request.headers['proxy-authorization'])
    if (refuse !== undefined) return socket.end(`HTTP/1.1 ${refuse} No\r\ncontent-length: 0\r\n\r\n`)
    const port = Number(request.url?.split(':').at(-1))
    const target = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      target.pipe(socket)
      socket.pipe(target)
    })
    sockets.add(target)
    target.on('error', () => socket.destroy())
    socket.on('error', () => target.destroy())
    return undefined
  })
  server.on('request', (request, response) => {
    asked.push(`${request.method} ${request.url}`)
    authorizations.push(request.headers['proxy-authorization'])
    if (refuse !== undefined) return response.writeHead(refuse).end()
    const url = new URL(request.url ?? '')
    const options = {
      host: '127.0.0.1',
      port: url.port,
      path: url.pathname + url.search,
      method: request.method,
      headers: request.headers,
    }
    const onward = forward(options, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => response.destroy())
    return request.pipe(onward)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
  })
  return { port: (server.address() as AddressInfo).port, asked, authorizations }
}

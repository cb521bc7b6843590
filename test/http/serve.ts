import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { generate } from 'selfsigned'
import { onTestFinished } from 'vitest'

export interface Served {
  /** http(s)://127.0.0.1:PORT (https: localhost) */
  readonly origin: string
  readonly port: number
  /** What was asked, oldest first: `METHOD /path`. */
  readonly asked: string[]
  readonly requests: IncomingMessage[]
  close(): Promise<void>
}

/** A server on a free loopback port until the test ends. */
export async function serve(listener: RequestListener, options: { tls?: Certificate; port?: number } = {}): Promise<Served> {
  const asked: string[] = []
  const requests: IncomingMessage[] = []
  const handle: RequestListener = (request, response) => {
    asked.push(`${request.method} ${request.url}`)
    requests.push(request)
    listener(request, response)
  }
  const server = options.tls === undefined ? createServer(handle) : createTlsServer(options.tls, handle)
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const close = async () => {
    if (!server.listening) return
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  onTestFinished(close)
  return {
    origin: options.tls === undefined ? `http://127.0.0.1:${port}` : `https://localhost:${port}`,
    port,
    asked,
    requests,
    close,
  }
}

export interface Certificate {
  readonly key: string
  readonly cert: string
}

/** A certificate for localhost and a few names that only a proxy can resolve. */
export async function makeCertificate(): Promise<Certificate> {
  const names = ['localhost', 'www.googleapis.test', 'plain.test'].map((value) => ({ type: 2 as const, value }))
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'subjectAltName', altNames: [...names, { type: 7 as const, ip: '127.0.0.1' }] },
    ],
  })
  return { key: made.private, cert: made.cert }
}

/** A port on which nothing listens. */
export async function deadPort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

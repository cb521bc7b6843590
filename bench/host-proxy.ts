import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

/**
 * A proxy on loopback that leads the real hosts' names (by CONNECT, RFC 9110 section 9.3.6) to servers of this machine, and nobody anywhere else.
 * Returns its address.
 */
export async function startHostProxy(ports: Readonly<Record<string, number>>): Promise<string> {
  const proxy = createServer((_, response) => response.writeHead(405).end())
  proxy.on('connect', (request, client: Socket, head: Buffer) => {
    const port = ports[(request.url ?? '').replace(/:443$/, '')]
    if (port === undefined) {
      process.stderr.write(`the proxy was asked for ${request.url}\n`)
      client.end('HTTP/1.1 403 Forbidden\r\n\r\n')
      return
    }
    const server = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      server.write(head)
      server.pipe(client).pipe(server)
    })
    server.on('error', () => client.destroy())
    client.on('error', () => server.destroy())
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
}

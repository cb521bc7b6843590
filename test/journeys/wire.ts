import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** A stretch of cable to a server on this machine, which can be cut and mended. */
export interface Wire {
  readonly port: number
  /** Connections break, new ones are refused. */
  cut(): Promise<void>
  /** The same port answers again. */
  mend(): Promise<void>
}

export async function startWire(to: number): Promise<Wire> {
  const sockets = new Set<Socket>()
  let server: Server | undefined
  const join = (socket: Socket) => {
    const onward = connect(to, '127.0.0.1')
    for (const end of [socket, onward]) {
      sockets.add(end)
      end.on('error', () => undefined)
      end.on('close', () => {
        sockets.delete(end)
        socket.destroy()
        onward.destroy()
      })
    }
    socket.pipe(onward).pipe(socket)
  }
  const listen = async (port: number) => {
    server = createServer(join)
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }
  const cut = async () => {
    if (server === undefined) return
    const closed = once(server, 'close')
    server.close()
    server = undefined
    for (const socket of sockets) socket.destroy()
    await closed
  }
  const port = await listen(0)
  onTestFinished(cut)
  return { port, cut, mend: async () => void (await listen(port)) }
}

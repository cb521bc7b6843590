import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A line between the program and services, which all connections share: what comes back comes late, and no faster than it carries. */
export interface SlowLine {
  /** An address of this machine behind which `url` is found. */
  relay(url: string): Promise<string>
  /** Counts everything that moves: unchanged, nothing does. */
  moved(): number
  /** Requests that the services have not begun to answer, so that somebody is at work. */
  unanswered(): number
  /** Answers that are on their way. */
  underWay(): number
  close(): Promise<void>
}

/** `latencyMs` for each answer, `bytesPerSecond` for all together; time is that of the process (`setTimeout`, `Date`), which a test may have replaced. */
export function createSlowLine({ latencyMs, bytesPerSecond }: { latencyMs: number; bytesPerSecond: number }): SlowLine {
  let free = Number.NEGATIVE_INFINITY
  let moved = 0
  let unanswered = 0
  const sockets = new Set<Socket>()
  const servers: { close(): Promise<void> }[] = []
  let underWay = 0
  const sleep = async (ms: number) => {
    underWay += 1
    await new Promise<void>((resolve) => setTimeout(resolve, ms))
    underWay -= 1
  }

  /** Bytes one behind the other, as a cable brings them. */
  const carry = (bytes: number) => {
    const now = Date.now()
    free = Math.max(free, now) + (bytes / bytesPerSecond) * 1000
    return sleep(free - now)
  }

  async function join(client: Socket, port: number): Promise<void> {
    const service = connect(port, '127.0.0.1')
    let asked = false
    for (const socket of [client, service]) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => undefined)
      socket.once('close', () => {
        sockets.delete(socket)
        if (asked) unanswered -= 1
        asked = false
        client.destroy()
        service.destroy()
      })
    }
    client.on('data', (piece: Buffer) => {
      moved += 1
      if (!asked) unanswered += 1
      asked = true
      service.write(piece)
    })
    for await (const piece of service as AsyncIterable<Buffer>) {
      moved += 1
      if (asked) {
        unanswered -= 1
        asked = false
        await sleep(latencyMs)
      }
      await carry(piece.length)
      moved += 1
      if (!client.write(piece)) await Promise.race([once(client, 'drain'), once(client, 'close')])
    }
  }

  return {
    async relay(url) {
      const { protocol, port, pathname } = new URL(url)
      const server = createServer((client) => {
        join(client, Number(port)).catch(() => client.destroy())
      })
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      servers.push({ close: () => new Promise((resolve) => server.close(() => resolve())) })
      const address = server.address()
      if (address === null || typeof address === 'string') throw new Error('a relay without a port')
      return `${protocol}//127.0.0.1:${address.port}${pathname}`
    },
    moved: () => moved,
    unanswered: () => unanswered,
    underWay: () => underWay,
    async close() {
      for (const socket of sockets) socket.destroy()
      await Promise.all(servers.map((server) => server.close()))
    },
  }
}

import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createFaults } from '../../src/practice/serving/faults.ts'
import { startHost } from '../../src/practice/serving/hosts.ts'
import type { Exchange } from '../../src/practice/serving/reply.ts'
import { createRequestLog } from '../../src/practice/serving/request-log.ts'
import { createWebdavModel } from '../../src/practice/webdav/model.ts'
import { startPracticeWebdav } from '../../src/practice/webdav/server.ts'

const basic = `Basic ${Buffer.from('mia:password').toString('base64')}`

/** Sends the beginning of a request, and is killed. */
async function goAway(root: string, method: string): Promise<void> {
  const { hostname, port } = new URL(root)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  socket.write(
    `${method} / HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAuthorization: ${basic}\r\nDepth: 1\r\nContent-Length: 100\r\n\r\nnot all of it`,
  )
  await sleep(50)
  socket.resetAndDestroy()
  await sleep(50)
}

test('who goes away in the middle of asking leaves no error at a practice server', async () => {
  const home = await startPracticeWebdav({ model: createWebdavModel(), auth: 'basic', users: { mia: 'password' } })
  const errors: unknown[] = []
  let bodies = 0
  const refuse = async ({ outlet }: Exchange) => outlet.drop()
  const host = await startHost(
    'www.googleapis.com',
    async ({ body }) => {
      bodies++
      await body()
      throw new Error('all of it came')
    },
    {
      tls: undefined,
      log: createRequestLog(),
      faults: createFaults(refuse),
      now: Date.now,
      bearerWelcome: [],
      refuse,
      broken: (error) => errors.push(error),
    },
  )
  await goAway(home.url, 'PROPFIND')
  await goAway(host.root, 'POST')
  expect(home.records.requests).toHaveLength(1)
  expect(bodies).toBe(1)
  expect([home.records.errors, errors]).toEqual([[], []])
  await Promise.all([home.close(), host.close()])
})

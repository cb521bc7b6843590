import { once } from 'node:events'
import { createServer, get } from 'node:https'
import { expect, test } from 'vitest'
import { makeCertificate } from '../../../src/practice/certificate.ts'

async function statusOver(host: string, ca: string | undefined, tls: { key: string; cert: string }): Promise<number | string> {
  const server = createServer(tls, (_, response) => response.end('ok')).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  try {
    return await new Promise((resolve) => {
      get({ host, port, family: 4, ...(ca === undefined ? {} : { ca }) }, (response) => {
        response.resume()
        resolve(response.statusCode ?? 0)
      }).on('error', (error) => resolve((error as NodeJS.ErrnoException).code ?? error.message))
    })
  } finally {
    server.close()
  }
}

test('a client that trusts the authority accepts the server under both names, and one that does not refuses it', async () => {
  const made = await makeCertificate()
  expect(await statusOver('127.0.0.1', made.ca, made)).toBe(200)
  expect(await statusOver('localhost', made.ca, made)).toBe(200)
  expect(await statusOver('127.0.0.1', undefined, made)).toMatch(/SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY/)
  const other = await makeCertificate()
  expect(await statusOver('127.0.0.1', other.ca, made)).not.toBe(200)
})

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { fetchProfile } from '../../src/app/fetch-profile.ts'
import { Failure } from '../../src/core/failure.ts'
import { wordsOf } from '../../src/language/words.ts'
import { makeCertificate } from '../../src/practice/certificate.ts'
import { someProviders } from '../settings/some-providers.ts'

test.each([
  ['before the headers', false],
  ['in the middle', true],
])('an address that falls silent %s is given up', async (_, begins) => {
  const { key, cert, ca } = await makeCertificate()
  const server = createServer({ key, cert }, (_request, response) => {
    if (begins) response.write('name: U\n')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const folder = await mkdtemp(path.join(tmpdir(), 'holdall-ca-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const file = path.join(folder, 'ca.pem')
  await writeFile(file, ca)
  const { port } = server.address() as AddressInfo
  const fetching = fetchProfile(
    `https://127.0.0.1:${port}/`,
    { ca: file, extraCa: undefined, proxy: { http: undefined, https: undefined, except: undefined } },
    {
      providers: someProviders,
      words: wordsOf('en'),
      tell: () => undefined,
      ask: async () => 'y',
      yes: true,
      signal: new AbortController().signal,
      patience: 300,
    },
  )
  const error = await fetching.catch((thrown: unknown) => thrown)
  if (!(error instanceof Failure)) throw new Error(`no Failure but ${String(error)}`)
  expect(error.kind).toBe('settings')
  expect(error.message).toContain('took too long')
})

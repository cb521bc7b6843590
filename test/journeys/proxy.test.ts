import { expect, test } from 'vitest'
import { startProxy } from '../http/proxy.ts'
import { startCloud } from './cloud.ts'
import { run } from './program.ts'

test('a WebDAV home is reached through the proxy of the environment', async () => {
  const { place, home, webdav } = await startCloud({ accounts: ['home'] })
  home.put('/a.txt', 'a')
  const proxy = await startProxy()
  const { status } = await run(place, ['backup'], { env: { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` } })
  expect(status).toBe(0)
  expect(proxy.asked).toContain(`CONNECT ${new URL(webdav.url).host}`)
})

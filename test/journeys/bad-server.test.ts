import { expect, test } from 'vitest'
import { startCloud } from './cloud.ts'
import { run } from './program.ts'

test('a page for people in place of a list is no empty account', async () => {
  const { place, home, webdav } = await startCloud({ accounts: ['home'] })
  home.put('/a.txt', 'a')
  webdav.faults.add({ match: { method: 'PROPFIND' }, times: 1000, do: { html: true } })
  const { status } = await run(place, ['backup'])
  expect(status).toBe(3)
})

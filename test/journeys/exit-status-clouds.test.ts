import { existsSync } from 'node:fs'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { startCloud } from './cloud.ts'
import { run } from './program.ts'
import { smallMicrosoft, smallZoom } from './small-accounts.ts'

vi.setConfig({ testTimeout: 120_000 })

test('a sign-in that ended at one provider: exit 4 with the command to type, and the other accounts go on', async () => {
  const { model, notes } = smallMicrosoft()
  const recordings = smallZoom()
  const cloud = await startCloud({
    accounts: ['microsoft', 'zoom', 'home'],
    microsoft: { model, notes },
    zoom: { model: recordings.model, from: recordings.from },
  })
  const { place, microsoft, zoom, home } = cloud
  const saved = (...names: string[]) => existsSync(path.join(place.archive, 'data', ...names))
  home.put('/a.txt', 'a')

  microsoft.expireAccessTokens()
  microsoft.endSignIns()
  const withoutMicrosoft = await run(place, ['backup'])
  expect(withoutMicrosoft.status, withoutMicrosoft.stderr).toBe(4)
  expect(withoutMicrosoft.stdout + withoutMicrosoft.stderr).toMatch(/holdall connect microsoft/)
  expect(withoutMicrosoft.stdout + withoutMicrosoft.stderr).not.toMatch(/holdall connect zoom/)
  expect([saved('home/files/a.txt'), saved('zoom/recordings'), saved('microsoft/onedrive/Papers/paper 1.txt')]).toEqual([
    true,
    true,
    false,
  ])

  expect((await run(place, ['connect', 'microsoft', '--yes'])).status).toBe(0)
  zoom.expireAccessTokens()
  zoom.endSignIns()
  home.put('/b.txt', 'b')
  const withoutZoom = await run(place, ['backup'])
  expect(withoutZoom.status, withoutZoom.stderr).toBe(4)
  expect(withoutZoom.stdout + withoutZoom.stderr).toMatch(/holdall connect zoom/)
  expect(withoutZoom.stdout + withoutZoom.stderr).not.toMatch(/holdall connect microsoft/)
  expect([saved('home/files/b.txt'), saved('microsoft/onedrive/Papers/paper 1.txt')]).toEqual([true, true])

  expect((await run(place, ['connect', 'zoom', '--yes'])).status).toBe(0)
  const whole = await run(place, ['backup'])
  expect(whole.status, whole.stderr).toBe(0)
  expect(cloud.misdeeds()).toEqual([])
})

test('a sign-in that ends in the middle of a run: what was taken stays, exit 4, and the next run takes the rest alone', async () => {
  const { model, notes, files } = smallMicrosoft()
  const cloud = await startCloud({ accounts: ['microsoft'], microsoft: { model, notes } })
  const { place, microsoft } = cloud
  let downloads = 0
  microsoft.faults.add({
    match: ({ host }) => {
      if (host === 'contoso-my.sharepoint.com' && ++downloads === 5) {
        microsoft.expireAccessTokens()
        microsoft.endSignIns()
      }
      return false
    },
    do: { drop: true },
  })
  const cut = await run(place, ['backup', 'microsoft/onedrive'])
  expect(cut.status, cut.stderr).toBe(4)
  microsoft.faults.clear()
  expect((await run(place, ['connect', 'microsoft', '--yes'])).status).toBe(0)
  const asked = () => microsoft.log.requests.filter(({ host }) => host === 'contoso-my.sharepoint.com').length
  const before = asked()
  expect(before).toBeGreaterThanOrEqual(5)
  const again = await run(place, ['backup', 'microsoft/onedrive'])
  expect(again.status, again.stderr).toBe(0)
  expect(asked()).toBe(files.length)
})

import { expect, test } from 'vitest'
import { startCloud } from './cloud.ts'
import { run } from './program.ts'

test('the password is nowhere in what a backup says', async () => {
  const { place, home } = await startCloud({ accounts: ['home'] })
  home.put('/a.txt', 'a')
  const { status, stderr, stdout } = await run(place, ['backup', '--verbose'])
  expect(status).toBe(0)
  expect(stderr + stdout).not.toContain(place.env.HOLDALL_HOME_PASSWORD)
})

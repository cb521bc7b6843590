import { expect, test } from 'vitest'
import { startCloud } from './cloud.ts'
import { run } from './program.ts'

test('who is not signed in hears what to type', async () => {
  const { place } = await startCloud({ accounts: ['google'], connect: false })
  const { status, stderr } = await run(place, ['backup'])
  expect(status).toBe(4)
  expect(stderr).toContain('holdall connect google')
})

import { expect, test } from 'vitest'
import { makePlace, run } from './program.ts'

test('a misspelt key is named with its file, its line and the key that was meant', async () => {
  const place = await makePlace()
  await place.configure('archive: ./archive\naccounts:\n  google:\n    cleint: { id: a, secret: b }\n')
  const { status, stderr } = await run(place, ['backup'])
  expect(status).toBe(2)
  expect(stderr).toContain(`${place.config}:4`)
  expect(stderr).toMatch(/cleint.*client/s)
})

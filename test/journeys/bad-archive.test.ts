import { writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { startCloud } from './cloud.ts'
import { run } from './program.ts'

test('an archive that is a file is refused', async () => {
  const { place, home } = await startCloud({ accounts: ['home'] })
  home.put('/a.txt', 'a')
  await writeFile(place.archive, 'not a folder')
  const { status, stderr } = await run(place, ['backup'])
  expect(status).toBe(5)
  expect(stderr).toContain(place.archive)
})
